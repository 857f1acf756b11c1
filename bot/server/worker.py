"""The worker process: the same Slack app over Socket Mode, a connection that we open: no public address is needed."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.server.logs import configure, watch_loop
from bot.server.running import Running
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.diagnosis import Diagnosis
from bot.slack.failure import describe
from bot.slack.identity import TokenRefusedError, back_off, refusal
from bot.slack.turn import Turn

WATCH_SECONDS = 30.0
"""How often the connection is looked at from outside: the library's own watching has been seen to stop."""

log = logging.getLogger(__name__)


class Socket(AsyncSocketModeHandler):
    """Hands what comes over the socket to the Slack app. What is put off is not acknowledged: Slack sends it again."""

    def __init__(self, slack: SlackApp, app_token: str) -> None:
        super().__init__(slack.bolt, app_token, web_client=slack.outgoing.client)
        self._slack = slack

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # Bolt's too
        """Answer one request."""
        began, turn = time.time(), Turn()
        await send_async_response(client, req, await self._slack.dispatch(req.payload, turn), began)
        turn.sent.set()


def run(settings: Settings, diagnosis: Diagnosis) -> int:
    """Run the worker process until it is told to stop; return its exit status.

    0 after SIGTERM or SIGINT; 2, and why on standard error, where Slack refuses one of the two tokens.
    """
    configure(settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(settings, diagnosis))


async def _run(settings: Settings, diagnosis: Diagnosis) -> int:
    watch_loop(asyncio.get_running_loop())
    running = Running(settings, diagnosis)
    running.stop_on_signals()
    async with running.opened(), _connected(running, settings.slack_app_token):
        await running.stop.wait()
        await running.drain()
    return running.exit_status()


@asynccontextmanager
async def _connected(running: Running, app_token: str) -> AsyncIterator[None]:
    socket = Socket(running.slack, app_token)
    keeping = asyncio.create_task(_keep_connected(socket.client, running))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await socket.close_async()  # type: ignore[no-untyped-call]  # the library leaves it without types


async def _keep_connected(client: SocketModeClient, running: Running) -> None:
    """Connect, and connect anew when the connection is found dead twice in a row."""
    try:
        client.wss_uri = await _address(client)
    except TokenRefusedError as refused:
        running.give_up(refused)
        return
    await client.connect()  # type: ignore[no-untyped-call]  # the library leaves it without types
    log.info("connected")
    dead = 0
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        dead = 0 if await client.is_connected() else dead + 1
        if dead >= 2:
            log.warning("the connection is dead, connecting anew")
            try:
                await client.connect_to_new_endpoint(force=True)
            except Exception as error:  # noqa: BLE001 - whatever it was, we try again
                log.warning("connecting failed: %s", describe(error))


async def _address(client: SocketModeClient) -> str:
    """Ask Slack for the address to connect to, until it gives one.

    Raises:
        TokenRefusedError: Slack refuses the app-level token.
    """
    for seconds in back_off():
        try:
            return await client.issue_new_wss_url()
        except SlackApiError as error:
            code = refusal(error)
            if code:
                raise TokenRefusedError("SLACK_APP_TOKEN", code) from None
            log.warning("Slack gave no address to connect to: %s", describe(error))
        except Exception as error:  # noqa: BLE001 - whatever keeps Slack from answering, we ask again
            log.warning("Slack cannot be reached: %s", describe(error))
        await asyncio.sleep(seconds)
    raise AssertionError("back_off never ends")
