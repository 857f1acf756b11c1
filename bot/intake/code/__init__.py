"""HTTP calls in pasted code, read as far as literals show them: nothing is run, and what is computed is unknown.

Each language has its words; its reader is imported when one of them is seen. ``auth0`` reads what Auth0's own
libraries are configured with, ``loose`` the Authorization fields that no shown call sends.
"""

from importlib import import_module
from typing import Protocol, cast

from bot.intake.code.marks import FAMILIES, has_marks
from bot.intake.piece import Piece, blanked

__all__ = ["FAMILIES", "has_marks", "read"]


class _Family(Protocol):
    def read(self, text: str) -> list[Piece]:
        """The pieces in the text, in order."""
        ...


def read(text: str) -> list[Piece]:
    """Every request, token request and Authorization field in code, in order."""
    pieces: list[Piece] = []
    done: set[str] = set()
    for name, words in FAMILIES:
        if name not in done and any(word in text for word in words):
            done.add(name)
            family = cast("_Family", import_module(f"bot.intake.code.{name}"))
            found = family.read(text)
            pieces += found
            text = blanked(text, found)
    return sorted(pieces, key=lambda piece: piece.start)
