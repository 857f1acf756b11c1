"""What stands behind the scheme in place of a bare token: quotes, a JSON answer, a redirect's fragment, two tokens."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import Source
from bot.intake.authorization import SCHEMES
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN, is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.token import MalformedToken

_QUOTE_DAMAGE = {
    "quotes": "quotes",
    "brackets": "brackets",
    "bytes-literal": "Python's `b'…'`",
    "typographic-quotes": "typographic quotes",
}


_SHOWN_MOST, _NAMES_MOST = 12, 20
"""Characters of what stands around a token that are shown, and of a name that is followed by a mark."""
_PAIRS = frozenset(('""', "''", "<>", "[]", "()"))


def find(case: Case) -> Iterator[Finding]:
    """Findings about what is sent as the credential."""
    document = next(_inner_documents(case), None)
    if document is not None:
        yield document
    else:
        yield from _surrounded(case)
    yield from _quoted(case)


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


def _surrounded(case: Case) -> Iterator[Finding]:
    """Text that a shown request sends before or behind the token: a second one, a name, what a class prints.

    In a loose line, and behind a token in a dump, words may be whoever pasted it speaking; no one says ``Optional("``.
    """
    header, credential = case.authorization, case.credential
    if (
        header is None
        or credential is None
        or (header.source is Source.LOOSE and not _is_wrapped(header.credentials))
        or header.other
        or credential.label != "authorization"
        or not credential.value.startswith("eyJ")
    ):
        return
    before, token, behind = header.credentials.strip().partition(credential.value)
    before, behind = before.strip(), behind.strip()
    if not token or is_unknown(before + behind) or not (before or behind):
        return
    certainty = Certainty.CERTAIN if header.source in {Source.CODE, Source.COMMAND} else Certainty.LIKELY
    if "eyJ" in behind and "." in behind.partition("eyJ")[2]:
        yield Finding("token-pasted-twice", certainty, "A second token stands behind the first one.")
    elif before.lower() in SCHEMES:
        seen = f"Two scheme words, `{quote(header.scheme, 20)}` and `{quote(before, 20)}`, stand before the token."
        yield Finding("scheme-repeated", certainty, seen, "Send `Bearer`, one blank and the token alone.")
    elif before.strip("\"'`<[({"):
        seen = f"{_named(before)} stands before the token inside the header's value."
        yield Finding("credentials-quoted", certainty, seen, "Send the bare token, without a name or a wrapper.")
    elif behind[1:] and certainty is Certainty.CERTAIN and "\n" not in header.credentials:  # not an open quote's rest
        seen = f"{_named(behind)} stands behind the token inside the header's value."
        yield Finding("credentials-quoted", certainty, seen, "End the header's value with the token's last letter.")


def _named(text: str) -> str:
    """A name or a mark as it stands; anything else may be a part of a secret, and is not shown."""
    most = _NAMES_MOST if text.endswith(("=", ":", "(", "[", '"', "'")) else _SHOWN_MOST
    is_name = len(text) <= most and not any(letter.isdigit() for letter in text)
    return f"`{quote(text, most)}`" if is_name else "Other text"


def _is_wrapped(text: str) -> bool:
    """Whether a value begins as languages print one that is held by another: ``Optional("eyJ``, ``Some(eyJ``."""
    name, bracket, inner = text[:60].partition("(" if "(" in text[:60] else "[")
    return bool(bracket) and name.strip().isalpha() and name.strip()[0].isupper() and inner.lstrip("\"'")[:3] == "eyJ"


def _quoted(case: Case) -> Iterator[Finding]:
    credential = case.credential
    if credential is None:
        yield from _quoted_variable(case)
        return
    if "punctuation" in credential.damage and credential.label == "authorization":
        yield Finding(
            "trailing-punctuation",
            Certainty.POSSIBLE,
            "A punctuation mark follows the token's last letter. Validators disagree on it; it may come from the"
            " sentence around it.",
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


def _quoted_variable(case: Case) -> Iterator[Finding]:
    """Quotes or brackets that code, or a command, puts around a variable: whatever that holds, they are sent."""
    header = case.authorization
    text = header.credentials.strip() if header is not None and header.source in {Source.CODE, Source.COMMAND} else ""
    inner = text[1:-1]
    if f"{text[:1]}{text[-1:]}" in _PAIRS and inner[:1] == UNKNOWN_OPEN and inner.find(UNKNOWN_CLOSE) == len(inner) - 1:
        yield Finding(
            "credentials-quoted",
            Certainty.CERTAIN,
            f"{'Quotes' if text[0] == text[-1] else 'Brackets'} stand around the variable inside the header's value.",
            "Send the bare token: strip the quotes and brackets, or print it raw (`jq -r`).",
        )


def _names_quote(case: Case) -> bool:
    return any(
        statement.says == "header-character" and statement.character in {0x201C, 0x201D, 0x2018, 0x2019}
        for statement in case.statements
    )
