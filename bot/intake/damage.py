"""Repairing a credential: what stands around or inside a token that does not belong there, named and undone.

Each kind of damage is a word that the checks judge: ``line-break``, ``line-break-end``, ``blank``, ``blank-outer``,
``invisible``,
``no-break-space``, ``dash``, ``ellipsis``, ``redacted``, ``markdown-escape``, ``quotes``, ``typographic-quotes``,
``brackets``, ``bytes-literal``,
``punctuation``, ``percent``, ``plain-base64``, ``padding``, ``padding-inside``, ``encoded-twice``, ``emphasis``.
"""

import base64
import binascii
import re
from functools import cache
from typing import NamedTuple

from bot.intake.gaps import is_redacted, names_redaction
from bot.url import percent_decoded

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c"
EXOTIC_BLANKS = "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
EMPHASIS = "*_~"
SHOWN_RETURN = "^M"
"""How editors and ``cat -A`` show a carriage return."""
TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
_CLOSING = {
    '"': '"',
    "'": "'",
    "`": "`",
    "<": ">",
    "[": "]",
    "(": ")",
    "{": "}",
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c",
} | {
    "\u2018": "\u2019",
    "\u2019": "\u2019",
    "\u201a": "\u2018",
    "\u00ab": "\u00bb",
    "*": "*",
    "_": "_",
    "~": "~",
}
_BRACKETS = "<[({"
RS256_SIGNATURE = 342
"""Characters of an RS256 signature by a 2048-bit key."""
MAX_LAYERS = 8
"""How many layers of damage are taken off: a quoted token in a list in an encoded answer has three."""

REPAIR_NAMES = {
    "line-break": "joined-lines",
    "blank": "joined-lines",
    "invisible": "invisible-characters",
    "no-break-space": "invisible-characters",
    "dash": "dashes",
    "markdown-escape": "markdown-escapes",
    "emphasis": "markdown-escapes",
    "quotes": "quotes",
    "brackets": "quotes",
    "bytes-literal": "quotes",
    "typographic-quotes": "smart-quotes",
    "punctuation": "punctuation",
    "percent": "percent-decoding",
    "padding": "padding",
    "padding-inside": "padding",
}
"""The interface's name of the repair that undoes each kind of damage."""


class Repaired(NamedTuple):
    """A value with its damage undone, and the words for that damage in the order it was met."""

    value: str
    damage: tuple[str, ...]

    def __repr__(self) -> str:
        """Show the damage alone."""
        return f"Repaired({self.damage})"


