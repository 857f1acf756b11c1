"""Which of several credentials is the token that is judged (public interface, "Which evidence counts", Token)."""

from bot.evidence import AuthorizationHeader, Credential, Evidence, HTTPRequest, Source
from bot.intake.credentials import find
from bot.intake.damage import repair
from bot.intake.gaps import leading_part, trailing_part
from bot.intake.piece import is_unknown
from bot.placeholders import placeholder

_GAPS = frozenset({"ellipsis", "redacted"})


def judged_credential(
    evidence: Evidence, request: HTTPRequest | None, authorizations: tuple[AuthorizationHeader, ...]
) -> Credential | None:
    """The token to judge.

    The Authorization field's; else the one labelled ``access_token``; else the first JWT; else the first.
    """
    for authorization in authorizations:
        credential = _gathered(authorization, evidence) or credential_of(authorization)
        if credential is not None:
            return credential
    if not authorizations and _is_lone_jwt(evidence.credentials):
        return evidence.credentials[0]
    usable = [item for item in evidence.credentials if _is_candidate(item, evidence)]
    for item in usable:
        if item.label.rpartition(":")[2] == "access_token":
            return item
    jwts = [item for item in usable if item.token.startswith("eyJ") or item.token[:2] in {"yJ", "Jh"}]
    for item in sorted(jwts, key=has_gap):
        if item.label.rpartition(":")[2] not in {"id_token", "refresh_token"}:
            return item
    if jwts and not request:
        return jwts[0]
    remaining = jwts or usable
    return remaining[0] if remaining else None


def has_gap(credential: Credential) -> bool:
    """Whether letters were left out of a value, and it says so."""
    return bool(credential.damage) and not _GAPS.isdisjoint(credential.damage)


def is_shortened(credential: Credential, token: str) -> bool:
    """Whether a value with a gap is a shortened writing of ``token``: it begins and ends like it."""
    if not has_gap(credential):
        return False
    start, end = leading_part(credential.token), trailing_part(credential.token)
    return len(start) >= 3 and len(start) + len(end) < len(token) and token.startswith(start) and token.endswith(end)


def whole_of(credential: Credential, evidence: Evidence) -> Credential:
    """The credential that writes the same token in full, under the shortened one's label; else the shortened one.

    Where several could be meant, none is taken. A value that is labelled as a token of another kind is not meant.
    """
    if not has_gap(credential):
        return credential
    wholes = {
        item.token: item
        for item in evidence.credentials
        if item.token.count(".") == 2
        and not has_gap(item)
        and item.label.rpartition(":")[2] not in {"id_token", "refresh_token"}
        and is_shortened(credential, item.token)
    }
    return next(iter(wholes.values()))._replace(label=credential.label) if len(wholes) == 1 else credential


def _is_lone_jwt(credentials: tuple[Credential, ...]) -> bool:
    """Whether there is one value alone, without a name, which is no placeholder: it begins like a JWT and is whole."""
    if len(credentials) != 1:
        return False
    lone = credentials[0]
    return not (lone.label or lone.damage) and lone.token.startswith("eyJ") and "." in lone.token


def _is_candidate(item: Credential, evidence: Evidence) -> bool:
    """Whether a value can be meant as the token.

    No parameter of a token request, no placeholder, no client id of its own.
    """
    name = item.label.rpartition(":")[2]
    if item.label.startswith("parameter:") or name == "client_id" or placeholder(item.value):
        return False
    if not _has_letters(item.value):
        return False
    if item.label == "authorization" and not item.token.startswith("eyJ") and _is_basic(item, evidence):
        return False
    if item.label == "client_secret" and any(other.label == "client_id" for other in evidence.credentials):
        return False  # a client's settings, each in its place
    return not (
        evidence.token_requests and name in {"client_secret", "code", "refresh_token", "client_assertion", "secret"}
    )


def _has_letters(text: str) -> bool:
    """Whether there is more than quotes, brackets and the marks that code puts before names and between parts."""
    return bool(text.strip(" \t\r\n\"'`<>[](){}$%#|&.,:;+"))


def _is_basic(item: Credential, evidence: Evidence) -> bool:
    return any(header.scheme.lower() == "basic" and item.value in header.credentials for header in evidence.headers)


def _gathered(authorization: AuthorizationHeader, evidence: Evidence) -> Credential | None:
    """The field's credential where it was gathered as a whole and undamaged JWT, so that it need not be read again."""
    value = authorization.credentials
    for item in evidence.credentials:
        if item.value == value and item.label == "authorization" and item.source is authorization.source:
            is_whole = item.repaired == value and not item.damage and value.startswith("eyJ") and len(value) >= 20
            return item if is_whole else None
    return None


def credential_of(authorization: AuthorizationHeader) -> Credential | None:
    """The credential of an Authorization field; None for Basic ones, placeholders, and what the paste does not show."""
    text = authorization.credentials
    if not _has_letters(text) or authorization.scheme.lower() in {"basic", "digest", "negotiate", "ntlm"}:
        return None
    if is_unknown(text):
        return None
    inner = find(text, authorization.source)
    if inner and len(inner[0].credential.value) >= 20:
        first = inner[0].credential
        tail = text.strip().partition(first.value.strip())[2]
        if tail and len(tail) <= 2 and not tail.strip(",;:!?)]}>."):
            return _repaired(text.strip(), authorization.source)
        whole = _repaired(text, authorization.source)
        return whole if whole.token == first.token else first._replace(label="authorization")
    if placeholder(text):
        return None
    word = text.strip().split(" ", 1)[0] if authorization.source is Source.LOOSE else text
    credential = _repaired(word, authorization.source)
    return credential if credential.token else None


_UNKNOWN = 2
"""The rank of a field whose value the paste does not show."""


def reality(header: AuthorizationHeader) -> int:
    """How much a field tells, the least first: 0 for a real credential, 1 for a word that only a program puts there.

    2 for a variable and for a placeholder, which count only alone; 3 for an empty one.
    """
    credentials = header.credentials.strip()
    if not credentials:
        return 3
    if is_unknown(credentials):
        return _UNKNOWN
    kind = placeholder(credentials)
    if kind is None:
        return 0
    return 1 if kind in {"missing-value", "object", "task"} else _UNKNOWN


def printed(evidence: Evidence) -> tuple[AuthorizationHeader, ...]:
    """The field as it was printed, with the value that a call puts into it by a variable."""
    asks_token = evidence.token_requests or any("/oauth/token" in url for url in evidence.urls)
    named = [
        header
        for header in evidence.headers
        if header.key == "authorization" and not (asks_token and header.scheme.lower() == "basic")
    ]
    return tuple(sorted([header for header in named if reality(header) < _UNKNOWN], key=reality)[:1])


def _repaired(text: str, source: Source) -> Credential:
    repaired = repair(text)
    return Credential(text, "authorization", source, repaired.value, repaired.damage)
