"""The worker process from outside: Socket Mode against a small stand-in for Slack's end of the socket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from bot.local.slack import Slack
from tests.server.processes import started
from tests.slack.doubles import HEADLINE, TOKEN


@dataclass
class SocketSlack:
    """Slack's end: gives out an address, keeps the newest connection, and what came back over any."""

    url: str = ""
    refuses: str = ""
    connections: int = 0
    posted: list[Any] = field(default_factory=list)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    answers: "asyncio.Queue[Any]" = field(default_factory=asyncio.Queue)
    socket: web.WebSocketResponse | None = None
    post_seconds: float = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["SocketSlack"]:
        application = web.Application()
        application.router.add_post("/api/{method}", self._method)
        application.router.add_get("/link", self._link)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def send(self, kind: str, payload: dict[str, Any], envelope: str = "E1") -> None:
        assert self.socket is not None
        await self.socket.send_json({"type": kind, "envelope_id": envelope, "payload": payload})

    async def answer(self, seconds: float = 5) -> Any:
        return await asyncio.wait_for(self.answers.get(), seconds)

    async def _method(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "auth.test":
            return web.json_response({"ok": True, "bot_id": "B1", "user_id": "U1", "team_id": "T1"})
        if request.match_info["method"] == "chat.postMessage":
            await asyncio.sleep(self.post_seconds)
            self.posted.append(await request.json())
            return web.json_response({"ok": True, "ts": "1.2"})
        if self.refuses:
            return web.json_response({"ok": False, "error": self.refuses})
        return web.json_response({"ok": True, "url": f"ws://{self.url}/link"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        self.connections += 1
        await self.socket.send_json({"type": "hello"})
        self.connected.set()
        async for message in self.socket:
            if message.type is WSMsgType.TEXT:
                await self.answers.put(json.loads(message.data))
        return self.socket


@pytest.fixture
async def ends() -> AsyncIterator[SocketSlack]:
    async with SocketSlack().listening() as listening:
        yield listening


COMMAND = {"command": "/rhythm-auth", "text": TOKEN, "trigger_id": "1.2.3"}


async def test_a_command_is_answered_over_the_socket(slack: Slack, ends: SocketSlack) -> None:
    async with started("socket", slack, SLACK_API_URL=f"http://{ends.url}/api/") as process:
        await asyncio.wait_for(ends.connected.wait(), 10)
        await ends.send("slash_commands", COMMAND)
        answer = await ends.answer()

        process.terminate()
        status = await process.ended(10)

    assert answer["envelope_id"] == "E1"
    assert answer["payload"]["response_type"] == "ephemeral"
    assert answer["payload"]["text"] == HEADLINE
    assert status == 0
    assert b"Traceback" not in process.said
    assert TOKEN.encode() not in process.said


async def test_a_lost_connection_is_made_anew(slack: Slack, ends: SocketSlack) -> None:
    async with started("socket", slack, SLACK_API_URL=f"http://{ends.url}/api/"):
        await asyncio.wait_for(ends.connected.wait(), 10)
        ends.connected.clear()
        assert ends.socket is not None
        await ends.socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

        await asyncio.wait_for(ends.connected.wait(), 20)
        await ends.send("slash_commands", COMMAND)

        assert (await ends.answer())["payload"]["text"] == HEADLINE
    assert ends.connections == 2


async def test_what_runs_is_answered_before_the_end(slack: Slack, ends: SocketSlack) -> None:
    ends.post_seconds = 1
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U2", "text": "token", "ts": "1.1"}
    async with started("socket", slack, SLACK_API_URL=f"http://{ends.url}/api/") as process:
        await asyncio.wait_for(ends.connected.wait(), 10)
        await ends.send("events_api", {"type": "event_callback", "event_id": "Ev1", "event": said})
        assert await ends.answer() == {"envelope_id": "E1"}

        process.terminate()
        await process.says("stopping, 1 under way")
        await ends.send("slash_commands", COMMAND, "E2")
        command = await ends.answer()
        await ends.send("events_api", {"type": "event_callback", "event_id": "Ev2", "event": said}, "E3")
        status = await process.ended(10)

    assert "restarting" in command["payload"]["text"]
    assert [message["text"] for message in ends.posted] == [HEADLINE]
    assert ends.answers.empty()
    assert status == 0


async def test_an_app_token_that_slack_refuses_ends_the_start_with_one_message(slack: Slack, ends: SocketSlack) -> None:
    ends.refuses = "invalid_auth"
    async with started("socket", slack, SLACK_API_URL=f"http://{ends.url}/api/") as process:
        status = await process.ended(10)

    assert status == 2
    assert process.said.decode().splitlines()[-1] == "Slack refuses SLACK_APP_TOKEN: invalid_auth."


async def test_where_slack_cannot_be_reached_it_keeps_trying_and_ends_when_told(
    slack: Slack, ends: SocketSlack
) -> None:
    ends.refuses = "internal_error"
    async with started("socket", slack, SLACK_API_URL=f"http://{ends.url}/api/") as process:
        await process.says("Slack gave no address")
        ends.refuses = ""
        await asyncio.wait_for(ends.connected.wait(), 10)

        process.terminate()
        assert await process.ended(10) == 0
