"""What both processes keep running: the Slack app, its tasks, and the question to Slack who the bot is."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.server.tasks import Tasks
from bot.services import SERVICES, base_url
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.diagnosis import Diagnosis
from bot.slack.identity import TokenRefusedError

DRAIN_SECONDS = 10.0
"""How long running diagnoses may take after SIGTERM."""

log = logging.getLogger(__name__)


class Running:
    """The Slack app and its tasks. ``stop`` is set when the process should end; ``refused`` says if Slack is why."""

    def __init__(self, settings: Settings, diagnosis: Diagnosis) -> None:
        hosts = tuple((service.title, base_url(service.name, settings)) for service in SERVICES)
        self._diagnosis = diagnosis
        self.tasks = Tasks()
        self.slack = SlackApp(settings, diagnosis, self.tasks, hosts)
        self.stop = asyncio.Event()
        self.refused: TokenRefusedError | None = None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open the session to Slack and find out who the bot is, while requests are answered already; close it all."""
        self.slack.open()
        finding = asyncio.create_task(self._find())
        try:
            yield
        finally:
            finding.cancel()
            await asyncio.gather(finding, return_exceptions=True)
            await self.tasks.drain(0)
            await self._diagnosis.aclose()
            await self.slack.close()

    async def _find(self) -> None:
        try:
            await self.slack.identity.find()
        except TokenRefusedError as refused:
            self.give_up(refused)

    def give_up(self, refused: TokenRefusedError) -> None:
        """End the process, since Slack takes no request with this token."""
        self.refused = refused
        self.stop.set()

    def stop_on_signals(self) -> None:
        """Let SIGTERM and SIGINT end the process."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop.set)

    async def drain(self) -> None:
        """Answer what is under way, while new requests are put off."""
        log.info("stopping, %d under way", len(self.tasks))
        cut = await self.tasks.drain(0 if self.refused else DRAIN_SECONDS)
        log.info("drained, %d cut", cut)

    def exit_status(self) -> int:
        """Return 0, or 2 with one message on standard error where Slack refused a token."""
        if self.refused is None:
            return 0
        print(self.refused, file=sys.stderr)  # noqa: T201 - the interface promises this message
        return 2
