"""What readers hand over: values with the place where they stood, so that request and answer can be paired by order."""

from typing import NamedTuple

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source, TokenRequest

UNKNOWN_OPEN, UNKNOWN_CLOSE = "\ue000", "\ue001"
"""Private-use characters around the name of a variable whose value the paste does not show."""


class LooseHeader(NamedTuple):
    """A header line outside of any request."""

    header: Header
    source: Source

    def __repr__(self) -> str:
        """Name the field alone."""
        return f"LooseHeader({self.header!r})"


class Claims(NamedTuple):
    """Decoded claims, pasted instead of a token, or a decoded JOSE header beside them."""

    members: dict[str, object]
    is_header: bool = False

    def __repr__(self) -> str:
        """Count the claims."""
        return f"Claims({len(self.members)})"


class JSONSerialization(NamedTuple):
    """A JWS in its JSON serialization (RFC 7515 section 7.2), which no Bearer header carries."""

    text: str

    def __repr__(self) -> str:
        """Show that there is one."""
        return "JSONSerialization(...)"


class LooseURL(NamedTuple):
    """A URL in prose. ``code`` is the authorization code where it is a request to a redirect URI."""

    url: str
    code: str = ""

    def __repr__(self) -> str:
        """Show that there is one: it can hold a token."""
        return "LooseURL(...)"


Value = HTTPRequest | HTTPResponse | TokenRequest | Exchange | LooseHeader | Claims | LooseURL | JSONSerialization


class Piece(NamedTuple):
    """One thing that was read, and its place: ``start`` and ``end`` in characters of the undone text."""

    start: int
    end: int
    value: Value


def blanked(text: str, pieces: list[Piece]) -> str:
    """The text with the places of ``pieces`` blanked, line breaks kept: later readers do not read them again."""
    if not pieces:
        return text
    start, end = pieces[0].start, pieces[0].end
    if len(pieces) == 1 and not text[:start].strip() and not text[end:].strip():
        return " " * len(text)  # nothing is left to be read on any line
    parts: list[str] = []
    position = 0
    for piece in sorted(pieces, key=lambda item: item.start):
        if piece.end <= position:
            continue
        start = max(piece.start, position)
        parts += (text[position:start], _blanks(text[start : piece.end]))
        position = piece.end
    parts.append(text[position:])
    return "".join(parts)


def _blanks(text: str) -> str:
    """As many blanks as the text has characters, its line breaks kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def unknown(name: str) -> str:
    """The stand-in for a variable's value that the paste does not show."""
    return f"{UNKNOWN_OPEN}{name[:60]}{UNKNOWN_CLOSE}"


def is_unknown(text: str) -> bool:
    """Whether a text holds a value that the paste does not show."""
    return UNKNOWN_OPEN in text
