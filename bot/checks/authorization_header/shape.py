"""How the Authorization field is written.

Its name, scheme, separator and credentials (RFC 6750 section 2.1, RFC 9110 section 5).
"""

from collections.abc import Iterator

from bot.checks.authorization_header.copies import carries_userinfo
from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, Source
from bot.intake.damage import EXOTIC_BLANKS
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding

_RIGHT = "Send exactly `Authorization: Bearer <access token>`."


def find(case: Case) -> Iterator[Finding]:
    """Findings about the field's writing."""
    yield from _broken_option(case)
    header = case.authorization
    if header is None:
        if case.request is not None and carries_userinfo(case.request):
            yield Finding(
                "basic-credentials",
                Certainty.CERTAIN,
                "The URL carries `user:password@`, which clients send as `Basic` credentials.",
                _fix_basic(case),
            )
        return
    yield from _name(header)
    if header.value.strip():
        yield from _scheme(case, header)


def _broken_option(case: Case) -> Iterator[Finding]:
    request = case.request
    if request is None:
        return
    fix = (
        'Write `-H "Authorization: Bearer <access token>"`: straight quotes around the whole header, a colon after its'
        " name."
    )
    if "broken-header-option" in request.flags:
        yield Finding(
            "curl-header-not-sent",
            Certainty.CERTAIN,
            "The `-H` option is cut short or lacks its colon, so curl sends no Authorization header, and says nothing.",
            fix,
        )
    elif "curly-option" in case.evidence.marks and request.source is Source.COMMAND:
        yield Finding(
            "curl-header-not-sent",
            Certainty.LIKELY,
            "The `-H` option is followed by a typographic quote. A shell does not know those: the header falls apart"
            " and is not sent.",
            fix,
        )


def _name(header: AuthorizationHeader) -> Iterator[Finding]:
    if header.name and header.name != header.name.rstrip(" \t") and header.source is not Source.LOOSE:
        yield Finding(
            "header-name-space",
            Certainty.CERTAIN,
            "A blank stands between the header's name and its colon; servers refuse that with 400 (RFC 9112 section"
            " 5.1).",
        )
    elif header.name and header.name != header.name.rstrip(" \t"):
        yield Finding(
            "header-name-space",
            Certainty.CERTAIN,
            "A blank stands between the header's name and its colon (RFC 9112 section 5.1).",
        )


def _scheme(case: Case, header: AuthorizationHeader) -> Iterator[Finding]:
    if header.repeated:
        yield Finding(
            "scheme-repeated",
            Certainty.CERTAIN,
            "`Bearer` or the header's name stands again inside the value.",
            f"The tool adds it by itself: give it the token alone. {_RIGHT}",
        )
    elif not header.scheme:
        yield from _missing(header)
    elif header.scheme.lower() == "basic" and _is_for_token_endpoint(case, header):
        return
    elif header.scheme.lower() == "basic":
        yield Finding(
            "basic-credentials",
            Certainty.CERTAIN,
            "The scheme is `Basic`: id and secret, or user and password, are sent.",
            _fix_basic(case),
        )
    elif header.scheme.lower() != "bearer":
        seen = f"The scheme is `{quote(header.scheme, 20)}`; the API knows `Bearer` alone."
        yield Finding("scheme-wrong", Certainty.CERTAIN, seen, _RIGHT)
    elif header.credentials.strip():
        yield from _bearer(header)


def _is_for_token_endpoint(case: Case, header: AuthorizationHeader) -> bool:
    """Whether a loose field stands beside the URL of a token endpoint alone, where Basic is right (RFC 6749)."""
    urls = case.evidence.urls
    return (
        header.source is Source.LOOSE
        and case.request is None
        and bool(urls)
        and all("/oauth/token" in url for url in urls)
    )


def _missing(header: AuthorizationHeader) -> Iterator[Finding]:
    credentials = header.credentials
    if header.name and credentials.strip() and not is_unknown(credentials[:2]):
        seen = "The header's value begins with the credential itself; `Bearer` and a blank should stand in front of it."
        yield Finding("scheme-missing", Certainty.CERTAIN, seen)


def _bearer(header: AuthorizationHeader) -> Iterator[Finding]:
    if header.separator != " ":
        yield _separator(header, header.separator)
    elif header.scheme != "Bearer":
        yield Finding(
            "scheme-case",
            Certainty.POSSIBLE,
            f"The scheme is written `{quote(header.scheme, 20)}`. That is legal (RFC 9110 section 11.1), yet some"
            " gateways compare it letter by letter.",
        )


def _fix_basic(case: Case) -> str:
    if case.request is not None and "user-option" in case.request.flags:
        return (
            "Leave out `-u`: exchange id and secret at `/oauth/token` for an access token, and send that as"
            " `Authorization: Bearer <access token>`.\nRotate the secret if it was posted."
        )
    return (
        "Exchange id and secret at `/oauth/token` for an access token, and send that as `Authorization: Bearer <access"
        " token>`.\nRotate the secret if it was posted."
    )


def _separator(header: AuthorizationHeader, separator: str) -> Finding:
    exotic = [letter for letter in separator if letter in EXOTIC_BLANKS]
    if not separator:
        return Finding("scheme-separator-wrong", Certainty.CERTAIN, "No blank stands between `Bearer` and the token.")
    if exotic:
        certainty = {Source.LOOSE: Certainty.POSSIBLE, Source.CODE: Certainty.CERTAIN}.get(
            header.source, Certainty.LIKELY
        )
        return Finding(
            "scheme-separator-wrong",
            certainty,
            f"A no-break space (U+{ord(exotic[0]):04X}) stands between `Bearer` and the token.",
        )
    if separator.strip() == "":
        certainty = Certainty.LIKELY if header.source is not Source.LOOSE else Certainty.POSSIBLE
        what = "A tab" if "\t" in separator else "A line break" if "\n" in separator else f"{len(separator)} blanks"
        return Finding(
            "scheme-separator-wrong",
            certainty,
            f"{what} between `Bearer` and the token, where one plain blank belongs; strict validators refuse that.",
        )
    return Finding(
        "scheme-separator-wrong",
        Certainty.CERTAIN,
        f"`{quote(separator.strip(), 5)}` stands between `Bearer` and the token.",
    )
