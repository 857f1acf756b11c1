"""Requests of Bruno's files (.bru): blocks of ``name: value`` lines in braces, one block for each side of a request."""

import re
from functools import cache

from bot.intake.exports.draft import Draft
from bot.intake.piece import Piece

MAX_BLOCKS = 400
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})


@cache
def _block() -> re.Pattern[str]:
    return re.compile(
        r"^(?P<name>[a-z][a-z:-]{1,40}) \{[ \t]*\n(?P<lines>(?:[ \t]++[^\n]*+\n|\n){0,200}+)\}", re.MULTILINE
    )


def read(text: str) -> list[Piece]:
    """The requests, one from each block that names a method on; what follows it up to the next one belongs to it."""
    found: list[tuple[int, Draft, int]] = []
    for match in list(_block().finditer(text))[:MAX_BLOCKS]:
        pairs = _pairs(match["lines"])
        if match["name"] in _METHODS and "url" in pairs:
            draft = Draft("bruno")
            draft.method, draft.url = match["name"], pairs["url"]
            draft.whole = pairs.get("auth", "none") in {"none", "bearer", "basic"}
            found.append((match.start(), draft, match.end()))
        elif found and match["name"] in {"headers", "auth:bearer", "auth:basic"}:
            start, draft, _ = found[-1]
            _take(draft, match["name"], pairs)
            found[-1] = (start, draft, match.end())
    return [Piece(start, end, draft.request()) for start, draft, end in found]


def _take(draft: Draft, block: str, pairs: dict[str, str]) -> None:
    if block == "headers":
        draft.take_fields(pairs)
    elif block == "auth:bearer":
        draft.take_bearer(pairs.get("token", ""))
    else:
        draft.take_basic(pairs.get("username", ""), pairs.get("password", ""))


def _pairs(lines: str) -> dict[str, str]:
    """Names and values; a name that begins with ``~`` is switched off."""
    split = (line.strip().partition(":") for line in lines.split("\n"))
    return {name.strip(): value.strip() for name, colon, value in split if colon and not name.startswith("~")}
