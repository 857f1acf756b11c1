"""Buttons: check another, dismiss; and a polite word for those of older versions."""

import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks
from bot.render.elements import CHECK_ANOTHER, DISMISS
from bot.slack.desk import Body, Desk, ephemeral
from bot.slack.modals import open_paste


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to clicks."""

    @bolt.action(CHECK_ANOTHER)
    async def check_another(ack: AsyncAck, body: Body) -> None:
        await open_paste(desk, body)
        await ack()

    @bolt.action(DISMISS)
    async def dismiss(ack: AsyncAck, body: Body) -> None:
        if body.get("response_url"):
            desk.background.start(desk.outgoing.reply(body["response_url"], {"delete_original": True}))
        await ack()

    @bolt.action(re.compile(""))
    async def unknown(ack: AsyncAck, body: Body) -> None:
        await ack()
        opened_a_link = any(action.get("type") == "button" and action.get("url") for action in body.get("actions", []))
        if body.get("response_url") and not opened_a_link:
            answer = {**ephemeral(blocks.old_button_message()), "replace_original": False}
            desk.background.start(desk.outgoing.reply(body["response_url"], answer))
