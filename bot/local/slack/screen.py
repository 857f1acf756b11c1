"""What people see: messages, views, and the order in which they appeared."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.local.slack.rules import elements
from bot.local.slack.shape import Object


@dataclass(frozen=True)
class Message:
    """A message as Slack keeps it; an ephemeral one is seen by `ephemeral_to` alone and cannot be fetched."""

    channel: str
    ts: str
    text: str
    blocks: tuple[Object, ...] = ()
    user: str = ""
    ephemeral_to: str = ""
    thread_ts: str = ""
    files: tuple[Object, ...] = ()


@dataclass(frozen=True)
class View:
    """A modal or Home of a person: what the bot sent, and what Slack adds to it."""

    id: str
    user: str
    content: Object
    hash: str
    root_id: str
    previous_id: str | None = None

    @property
    def blocks(self) -> tuple[Object, ...]:
        """Its blocks."""
        return tuple(self.content["blocks"])

    @property
    def callback_id(self) -> str:
        """Names it to the bot."""
        return str(self.content.get("callback_id", ""))

    @property
    def title(self) -> str:
        """The words in its title bar; empty for Home."""
        return str(self.content.get("title", {}).get("text", ""))


Kind: TypeAlias = Literal[
    "ephemeral",
    "message",
    "updated",
    "deleted",
    "modal",
    "modal-updated",
    "modal-errors",
    "modal-closed",
    "home",
    "failed",
]


@dataclass(frozen=True)
class Shown:
    """One thing that appeared to people. `failed` is Slack's own word where the bot did not answer."""

    kind: Kind
    text: str = ""
    blocks: tuple[Object, ...] = ()
    message: Message | None = None
    view: View | None = None
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def clickable(self) -> tuple[Object, ...]:
        """Its buttons and menus, in reading order."""
        return tuple(
            e for block in self.blocks if block.get("type") != "input" for e in elements(block) if "action_id" in e
        )


@dataclass
class Screen:
    """All that appeared, in order, and a way to wait for more.

    `marks` are how much had appeared before each thing that people did; `busy`, how many requests of the bot are being
    answered.
    """

    shown: list[Shown] = field(default_factory=list)
    marks: list[int] = field(default_factory=lambda: [0])
    busy: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, shown: Shown) -> None:
        """Lets something appear."""
        self.shown.append(shown)
        self.change()

    def begin(self) -> int:
        """Marks that somebody does something; returns the number of this turn."""
        self.marks.append(len(self.shown))
        return len(self.marks) - 1

    def of(self, turn: int) -> tuple[Shown, ...]:
        """What appeared in one turn, which lasts until the next one begins."""
        ends = [*self.marks[1:], len(self.shown)]
        return tuple(self.shown[self.marks[turn] : ends[turn]])

    def change(self) -> None:
        """Wakes those who wait."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self) -> None:
        """Waits for the next change."""
        await self._changed.wait()

    async def settled(self, at_least: int, seconds: float, quiet: float) -> tuple[Shown, ...]:
        """What appeared in the last turn, once it is `at_least` so much and nothing moved for `quiet` seconds.

        Raises:
            TimeoutError: less appeared within `seconds`.
        """
        try:
            async with asyncio.timeout(seconds):
                while self.busy or len(self.of(-1)) < at_least:
                    await self._changed.wait()
        except TimeoutError:
            appeared = [shown.kind for shown in self.of(-1)]
            raise TimeoutError(f"expected {at_least} to appear within {seconds} s, saw {appeared}") from None
        while await self._moves_within(quiet) or self.busy:
            pass
        return self.of(-1)

    async def _moves_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return True
