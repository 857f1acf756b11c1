"""Live checks under way: an answer waits a little for them, and is completed later where they take longer."""

import asyncio
import logging

from bot.report import Report
from bot.slack.desk import BusyError, Desk
from bot.slack.diagnosis import Diagnosed, Surface
from bot.slack.failure import describe

WAIT_SECONDS = 2.0
"""How long an answer waits for live checks. Slack waits 3 s for an acknowledgement."""

log = logging.getLogger(__name__)


class Asking:
    """The live checks of one diagnosis: ``probes`` are under way, and none of them where nobody is asked."""

    def __init__(self, desk: Desk, found: Diagnosed, user: str, surface: Surface) -> None:
        self._found = found
        self._report: asyncio.Future[Report] | None = None
        self.probes = desk.diagnosis.probes(found)
        if not self.probes:
            return
        self._report = asyncio.get_running_loop().create_future()
        try:
            desk.background.start(self._ask(desk, user, surface))
        except BusyError:
            self.probes, self._report = (), None

    async def within(self, seconds: float) -> Report | None:
        """Return the report with live checks, if it is there in time; the offline one where nobody is asked."""
        if self._report is None:
            return self._found.report
        if not self._report.done():
            await asyncio.wait({self._report}, timeout=seconds)
        return self._report.result() if self._report.done() else None

    async def report(self) -> Report:
        """Return the report with live checks, or the offline one where they failed or nobody is asked."""
        return self._found.report if self._report is None else await asyncio.shield(self._report)

    async def _ask(self, desk: Desk, user: str, surface: Surface) -> None:
        try:
            self._settle(await desk.diagnosis.ask(self._found, user, surface))
        except Exception as error:  # noqa: BLE001 - the offline diagnosis stands, whatever happens to the live one
            log.error("live checks failed: %s", describe(error), extra={"reference": self._found.reference})
        finally:
            self._settle(self._found.report)

    def _settle(self, report: Report) -> None:
        if self._report is not None and not self._report.done():
            self._report.set_result(report)
