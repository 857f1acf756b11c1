"""One request of Slack, while it is answered."""

import asyncio
import contextlib
import logging
import random
import time
from dataclasses import dataclass, field

UNSENT_SECONDS = 5.0
"""After this an acknowledgement is taken for lost."""

SETTLING_SECONDS = 0.4
"""How long Slack may take to show what an acknowledgement holds."""

log = logging.getLogger(__name__)


def new_reference() -> str:
    """Make a reference id: ``ref-`` and 8 lower-case hex digits."""
    return f"ref-{random.getrandbits(32):08x}"


@dataclass(slots=True, eq=False)
class Turn:
    """Handed to each listener under the name ``turn``.

    ``reference`` ties the answer to its log line; ``sent`` is set once the acknowledgement has left for Slack;
    ``began`` is when the request came in, in seconds of the loop's kind of clock.
    """

    reference: str = field(default_factory=new_reference)
    sent: asyncio.Event = field(default_factory=asyncio.Event)
    began: float = field(default_factory=time.monotonic)

    def left(self, seconds: float) -> float:
        """The seconds that are left of so many since the request came in; never less than nothing."""
        return max(0.0, seconds - (time.monotonic() - self.began))

    async def settled(self) -> None:
        """Wait until the acknowledgement has left, and a little longer, so that what follows it comes second."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.sent.wait(), UNSENT_SECONDS)
        await asyncio.sleep(SETTLING_SECONDS)

    def answered(self, what: str) -> None:
        """Log that the request was answered with one of our own texts, which ``what`` names."""
        log.info("answered: %s", what, extra={"reference": self.reference})
