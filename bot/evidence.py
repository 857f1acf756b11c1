"""What a paste holds, as plain values: requests, answers, token requests, headers, credentials, claims, error texts.

``intake`` makes these values and judges nothing; checks judge them and read nothing else. Several of them hold secrets:
their representations name the kind of value only.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from bot.url import URL, read_url


class Source(StrEnum):
    """Where a piece of evidence stood; it decides how sure damage is, and whether a missing header means anything."""

    COMMAND = "command"
    RAW = "raw"
    TRACE = "trace"
    EXPORT = "export"
    CODE = "code"
    LOOSE = "loose"
    PROSE = "prose"


class Header(NamedTuple):
    """A header field as written (RFC 9110 section 5).

    The name with its case and blanks, the value without its line end.
    """

    name: str
    value: str

    def __repr__(self) -> str:
        """Name the field, not its value, which may be a credential."""
        return f"Header({self.name[:40]!r})"

    @property
    def key(self) -> str:
        """The name in lower case without outer blanks, as field names compare (RFC 9110 section 5.1)."""
        return self.name.strip().lower()


class _HTTPRequest(NamedTuple):
    method: str | None
    url: str | None
    headers: tuple[Header, ...]
    body: str
    source: Source
    whole: bool
    tool: str = ""
    flags: frozenset[str] = frozenset()
    at: float | None = None


class HTTPRequest(_HTTPRequest):
    """A request shown in the paste.

    ``url`` is as written, or None. ``whole`` says that all headers that the user's side set are shown, so that a
    missing
    one is missing. ``tool`` is the program or library that sends it ("curl", "requests", ...), "" where unknown.
    ``flags`` are words that a reader noted: ``follows-redirects``, ``broken-header-option``, ``curly-quotes``,
    ``single-quoted``, ``netrc``, ``user-option``, ``userinfo``, ``preflight``, ``stringified``.
    ``at`` is the moment it was sent, in seconds since the epoch, where the paste says so.
    """

    def __repr__(self) -> str:
        """Name the source alone: URL, headers and body can hold secrets."""
        return f"HTTPRequest({self.source})"

    @cached_property
    def target(self) -> URL | None:
        """The URL, split; None where there is none or it has no host."""
        return read_url(self.url) if self.url else None

    def header(self, key: str) -> Header | None:
        """The first header field with that lower-case name."""
        return next((header for header in self.headers if header.key == key), None)


class Statement(NamedTuple):
    """What an error text says.

    ``says`` is a word such as ``expired``, ``audience``, ``unknown-route`` or ``header-character``;
    ``character`` is the code point that it names, if any.
    """

    says: str
    character: int | None = None


class HTTPResponse(NamedTuple):
    """An answer shown in the paste. ``status`` may be None where only a body or a challenge was given.

    ``message`` is the short text that the body gives as its reason (``message``, ``error_description``,
    ``detail`` ...).
    ``date`` is the ``Date`` field in seconds since the epoch. ``says`` is what its text states.
    """

    status: int | None
    headers: tuple[Header, ...]
    body: str
    source: Source
    message: str = ""
    date: float | None = None
    says: tuple[Statement, ...] = ()

    def __repr__(self) -> str:
        """Name the status alone: a body can echo a credential."""
        return f"HTTPResponse({self.status})"

    def header(self, key: str) -> str | None:
        """The value of the first header field with that lower-case name."""
        return next((header.value for header in self.headers if header.key == key), None)

    @property
    def text(self) -> str:
        """Message, challenges and body in lower case, for looking up what gateways are known to say."""
        parts = [self.message, self.body]
        parts += [header.value for header in self.headers if header.key in _SPEAKING_HEADERS]
        return "\n".join(parts).lower()


_SPEAKING_HEADERS = frozenset({"www-authenticate", "x-amzn-errortype", "location", "server"})


class Exchange(NamedTuple):
    """A request with its answer, or one of the two. ``hops`` are the redirects between them, first to last."""

    request: HTTPRequest | None
    response: HTTPResponse | None
    hops: tuple[HTTPResponse, ...] = ()
    last_request: HTTPRequest | None = None


class TokenRequest(NamedTuple):
    """A call to an authorization server (RFC 6749 sections 4 and 6): the token endpoint, ``/authorize`` and their kin.

    ``endpoint`` is ``token``, ``authorize``, ``ro``, ``delegation`` or ``well-known``. ``parameters`` are name
    and value pairs as
    sent; ``response`` is the answer shown with it; ``error`` and ``description`` are the answer's or the redirect's.
    ``url`` is None where only the answer is shown.
    """

    url: str | None
    endpoint: str
    parameters: tuple[tuple[str, str], ...]
    response: HTTPResponse | None = None
    error: str = ""
    description: str = ""
    source: Source = Source.LOOSE

    def __repr__(self) -> str:
        """Name the endpoint alone: parameters hold secrets."""
        return f"TokenRequest({self.endpoint})"

    def parameter(self, name: str) -> str | None:
        """The first value of a parameter; None where it is not sent."""
        return next((value for key, value in self.parameters if key == name), None)


class Credential(NamedTuple):
    """A token or other secret found in the paste.

    ``label`` says what the paste calls it: ``authorization`` (it stands in that header), ``access_token``,
    ``id_token``,
    ``refresh_token``, ``code``, ``client_secret``, ``client_id``, ``cookie:<name>``, ``query:<name>``, ``body:<name>``,
    ``header:<name>``, ``mfa_token``, ``client_assertion`` or "" for a value without a name. ``value`` is as it
    was sent or written;
    ``repaired`` is the value with damage undone, and ``damage`` names that damage (``line-break``, ``blank`` ...).
    """

    value: str
    label: str
    source: Source
    repaired: str = ""
    damage: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Name the label alone."""
        return f"Credential({self.label[:40]!r})"

    @property
    def token(self) -> str:
        """The value to judge: repaired where it was damaged."""
        return self.repaired or self.value


class AuthorizationHeader(NamedTuple):
    """A header field that carries, or should carry, credentials (RFC 9110 section 11.6.2, RFC 6750 section 2.1).

    ``name`` is as written, empty where only ``Bearer ...`` stands in the paste. ``scheme`` is as written, empty
    where there is none;
    ``separator`` is what stands between it and ``credentials``. ``repeated`` counts schemes or header names that
    stand again
    inside the value. ``other`` is a second scheme in the same value.
    """

    name: str
    value: str
    scheme: str
    separator: str
    credentials: str
    source: Source
    repeated: int = 0
    other: str = ""

    def __repr__(self) -> str:
        """Name the field alone."""
        return f"AuthorizationHeader({self.name[:40]!r})"

    @property
    def key(self) -> str:
        """The name in lower case without outer blanks."""
        return self.name.strip().lower()


class Evidence(NamedTuple):
    """Everything that intake found in one paste, in the order of the text."""

    exchanges: tuple[Exchange, ...] = ()
    token_requests: tuple[TokenRequest, ...] = ()
    headers: tuple[AuthorizationHeader, ...] = ()
    credentials: tuple[Credential, ...] = ()
    urls: tuple[str, ...] = ()
    claims: Mapping[str, object] | None = None
    jose_header: Mapping[str, object] | None = None
    statements: tuple[Statement, ...] = ()
    marks: frozenset[str] = frozenset()
    repairs: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Count what was found; none of it is shown."""
        return f"Evidence({len(self.exchanges)} exchanges, {len(self.credentials)} credentials)"
