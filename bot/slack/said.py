"""Which events tell of a message that a person wrote, and whether they rewrote it."""

from dataclasses import dataclass

from bot.slack.desk import Body
from bot.slack.richtext import typed

SUBTYPES = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of messages that a person wrote; all others tell of something that happened."""


@dataclass(frozen=True)
class Said:
    """A message to the bot: where it stands, what it is, and when this text of it was written.

    ``at`` is that time in Slack's writing, as in ``ts``; ``edited`` tells that an older text of it was changed.
    """

    channel: str
    message: Body
    at: str
    edited: bool = False

    @property
    def ts(self) -> str:
        """Names the message in its channel."""
        return str(self.message["ts"])

    @property
    def thread_ts(self) -> str | None:
        """Names the thread that the message stands in."""
        return self.message.get("thread_ts")


def said(event: Body) -> Said | None:
    """Return the message that a person wrote or rewrote to the bot; None where there is nothing to answer."""
    if event.get("type") != "message" or not _is_direct(event):
        return None
    message, edited = event, event.get("subtype") == "message_changed"
    if edited:
        message, before = event.get("message") or {}, event.get("previous_message") or {}
        if typed(message, shared=False) == typed(before, shared=False):  # a link preview, a pin, a first reply
            return None
    if message.get("bot_id") or not message.get("user") or str(message.get("subtype") or "") not in SUBTYPES:
        return None
    channel, ts = event.get("channel"), message.get("ts")
    if not isinstance(channel, str) or not isinstance(ts, str) or not channel or not ts:
        return None
    return Said(channel, message, str(event.get("event_ts") or ts), edited)


def _is_direct(event: Body) -> bool:
    kind = event.get("channel_type")
    return kind in {"im", "app_home"} or (kind is None and str(event.get("channel") or "").startswith("D"))
