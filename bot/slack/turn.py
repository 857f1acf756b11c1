"""One request of Slack, while it is answered."""

import asyncio
import logging
import secrets
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


def new_reference() -> str:
    """Make a reference id: ``ref-`` and 8 lower-case hex digits."""
    return "ref-" + secrets.token_hex(4)


@dataclass(frozen=True)
class Turn:
    """Handed to each listener under the name ``turn``.

    ``reference`` ties the answer to its log line; ``sent`` is set once the acknowledgement has left for Slack.
    """

    reference: str = field(default_factory=new_reference)
    sent: asyncio.Event = field(default_factory=asyncio.Event)

    def answered(self, what: str) -> None:
        """Log that the request was answered with one of our own texts, which ``what`` names."""
        log.info("answered: %s", what, extra={"reference": self.reference})
