"""How requests that came at the same moment are worked on: in step, or each for itself."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.stages import Made, Stages, timed


class Pace(Protocol):
    """Keeps requests in step."""

    def through(self, stages: Stages[Made]) -> Awaitable[tuple[Made, float]]:
        """Do the stages, each together with that of the other requests of this moment.

        Returns what they make, and the seconds that they took by themselves, whoever was worked on in between.
        """

    def later(self, work: Callable[[], None]) -> None:
        """Do some work that no answer needs to wait for."""


class Alone:
    """Waits for nobody."""

    async def through(self, stages: Stages[Made]) -> tuple[Made, float]:
        """Do all of them now."""
        return timed(stages)

    def later(self, work: Callable[[], None]) -> None:
        """Do it now."""
        work()
