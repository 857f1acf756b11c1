"""Typographic quotes, which chat programs and word processors put where straight ones were typed."""

import re
from functools import cache

_STRAIGHT = {
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032"), "'"),
}


@cache
def _inside() -> re.Pattern[str]:
    """Quotes round a token in a literal that has straight ones of its own: made straight, they would end it."""
    return re.compile(
        r"(?:(?<=[\"'`]Bearer )|(?<=[\"'`][Aa]uthorization: Bearer ))"
        r"[\u201c\u201e\u00ab\u2018\u201a][A-Za-z0-9_.-]{20,70000}[\u201d\u201c\u00bb\u2019\u2018](?=[\"'`])"
    )


def straightened(text: str) -> str:
    """The text with straight quotes, but for those inside of a literal with quotes of its own."""
    parts: list[str] = []
    position = 0
    if "Bearer" in text:
        for match in _inside().finditer(text):
            parts += (text[position : match.start()].translate(_STRAIGHT), match[0])
            position = match.end()
    return "".join((*parts, text[position:].translate(_STRAIGHT)))
