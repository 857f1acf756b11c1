"""Header lines within sentences: what is told of or asked about, and not sent."""

import re
from functools import cache

_SCHEMES = frozenset(("bearer", "basic", "token", "jwt", "oauth", "dpop", "digest", "apikey"))
_STAND_INS = frozenset(("your", "my", "here", "insert", "paste", "replace"))
_MISSING = frozenset(("undefined", "null", "none", "nil", "nan"))
_JOINING = frozenset(("and", "then", "but", "so", "in", "on", "at", "to", "for", "from", "when", "while", "instead"))
"""Words with which a sentence goes on behind a value that it shows."""

_WAYS = frozenset(("as", "with", "using", "use", "uses", "via", "through", "by", "in"))
"""Words between a sentence that says how a token is sent, and the header that it names."""


@cache
def _stand_in() -> re.Pattern[str]:
    """A stand-in for a token at the start of a value, with the words that go on behind it, if any."""
    return re.compile(
        r"(?P<open>[\"'`*_\u201c\u201e]{0,3})(?P<kept>(?P<scheme>(?i:bearer|token|jwt)[ \t]+)?"
        r"(?P<mark>(?i:undefined|null|nil|nan|none)\b|\[object \w{1,30}\]|<[^<>\n]{1,60}>|\{\{[^{}\n]{1,60}\}\}"
        r"|\$\{[^{}\n]{1,60}\}|\$[A-Za-z_]\w{0,60}|\{[^{}\n]{1,60}\}|[A-Z][A-Z_]{3,40}))"
        r"(?P<close>[\"'`*_\u201d\u201c]{0,3})(?P<more>[,;.:!)][ \t]|[ \t]+(?:[a-z(]|[-=]?>|\u2192|[1-5]\d\d\b))?"
    )


def without_sentence(value: str) -> str:
    """A value that is a stand-in for a token, without the sentence that goes on behind it and the quotes around it."""
    value = value.rstrip("? ")  # no credential ends in one
    match = _stand_in().match(value)
    if match is None or match["more"] is None:
        return value
    mark, opening = match["mark"], match["open"]
    is_missing = mark.lower() in _MISSING or mark.startswith("[object ")
    if not match["scheme"]:
        after = value[match.end("close") :].split(None, 1)[0].lower()
        is_shown = is_missing and mark.lower() != "none" and (not after.isalpha() or after in _JOINING)
        return match["kept"] if is_shown and (not opening or match["close"]) else value
    if is_missing:
        return match["kept"]
    is_filled = mark.startswith("$") and opening[:1] in {'"', "`"}  # a program fills in what stands in such quotes
    return value if is_filled or opening != match["close"] else match["kept"]


def kept_before_sentence(text: str, start: int, value: str, end: int) -> tuple[str, int]:
    """Such a value and its end, where a token stands in the words that go on: that is to be read by itself."""
    kept = without_sentence(value)
    at = text.find(kept, start, end) if kept != value and "eyJ" in value else -1
    return kept, at + len(kept) if at >= 0 else end


def is_only_said(text: str, start: int, name: str, value: str) -> bool:
    """Whether a line with a field's name is no header: words about one, or a name for a token."""
    return (
        is_label(text, start, name, value)
        or is_told(text, start)
        or is_instruction(text, start, value)
        or is_sentence(text, start, value)
        or is_way(text, start, value)
        or is_question(text, start)
    )


def is_scheme_told(text: str, start: int, value: str) -> bool:
    """Whether a scheme without the field's name before it is told of or asked about, or names a token."""
    return (
        calls_token(value)
        or is_told(text, start - 15)
        or is_question(text, start)
        or is_instruction(text, start, value)
    )


