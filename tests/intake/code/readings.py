"""What tests of the readers compare: requests as plain tuples, and texts that look random without being anybody's token."""

import random
from collections.abc import Callable

from bot.evidence import HTTPRequest
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN, LooseHeader, Piece

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def minted(seed: int = 1, length: int = 40) -> str:
    """Letters as a token has them, the same for the same seed."""
    letters = random.Random(seed)  # noqa: S311 - a test's stand-in for a token, no secret
    return "".join(letters.choice(_LETTERS) for _ in range(length))


def shown(text: str) -> str:
    """A text with the marks of unknown parts in a form that can be typed."""
    return text.replace(UNKNOWN_OPEN, "‹").replace(UNKNOWN_CLOSE, "›")


def request(read: Callable[[str], list[Piece]], text: str) -> HTTPRequest:
    """The only request that a reader finds."""
    found = requests(read, text)
    assert len(found) == 1, len(found)
    return found[0]


def requests(read: Callable[[str], list[Piece]], text: str) -> list[HTTPRequest]:
    """Every request that a reader finds."""
    return [piece.value for piece in read(text) if isinstance(piece.value, HTTPRequest)]


def fields(found: HTTPRequest) -> list[tuple[str, str]]:
    """The header fields of a request."""
    return [(header.name, shown(header.value)) for header in found.headers]


def line(found: HTTPRequest) -> tuple[str | None, str, bool]:
    """Method, URL and whether the headers are all shown."""
    return found.method, shown(found.url or ""), found.whole


def loose(read: Callable[[str], list[Piece]], text: str) -> list[tuple[str, str]]:
    """The Authorization fields outside of any request."""
    return [
        (piece.value.header.name, shown(piece.value.header.value))
        for piece in read(text)
        if isinstance(piece.value, LooseHeader)
    ]
