"""Requests that came at the same moment are worked on in step: one stage for all of them, then the next.

Whatever a processor has learnt of a stage, its code and which way its branches go, is lost by the end of a diagnosis,
and learnt anew for the next. Ten diagnoses stage by stage take two thirds of the time of ten in a row.
"""

import asyncio
import time
import types
from collections.abc import Callable, Generator
from typing import Any, Generic

from bot.stages import Made, Stages, timed

IN_STEP_MOST = 64
"""Requests that go in step. All of them are answered with the last; where more wait, some had better be first."""

IN_A_ROW_SECONDS = 0.005
"""For how long stages are done before the event loop sees to what else has come."""


class Course(Generic[Made]):
    """The stages of one request. ``done`` becomes what they make, and the ``seconds`` that they took."""

    __slots__ = ("done", "seconds", "stages")

    def __init__(self, stages: Stages[Made]) -> None:
        self.stages = stages
        self.seconds = 0.0
        self.done: asyncio.Future[tuple[Made, float]] = asyncio.get_running_loop().create_future()

    def end(self, made: Made, seconds: float) -> None:
        """Hand over what was made; the last stage took ``seconds``. Who has been cancelled no longer waits for it."""
        if not self.done.done():
            self.done.set_result((made, self.seconds + seconds))

    def fail(self, error: Exception) -> None:
        """Hand over why nothing was made."""
        if not self.done.done():
            self.done.set_exception(error)


class Moment:
    """The requests of a server that have come whole and are not answered: ``waiting`` is their number."""

    def __init__(self) -> None:
        self.waiting = 0
        self._courses: list[Course[Any]] = []
        self._later: list[Callable[[], None]] = []

    @types.coroutine
    def gather(self) -> Generator[None, None, None]:
        """Let those come in who are about to: as long as each turn of the event loop brings more."""
        seen = 0
        while 1 < self.waiting <= IN_STEP_MOST and self.waiting != seen:
            seen = self.waiting
            yield  # a turn of the loop, in which more may come: what asyncio.sleep(0) does, without its two layers

    async def through(self, stages: Stages[Made]) -> tuple[Made, float]:
        """Do the stages in step with those of the other requests; who is alone does them at once.

        Returns what they make, and the seconds that they took by themselves. What they raise is raised here.
        """
        if not 1 < self.waiting <= IN_STEP_MOST:
            return timed(stages)
        course = Course(stages)
        self._join([course])
        return await course.done

    def _join(self, courses: list[Course[Any]]) -> None:
        if not self._courses:
            asyncio.get_running_loop().call_soon(self._go_on)
        self._courses += courses

    def _go_on(self) -> None:
        """Do a stage of every course, and the next, for as long as they may go on in a row."""
        courses, self._courses = self._courses, []
        clock = time.perf_counter
        now = clock()
        until = now + IN_A_ROW_SECONDS
        while courses:
            left = []
            for course in courses:
                try:
                    next(course.stages)
                except StopIteration as end:
                    course.end(end.value, clock() - now)
                except Exception as error:  # noqa: BLE001 - it is for whoever waits for what is made
                    course.fail(error)
                else:
                    left.append(course)
                began, now = now, clock()
                course.seconds += now - began
            courses = left
            if courses and now >= until:
                self._join(courses)
                return

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
