"""A tiny Bolt application, so that the stand-in is tried by Slack's own libraries without the bot."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.local.in_process import in_process
from bot.local.slack import Person, Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        yield running


@pytest.fixture
def bolt(slack: Slack) -> AsyncApp:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    return AsyncApp(
        client=client, token=slack.bot_token, signing_secret=slack.signing_secret, process_before_response=True
    )


@pytest.fixture
async def ada(slack: Slack, bolt: AsyncApp) -> AsyncIterator[Person]:
    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async with in_process(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])) as client:
        yield slack.person(client)


@pytest.fixture
def web(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


Answering = Callable[..., Awaitable[Any]]
