"""How the Authorization field is written: its name, scheme, separator and credentials (RFC 6750 section 2.1, RFC 9110 section 5)."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, Source
from bot.intake.damage import EXOTIC_BLANKS
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.token import MalformedToken

MAX_HEADER_BYTES = 10_240
"""Bytes of all header values together that AWS API Gateway accepts."""
_QUOTE_DAMAGE = {
    "quotes": "quotes",
    "brackets": "brackets",
    "bytes-literal": "Python's `b'…'`",
    "typographic-quotes": "typographic quotes",
}
_RIGHT = "Send exactly `Authorization: Bearer <access token>`."


def find(case: Case) -> Iterator[Finding]:
    """Findings about the field's writing."""
    yield from _broken_option(case)
    yield from _too_large(case)
    yield from _several(case)
    yield from _inner_documents(case)
    yield from _quoted(case)
    header = case.authorization
    if header is None:
        if case.request is not None and "userinfo" in case.request.flags:
            yield Finding(
                "basic-credentials",
                Certainty.CERTAIN,
                "The URL carries `user:password@`, which clients send as `Basic` credentials.",
                _fix_basic(case),
            )
        return
    yield from _name(header)
    if placeholder_only(header):
        return
    yield from _scheme(case, header)


def placeholder_only(header: AuthorizationHeader) -> bool:
    """Whether the field holds nothing but blanks."""
    return not header.value.strip()


def _broken_option(case: Case) -> Iterator[Finding]:
    request = case.request
    if request is None:
        return
    fix = 'Write `-H "Authorization: Bearer <access token>"`: straight quotes around the whole header, a colon after its name.'
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
            "The `-H` option is followed by a typographic quote. A shell does not know those: the header falls apart and is not sent.",
            fix,
        )


def _too_large(case: Case) -> Iterator[Finding]:
    request = case.request
    size = sum(len(header.value) + len(header.name) for header in request.headers) if request else 0
    refused = "headers-too-large" in case.response_says or (case.response is not None and case.response.status == 431)
    if size > MAX_HEADER_BYTES:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            f"The request's headers have {size:,} bytes; gateways accept {MAX_HEADER_BYTES:,}.",
        )
    elif refused:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            "The answer says that the headers are too large (431, or 400 with that text).",
        )
    elif case.credential is not None and len(case.credential.token) > MAX_HEADER_BYTES:
        yield Finding(
            "header-too-large",
            Certainty.CERTAIN,
            f"The token alone has {len(case.credential.token):,} characters; gateways accept headers of {MAX_HEADER_BYTES:,} bytes in all.",
        )


def _several(case: Case) -> Iterator[Finding]:
    request = case.request
    if request is None and len(case.authorizations) < 2:
        header = case.authorization
        if header is not None and header.other:
            yield _two_in_one(header)
        return
    own = case.authorizations if request is None or case.authorizations else ()
    schemes = [header.scheme.lower() or "none" for header in own if header.source is not Source.LOOSE]
    values = {header.value.strip() for header in own if header.source is not Source.LOOSE}
    if own and own[0].other:
        yield _two_in_one(own[0])
    elif len(schemes) > 1 and len(values) > 1:
        seen = (
            " and ".join(f"`{quote(scheme, 20)}`" for scheme in dict.fromkeys(schemes))
            if len(set(schemes)) > 1
            else "two values"
        )
        yield Finding(
            "multiple-credentials",
            Certainty.CERTAIN,
            f"The request carries two Authorization fields: {seen}. Servers read one of them, or refuse.",
        )
    elif request is not None and "userinfo" in request.flags and own:
        yield Finding(
            "multiple-credentials",
            Certainty.POSSIBLE,
            "The URL carries `user:password@` beside the Authorization header.",
            "Remove `user:password@` from the URL.",
        )
    elif request is not None and own and _also_outside(case):
        yield Finding(
            "multiple-credentials",
            Certainty.LIKELY,
            "A token stands in the query string or the body as well as in the header; strict servers refuse that (RFC 6750 section 2).",
        )


def _two_in_one(header: AuthorizationHeader) -> Finding:
    return Finding(
        "multiple-credentials",
        Certainty.CERTAIN,
        f"One Authorization field holds two credentials: `{quote(header.scheme, 20)}` and `{quote(header.other, 20)}`.",
    )


def _also_outside(case: Case) -> bool:
    return any(item.label in {"query:access_token", "body:access_token"} for item in case.evidence.credentials)


def _inner_documents(case: Case) -> Iterator[Finding]:
    header = case.authorization
    text = header.credentials.strip() if header else ""
    if header is not None and _is_json(text) and ("access_token" in text or "token_type" in text):
        yield Finding(
            "token-response-as-credentials",
            Certainty.CERTAIN,
            "The whole JSON answer of the token endpoint stands after `Bearer`.",
        )
    elif (
        header is not None
        and not is_unknown(text)
        and (("access_token=" in text) or (text.startswith(("http://", "https://", "#")) and "=" in text))
    ):
        yield Finding(
            "callback-fragment-as-credentials",
            Certainty.CERTAIN,
            "A redirect's URL or fragment stands after `Bearer`, with its `&` parts.",
        )
    if isinstance(case.token, MalformedToken) and case.token.reason == "two-tokens":
        yield Finding(
            "token-pasted-twice",
            Certainty.CERTAIN,
            "Two tokens stand one behind the other without a gap: five parts, and the third begins a new token.",
        )


