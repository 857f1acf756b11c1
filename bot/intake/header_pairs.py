"""Authorization fields whose name and value stand in cells, members, items or lines of their own.

Tables, ``{"name": "Authorization", "value": "..."}``, ``Authorization => ...``, ``["Authorization", "..."]``, the two
lines of a browser's list.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, Source
from bot.intake.piece import LooseHeader, Piece

MAX_PAIRS = 64


@cache
def _pairs() -> re.Pattern[str]:
    scheme = r"[A-Za-z][A-Za-z0-9_-]{1,20}[ \t]{1,2}"
    known = r"(?:bearer|basic|token|jwt|oauth|dpop|digest)[ \t]{1,2}"
    credentials = rf"(?:{known}|(?=eyJ))[A-Za-z0-9+/=._~-]{{6,70000}}+"
    return re.compile(
        r"(?i)(?<![\w.-])(?P<name>authori[sz]ation|authentication)"
        r"(?:[\"'`*]{0,2}\]?(?:[ \t]*+(?:\||=>)[ \t]*+(?:string\(\d{1,6}\)[ \t]*+|\[)?|\t[ \t]*+"
        r"|[ \t]*+,?\s{0,40}(?:header[ \t])?[\"']?value[\"']?[ \t]*+[:=][ \t]*+)[\"'`*]{0,2}"
        rf"(?P<value>(?:{scheme})?(?-i:eyJ)[^\s\"'`|,;\]]{{20,}})"
        rf"|(?<=zation)[ \t]*+(?:=\[?|->|\u2192|\r?\n)[ \t]*+[\"']?(?P<with>{scheme}(?-i:eyJ)[^\s\"'`|,;\]]{{20,}})"
        rf"|(?P<quote>[\"'])[ \t]*+,\s{{0,40}}(?P=quote)(?P<listed>{credentials}(?:,[ \t]?{credentials})?)(?P=quote))"
    )


def read(text: str) -> list[Piece]:
    """Every such field that holds a JWT, in order.

    Lists that alternate names and values, as Node's ``rawHeaders``, hold whole fields of any scheme.
    A heading or a setting may be called like the field: ``=``, an arrow and a line's end count only before a scheme.
    """
    return [
        Piece(
            match.start(),
            match.end(),
            LooseHeader(Header(match["name"], match["value"] or match["with"] or match["listed"]), Source.LOOSE),
        )
        for match in islice(_pairs().finditer(text), MAX_PAIRS)
    ]
