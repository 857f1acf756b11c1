"""Whether credentials were sent at all, under the right name and with a real value."""

from collections.abc import Iterator

from bot.checks.authorization_header.copies import carries_userinfo
from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, Credential, HTTPRequest, Source
from bot.intake.authorization import edits, read_authorization
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding

_LABEL_LIKE = frozenset({"token", "jwt", "access token", "id token", "bearer token", "api key", "apikey"})
_CUSTOM = frozenset(
    {
        "token",
        "jwt",
        "apikey",
        "api-key",
        "access-token",
        "auth-token",
        "jwt-token",
        "bearer-token",
        "id-token",
        "token-id",
    }
)


def find(case: Case) -> Iterator[Finding]:
    """Findings about the presence of credentials."""
    yield from _misnamed(case)
    yield from _outside(case)
    yield from _missing(case)
    yield from _empty(case)


def _missing(case: Case) -> Iterator[Finding]:
    request = case.request
    stated = "header-missing" in case.says
    if (
        request is not None
        and request.whole
        and not case.authorizations
        and not _broken(case)
        and not carries_userinfo(request)
    ):
        if request.method == "OPTIONS" and (case.is_refused or "preflight" in request.flags):
            return
        if case.segments[2:3] == ("public",) and not case.is_refused:  # operations that are open to anybody
            return
        count = len(request.headers)
        shown = f"The request sends {count} header{'' if count == 1 else 's'}, and none is named `Authorization`."
        if not count:
            shown = "The request sends no header of its own, and so no `Authorization`."
        yield _absent(case, request, shown)
    elif stated and not case.authorizations:
        yield Finding(
            "authorization-header-missing",
            Certainty.LIKELY,
            "The answer says that it saw no Authorization header; the request itself is not shown.",
            _fix_missing(case),
        )


def _absent(case: Case, request: HTTPRequest, shown: str) -> Finding:
    """The finding; only likely in an export of a browser that may have left the header out."""
    if "may-be-sanitised" not in request.flags:
        return Finding("authorization-header-missing", Certainty.CERTAIN, shown, _fix_missing(case))
    return Finding(
        "authorization-header-missing",
        Certainty.LIKELY,
        f"{shown} Chrome leaves that header out of an export made without sensitive data.",
        f"{_fix_missing(case)}\nIf it is set, export again with sensitive data, and give it here alone.",
    )


def _broken(case: Case) -> bool:
    return case.request is not None and "broken-header-option" in case.request.flags


def _fix_missing(case: Case) -> str:
    tool = case.request.tool if case.request else ""
    if tool == "curl":
        return 'Add `-H "Authorization: Bearer <access token>"` to the command.'
    return "Add the header `Authorization: Bearer <access token>`."


def _misnamed(case: Case) -> Iterator[Finding]:
    if case.authorizations and case.authorizations[0].name.strip():
        return
    for header in _candidates(case):
        name = header.name.strip()
        if not is_near_name(name) and not _carries_token(header):
            continue
        yield Finding(
            "authorization-header-misnamed",
            Certainty.CERTAIN,
            f"The credential travels under `{quote(name, 40)}`; the API reads `Authorization` alone.",
            f"Rename the header from `{quote(name, 40)}` to `Authorization`, with the value `Bearer <access token>`.",
        )
        return


def _candidates(case: Case) -> list[AuthorizationHeader]:
    if case.request is not None and case.request.headers:
        return [
            read_authorization(header, case.request.source)
            for header in case.request.headers
            if header.key not in {"authorization", "cookie", ""} and not header.name.startswith(":")
        ]
    return [
        header
        for header in case.evidence.headers
        if header.key not in {"authorization", "", "proxy-authorization"}
        and not (header.key in _LABEL_LIKE and not header.scheme)
    ]


def is_near_name(name: str) -> bool:
    """Whether a field's name is ``Authorization`` misspelt, or a word that people take for it."""
    lowered = name.lower()
    if lowered in {
        "authentication",
        "auth",
        "authorize",
        "bearer",
        "authentification",
        "authenticate",
        "www-authenticate",
    }:
        return lowered != "www-authenticate"
    return lowered != "authorization" and edits(lowered, "authorization", 3) <= 3


def _carries_token(header: AuthorizationHeader) -> bool:
    key = header.key
    if key.startswith(("x-amz", "x-amzn", "x-request", "if-", "proxy-")) or key == "dpop":
        return False
    if header.credentials.lstrip().startswith(("http://", "https://")) or key in {"referer", "origin", "location"}:
        return False
    if "eyJ" in header.credentials[:60]:
        return True
    named = key in _CUSTOM or key.startswith(("x-auth", "x-access", "x-api", "x-jwt", "x-token"))
    return named and (header.scheme.lower() == "bearer" or len(header.credentials.strip()) >= 16)


def _outside(case: Case) -> Iterator[Finding]:
    if case.authorizations and not _only_empty(case):
        return
    if case.request is None and case.url is None:
        return
    for credential in case.evidence.credentials:
        place = _place(credential, case)
        if place:
            certainty = Certainty.CERTAIN if case.is_whole_request else Certainty.LIKELY
            yield Finding(
                "token-outside-header",
                certainty,
                f"The token is in the {place}, and no Authorization header is shown. The API reads the header alone.",
                _fix_outside(place),
            )
            return


def _only_empty(case: Case) -> bool:
    return all(not header.credentials.strip() for header in case.authorizations)


def _place(credential: Credential, case: Case) -> str | None:
    where, _, name = credential.label.partition(":")
    if where == "cookie":
        return f"cookie `{quote(name, 40)}`"
    if where == "query" and case.url is not None and any(key == name for key, _ in case.url.parameters):
        return f"query string, as `{quote(name, 40)}`"
    if where == "body":
        return "body"
    return None


def _fix_outside(place: str) -> str:
    fix = "Move it into the header `Authorization: Bearer <access token>`."
    return f"{fix}\nTreat this token as seen by others: URLs end up in logs." if place.startswith("query") else fix


def _empty(case: Case) -> Iterator[Finding]:
    header = case.authorization
    if header is None or header.credentials.strip().strip("\"'`<>[]()") or is_unknown(header.value):
        return
    if header.source is Source.LOOSE and not header.value.strip() and case.credential is not None:
        return  # a heading over a token's details: "Authorization:", "Type: Bearer Token", "Token: ..."
    if header.scheme.lower() == "bearer" or not header.value.strip():
        seen = (
            f"`{quote(header.name.strip() or 'Authorization', 30)}: {quote(header.scheme, 20)}` ends there; a token"
            " should follow."
        )
        yield Finding("credentials-empty", Certainty.CERTAIN, seen, _fix_empty(case))


def _fix_empty(case: Case) -> str:
    if case.request is not None and case.request.tool == "curl":
        return (
            'The variable was empty when the command ran. Check it with `echo "$TOKEN" | wc -c`, fill it, then call'
            " again."
        )
    return "Fill the variable before the call, and stop when it is empty."
