"""Authorization fields in maps, tables and lists that hold no JWT: Basic credentials, or a scheme with nothing behind.

``{Authorization=[Basic ...], Accept=[...]}``, ``[Authorization] => Bearer``, ``"name": "authorization", "value": ...``.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, Source
from bot.intake.piece import LooseHeader, Piece

MAX_FIELDS = 64
_NAME = r"(?i)(?<![\w.-])(?P<name>authori[sz]ation)[\"'`*]{0,2}\]?"
_MEMBER = (
    r"[ \t]*+=>[ \t]*+(?:string\(\d{1,6}\)[ \t]*+)?|="
    r"|[ \t]*+,?\s{0,40}(?:header[ \t])?[\"']?value[\"']?[ \t]*+[:=][ \t]*+|(?<=[\"'])[ \t]*+,\s{0,40}(?=[\"'])"
)
_CELL = r"[ \t]*+\|[ \t]*+|\t[ \t]*+"
"""A cell may tell of the scheme alone, so that nothing behind it means nothing."""


@cache
def _basic() -> re.Pattern[str]:
    return re.compile(
        rf"{_NAME}(?:{_MEMBER}|{_CELL})[\"'`\[]{{0,2}}(?P<value>Basic[ \t]{{1,2}}[A-Za-z0-9+/=_-]{{8,4000}})"
    )


@cache
def _empty() -> re.Pattern[str]:
    return re.compile(
        rf"{_NAME}(?:{_MEMBER})[\"'`\[]{{0,2}}(?P<value>Bearer)[ \t]*+(?=[\"'`]?[ \t]*+(?:[,}}\])]|\r?$))", re.MULTILINE
    )


def read(text: str) -> list[Piece]:
    """Every such field: those with Basic credentials, or else those with a scheme alone."""
    pieces: list[Piece] = []
    for mark, pattern in (("asic ", _basic), ("earer", _empty)):
        if mark in text and not pieces:
            for match in islice(pattern().finditer(text), MAX_FIELDS):
                header = Header(match["name"], match["value"])
                pieces.append(Piece(match.start(), match.end(), LooseHeader(header, Source.LOOSE)))
    return pieces
