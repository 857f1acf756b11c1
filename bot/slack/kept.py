"""Things that a later click needs and Slack must not hold: kept in memory, few, for minutes, and then dropped."""

import asyncio
from collections import OrderedDict
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """At most ``most`` things, each for at most ``seconds``; a timer drops it, whether anybody asks for it or not."""

    def __init__(self, *, seconds: float, most: int = 200) -> None:
        self._seconds = seconds
        self._most = most
        self._things: OrderedDict[str, tuple[Thing, asyncio.TimerHandle]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._things)

    def keep(self, handle: str, thing: Thing) -> None:
        """Keep a thing under a handle; the oldest one goes where there are too many."""
        self.drop(handle)
        while len(self._things) >= self._most:
            self.drop(next(iter(self._things)))
        timer = asyncio.get_running_loop().call_later(self._seconds, self.drop, handle)
        self._things[handle] = (thing, timer)

    def get(self, handle: str) -> Thing | None:
        """Look at a thing; None where it is gone."""
        return self._things[handle][0] if handle in self._things else None

    def take(self, handle: str) -> Thing | None:
        """Give a thing away; None where it is gone."""
        thing = self.get(handle)
        self.drop(handle)
        return thing

    def drop(self, handle: str) -> None:
        """Forget a thing, if it is there."""
        found = self._things.pop(handle, None)
        if found is not None:
            found[1].cancel()
