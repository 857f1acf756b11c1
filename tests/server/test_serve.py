"""The web process from outside: its port, its readiness, what a hostile client costs it, and how it ends."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx

from bot.local.slack import Fault, Slack
from bot.local.slack.signing import signed
from tests.server.processes import free_port, started
from tests.slack.doubles import HEADLINE, TOKEN


async def test_it_gets_ready_answers_and_ends_with_status_0(slack: Slack) -> None:
    async with started("serve", slack, WEB_CONCURRENCY="4", SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="x") as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client)
            answer = await slack.person(client).command(TOKEN)

        process.terminate()
        process.terminate()
        status = await process.ended(5)

    assert answer.only.text == HEADLINE
    assert answer.seconds < 1
    assert status == 0
    assert b"Traceback" not in process.said
    assert TOKEN.encode() not in process.said


async def test_what_runs_is_answered_before_the_end(slack: Slack) -> None:
    async with started("serve", slack) as process, httpx.AsyncClient(base_url=process.url) as client:
        await process.ready(client)
        ada = slack.person(client)
        slack.faults.add("chat.postMessage", Fault(status=429, retry_after=1))
        await ada.message("token")
        await slack.settled(at_least=0)

        process.terminate()
        await process.says("stopping, 1 under way")
        ready = await client.get("/readyz")
        command = await ada.command("token")
        event = await ada.event({"type": "message", "channel_type": "im"}, status=503)
        status = await process.ended(10)

    assert (ready.status_code, ready.text) == (503, "not ready: shutting down\n")
    assert ready.headers["connection"] == "close"
    assert "restarting" in command.only.text
    assert event.status == 503
    assert [shown.text for shown in slack.screen.shown if shown.kind == "message"] == [HEADLINE]
    assert status == 0


async def test_half_open_connections_do_not_hold_up_the_end(slack: Slack) -> None:
    async with started("serve", slack) as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client)
        silent = await asyncio.open_connection("127.0.0.1", process.port)
        half = await asyncio.open_connection("127.0.0.1", process.port)
        half[1].write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\ncommand=")
        await half[1].drain()
        await asyncio.sleep(0.1)

        began = time.monotonic()
        process.terminate()
        status = await process.ended(20)
        seconds = time.monotonic() - began
        for _reader, writer in (silent, half):
            writer.close()

    assert status == 0
    assert seconds < 8
    assert b" ERROR " not in process.said


async def test_a_token_that_slack_refuses_ends_the_start_with_one_message(slack: Slack) -> None:
    async with started("serve", slack, SLACK_BOT_TOKEN="xoxb-of-somebody-else") as process:
        status = await process.ended(10)

    assert status == 2
    assert process.said.decode().splitlines()[-1] == "Slack refuses SLACK_BOT_TOKEN: invalid_auth."
    assert b"xoxb-of" not in process.said


async def test_where_slack_cannot_be_reached_it_stays_up(slack: Slack) -> None:
    async with started("serve", slack, SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api/") as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client, "/healthz")
            await process.says("auth.test failed")
            ready = await client.get("/readyz")
        process.terminate()
        status = await process.ended(10)

    assert (ready.status_code, ready.text) == (503, "not ready: Slack cannot be reached\n")
    assert status == 0


async def test_a_taken_port_is_one_message(slack: Slack) -> None:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, started("serve", slack, PORT=str(port)) as process:
        status = await process.ended(10)

    assert status == 2
    assert f"Cannot listen on 127.0.0.1, port {port}: " in process.said.decode()
    assert b"Traceback" not in process.said


async def test_sixty_megabytes_unsigned_cost_no_memory(slack: Slack) -> None:
    async with started("serve", slack) as process, httpx.AsyncClient(base_url=process.url, timeout=30) as client:
        await process.ready(client)
        await client.post("/slack/events", content=b"x" * (1 << 20))
        before = process.resident()
        declared = await client.post("/slack/events", content=b"x" * (60 << 20))

        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(60):
                yield b"x" * (1 << 20)

        counted = await client.post("/slack/events", content=chunks())
        grown = process.resident() - before

    assert (declared.status_code, counted.status_code) == (413, 413)
    assert grown < 5 << 20


async def test_two_hundred_commands_at_once_are_all_answered_in_time(slack: Slack) -> None:
    body = b"command=%2Frhythm-auth&text=token"
    head = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **signed(slack.signing_secret, int(time.time()), body),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    request = f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode() + body

    async def ask(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return answer

    async with started("serve", slack) as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client)
        async with asyncio.timeout(3):
            answers = await asyncio.gather(*(ask(process.port) for _ in range(200)))

    assert all(answer.startswith(b"HTTP/1.1 200") and b"ephemeral" in answer for answer in answers)
