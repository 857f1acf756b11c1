"""The paste modal: opened by several ways in, diagnosed on submission, its result shown in place."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks, texts
from bot.report import Verdict
from bot.slack.desk import Body, Desk
from bot.slack.telling import field_errors
from bot.slack.turn import Turn

PASTE, URL = "paste", "url"
"""Block ids of the modal's inputs; ``paste`` is its callback id too."""

OPENING_SECONDS = 2.5
"""A trigger id is good for 3 s."""


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to submissions of the paste modal."""

    @bolt.view(PASTE)
    async def submitted(ack: AsyncAck, view: Body, turn: Turn) -> None:
        text, url = typed(view, PASTE), typed(view, URL)
        if not text.strip():
            await ack(field_errors(turn, {PASTE: texts.PASTE_EMPTY}))
            return
        found = await desk.diagnosis.diagnose(text, url or None, "modal", turn.reference)
        if found.report.verdict is Verdict.NOTHING_TO_CHECK:
            await ack(field_errors(turn, {PASTE: f"{texts.NOTHING_TITLE}. {texts.NOTHING_FIX}"}))
            return
        result = blocks.result_modal(found.report, reference=found.reference)
        await ack({"response_action": "update", "view": result})


async def open_paste(desk: Desk, body: Body) -> None:
    """Open the paste modal for whoever sent this command, shortcut or click; in a modal it takes that one's place."""
    client = desk.outgoing.client
    async with asyncio.timeout(OPENING_SECONDS):
        if body.get("view", {}).get("type") == "modal":
            await client.views_update(view_id=body["view"]["id"], view=blocks.paste_modal())
        else:
            await client.views_open(trigger_id=body.get("trigger_id", ""), view=blocks.paste_modal())


def typed(view: Body, block_id: str) -> str:
    """Return what was typed into one input; empty where nothing was, or there is no such input."""
    values: dict[str, Body] = view.get("state", {}).get("values", {})
    return next((str(field.get("value") or "") for field in values.get(block_id, {}).values()), "")
