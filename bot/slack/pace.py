"""How requests that came at the same moment are worked on: in step, or each for itself."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Pace(Protocol):
    """Keeps requests in step."""

    def step(self) -> Awaitable[None]:
        """Let the other requests of this moment come as far as this one."""

    def later(self, work: Callable[[], None]) -> None:
        """Do some work that no answer needs to wait for."""


class Alone:
    """Waits for nobody."""

    async def step(self) -> None:
        """Go on."""

    def later(self, work: Callable[[], None]) -> None:
        """Do it now."""
        work()