_SOURCES = {
    "plain": r"(?!ZXlK|_{1,3}eyJ)[A-Za-z0-9_\-]++(?:\.[A-Za-z0-9_\-]++)*+",
    "decoded": r"eyJ[A-Za-z0-9_\-.+/=]{17,}",
    "escape": r"\\(?=[_\-.*~`\\+=])",
    "percent": r"%[0-9A-Fa-f]{2}",
    "line-break": r"(?:(?<![ \t])[ \t]++)?[\r\n]++[ \t]*+(?:>[ ]?)?",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def is_undamaged(value: str) -> bool:
    """Whether a value is made of base64url parts with single dots between them, and shows no redaction or emphasis."""
    return _pattern("plain").fullmatch(value) is not None and value[-1] != "_" and not names_redaction(value)


def repair(value: str) -> Repaired:
    """Undo the damage of one credential. A value that was cut or redacted keeps its gap: nothing is made up.

    What is repaired stays as it is when it is repaired again.
    """
    if is_undamaged(value):
        return Repaired(value, ())
    damage: list[str] = []
    for _ in range(MAX_LAYERS):
        text = _repaired_once(value, damage)
        if text == value:
            break
        value = text
    return Repaired(value, tuple(dict.fromkeys(damage)))


def _repaired_once(value: str, damage: list[str]) -> str:
    value = _without_last_emphasis(value, damage)
    if is_undamaged(value):
        return value
    text = _outside(value, damage)
    if "%" in text and _pattern("percent").search(text):
        damage.append("percent")
        text = _outside(percent_decoded(text), damage)
    if not text.isascii():
        text = _without(text, INVISIBLE, "", "invisible", damage)
        text = _without(text, EXOTIC_BLANKS, "", "no-break-space", damage)
        text = _without(text, DASHES, "-", "dash", damage)
    if "\n" in text or "\r" in text:
        damage.append("line-break")
        text = _pattern("line-break").sub("", text)
    if " " in text or "\t" in text:
        damage.append("blank")
        text = text.replace(" ", "").replace("\t", "")
    if "\\" in text:
        unescaped = _pattern("escape").sub("", text).replace("\\n", "").replace("\\r", "")
        if unescaped != text:
            damage.append("line-break-end" if "\\n" in text or "\\r" in text else "markdown-escape")
            text = unescaped
    if "\u2026" in text or "..." in text:
        damage.append("ellipsis")
    elif is_redacted(text):
        damage.append("redacted")
    return _letters(text, damage)


def _letters(text: str, damage: list[str]) -> str:
    """Undo what concerns the alphabet: a second encoding, plain base64, padding."""
    if text.startswith("ZXlK") and "." not in text:
        decoded = _decoded_once(text)
        if decoded:
            damage.append("encoded-twice")
            return decoded
    if "." in text and text.startswith("eyJ"):
        if "=" in text:
            damage.append("padding-inside" if "=." in text else "padding")
            text = text.replace("=", "")
        if "+" in text or "/" in text:
            damage.append("plain-base64")
            text = text.replace("+", "-").replace("/", "_")
    return text


def _decoded_once(text: str) -> str | None:
    body = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        decoded = base64.b64decode(body[: len(body) - (len(body) % 4 == 1)] + "=" * (-len(body) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    decoded = decoded.strip()
    return decoded if _pattern("decoded").fullmatch(decoded) else None


def _without(text: str, letters: str, instead: str, name: str, damage: list[str]) -> str:
    cleaned = text.translate(dict.fromkeys(map(ord, letters), instead or None))
    if cleaned != text:
        damage.append(name)
    return cleaned


def _outside(value: str, damage: list[str]) -> str:
    """Take off what stands around a credential: blanks, quotes, brackets, emphasis, a bytes literal, punctuation."""
    text = value.strip(" \t\r\n")
    if text != value:
        damage.append("line-break-end" if "\n" in value or "\r" in value else "blank-outer")
    if text.removesuffix("$").endswith(SHOWN_RETURN):
        damage.append("line-break-end")
        text = text.removesuffix("$").removesuffix(SHOWN_RETURN)
    for _ in range(4):
        before = text
        if text[:2] in {"b'", 'b"'} and text[-1:] == text[1] and len(text) > 3:
            damage.append("bytes-literal")
            text = text[2:-1]
        text = _unwrapped(text, damage)
        text = _unpunctuated(text, damage)
        if text == before:
            break
    return text


def _unwrapped(text: str, damage: list[str]) -> str:
    if len(text) < 3 or text[0] not in _CLOSING:
        if text[-1:] and text[-1] in "\"'`" + TYPOGRAPHIC_QUOTES and len(text) > 2:
            damage.append("typographic-quotes" if text[-1] in TYPOGRAPHIC_QUOTES else "quotes")
            return text[:-1]
        return text
    first, closing = text[0], _CLOSING[text[0]]
    if (first == "{" and ":" in text) or (first in "_~" and "eyJ" not in text[1:6]):
        return text
    if text[-1] == closing or first in "\"'`" + TYPOGRAPHIC_QUOTES:
        name = "quotes"
        if first in _BRACKETS:
            name = "brackets"
        elif first in EMPHASIS:
            name = "emphasis"
        elif first in TYPOGRAPHIC_QUOTES:
            name = "typographic-quotes"
        damage.append(name)
        return text[1:-1] if text[-1] == closing else text[1:]
    return text


def _without_last_emphasis(text: str, damage: list[str]) -> str:
    """Take off the mark of emphasis that ends a line with a token: no letter of base64url, or one too many."""
    if not text.startswith("eyJ") or text[-1:] not in EMPHASIS or text.endswith("***"):
        return text
    if text[-1] == "_" and (text.count(".") != 2 or len(text.rpartition(".")[2]) != RS256_SIGNATURE + 1):
        return text
    damage.append("emphasis")
    return text[:-1]


def _unpunctuated(text: str, damage: list[str]) -> str:
    end = len(text)
    opened = {closing: text.find(opening) for closing, opening in (")(", "][", "}{", "><")}
    while end and text[end - 1] in ",;:!?)]}>" and not 0 <= opened.get(text[end - 1], -1) < end:
        end -= 1
    if end and text[end - 1] == "." and text[:end].count(".") > 2 and not text[:end].endswith(".."):
        end -= 1
    if end != len(text) and end >= 8:
        damage.append("punctuation")
        return text[:end]
    return text
