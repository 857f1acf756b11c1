"""Head and body of an answer leave together, with other answers that are due, and nothing is kept back for good."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest
from starlette.applications import Starlette

from bot.server.headers import SECURITY_FIELDS, secured
from bot.server.moment import Moment
from bot.server.running import Running
from bot.server.serving import listen, serve_until_stopped
from bot.server.together import KEPT_SECONDS, Outbox, Together

GIVEN = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"
HEAD = secured(GIVEN)
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
def outbox() -> Outbox:
    return Outbox(Moment())


@pytest.fixture
def together(line: Line, outbox: Outbox) -> Together:
    return Together(cast("asyncio.Transport", line), outbox)


@pytest.fixture
def other(line: Line, outbox: Outbox) -> Together:
    """A second connection, which waits for its answer."""
    connection = Together(cast("asyncio.Transport", line), outbox)
    connection.asked()
    return connection


def test_a_head_leaves_with_its_body(line: Line, together: Together) -> None:
    for piece in (GIVEN, b"hello", GIVEN, b"again"):
        together.write(piece)

    assert line.said == [HEAD + b"hello", HEAD + b"again"]


def test_a_whole_response_leaves_at_once_and_with_what_every_answer_carries(line: Line, together: Together) -> None:
    together.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\nInvalid")

    assert line.said == [secured(b"HTTP/1.1 400 Bad Request\r\n") + b"connection: close\r\n\r\nInvalid"]


def test_a_head_without_a_body_leaves_at_the_end_of_the_response(line: Line, together: Together) -> None:
    together.write(GIVEN)
    assert line.said == []
    together.flush()
    together.flush()
    assert line.said == [HEAD]


def test_a_head_leaves_before_the_connection_closes(line: Line, together: Together) -> None:
    together.write(GIVEN)
    together.close()

    assert line.said == [HEAD, b"closed"]
    assert together.is_closing()


@pytest.mark.parametrize("data", [CONTINUE, b"a body", b"\r\n\r\n"])
def test_what_is_no_head_of_a_response_leaves_at_once(line: Line, together: Together, data: bytes) -> None:
    together.write(data)

    assert line.said == [data]


async def test_answers_to_requests_of_one_moment_leave_in_a_row(
    line: Line, together: Together, other: Together
) -> None:
    together.asked()
    for piece in (GIVEN, b"first"):
        together.write(piece)
    assert line.said == []
    for piece in (GIVEN, b"other"):
        other.write(piece)

    assert line.said == [HEAD + b"first", HEAD + b"other"]


@pytest.mark.usefixtures("other")
async def test_an_answer_waits_for_others_no_longer_than_a_turn_of_the_loop(line: Line, together: Together) -> None:
    together.asked()
    for piece in (GIVEN, b"hello", GIVEN, b"pipelined", CONTINUE):
        together.write(piece)
    assert line.said == []
    await asyncio.sleep(0)

    assert line.said == [HEAD + b"hello" + HEAD + b"pipelined" + CONTINUE]


@pytest.mark.usefixtures("other")
async def test_answers_do_not_wait_long_while_others_are_worked_on(
    line: Line, outbox: Outbox, together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("bot.server.together.time.monotonic", lambda: now)
    for piece in (GIVEN, b"first"):
        together.write(piece)
    now += KEPT_SECONDS / 2
    soon = Together(cast("asyncio.Transport", line), outbox)
    for piece in (GIVEN, b"soon"):
        soon.write(piece)
    assert line.said == []
    now += KEPT_SECONDS
    late = Together(cast("asyncio.Transport", line), outbox)
    for piece in (GIVEN, b"late"):
        late.write(piece)

    assert line.said == [HEAD + b"first", HEAD + b"soon", HEAD + b"late"]


@pytest.mark.usefixtures("other")
async def test_what_is_kept_for_others_leaves_before_the_connection_closes(line: Line, together: Together) -> None:
    for piece in (GIVEN, b"hello"):
        together.write(piece)
    together.close()
    await asyncio.sleep(0)

    assert line.said == [HEAD + b"hello", b"closed"]


async def test_nothing_is_written_to_a_connection_that_is_gone(line: Line, together: Together, other: Together) -> None:
    for piece in (GIVEN, b"hello"):
        together.write(piece)
    together.lost()
    other.lost()
    await asyncio.sleep(0)

    assert line.said == []


async def test_nothing_is_written_to_a_connection_that_was_aborted(
    line: Line, together: Together, other: Together
) -> None:
    for piece in (GIVEN, b"hello"):
        together.write(piece)
    line.said.append(b"closed")
    other.lost()
    await asyncio.sleep(0)

    assert line.said == [b"closed"]


async def test_nobody_waits_for_those_who_have_gone(
    line: Line, outbox: Outbox, together: Together, other: Together
) -> None:
    other.asked()
    other.lost()
    for piece in (GIVEN, b"hello"):
        together.write(piece)

    assert outbox.moment.waiting == 0
    assert line.said == [HEAD + b"hello"]


async def test_an_answer_that_nobody_asked_for_counts_for_nothing(outbox: Outbox, together: Together) -> None:
    for piece in (GIVEN, b"the head was too large"):
        together.write(piece)
    together.asked()

    assert outbox.moment.waiting == 1


@pytest.fixture
async def port(app: Starlette, running: Running) -> AsyncIterator[int]:
    listening = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve_until_stopped(app, listening, running, app.state.moment))
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
    assert SECURITY_FIELDS in answer
    assert answer.count(b"cache-control") == 1
    assert b"server:" not in answer


async def test_a_client_that_waits_for_100_is_told_to_go_on(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    going_on = await asyncio.wait_for(reader.readexactly(len(CONTINUE)), 2)
    writer.write(b"{}")
    answer = await asyncio.wait_for(reader.read(10_000), 2)
    writer.close()

    assert going_on == CONTINUE
    assert answer.startswith(b"HTTP/1.1 401")


async def test_every_request_of_a_crowd_is_answered_and_none_is_waited_for_after_it(port: int) -> None:
    async def asked(request: bytes, body: bytes) -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(request)
            answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 2)
            answer += await asyncio.wait_for(reader.readexactly(len(body)), 2)
            if not answer.startswith(b"HTTP/1.1 200") or not answer.endswith(body):
                return False
        writer.close()
        return True

    get, head = (b"%b /healthz HTTP/1.1\r\nHost: x\r\n\r\n" % method for method in (b"GET", b"HEAD"))
    answered = await asyncio.gather(*(asked(get, b"ok\n") for _ in range(20)), *(asked(head, b"") for _ in range(5)))

    assert answered == [True] * 25