def _is_json(text: str) -> bool:
    start = text.lstrip("'\"")
    return start.startswith("{") and start[1:].lstrip()[:1] in {'"', "'", "\\"}


def _quoted(case: Case) -> Iterator[Finding]:
    credential = case.credential
    if credential is None:
        return
    if "punctuation" in credential.damage and credential.label == "authorization":
        yield Finding(
            "trailing-punctuation",
            Certainty.POSSIBLE,
            "A punctuation mark follows the token's last letter. Validators disagree on it; it may come from the sentence around it.",
        )
    kinds = [name for name in _QUOTE_DAMAGE if name in credential.damage]
    in_header = case.authorization is not None and credential.label == "authorization"
    stringified = (case.request is not None and "stringified" in case.request.flags) or "stringified" in case.says
    if not kinds or not (in_header or stringified):
        return
    named = _QUOTE_DAMAGE[kinds[0]]
    if stringified or "bytes-literal" in kinds or credential.source is Source.CODE or _names_quote(case):
        certainty = Certainty.CERTAIN
    elif (kinds[0] == "typographic-quotes" and credential.source is Source.LOOSE) or credential.source is Source.LOOSE:
        certainty = Certainty.POSSIBLE
    else:
        certainty = Certainty.LIKELY
    fix = (
        "Call `.decode()` on the bytes before building the header."
        if "bytes-literal" in kinds
        else "Send the bare token: parse the stored JSON value, or strip the quotes and brackets."
    )
    yield Finding(
        "credentials-quoted",
        certainty,
        f"{named[0].upper()}{named[1:]} stand around the token inside the header's value.",
        fix,
    )


def _names_quote(case: Case) -> bool:
    return any(
        statement.says == "header-character" and statement.character in {0x201C, 0x201D, 0x2018, 0x2019}
        for statement in case.statements
    )


def _name(header: AuthorizationHeader) -> Iterator[Finding]:
    if header.name and header.name != header.name.rstrip(" \t") and header.source is not Source.LOOSE:
        yield Finding(
            "header-name-space",
            Certainty.CERTAIN,
            "A blank stands between the header's name and its colon; servers refuse that with 400 (RFC 9112 section 5.1).",
        )
    elif header.name and header.name != header.name.rstrip(" \t"):
        yield Finding(
            "header-name-space",
            Certainty.CERTAIN,
            "A blank stands between the header's name and its colon (RFC 9112 section 5.1).",
        )


def _scheme(case: Case, header: AuthorizationHeader) -> Iterator[Finding]:
    scheme, separator, rest = header.scheme, header.separator, header.credentials
    if header.repeated:
        yield Finding(
            "scheme-repeated",
            Certainty.CERTAIN,
            "`Bearer` or the header's name stands again inside the value.",
            f"The tool adds it by itself: give it the token alone. {_RIGHT}",
        )
        return
    if not scheme:
        if is_unknown(rest[:2]):
            return
        if rest.strip() and header.name and case.kind != "client-credentials":
            yield Finding(
                "scheme-missing",
                Certainty.CERTAIN,
                "The header's value begins with the token itself; `Bearer ` should stand in front of it.",
            )
        elif rest.strip() and header.name:
            yield Finding(
                "scheme-missing",
                Certainty.CERTAIN,
                "The header's value has no scheme; `Bearer ` and an access token should stand there.",
            )
        return
    lowered = scheme.lower()
    if lowered == "basic":
        yield Finding(
            "basic-credentials",
            Certainty.CERTAIN,
            "The scheme is `Basic`: id and secret, or user and password, are sent.",
            _fix_basic(case),
        )
    elif lowered != "bearer":
        yield Finding(
            "scheme-wrong",
            Certainty.CERTAIN,
            f"The scheme is `{quote(scheme, 20)}`; the API knows `Bearer` alone.",
            _RIGHT,
        )
    elif not rest.strip():
        return
    elif separator != " ":
        yield _separator(header, separator)
    elif scheme != "Bearer":
        yield Finding(
            "scheme-case",
            Certainty.POSSIBLE,
            f"The scheme is written `{quote(scheme, 20)}`. That is legal (RFC 9110 section 11.1), yet some gateways compare it letter by letter.",
        )


def _fix_basic(case: Case) -> str:
    if case.request is not None and "user-option" in case.request.flags:
        return "Leave out `-u`: exchange id and secret at `/oauth/token` for an access token, and send that as `Authorization: Bearer <access token>`.\nRotate the secret if it was posted."
    return "Exchange id and secret at `/oauth/token` for an access token, and send that as `Authorization: Bearer <access token>`.\nRotate the secret if it was posted."


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
