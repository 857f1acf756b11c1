"""Whether credentials were sent at all, under the right name and with a real value."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, Credential, Source
from bot.intake.authorization import edits, read_authorization
from bot.intake.piece import is_unknown
from bot.placeholders import placeholder
from bot.redact import quote, shorten
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
    yield from _placeholder(case)


def _missing(case: Case) -> Iterator[Finding]:
    request = case.request
    stated = "header-missing" in case.says
    if (
        request is not None
        and request.whole
        and not case.authorizations
        and not _broken(case)
        and "userinfo" not in request.flags
    ):
        if request.method == "OPTIONS" and (case.is_refused or "preflight" in request.flags):
            return
        shown = f"The request sends {len(request.headers)} header{'' if len(request.headers) == 1 else 's'}, and none is named `Authorization`."
        yield Finding("authorization-header-missing", Certainty.CERTAIN, shown, _fix_missing(case))
    elif stated and not case.authorizations:
        yield Finding(
            "authorization-header-missing",
            Certainty.LIKELY,
            "The answer says that it saw no Authorization header; the request itself is not shown.",
            _fix_missing(case),
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
    if header is None or header.credentials.strip().strip("\"'") or is_unknown(header.value):
        return
    if header.scheme.lower() == "bearer" or not header.value.strip():
        seen = f"`{quote(header.name.strip() or 'Authorization', 30)}: {quote(header.scheme, 20)}` ends there; a token should follow."
        yield Finding("credentials-empty", Certainty.CERTAIN, seen, _fix_empty(case))


def _fix_empty(case: Case) -> str:
    if case.request is not None and case.request.tool == "curl":
        return 'The variable was empty when the command ran. Check it with `echo "$TOKEN" | wc -c`, fill it, then call again.'
    return "Fill the variable before the call, and stop when it is empty."


def _placeholder(case: Case) -> Iterator[Finding]:
    for header in case.authorizations[:1]:
        text = header.credentials.strip()
        kind = placeholder(text)
        if (
            kind is None
            or is_unknown(text)
            or header.scheme.lower() == "basic"
            or _stands_for_a_shown_token(case, header, kind)
        ):
            continue
        certainty = _placeholder_certainty(case, header, kind)
        yield Finding(
            "placeholder-credentials",
            certainty,
            f"What stands after `Bearer` is {_described(kind)}: `{_shown(text)}`.",
            _fix_placeholder(case, kind),
        )
        return
    if not case.authorizations and case.credential is None:
        for credential in case.evidence.credentials:
            kind = placeholder(credential.value)
            if kind:
                yield Finding(
                    "placeholder-credentials",
                    Certainty.LIKELY,
                    f"What stands for the token is {_described(kind)}: `{_shown(credential.value)}`.",
                    _fix_placeholder(case, kind),
                )
                return


def _stands_for_a_shown_token(case: Case, header: AuthorizationHeader, kind: str) -> bool:
    """Whether a marker or a template was put there for the reader: a real token stands elsewhere in the paste."""
    if (
        kind not in {"marker", "template", "variable"}
        or header.source in {Source.TRACE, Source.CODE}
        or case.credential is None
    ):
        return False
    single_quoted = case.request is not None and "single-quoted" in case.request.flags
    return case.credential.token.startswith("eyJ") and not (kind == "variable" and single_quoted)


def _shown(text: str) -> str:
    return quote(text, 60) if len(text) <= 60 else shorten(text)


def _placeholder_certainty(case: Case, header: AuthorizationHeader, kind: str) -> Certainty:
    """A template may have been pasted for privacy; what was sent, or what no template ever is, is certain."""
    if kind in {"missing-value", "object", "task", "sample"}:
        return Certainty.CERTAIN
    if header.source in {Source.RAW, Source.TRACE, Source.COMMAND, Source.CODE}:
        return Certainty.CERTAIN
    if "malformed" in case.says or (kind == "marker" and case.is_refused):
        return Certainty.CERTAIN
    return Certainty.LIKELY


def _described(kind: str) -> str:
    return {
        "missing-value": "the word for a missing value",
        "object": "an object turned into text",
        "task": "an unfinished task turned into text",
        "template": "a template that no tool filled in",
        "low-code": "an expression that the tool sent as text",
        "variable": "a variable that was not expanded",
        "expression": "code that was sent as text",
        "sample": "the sample token of a documentation page",
    }.get(kind, "a placeholder")


def _fix_placeholder(case: Case, kind: str) -> str:
    if kind == "missing-value":
        return "Read the token after the login or token call has finished, and stop when it is missing."
    if kind in {"object", "task"}:
        return "Await the call that gets the token, and send its `access_token` text, not the object."
    if kind == "template":
        return "Select the environment that defines the variable, save its *current* value, and look at the tool's console for what was sent."
    if kind == "low-code":
        return "Switch the field to expression mode, or use the tool's own Bearer credential."
    if kind == "variable":
        if case.request is not None and "single-quoted" in case.request.flags:
            return 'Put the header in double quotes: `-H "Authorization: Bearer $TOKEN"`. A shell expands nothing between single quotes.'
        return "Let the shell expand it: double quotes in sh, `%VAR%` in cmd alone, `$env:VAR` in PowerShell alone."
    if kind == "expression":
        return 'Make it a template: backticks in JavaScript, `f"…"` in Python, `$"…"` in C#, double quotes in Ruby and PHP.'
    return "Put the real access token in its place, without the brackets around the marker."
