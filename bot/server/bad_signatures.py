"""Bad signatures, counted: a wrong signing secret or clock shows as one warning a minute, not one for each request."""

import logging
import time
from collections.abc import Callable

EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


class BadSignatures:
    """Counts requests whose signature did not fit; ``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next = 0.0
        self._bad = 0
        self._any_good = False

    def good(self) -> None:
        """Note a request that Slack did sign."""
        self._any_good = True

    def bad(self) -> None:
        """Count one more, and say so at most once a minute."""
        self._bad += 1
        now = self._clock()
        if now < self._next:
            return
        self._next = now + EVERY_SECONDS
        good = (
            "others were good" if self._any_good else "none good since start: check SLACK_SIGNING_SECRET and the clock"
        )
        log.warning("%d bad signatures, %s", self._bad, good)
