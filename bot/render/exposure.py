"""What a paste holds that others must not see, and how long that lasts."""

from typing import NamedTuple

from bot.render import texts
from bot.render.elements import Block, line, link, moment, words
from bot.report import Report

_HARMLESS = frozenset({"client-id"})
_SECRETS = frozenset({"client-secret", "client-credentials", "client-assertion", "refresh"})


class Exposure(NamedTuple):
    """A token, or a ``secret`` that does not expire by itself.

    ``expires_at`` is in seconds since the epoch, None where it is not known.
    """

    secret: bool
    expires_at: int | None
    expired: bool


def exposure(report: Report) -> Exposure | None:
    """What the paste of a report exposes; None where there is nothing to hide in it."""
    token = report.token
    shown = token is not None and token.redacted is not None and token.kind not in _HARMLESS
    secret = (shown and token is not None and token.kind in _SECRETS) or any(
        notice.id == texts.SECRET_EXPOSED for notice in report.notices
    )
    if not shown and not secret:
        return None
    until = None if secret or token is None else token.expires_at
    return Exposure(secret, until, until is not None and until <= report.judged_at)


class Origin(NamedTuple):
    """Where a message stands: what ``kind`` of conversation, of how many ``people``, whether ``shared`` with others.

    ``kind`` is ``public``, ``private``, ``group`` or ``direct``, or ``channel`` where it may be public or private;
    ``people`` is None where it is not known. ``own``
    tells that its reader wrote it.
    """

    kind: str
    people: int | None = None
    shared: bool = False
    own: bool = False


def seen_by(found: Exposure, origin: Origin) -> Block:
    """Who can see what a message exposes, for how long that matters, and who can delete it."""
    people = texts.SEEN_PEOPLE.format(number=f"{origin.people:,}") if origin.people and origin.people > 1 else ""
    label = texts.SEEN_SECRET_TITLE if found.secret else texts.SEEN_TITLE
    pieces = [words(f"\n{label}: ", bold=True), words(texts.SEEN[origin.kind].format(people=people))]
    if origin.shared:
        pieces.append(words(f" {texts.SEEN_SHARED}"))
    life = lifetime(found)
    pieces += [words(" "), *life] if life else []
    pieces.append(words(f" {texts.SEEN_DELETE_OWN if origin.own else texts.SEEN_DELETE}"))
    return line(*pieces)


def lifetime(found: Exposure) -> list[Block]:
    """How long a token can be misused, as pieces of a rich text; nothing for a secret, whose notice says it."""
    if found.secret:
        return []
    if found.expired:
        return [words(texts.LIVES_NO_MORE)]
    if found.expires_at is None:
        return [words(texts.LIVES)]
    return [words(f"{texts.LIVES_UNTIL} "), moment(found.expires_at), words(".")]


def deletion(found: Exposure, permalink: str) -> Block:
    """How to delete the message that was sent, which a bot cannot do; ``permalink`` leads to it, or is empty."""
    holds = texts.DELETE_SECRET if found.secret else texts.DELETE_TOKEN
    way = (
        [link(texts.DELETE_OPEN, permalink), words(f", {texts.DELETE_STEPS}")]
        if permalink.startswith(("https://", "http://"))
        else [words(texts.DELETE_STEPS_ALONE)]
    )
    life = [words(" "), *lifetime(found)] if lifetime(found) else []
    return line(words(f"\n{texts.DELETE_LABEL}: ", bold=True), words(f"{holds} "), *way, *life)
