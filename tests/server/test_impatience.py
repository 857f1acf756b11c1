"""What a slow or endless client costs, on a real port of this process."""

import asyncio
import contextlib
import gc
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.local.slack import Slack
from bot.server import front, impatience, serving
from bot.server.impatience import BODY_SECONDS
from bot.server.moment import Moment
from bot.server.running import Running
from bot.server.serving import listen, serve_until_stopped
from bot.server.together import Outbox
from bot.settings import Settings
from tests.slack.doubles import HEADLINE, logged


@pytest.fixture
async def port(app: Starlette, running: Running, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(impatience, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(impatience, "BODY_SECONDS", 0.3)
    listening = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve_until_stopped(app, listening, running, app.state.moment))
    yield listening.getsockname()[1]
    running.stop.set()
    await serving


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def connected(port: int, number: int) -> AsyncIterator[list[Streams]]:
    """Hold some connections open that say nothing by themselves."""
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(number)]
    try:
        yield streams
    finally:
        for _, writer in streams:
            writer.close()


async def sent(port: int, data: bytes) -> bytes:
    """Send something and wait for the end of the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"POST /slack/events HTT", id="half-a-line"),
        pytest.param(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-", id="half-a-head"),
        pytest.param(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", id="no-body"),
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /he", id="half-a-second-request"),
    ],
)
async def test_a_request_that_does_not_come_whole_is_given_up(port: int, data: bytes) -> None:
    answer = await sent(port, data)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("endless", [b"GET /" + b"a" * 500_000, b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 100_000])
async def test_a_head_without_end_is_cut_at_once(port: int, monkeypatch: pytest.MonkeyPatch, endless: bytes) -> None:
    monkeypatch.setattr(impatience, "HEAD_SECONDS", 60)

    with contextlib.suppress(ConnectionError):  # cut while we still send
        assert await sent(port, endless) == b""


CHUNKED = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "flood",
    [
        pytest.param(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 5000, id="requests"),
        pytest.param(CHUNKED + b"1\r\na\r\n" * 20_000, id="tiny-pieces"),
        pytest.param(CHUNKED + b"0\r\n" + b"a: b\r\n" * 20_000, id="fields-behind-the-body"),
        pytest.param(b"GET /healthz HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", id="fields"),
    ],
)
async def test_a_flood_over_one_connection_ends_it(
    port: int, monkeypatch: pytest.MonkeyPatch, settings: Settings, flood: bytes
) -> None:
    monkeypatch.setattr(impatience, "HEAD_SECONDS", 60)

    with logged(settings) as log, contextlib.suppress(ConnectionError):  # closed while we still send
        assert (await sent(port, flood)).count(b" 200 OK") <= impatience.UNANSWERED_MOST + 1
    assert "Traceback" not in log.getvalue()


async def test_fields_behind_a_body_are_dropped(port: int) -> None:
    last = CHUNKED.replace(b"Host: x", b"Host: x\r\nConnection: close")
    answer = await sent(port, last + b"1\r\na\r\n0\r\nX-Slack-Signature: v0=0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 401")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let the server of the test have few connections; return how many."""
    monkeypatch.setattr(serving, "CONNECTIONS_MOST", 5)
    return 5


async def test_who_comes_takes_the_place_of_the_connection_that_rests_longest(few: int, port: int) -> None:
    async with connected(port, few) as resting, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _, writer in resting:
            writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
        await asyncio.sleep(0.05)

        assert (await client.get("/healthz")).status_code == 200
        assert await asyncio.wait_for(resting[0][0].read(), 1) == b""
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(resting[1][0].read(), 0.1)


async def test_who_is_being_answered_keeps_the_place(
    few: int, port: int, slack: Slack, monkeypatch: pytest.MonkeyPatch, running: Running
) -> None:
    hold = asyncio.Event()
    answering = running.slack.dispatch

    async def slowly(*arguments: Any) -> Any:
        await hold.wait()
        return await answering(*arguments)

    monkeypatch.setattr(running.slack, "dispatch", slowly)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        command = asyncio.create_task(slack.person(client).command("token"))
        await asyncio.sleep(0.1)
        async with connected(port, few + 3):
            hold.set()

            assert (await command).only.text == HEADLINE


async def test_a_connection_may_rest_between_requests(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(2):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await reader.readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
        await asyncio.sleep(0.5)
    writer.close()


async def test_a_large_body_with_its_head_is_no_large_head(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        response = await client.post("/slack/events", content=b"x" * 900_000)

    assert response.status_code == 401


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST\r\n\r\n",
        b"A" * 100_000,
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    ],
)
async def test_garbage_is_refused_in_one_line(port: int, settings: Settings, garbage: bytes) -> None:
    with logged(settings) as log:
        answer = await sent(port, garbage)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
    assert log.getvalue().count(" WARNING ") <= 1
    assert "Traceback" not in log.getvalue()


async def test_a_connection_that_was_reset_leaves_nothing_behind(port: int) -> None:
    answered = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(answered * 4)
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)
    gc.collect()

    assert [left for left in gc.get_objects() if isinstance(left, impatience.ImpatientProtocol)] == []


async def test_a_client_that_says_no_more_gets_the_answer_that_is_kept_for_others(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outbox, "take", lambda _outbox, _connection: None)  # as while others are worked on
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), 0.1)
    writer.write_eof()

    assert (await asyncio.wait_for(reader.read(), 2)).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_who_reads_no_answer_is_given_up_and_takes_nobodys_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impatience, "READ_SECONDS", 0.1)
    crowd_of_two = impatience.impatient(2, Moment())
    server, ended = await asyncio.get_running_loop().create_server(_unending(crowd_of_two), "127.0.0.1", 0), []
    for _ in range(2):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        ended.append((reader, writer))
    await asyncio.sleep(0.05)

    assert [one.is_answering for one in crowd_of_two.crowd._there] == [False, False]
    await asyncio.sleep(0.2)
    assert len(crowd_of_two.crowd) == 0
    for _, writer in ended:
        writer.close()
    server.close()
    await server.wait_closed()


def _unending(protocol: type[impatience.ImpatientProtocol]) -> Callable[[], impatience.ImpatientProtocol]:
    """Serve an answer that no system's buffers take."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(100):
            await send({"type": "http.response.body", "body": b"x" * 1_000_000, "more_body": True})

    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    state = uvicorn.Server(config).server_state
    return lambda: protocol(config, state, {})


async def test_who_sends_half_a_body_is_told_so(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert front.PATIENCE_SECONDS < BODY_SECONDS
    monkeypatch.setattr(front, "PATIENCE_SECONDS", 0.1)

    answer = await sent(port, b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in answer
