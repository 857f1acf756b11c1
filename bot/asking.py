"""The command line's live checks: says whom it asks, waits, and shows on a terminal how far it is."""

import asyncio
import contextlib
from typing import TextIO

from bot.checks import Case
from bot.live import Prober
from bot.observation import Observation, Observations, Plan
from bot.question import question
from bot.settings import Settings

CLEAR_LINE = "\r\x1b[K"


def ask(case: Case, settings: Settings, stream: TextIO | None, *, moves: bool = True) -> Observations:
    """Ask about a case and return what was seen.

    ``stream``, the standard error, is told whom; None and one that takes nothing cost no diagnosis. On a terminal whose
    cursor ``moves`` it also shows how far it is.
    """
    return asyncio.run(_ask(case, settings, _Screen(stream, moves=moves)))


async def _ask(case: Case, settings: Settings, screen: "_Screen") -> Observations:
    prober: Prober[Case] = Prober(settings, question)
    plan = prober.plan(case)
    screen.begin(plan)
    try:
        return await prober.observe(case, tell=screen.heard)
    finally:
        screen.end()
        await prober.aclose()


class _Screen:
    """Where it is shown whom is asked, and how many answered."""

    def __init__(self, stream: TextIO | None, *, moves: bool) -> None:
        self._stream = stream
        self._moves = moves and stream is not None and stream.isatty()
        self._most = 0
        self._answered = 0

    def begin(self, plan: Plan) -> None:
        """Say whom it asks."""
        asked = [
            f"{host} ({'with the token' if host in plan.token_hosts else 'for its key set, without the token'})"
            for host in plan.hosts
        ]
        self._write(
            f"Live checks ask {' and '.join(asked)}.\n" if asked else "Live checks: there is nobody to ask.\n",
        )
        self._most = len(plan.probes)
        self._progress()

    def heard(self, _observation: Observation) -> None:
        """Count an answer."""
        self._answered += 1
        self._progress()

    def end(self) -> None:
        """Take the line away."""
        self._answered = self._most
        self._progress()

    def _progress(self) -> None:
        if self._moves and self._most:
            text = f"Asking: {self._answered} of {self._most} answered" if self._answered < self._most else ""
            self._write(f"{CLEAR_LINE}{text}")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):  # full, closed, or nobody reads it
                self._stream.write(text)
                self._stream.flush()
