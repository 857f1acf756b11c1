"""The result of a diagnosis: plain values that every renderer reads.

Nothing here holds a token. Texts in these values are what people read, and whatever they quote from a paste has been
shortened by :mod:`bot.redact` before.
"""

from enum import StrEnum
from typing import NamedTuple


class Certainty(StrEnum):
    """How sure a finding is. The order of the members is the order of precedence."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Outcome(StrEnum):
    """What a line of the checklist came to. ``FAILED`` is only for what is determinate."""

    PASSED = "passed"
    FAILED = "failed"
    WARNING = "warning"
    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"


class Verdict(StrEnum):
    """What the whole report says, as the public interface defines it."""

    BLOCKED = "blocked"
    CLEAR = "clear"
    INCONCLUSIVE = "inconclusive"
    NOTHING_TO_CHECK = "nothing-to-check"


class Link(NamedTuple):
    """A page worth reading: its title in plain text and its https address."""

    title: str
    url: str


class Finding(NamedTuple):
    """One cause that a check found in a case.

    ``cause`` is an id of :data:`bot.causes.CAUSES`. ``detail`` says what was seen and what was expected, in one or two
    sentences of plain text. ``fix`` replaces the table's fix where the case allows a more exact one. ``links``
    come before
    the table's links.
    """

    cause: str
    certainty: Certainty
    detail: str
    fix: str = ""
    links: tuple[Link, ...] = ()


class CheckResult(NamedTuple):
    """One line of the checklist: its id, title, outcome and a summary of at most about 120 characters."""

    id: str
    title: str
    outcome: Outcome
    summary: str


class TokenFacts(NamedTuple):
    """What may be said about the judged token.

    Times are seconds since the epoch, in UTC; ``audience`` is never None.
    """

    kind: str
    redacted: str | None
    fingerprint: str | None
    subject: str
    issuer: str | None
    audience: tuple[str, ...]
    issued_at: int | None
    expires_at: int | None
    tenant_id: str | None
    customer_id: str | None
    contact_id: str | None


class RequestFacts(NamedTuple):
    """The judged request.

    ``url`` has its query values and credentials masked; ``service`` is a service's name or None.
    """

    method: str | None
    url: str | None
    service: str | None


class ResponseFacts(NamedTuple):
    """The answer shown in the paste: its HTTP status and the short message in its body, where there was one."""

    status: int | None
    message: str | None


class Notice(NamedTuple):
    """Something worth knowing that is never the diagnosis. ``id`` is one of the interface's notice ids."""

    id: str
    text: str


class LiveProbe(NamedTuple):
    """One probe of the live checks and what it came to."""

    id: str
    outcome: Outcome
    summary: str


class Report(NamedTuple):
    """A whole diagnosis.

    ``next`` holds at most two causes that are met after the root cause is fixed. ``checks`` holds the seven lines
    of the
    checklist in order, then those for which there was evidence. ``live`` is None when live checks did not run.
    ``judged_at`` is the moment that expiry was judged by, in seconds since the epoch.
    """

    verdict: Verdict
    root_cause: Finding | None
    next: tuple[Finding, ...]
    checks: tuple[CheckResult, ...]
    token: TokenFacts | None
    request: RequestFacts | None
    response: ResponseFacts | None
    repairs: tuple[str, ...]
    notices: tuple[Notice, ...]
    live: tuple[LiveProbe, ...] | None
    judged_at: int
