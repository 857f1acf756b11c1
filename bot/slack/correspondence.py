"""Which answer belongs to which message: each message has one, and an edit changes it."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from slack_sdk.errors import SlackApiError

from bot.render.elements import Message
from bot.slack.failure import slack_code
from bot.slack.outgoing import Outgoing
from bot.slack.posting import post
from bot.slack.said import Said

LOST = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Slack's errors after which an answer cannot be changed any more."""

REMEMBERED = 2000
"""Answers that an edit can still change."""


@dataclass
class Entry:
    """One message's answer: its ``ts`` once it is posted, and the time of the newest text that it answers."""

    ts: str = ""
    of: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Correspondence:
    """Posts answers and remembers which belongs to which message, for as long as the process lives."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._entries: OrderedDict[tuple[str, str], Entry] = OrderedDict()

    def remembers(self, message: Said) -> bool:
        """Tell whether this message, in whatever text, was answered before."""
        return (message.channel, message.ts) in self._entries

    @asynccontextmanager
    async def answering(self, message: Said) -> AsyncIterator[Entry | None]:
        """Hold the one answer of a message while it is written; give None where a newer text was answered already."""
        entry = self._entries.setdefault((message.channel, message.ts), Entry())
        while len(self._entries) > REMEMBERED:
            self._entries.popitem(last=False)
        async with entry.lock:
            if message.at < entry.of:
                yield None
            else:
                entry.of = message.at
                yield entry

    async def send(self, message: Said, entry: Entry, answer: Message, reference: str) -> None:
        """Post an answer, which carries ``reference``, or change the one that was posted.

        Raises:
            SlackApiError, TimeoutError, aiohttp.ClientError: Slack took it neither way.
        """
        if entry.ts:
            try:
                await self._outgoing.client.chat_update(
                    channel=message.channel, ts=entry.ts, text=answer.text, blocks=answer.blocks
                )
            except SlackApiError as error:
                if slack_code(error) not in LOST:
                    raise
            else:
                return
        entry.ts = await post(self._outgoing, message, answer, reference)
