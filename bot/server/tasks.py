"""Work that is under way: counted, bounded, given a deadline, and finished before the process ends."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.slack.desk import BusyError
from bot.slack.failure import describe

log = logging.getLogger(__name__)


class Answering:
    """Counts one request while the block is run."""

    def __init__(self, tasks: "Tasks") -> None:
        self._tasks = tasks

    def __enter__(self) -> None:
        self._tasks.begin()

    def __exit__(self, *_: object) -> None:
        self._tasks.end()


class Tasks:
    """Requests being answered and the work they left behind.

    ``most`` bounds each of the two; ``deadline`` is how long one piece of background work may take, in seconds.
    """

    def __init__(self, *, most: int = 500, deadline: float = 60.0) -> None:
        self._most = most
        self._deadline = deadline
        self._background: set[asyncio.Task[None]] = set()
        self._answering = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.draining = False

    def __len__(self) -> int:
        return self._answering + len(self._background)

    @property
    def depths(self) -> tuple[int, int]:
        """How many requests are being answered, and how many pieces of background work are under way."""
        return self._answering, len(self._background)

    def answering(self) -> "Answering":
        """Count a request while it is being answered.

        Raises:
            BusyError: there are too many.
        """
        if self._answering >= self._most:
            raise BusyError
        return Answering(self)

    def begin(self) -> None:
        """Count one request more."""
        self._answering += 1
        self._idle.clear()

    def end(self) -> None:
        """Count one request less."""
        self._answering -= 1
        self._settle()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work that goes on after Slack was answered.

        Raises:
            BusyError: there is too much of it already; the work was not begun.
        """
        if len(self._background) >= self._most:
            work.close()
            raise BusyError
        task = asyncio.create_task(self._run(work))
        self._background.add(task)
        self._idle.clear()
        task.add_done_callback(self._done)

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        await self._idle.wait()

    async def drain(self, seconds: float) -> int:
        """Take no new work (``draining``), wait for what runs, cut the rest; return how many were cut."""
        self.draining = True
        try:
            async with asyncio.timeout(seconds):
                await self.settled()
        except TimeoutError:
            pass
        cut = list(self._background)
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)
        return len(cut)

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            async with asyncio.timeout(self._deadline):
                await work
        except Exception as error:  # noqa: BLE001 - nobody else waits for this task
            log.error("background work failed: %s", describe(error))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        self._settle()

    def _settle(self) -> None:
        if len(self) == 0:
            self._idle.set()
