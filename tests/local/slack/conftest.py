"""Bots to try the stand-in with: a tiny Bolt application, and one that answers whatever a test wants it to."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

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


class Clock:
    """A clock that stands still until it is told the time."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """A Slack that raises at the end if the bot broke a rule."""
    async with Slack() as running:
        yield running


@pytest.fixture
async def lenient(clock: Clock) -> AsyncIterator[Slack]:
    """A Slack with a clock of its own, whose broken rules each test asserts itself."""
    async with Slack(clock=clock) as running:
        yield running
        running.broken_rules.clear()


@pytest.fixture
def web(lenient: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=lenient.bot_token, base_url=lenient.api_url)


@pytest.fixture
def bolt(slack: Slack) -> AsyncApp:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    return AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)


@pytest.fixture
async def ada(slack: Slack, bolt: AsyncApp) -> AsyncIterator[Person]:
    """Somebody who talks to the Bolt application."""
    handler = AsyncSlackRequestHandler(bolt)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async with in_process(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])) as client:
        yield slack.person(client)


@dataclass
class Scripted:
    """A bot that says what it is told to say, after `delay` seconds, and remembers what it was sent."""

    says: bytes = b""
    content_type: str = "application/json"
    status: int = 200
    delay: float = 0.0
    heard: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def will_say(self, **body: Any) -> None:
        self.says = json.dumps(body).encode()

    async def endpoint(self, request: Request) -> Response:
        body = await request.body()
        self.headers.append(dict(request.headers))
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if request.headers["content-type"] == "application/json":
            self.heard.append(json.loads(body))
        else:
            self.heard.append(json.loads(form["payload"]) if "payload" in form else form)
        await asyncio.sleep(self.delay)
        return Response(self.says, self.status, {"content-type": self.content_type})


@pytest.fixture
def scripted() -> Scripted:
    return Scripted()


@pytest.fixture
async def bob(lenient: Slack, scripted: Scripted) -> AsyncIterator[Person]:
    """Somebody who talks to the scripted bot."""
    async with in_process(Starlette(routes=[Route("/slack/events", scripted.endpoint, methods=["POST"])])) as client:
        yield lenient.person(client, "bob")
