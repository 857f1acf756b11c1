"""Requests that came at the same moment are worked on in step: one stage for all of them, then the next.

Whatever a processor has learnt of a stage, its code and which way its branches go, is lost by the end of a diagnosis,
and learnt anew for the next. Ten diagnoses stage by stage take four fifths of the time of ten in a row.
"""

import asyncio
import types
from collections.abc import Callable, Generator

IN_STEP_MOST = 64
"""Requests that go in step. All of them are answered with the last; where more wait, some had better be first."""


class Moment:
    """The requests of a server that have come whole and are not answered: ``waiting`` is their number."""

    def __init__(self) -> None:
        self.waiting = 0
        self._later: list[Callable[[], None]] = []

    @types.coroutine
    def step(self) -> Generator[None, None, None]:
        """Let the others come as far. Who is alone goes on at once."""
        if 1 < self.waiting <= IN_STEP_MOST:
            yield  # what asyncio.sleep(0) does, without its two layers

    @types.coroutine
    def gather(self) -> Generator[None, None, None]:
        """Let those come in who are about to: as long as each turn of the event loop brings more."""
        seen = 0
        while 1 < self.waiting <= IN_STEP_MOST and self.waiting != seen:
            seen = self.waiting
            yield  # a turn of the loop, in which more may come

    def later(self, work: Callable[[], None]) -> None:
        """Do some work in the next turn of the event loop, all of a moment in a row.

        The answer of who is alone has left by then.
        """
        if not self._later:
            asyncio.get_running_loop().call_soon(self._do)
        self._later.append(work)

    def _do(self) -> None:
        works, self._later = self._later, []
        for work in works:
            work()
