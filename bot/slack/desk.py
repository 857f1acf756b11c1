"""What every listener works with: the settings, the diagnosis, the background work and the way back to Slack."""

from collections.abc import Coroutine
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.render.around import Around
from bot.render.elements import Message
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosed, Diagnosis
from bot.slack.identity import Identity
from bot.slack.kept import Kept
from bot.slack.outgoing import Outgoing
from bot.slack.shown import Shown

Body = dict[str, Any]
"""One request of Slack as JSON: a command, an interaction or an event."""


Hosts = tuple[tuple[str, str], ...]
"""The services of the API for Home: each one's title and base URL."""


class BusyError(Exception):
    """There is too much under way to begin anything more."""


class Background(Protocol):
    """Work that is under way: kept, bounded, and finished before the process ends."""

    draining: bool

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work that goes on after Slack was answered.

        Raises:
            BusyError: there is too much of it already.
        """

    def answering(self) -> AbstractContextManager[None]:
        """Count a request while it is being answered.

        Raises:
            BusyError: there are too many.
        """


CASE_SECONDS = 5 * 60.0
"""How long a message is kept for live checks that were offered and not asked for yet."""

RESPONSE_URL_SECONDS = 30 * 60.0
"""How long a response_url is good."""


@dataclass(frozen=True)
class Offered:
    """A diagnosis whose live checks were offered, and what stands around its answer."""

    found: Diagnosed
    around: Around


@dataclass(frozen=True)
class Desk:
    """Handed to each module of listeners when it registers.

    ``offered`` and ``response_urls`` are kept by the reference of the answer that they belong to.
    """

    settings: Settings
    diagnosis: Diagnosis
    background: Background
    outgoing: Outgoing
    identity: Identity
    hosts: Hosts
    shown: Shown = field(default_factory=Shown)
    offered: Kept[Offered] = field(default_factory=lambda: Kept(seconds=CASE_SECONDS))
    response_urls: Kept[str] = field(default_factory=lambda: Kept(seconds=RESPONSE_URL_SECONDS, most=1000))


def clicked_value(body: Body) -> str:
    """Return the value of the button that was clicked; empty where it has none."""
    return str(next(iter(body.get("actions") or [{}])).get("value") or "")


def ephemeral(message: Message) -> Body:
    """Shape a message as the answer to a command or a response_url: for the caller alone."""
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


_KINDS = {
    "event_callback": "event",
    **{name: name for name in ("block_actions", "message_action", "shortcut", "view_submission", "view_closed")},
}


def kind(body: Body) -> str:
    """Name what kind of request a body is: ``command``, ``event``, an interaction's own type, or ``request``."""
    if "command" in body:
        return "command"
    return _KINDS.get(str(body.get("type", "")), "request")
