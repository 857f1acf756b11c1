"""Direct messages: each gets one answer, and an edit of its text changes that answer."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.render import blocks
from bot.report import Verdict
from bot.slack.commands import told
from bot.slack.desk import Body, Desk
from bot.slack.diagnosis import new_reference
from bot.slack.failure import describe
from bot.slack.richtext import typed

SAID = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of messages that a person wrote; all others tell of something that happened."""

GREETINGS = frozenset({"hi", "hello", "hey", "hallo", "good morning", "good afternoon", "good evening"})

LOST = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Slack's errors after which an answer cannot be changed any more."""

REMEMBERED = 2000
"""Answers that an edit can still change."""

log = logging.getLogger(__name__)


@dataclass
class Answered:
    """The answer to one message: its ``ts`` once it is posted, and the time of the newest text that it answers."""

    ts: str = ""
    of: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to direct messages and their edits."""
    correspondence = Correspondence(desk)

    @bolt.event("message")
    async def message(event: Body) -> None:
        said = _said(event)
        if said is not None:
            desk.background.start(correspondence.answer(event["channel"], said, str(event.get("event_ts", ""))))


class Correspondence:
    """Answers messages and remembers which answer belongs to which, for as long as the process lives."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answered: OrderedDict[tuple[str, str], Answered] = OrderedDict()

    async def answer(self, channel: str, said: Body, at: str) -> None:
        """Answer a message, or change its answer; ``at`` is the time of this text, in Slack's writing."""
        entry = self._entry(channel, str(said["ts"]))
        async with entry.lock:
            if at < entry.of:
                return
            entry.of = at
            try:
                await self._send(channel, said, entry, await compose(self._desk, said))
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
                reference = new_reference()
                log.error("answering a direct message failed: %s", describe(error), extra={"reference": reference})
                await self._send(channel, said, entry, blocks.error_message(reference))

    async def _send(self, channel: str, said: Body, entry: Answered, message: blocks.Message) -> None:
        client = self._desk.outgoing.client
        if entry.ts:
            try:
                await client.chat_update(channel=channel, ts=entry.ts, text=message.text, blocks=message.blocks)
            except SlackApiError as error:
                if error.response.get("error") not in LOST:
                    raise
            else:
                return
        posted = await client.chat_postMessage(
            channel=channel,
            thread_ts=said.get("thread_ts"),
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        entry.ts = str(posted["ts"])

    def _entry(self, channel: str, ts: str) -> Answered:
        entry = self._answered.setdefault((channel, ts), Answered())
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return entry


async def compose(desk: Desk, said: Body) -> blocks.Message:
    """Write the answer to a message: a diagnosis, or what helps instead."""
    text = typed(said).strip()
    if not text:
        return blocks.files_message() if said.get("files") else blocks.help_message()
    if text.lower().rstrip("!. ") in GREETINGS:
        return blocks.greeting()
    ours = told(desk, text)
    if ours is not None:
        return ours
    found = await desk.diagnosis.diagnose(text, None, "direct-message")
    if found.report.verdict is Verdict.NOTHING_TO_CHECK and said.get("files"):
        return blocks.files_message()
    return blocks.answer(found.report, reference=found.reference, surface="dm")


def _said(event: Body) -> Body | None:
    """Return the message that a person wrote or rewrote; None where there is nothing to answer."""
    if event.get("channel_type") not in {"im", "app_home"}:
        return None
    said = event
    if event.get("subtype") == "message_changed":
        said, before = event.get("message") or {}, event.get("previous_message") or {}
        if typed(said) == typed(before):  # a link preview, a pin, a thread's first reply
            return None
    if said.get("bot_id") or not said.get("user") or str(said.get("subtype") or "") not in SAID:
        return None
    return said if said.get("ts") else None
