"""The diagnosis as Slack sees it: given from outside, run here, and logged without a word of the paste."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from bot.observation import Observations
from bot.report import Report

Case: TypeAlias = Any
"""What ``read`` made of a paste: nothing to look into here, only to hand to ``judge`` and the prober."""

Surface: TypeAlias = Literal["command", "direct-message", "modal", "message-shortcut"]
"""Where a paste came from, as the log and the metrics name it."""

LARGE = 64 * 1024
"""Pastes of more characters than this are read in a thread: they take milliseconds, and others are waiting."""

log = logging.getLogger(__name__)


class Prober(Protocol):
    """Asks the live API and the authorization server about a case."""

    async def observe(self, case: Case) -> Observations:
        """Return what was seen; what could not be learnt is in the observations too, never an exception."""


@dataclass(frozen=True)
class Diagnosed:
    """A report and the reference id that ties the answer to its log line."""

    reference: str
    report: Report


@dataclass(frozen=True)
class Diagnosis:
    """How a paste becomes a report.

    ``read(text, url)`` and ``judge(case, observations)`` are pure and quick. ``prober`` is None where nobody is asked.
    """

    read: Callable[[str, str | None], Case]
    judge: Callable[[Case, Observations], Report]
    prober: Prober | None = None
    _threads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2), repr=False)

    async def diagnose(self, text: str, url: str | None, surface: Surface, reference: str) -> Diagnosed:
        """Diagnose one paste with what it shows by itself."""
        started = time.perf_counter()
        if len(text) > LARGE:
            async with self._threads:
                report = await asyncio.to_thread(self._offline, text, url)
        else:
            report = self._offline(text, url)
        _record(reference, surface, report, time.perf_counter() - started)
        return Diagnosed(reference, report)

    def _offline(self, text: str, url: str | None) -> Report:
        return self.judge(self.read(text, url), ())


def _record(reference: str, surface: Surface, report: Report, seconds: float) -> None:
    log.info(
        "diagnosed",
        extra={
            "reference": reference,
            "surface": surface,
            "verdict": report.verdict.value,
            "cause": report.root_cause.cause if report.root_cause else "none",
            "ms": round(seconds * 1000, 1),
        },
    )
