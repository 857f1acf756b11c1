"""Reaching a person after the acknowledgement: by the request's own way, else by a fresh message."""

import logging
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.render.elements import Message
from bot.slack.desk import Body, Desk, ephemeral
from bot.slack.failure import describe
from bot.slack.outgoing import ReplyRefusedError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Way:
    """How a request's person can be reached: its response_url, its channel and thread, and the person."""

    response_url: str = field(repr=False)
    channel: str
    user: str
    thread_ts: str = ""


def way(body: Body) -> Way:
    """The way back to whoever sent a command, a click or a shortcut."""
    container = body.get("container") or {}
    thread = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts")
    return Way(
        str(body.get("response_url") or ""),
        str((body.get("channel") or {}).get("id") or body.get("channel_id") or ""),
        str((body.get("user") or {}).get("id") or body.get("user_id") or ""),
        str(thread or ""),
    )


async def reach(desk: Desk, back: Way, message: Message) -> None:
    """Show a message to one person alone, below what they asked.

    A response_url that is used up, expired or out of order leaves two ways: an ephemeral message where the bot is a
    member, and a direct message.

    Raises:
        SlackApiError: none of them was open.
    """
    if back.response_url:
        try:
            thread = {"thread_ts": back.thread_ts} if back.thread_ts else {}
            answer = {**ephemeral(message), "replace_original": False, **thread}
            await desk.outgoing.reply(back.response_url, answer)
        except Exception as error:  # noqa: BLE001 - whatever closed this way, there are others
            log.warning("a response_url was of no use: %s", describe(error))
        else:
            return
    shown: dict[str, Any] = {"text": message.text, "blocks": message.blocks}
    if back.channel and back.response_url:
        try:
            await desk.outgoing.client.chat_postEphemeral(channel=back.channel, user=back.user, **shown)
        except SlackApiError as error:
            log.info("nothing can be shown in that channel: %s", describe(error))
        else:
            return
    if back.user:
        await desk.outgoing.client.chat_postMessage(channel=back.user, unfurl_links=False, unfurl_media=False, **shown)


async def remove(desk: Desk, back: Way, ts: str) -> None:
    """Delete the message that was clicked. ``ts`` names it, for where the response_url is of no use."""
    try:
        await desk.outgoing.reply(back.response_url, {"delete_original": True})
    except ReplyRefusedError:
        await desk.outgoing.client.chat_delete(channel=back.channel, ts=ts)