def is_sentence(text: str, start: int, value: str) -> bool:
    """Whether words go on where a credential would stand: "the header Authorization: Bearer followed by the token".

    So do the settings of a login, in a member called like the field.
    """
    if value[:1] in "{\"'`h" and _is_setting(value):
        return True
    written = value.split(None, 9)[:9]
    ends = [at for at, word in enumerate(written) if word.rstrip("\"'`)").endswith(("?", "!", "."))]
    words = [word.strip("\"'`\u00ab\u00bb.,;:?!)(") for word in written[: ends[0] + 1 if ends else 9]]
    words = words if text[max(0, start - 2) : start] != '" ' else list(filter(None, words))  # a guillemet has a blank
    rest = words[1:] if words and words[0].lower() in _SCHEMES else words
    is_prose = all(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['\u2019-]){0,24}|\d[\d.]{0,4}", word) for word in rest)
    if (
        not is_prose
        or (rest and rest is not words and rest[0].lower() in _MISSING)
        or _STAND_INS.intersection(map(str.lower, rest))
        or not any(map(str.islower, rest))
    ):
        return False
    return len(rest) >= 3 or (_is_inside(text, start) and rest is not words and rest[0].islower())


def _is_setting(value: str) -> bool:
    """Whether an object of code or a login's URL stands there, as in Auth.js: ``authorization: { params: {...} }``."""
    if "eyJ" in value or "access_token" in value:
        return False
    return re.match(r"\{[ \t]*(?:$|[a-z]\w*[ \t]*:)|[\"'`]?https?://[^\s\"'`]{1,300}/authorize\b", value) is not None


def calls_token(value: str) -> bool:
    """Whether a scheme without the field's name is part of a token's name: "my bearer token is ...", "bearer auth:"."""
    before, token, _ = value.partition("eyJ")
    words = before[:400].split()[1:] if token else []
    return any(word.strip("\"'`.,;:=()").isalpha() and word.strip(":").lower() not in {"bearer", "b"} for word in words)


_LABELS = frozenset(
    ("bearer", "token", "jwt", "auth", "access-token", "bearer-token", "id-token", "jwt-token", "auth-token")
)


def is_label(text: str, start: int, name: str, value: str) -> bool:
    """Whether words call a bare token by such a name: "we use the bearer: ...", not "the header token: ..."."""
    if not value.startswith("eyJ") or name.strip().lower() not in _LABELS:
        return False
    before = text[max(0, start - 40) : start]
    word = before.rpartition("\n")[2].split(" ")[-2:]
    return (
        len(word) == 2 and word[1] == "" and word[0].isalpha() and word[0].lower() not in {"header", "headers", "field"}
    )


def is_question(text: str, start: int) -> bool:
    """Whether somebody asks about a header without showing a credential: "Is it Authorization: Bearer <token>?".

    What a program puts where a token should be was seen somewhere, and counts: "Why does it send Bearer undefined?".
    """
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip(" \t\r\"'`*_)")
    if not line.endswith("?") or "eyJ" in line or not _is_inside(text, start):
        return False
    name, colon, value = line.partition(":")
    words = value.split() if colon and " " not in name.strip() else line.split()
    rest = words[1:] if words and words[0].lower() in _SCHEMES else words
    shown = rest[0].strip("\"'`.,;:?!)(").lower() if rest else ""
    is_seen = shown in _MISSING or shown.startswith(("$", "%", "[object"))
    return not is_seen and not any(_may_be_credential(word) for word in rest)


def _may_be_credential(word: str) -> bool:
    return len(word) >= 16 and any(letter.isdigit() for letter in word) and "(" not in word


def _is_inside(text: str, start: int) -> bool:
    """Whether words stand before a place on its line."""
    return text[text.rfind("\n", 0, start) + 1 : start].strip("\"'`*_>|-+# \t\u2022") != ""


def is_way(text: str, start: int, value: str) -> bool:
    """Whether a sentence says how a token is sent, and shows none: "I send it as Authorization: Bearer."."""
    if value.strip("\"'`*_.,;!) ").lower() not in _SCHEMES:
        return False
    before = text[max(0, start - 80) : start].rpartition("\n")[2].rstrip("\"'`*_( ").split(" ")
    return len(before) > 1 and before[-1].lower() in _WAYS


def is_told(text: str, start: int) -> bool:
    """Whether a validator's message goes on here: "Format is Authorization: Bearer [token]"."""
    return text[max(0, start - 10) : max(0, start)].lower() == "format is "


@cache
def _instruction() -> re.Pattern[str]:
    """Words before a header that say what it is to be."""
    return re.compile(
        r"(?i)\b(?:please|must|should|needs? to|ha(?:s|ve) to|docs? (?:say|tell)s?|make sure|remember to|you can"
        r"|looks? like|like this|such as|the form(?:at)?|instead of)\b[^.!?\n]{0,100}$"
    )


def is_instruction(text: str, start: int, value: str) -> bool:
    """Whether somebody says how a header is to be written, with a marker in place of the token."""
    match = _stand_in().match(value)
    if match is None or match["mark"][0] not in "<{[" or match["mark"].startswith("[object "):
        return False
    line = text[max(0, start - 160) : start].rpartition("\n")[2]
    return _instruction().search(line) is not None


def says_none(value: str) -> bool:
    """Whether a label is followed by the word that there is nothing: ``Auth: none``."""
    return value.split(" ", 1)[0].strip("\"'`.,;").lower() in {"none", "false", "true"}
