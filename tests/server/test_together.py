"""Head and body of an answer leave together, and nothing is ever kept back for good."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest
from starlette.applications import Starlette

from bot.server.running import Running
from bot.server.serving import listen, serve_until_stopped
from bot.server.together import Together

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Line:
    """Writes down what a transport is told."""

    def __init__(self) -> None:
        self.said: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.said.append(data)

    def close(self) -> None:
        self.said.append(b"closed")

    def is_closing(self) -> bool:
        return b"closed" in self.said


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def together(line: Line) -> Together:
    return Together(cast("asyncio.Transport", line))


def test_a_head_leaves_with_its_body(line: Line, together: Together) -> None:
    for piece in (HEAD, b"hello", HEAD, b"again"):
        together.write(piece)

    assert line.said == [HEAD + b"hello", HEAD + b"again"]


def test_a_head_without_a_body_leaves_at_the_end_of_the_response(line: Line, together: Together) -> None:
    together.write(HEAD)
    assert line.said == []
    together.flush()
    together.flush()
    assert line.said == [HEAD]


def test_a_head_leaves_before_the_connection_closes(line: Line, together: Together) -> None:
    together.write(HEAD)
    together.close()

    assert line.said == [HEAD, b"closed"]
    assert together.is_closing()


@pytest.mark.parametrize("data", [CONTINUE, b"HTTP/1.1 400 Bad Request\r\n\r\nInvalid", b"a body", b"\r\n\r\n"])
def test_what_is_no_head_of_a_response_leaves_at_once(line: Line, together: Together, data: bytes) -> None:
    together.write(data)

    assert line.said == [data]


@pytest.fixture
async def port(app: Starlette, running: Running) -> AsyncIterator[int]:
    listening = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve_until_stopped(app, listening, running))
    yield listening.getsockname()[1]
    running.stop.set()
    await serving


@pytest.mark.parametrize(
    ("request_", "starts", "ends"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 OK", b"\r\n\r\nok\n"),
        (b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 OK", b"\r\n\r\n"),
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400 Bad Request", b"Invalid HTTP request received."),
    ],
)
async def test_the_server_answers_with_body_and_without(port: int, request_: bytes, starts: bytes, ends: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request_)
    answer = await asyncio.wait_for(reader.read(10_000), 2)
    writer.close()

    assert answer.startswith(starts)
    assert answer.endswith(ends)


async def test_a_client_that_waits_for_100_is_told_to_go_on(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    going_on = await asyncio.wait_for(reader.readexactly(len(CONTINUE)), 2)
    writer.write(b"{}")
    answer = await asyncio.wait_for(reader.read(10_000), 2)
    writer.close()

    assert going_on == CONTINUE
    assert answer.startswith(b"HTTP/1.1 401")
