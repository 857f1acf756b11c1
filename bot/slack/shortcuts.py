"""Shortcuts: the paste modal from anywhere, and the diagnosis of somebody's message for the caller alone."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks
from bot.slack.desk import Body, Desk
from bot.slack.modals import OPENING_SECONDS, open_paste
from bot.slack.richtext import typed
from bot.slack.turn import Turn


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
        result = blocks.result_modal(found.report, reference=found.reference)
        async with asyncio.timeout(OPENING_SECONDS):
            await desk.outgoing.client.views_open(trigger_id=body.get("trigger_id", ""), view=result)
        await ack()
