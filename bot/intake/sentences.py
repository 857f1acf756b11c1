"""Header lines within sentences: what is told of or asked about, and not sent."""

import re

_SCHEMES = frozenset(("bearer", "basic", "token", "jwt", "oauth", "dpop", "digest", "apikey"))
_STAND_INS = frozenset(("your", "my", "here", "insert", "paste", "replace"))
_MISSING = frozenset(("undefined", "null", "none", "nil", "nan"))


def without_sentence(value: str) -> str:
    """A value that is a stand-in for a token, without the sentence that goes on behind it."""
    value = value.rstrip("? ")  # no credential ends in one
    words = value.split(None, 2)
    if len(words) == 3 and words[0].lower() == "bearer" and words[1].rstrip(",;.").lower() in _MISSING:
        return f"{words[0]} {words[1].rstrip(',;.')}"
    marker = re.match(
        r"(?i:bearer)[ \t]+(?:<[^<>\n]{1,60}>|\{\{[^{}\n]{1,60}\}\}|\{[^{}\n]{1,60}\}|[A-Z][A-Z_]{3,40})"
        r"(?=[\"'`]?[ \t]+[a-z])",
        value,
    )
    return marker[0] if marker else value


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
        or is_sentence(text, start, value)
        or is_question(text, start)
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
        or (rest and rest[0].lower() in _MISSING)
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


def is_told(text: str, start: int) -> bool:
    """Whether a validator's message goes on here: "Format is Authorization: Bearer [token]"."""
    return text[max(0, start - 10) : max(0, start)].lower() == "format is "


def says_none(value: str) -> bool:
    """Whether a label is followed by the word that there is nothing: ``Auth: none``."""
    return value.split(" ", 1)[0].strip("\"'`.,;").lower() in {"none", "false", "true"}
