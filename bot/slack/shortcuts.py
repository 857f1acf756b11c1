"""Shortcuts: the paste modal from anywhere, and the diagnosis of somebody's message for the caller alone."""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.render import blocks, texts
from bot.report import Verdict
from bot.slack.desk import Body, Desk, Offered
from bot.slack.diagnosis import Diagnosed
from bot.slack.failure import describe
from bot.slack.modals import OPENING_SECONDS, open_paste
from bot.slack.reaching import reach, way
from bot.slack.readers import origin
from bot.slack.richtext import typed
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to both shortcuts."""

    @bolt.shortcut({"type": "shortcut", "callback_id": "diagnose"})
    async def diagnose(ack: AsyncAck, body: Body) -> None:
        await open_paste(desk, body)
        await ack()

    @bolt.shortcut({"type": "message_action", "callback_id": "diagnose_message"})
    async def diagnose_message(ack: AsyncAck, body: Body, turn: Turn) -> None:
        text = typed(body.get("message") or {})
        found = await desk.diagnosis.diagnose(text, None, "message-shortcut", turn.reference)
        around = await _around(desk, body, found)
        view = blocks.result_modal(found.report, turn.reference, around)
        try:
            async with asyncio.timeout(turn.left(OPENING_SECONDS)):
                opened = await desk.outgoing.client.views_open(trigger_id=body.get("trigger_id", ""), view=view)
        except (SlackApiError, TimeoutError, aiohttp.ClientError) as error:
            log.warning("a result could not be opened: %s", describe(error), extra={"reference": turn.reference})
            alone = blocks.answer(found.report, reference=turn.reference, around=around._replace(live="", author=""))
            desk.background.start(reach(desk, way(body), alone))
        else:
            shown: Any = opened.get("view") or {}
            desk.shown.shows(str(shown.get("id") or ""), turn.reference)
        await ack()


async def _around(desk: Desk, body: Body, found: Diagnosed) -> blocks.Around:
    """What stands around the answer: who can see the token, and what can be done about it.

    Live checks only run when they are asked for, since the token may be somebody else's.
    """
    message, channel = body.get("message") or {}, str((body.get("channel") or {}).get("id") or "")
    if found.report.verdict is Verdict.NOTHING_TO_CHECK:
        return blocks.Around(notes=(texts.SHORTCUT_FILES,) if message.get("files") else ())
    ts = str(message.get("ts") or "")
    around = blocks.Around(channel=channel, ts=ts, thread_ts=str(message.get("thread_ts") or ts))
    if blocks.exposure(found.report):
        around = around._replace(origin=await origin(desk, body))
    author = str(message.get("user") or "")
    if author and not message.get("bot_id") and author != (body.get("user") or {}).get("id"):
        around = around._replace(author=author)
    desk.response_urls.keep(found.reference, str(body.get("response_url") or ""))
    if desk.diagnosis.probes(found):
        around = around._replace(live=found.reference)
        desk.offered.keep(found.reference, Offered(found, around))
    return around
