"""The diagnosis as Slack sees it: given from outside, run here, and logged without a word of the paste."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, Protocol, TypeAlias

from bot.observation import Observation, Observations
from bot.report import Report
from bot.slack.failure import describe
from bot.slack.pace import Alone, Pace
from bot.slack.watching import Nobody, Watcher
from bot.stages import Stages, timed, whole

Case: TypeAlias = Any
"""What ``read`` made of a paste: nothing to look into here, only to hand to ``judge`` and the prober."""

Surface: TypeAlias = Literal["command", "direct-message", "modal", "message-shortcut"]
"""Where a paste came from, as the log and the metrics name it."""

LARGE = 16 * 1024
"""Pastes of more characters than this are read in a thread: they may take tens of milliseconds, and others wait."""

log = logging.getLogger(__name__)


class Plan(Protocol):
    """Which probes would run for a case."""

    @property
    def probes(self) -> tuple[str, ...]:
        """Their ids; empty where nobody would be asked."""


class Prober(Protocol):
    """Asks the live API and the authorization server about a case."""

    def plan(self, case: Case) -> Plan:
        """Say, at once, what would be asked about a case."""

    async def observe(
        self, case: Case, *, user: str = "", tell: Callable[[Observation], None] | None = None
    ) -> Observations:
        """Return what was seen; what could not be learnt is in the observations too, never an exception.

        ``user`` is the person for whom it is done: each has a limit, which is kept here. ``tell`` hears of each probe
        as it ends.
        """

    async def answers(self) -> Observation:
        """Say whether the API answers at all, and with what status."""

    async def aclose(self) -> None:
        """Close what was opened."""


@dataclass(frozen=True)
class Diagnosed:
    """A report, the reference id that ties the answer to its log line, and the case, which may hold a token."""

    reference: str
    report: Report
    case: Case = field(repr=False, default=None)


@dataclass(frozen=True)
class Diagnosis:
    """How a paste becomes a report.

    ``read(text, url)`` and ``judge(case, observations)`` are pure and quick; ``judge`` does its work in stages.
    ``prober`` is None where nobody is asked. ``pace`` keeps requests of one moment in step.
    """

    read: Callable[[str, str | None], Case]
    judge: Callable[[Case, Observations], Stages[Report]]
    prober: Prober | None = None
    watcher: Watcher = field(default_factory=Nobody)
    pace: Pace = field(default_factory=Alone)
    _threads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2), repr=False)

    async def diagnose(self, text: str, url: str | None, surface: Surface, reference: str) -> Diagnosed:
        """Diagnose one paste with what it shows by itself."""
        if len(text) > LARGE:
            async with self._threads:
                (case, report), seconds = await asyncio.to_thread(timed, self._stages(text, url))
        else:
            (case, report), seconds = await self.pace.through(self._stages(text, url))
        self.pace.later(partial(self._note, reference, surface, report, seconds))
        return Diagnosed(reference, report, case)

    def _stages(self, text: str, url: str | None) -> Stages[tuple[Case, Report]]:
        case = self.read(text, url)
        yield
        return case, (yield from self.judge(case, ()))

    def probes(self, found: Diagnosed) -> tuple[str, ...]:
        """Name the probes that live checks of this case would run; none where there is nothing to ask, or nobody."""
        if self.prober is None:
            return ()
        try:
            return self.prober.plan(found.case).probes
        except Exception as error:  # noqa: BLE001 - the offline answer must not suffer from it
            log.error("planning live checks failed: %s", describe(error), extra={"reference": found.reference})
            return ()

    async def ask(self, found: Diagnosed, user: str, surface: Surface) -> Report:
        """Diagnose the same case again with what live probes saw for ``user``; the same report if they saw nothing."""
        if self.prober is None:
            return found.report
        started = time.perf_counter()
        ends: dict[str, float] = {}

        def tell(observation: Observation) -> None:
            ends[observation.probe] = time.perf_counter()

        observations = await self.prober.observe(found.case, user=user, tell=tell)
        for observation in observations:
            self.watcher.probed(observation, ends.get(observation.probe, time.perf_counter()) - started)
        if not observations:
            return found.report
        report = whole(self.judge(found.case, observations))
        _record(found.reference, surface, report, time.perf_counter() - started, "diagnosed live")
        return report

    def _note(self, reference: str, surface: Surface, report: Report, seconds: float) -> None:
        self.watcher.diagnosed(surface, report, seconds)
        _record(reference, surface, report, seconds)

    async def aclose(self) -> None:
        """Close what the prober has opened."""
        if self.prober is not None:
            await self.prober.aclose()


def _record(reference: str, surface: Surface, report: Report, seconds: float, what: str = "diagnosed") -> None:
    log.info(
        what,
        extra={
            "reference": reference,
            "surface": surface,
            "verdict": report.verdict.value,
            "cause": report.root_cause.cause if report.root_cause else "none",
            "ms": round(seconds * 1000, 1),
        },
    )
