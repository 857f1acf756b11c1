"""Buttons: check another, dismiss; and a polite word for those of older versions."""

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks
from bot.render.elements import CHECK_ANOTHER, DISMISS
from bot.slack.desk import Body, Desk
from bot.slack.modals import open_paste
from bot.slack.reaching import remove, way
from bot.slack.telling import or_say, tell_later
from bot.slack.turn import Turn


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to clicks."""

    @bolt.action(CHECK_ANOTHER)
    async def check_another(ack: AsyncAck, body: Body) -> None:
        await open_paste(desk, body)
        await ack()

    @bolt.action(DISMISS)
    async def dismiss(ack: AsyncAck, body: Body, turn: Turn) -> None:
        clicked = str((body.get("container") or {}).get("message_ts") or "")
        desk.background.start(or_say(desk, body, turn, remove(desk, way(body), clicked)))
        await ack()

    @bolt.action(re.compile(""))
    async def unknown(ack: AsyncAck, body: Body, turn: Turn) -> None:
        await ack()
        if any(action.get("type") == "button" and action.get("url") for action in body.get("actions", [])):
            return
        turn.answered("old button")
        message = blocks.old_button_message(turn.reference)
        desk.background.start(tell_later(desk, body, message, trigger=True))
