"""What every answer of the running server carries, whoever wrote it: a route, the front door or uvicorn itself."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.slack import Slack
from bot.server.headers import secured
from bot.server.running import Running
from bot.server.serving import listen, serve_until_stopped
from tests.slack.doubles import HEADLINE

SECURITY = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
}


@pytest.fixture
async def served(app: Starlette, running: Running) -> AsyncIterator[httpx.AsyncClient]:
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    serving = asyncio.create_task(serve_until_stopped(app, listening, running, app.state.moment))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield client
    running.stop.set()
    await serving


def carried(response: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name in SECURITY}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/healthz", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/slack/events", 405),
        ("POST", "/slack/events", 401),
    ],
)
async def test_every_answer_carries_the_security_fields_once(
    served: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await served.request(method, path)

    assert response.status_code == status
    assert carried(response) == SECURITY
    assert "server" not in response.headers


async def test_a_command_s_answer_carries_them(slack: Slack, served: httpx.AsyncClient) -> None:
    answers: list[httpx.Response] = []

    async def note(response: httpx.Response) -> None:
        answers.append(response)

    served.event_hooks["response"].append(note)
    answer = await slack.person(served).command("token")

    assert answer.only.text == HEADLINE
    assert [carried(response) for response in answers] == [SECURITY]


def test_the_fields_stand_behind_the_status_line_and_before_the_body() -> None:
    head, _, rest = secured(b"HTTP/1.1 200 OK\r\ndate: now\r\n\r\nbody\r\n").partition(
        b"\r\ncache-control: no-store\r\n"
    )

    assert head == b"HTTP/1.1 200 OK"
    assert rest.endswith(b"x-content-type-options: nosniff\r\ndate: now\r\n\r\nbody\r\n")
