"""The contract of the checklist: what a check is given, and what a line of the checklist offers."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.evidence import (
    AuthorizationHeader,
    Credential,
    Evidence,
    Exchange,
    HTTPRequest,
    HTTPResponse,
    Source,
    Statement,
)
from bot.observation import Observations
from bot.report import Finding, Outcome
from bot.settings import Settings
from bot.token import Token
from bot.url import URL

EMPTY: Mapping[str, object] = {}


class Case(NamedTuple):
    """Everything a check may look at: the evidence, and which of it counts.

    ``exchange``, ``request`` and ``response`` are the judged ones; ``url`` is the judged request's, or the one given
    beside the paste. ``authorizations`` are the Authorization fields of the judged request, or the loose ones; the
    first is judged. ``credential`` is the judged value, ``token`` what it parses to, ``kind`` what it is. ``claims``
    are the unverified claims, the token's or those pasted decoded, empty where none can be read; ``audience`` and
    ``rhythm_claims`` (Rhythm's own by their names without the prefix) are theirs, and ``is_machine`` says whether they
    were issued to a machine; ``expires`` and ``issued`` are their times in seconds since the epoch. ``says`` is what
    the judged answer and the loose text state. ``is_plain`` says that nothing is shown but one whole token, alone or
    sent rightly (:mod:`bot.selection.plain`). ``now`` is the moment that expiry is judged by and ``present`` the real
    one, in seconds since the epoch; ``time_source`` says where ``now`` comes from. ``service`` and ``segments`` are
    the service and the path from its resource on.
    """

    evidence: Evidence
    settings: Settings
    now: float
    present: float
    time_source: str
    exchange: Exchange | None
    request: HTTPRequest | None
    response: HTTPResponse | None
    url: URL | None
    path: str
    service: str | None
    segments: tuple[str, ...]
    authorizations: tuple[AuthorizationHeader, ...]
    credential: Credential | None
    token: Token | None
    kind: str | None
    others: tuple[Credential, ...]
    claims: Mapping[str, object]
    audience: tuple[str, ...]
    rhythm_claims: Mapping[str, object]
    is_machine: bool
    expires: float | None
    issued: float | None
    says: frozenset[str]
    is_plain: bool
    observations: Observations = ()

    def __repr__(self) -> str:
        """Name the kind of token alone."""
        return f"Case({self.kind})"

    @property
    def authorization(self) -> AuthorizationHeader | None:
        """The judged Authorization field."""
        return self.authorizations[0] if self.authorizations else None

    @property
    def jose_header(self) -> Mapping[str, object]:
        """The unverified JOSE header; empty where none can be read."""
        header = getattr(self.token, "header", None) if self.token is not None else self.evidence.jose_header
        return header if isinstance(header, Mapping) else EMPTY

    @property
    def is_refused(self) -> bool:
        """Whether a refusal (401 or 403) is shown."""
        return self.response is not None and self.response.status in {401, 403}

    @property
    def is_accepted(self) -> bool:
        """Whether the shown answer is a success, or a 404 of a service host, which says that the token was accepted."""
        if self.response is None or self.response.status is None:
            return False
        return 200 <= self.response.status < 300 or (self.response.status == 404 and self.service is not None)

    @property
    def response_says(self) -> frozenset[str]:
        """What the judged answer states."""
        return frozenset(statement.says for statement in self.response.says) if self.response else frozenset()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the judged answer and of the loose text."""
        return (*(self.response.says if self.response else ()), *self.evidence.statements)

    def rhythm_claim(self, name: str) -> object:
        """The value of ``tenant_id``, ``customer_id`` or ``contact_id``; None where the claim is missing or empty."""
        return self.rhythm_claims.get(name)

    @property
    def has_right_audience(self) -> bool:
        """Whether the audience holds the one that the API expects, whatever else it holds."""
        return self.settings.rhythm_audience in self.audience

    @property
    def is_whole_request(self) -> bool:
        """Whether all headers of the judged request are shown, so that a missing one is missing."""
        return self.request is not None and self.request.whole

    @property
    def source(self) -> Source:
        """Where the judged credential stood."""
        return self.credential.source if self.credential else Source.LOOSE


class Check(NamedTuple):
    """One line of the checklist.

    ``find`` yields findings, in any order; ``state`` says what the line came to when none of its findings is shown:
    an outcome and a summary of at most about 100 characters.
    """

    id: str
    title: str
    find: Callable[[Case], Iterable[Finding]]
    state: Callable[[Case], tuple[Outcome, str]]


def joined(*finders: Callable[[Case], Iterable[Finding]]) -> Callable[[Case], Iterable[Finding]]:
    """One finder out of several, for a line whose causes stand in several modules."""

    def find(case: Case) -> list[Finding]:
        found: list[Finding] = []
        for finder in finders:
            found += finder(case)
        return found

    return find


def renewal(case: Case) -> str:
    """The fix for every token that was not asked for with the right audience."""
    parameter = f"`audience={case.settings.rhythm_audience}`"
    return f"Request a new token with this parameter, and send its `access_token`:\n{parameter}"
