"""Who wants to know what happens: the counters of the web process, or nobody."""

from typing import Protocol

from bot.observation import Observation
from bot.report import Report


class Watcher(Protocol):
    """Told of what happens, in words of ours and Slack's, never in those of a paste."""

    def diagnosed(self, surface: str, report: Report, seconds: float) -> None:
        """Hear of a diagnosis, and how long reading and judging took."""

    def probed(self, observation: Observation, seconds: float) -> None:
        """Hear what a live probe saw, and how long it took."""

    def slack_failed(self, method: str, code: str) -> None:
        """Hear of a call of Slack that failed: its method (``response_url`` is one) and Slack's error code."""

    def put_off(self, reason: str) -> None:
        """Hear of a request that was not worked on: ``busy``, ``restarting``, ``repeated`` or ``not-allowed``."""


class Nobody:
    """Hears and forgets."""

    def diagnosed(self, surface: str, report: Report, seconds: float) -> None:
        """Forget a diagnosis."""

    def probed(self, observation: Observation, seconds: float) -> None:
        """Forget a probe."""

    def slack_failed(self, method: str, code: str) -> None:
        """Forget a failure."""

    def put_off(self, reason: str) -> None:
        """Forget a request."""
