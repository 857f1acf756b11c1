"""The real ASGI application with a small diagnosis, and people of the stand-in for Slack who use it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.in_process import in_process
from bot.local.slack import Person, Slack
from bot.server.running import Running
from bot.server.web import create_app
from bot.settings import Settings
from tests.slack.doubles import Diagnosing


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as running:
        yield running


@pytest.fixture
def settings(slack: Slack) -> Settings:
    return Settings(
        slack_bot_token=slack.bot_token, slack_signing_secret=slack.signing_secret, slack_api_url=slack.api_url
    )


@pytest.fixture
def diagnosing() -> Diagnosing:
    return Diagnosing()


@pytest.fixture
def app(settings: Settings, diagnosing: Diagnosing) -> Starlette:
    return create_app(settings, diagnosing.given())


@pytest.fixture
def running(app: Starlette) -> Running:
    found = app.state.running
    assert isinstance(found, Running)
    return found


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with in_process(app) as client:
        yield client


@pytest.fixture
def ada(slack: Slack, client: httpx.AsyncClient) -> Person:
    return slack.person(client)
