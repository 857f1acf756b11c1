"""Lines with a header field that carries, or should carry, credentials: found by the field's name before its colon."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.intake.damage import EXOTIC_BLANKS, INVISIBLE

NAMES = frozenset(
    (
        *("authorization", "authorisation", "authoriation", "authorizaton", "authorzation", "authorizations"),
        *("authorizaion", "autorization", "autorisation", "athorization", "authentication", "authentification"),
        *("authorize", "authorizarion", "auth", "proxy-authorization", "bearer", "token", "jwt", "apikey"),
        *("access-token", "auth-token", "jwt-token", "api-token", "bearer-token", "id-token"),
        *("access-key", "auth-key", "jwt-key", "api-key", "bearer-key", "id-key"),
    )
)
"""Such names in lower case: the right one, slips of the keyboard, and its kin."""
EXTENSIONS = ("x-auth", "x-access", "x-amz-security", "x-api", "x-jwt", "x-id")
"""How such names begin outside of the standards."""
_LABELS = frozenset(
    ("access-token", "auth-token", "jwt-token", "api-token", "bearer-token", "id-token", "api-key", "apikey")
)
"""Those of the names that people write in front of a token as its label as well."""
_FIELDS = frozenset(
    (
        *("accept", "connection", "cookie", "dnt", "host", "origin", "pragma", "referer", "te", "user-agent", "date"),
        *("cache-control", "postman-token", "priority", "upgrade-insecure-requests", ":authority", "server", "via"),
    )
)
_FIELD_FAMILIES = ("accept-", "content-", "sec-", "x-", "if-")
"""Fields of HTTP messages that stand beside a credential, and how others begin."""
QUOTES = ('"', "'", "`")
MAX_NAME = 45
MAX_VALUE = 70_000
_BLANKS = " \t" + EXOTIC_BLANKS + INVISIBLE
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_ENDS = frozenset((*_LETTERS, *QUOTES, *_BLANKS))


class FieldLine(NamedTuple):
    """A field from its name to the end of its line, the places in characters.

    ``start`` is the place of a quote before the name, if there is one. ``name`` is as written, with a quote or blanks
    before the colon; ``value`` is the rest of the line.
    """

    start: int
    name: str
    value: str
    end: int

    def __repr__(self) -> str:
        """Show the place alone."""
        return f"FieldLine({self.start}, {self.end})"


def field_lines(text: str) -> Iterator[FieldLine]:
    """Every such field in order.

    A name is read backwards from its colon: colons are few, and letters where a name might begin are many.
    """
    colon = text.find(":")
    while colon >= 0:
        is_end = text[colon - 1 : colon] in _ENDS and not text.startswith(("//", "=", ":="), colon + 1)
        name = _name_before(text, colon) if is_end else ""
        if name:
            end = text.find("\n", colon, colon + MAX_VALUE)
            end = min(len(text), colon + MAX_VALUE) if end < 0 else end
            end = _end_as_escape(text, colon, end) if "\\n" in text[colon:end] else end
            start = colon - len(name)
            if text[start - 1 : start] in QUOTES and _may_begin_behind(text[start - 2 : start - 1]):
                start -= 1
            yield FieldLine(start, name, text[colon + 1 : end], end)
            colon = end - 1
        colon = text.find(":", colon + 1)


def _end_as_escape(text: str, start: int, end: int) -> int:
    r"""The field's end where the fields stand in one string: ``\n`` and the next field's name follow there."""
    following = re.compile(r"(?:\\r)?\\n(?=[A-Za-z][A-Za-z-]{1,40}:[ ]?[^\s/])").search(text, start, end)
    return following.start() if following else end


def is_aligned(text: str, line: FieldLine) -> bool:
    """Whether a field stands in a list whose colons are aligned: the blank before its own is the list's."""
    colon = line.end - len(line.value) - 1
    begin = text.rfind("\n", 0, colon) + 1
    column = colon - begin
    end = text.find("\n", colon)
    above = text[text.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)]
    below = text[end + 1 : end + 1 + 2 * MAX_NAME] if end >= 0 else ""
    return any(row[column - 1 : column + 1] == " :" for row in (above, below.partition("\n")[0]))


def is_in_mapping(text: str, start: int) -> bool:
    """Whether a field stands indented below a key alone, as in YAML: quotes around its value are the file's own."""
    lines = text[max(0, start - 1_000) : start].split("\n")
    indent = len(lines[-1])
    if not indent or lines[-1].strip():
        return False
    above = next(
        (line for line in reversed(lines[:-1]) if len(line) - len(line.lstrip()) < indent and line.strip()), ""
    )
    return above.rstrip().endswith(":")


def is_in_quoted_list(text: str, line: FieldLine) -> bool:
    """Whether the line above or below is a field with a quoted value too: the quotes are the list's own."""
    above = text[max(0, text.rfind("\n", 0, max(0, line.start - 1)) + 1) : max(0, line.start - 1)][-MAX_VALUE:]
    below = text[line.end + 1 :].partition("\n")[0] if line.end < len(text) else ""
    return _is_quoted(above) or _is_quoted(below)


def _is_quoted(line: str) -> bool:
    name, colon, value = line.strip(" \t\r,").partition(":")
    value = value.strip()
    is_name = name.replace("-", "").replace("_", "").isalnum()
    return bool(colon) and is_name and len(value) >= 2 and value[0] == '"' == value[-1] and value.count('"') == 2


def is_label(text: str, line: FieldLine) -> bool:
    """Whether ``access-token: eyJ...`` may be what somebody calls a token: no header field stands above or below it."""
    if line.name.rstrip(_BLANKS).lower() not in _LABELS or not line.value.lstrip(" \t\"'`").startswith("eyJ"):
        return False
    begin = text.rfind("\n", 0, line.start) + 1
    if text[begin : line.start].strip(" \t>*-\u2022"):
        return False
    above = text[text.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)][:MAX_NAME]
    below = text[line.end + 1 : line.end + 1 + MAX_NAME].partition("\n")[0]
    return not (_is_fields(above) or _is_fields(below))


def _is_fields(line: str) -> bool:
    """Whether a line is a field of an HTTP message, or the heading of some."""
    name = line.strip(" \t>*-\u2022").partition(":")[0].rstrip().lower()
    return name in _FIELDS or name.startswith(_FIELD_FAMILIES) or name.endswith("headers")


def literal(text: str, quote: str) -> tuple[str, str, str]:
    """A literal's inside, its closing quote and what follows; quotes with a backslash before them belong to it."""
    inner, mark, after = text.partition(quote)
    while mark and inner.endswith("\\"):
        more, mark, after = after.partition(quote)
        inner = f"{inner[:-1]}{quote}{more}"
    return inner, mark, after


def blank_after(written: str) -> str:
    """The blank between a name and its colon, where no quote stands between them."""
    bare = written.rstrip(" \t")
    return "" if bare.endswith(QUOTES) else written[len(bare) :]


def lacks_colon(text: str) -> bool:
    """Whether a name of the field stands without a colon behind it, as in a table."""
    for name in ("uthorization", "uthentication", "uthorisation"):
        at = text.find(name)
        while at >= 0:
            if text[at + len(name) : at + len(name) + 1] != ":":
                return True
            at = text.find(name, at + 1)
    return False


def _name_before(text: str, colon: int) -> str:
    """The name that ends before a colon, with a quote and up to three blanks; empty where it is none of the known."""
    before = text[max(0, colon - MAX_NAME - 5) : colon]
    bare = before.rstrip(_BLANKS)
    if not bare or len(before) - len(bare) > 3:
        return ""
    bare = bare[:-1] if bare[-1] in QUOTES else bare
    left = bare.rstrip(_LETTERS)
    name = bare[len(left) :].lower()
    is_known = name in NAMES or (name.startswith(EXTENSIONS) and len(name) <= MAX_NAME)
    return before[len(left) :] if is_known and _may_begin_behind(left[-1:]) else ""


def _may_begin_behind(letter: str) -> bool:
    return not (letter.isascii() and letter.isalnum()) and letter not in {"_", ".", "-"}
