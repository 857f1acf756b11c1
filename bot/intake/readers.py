"""The readers in order: each takes the pieces of a text that it knows, and is imported when its marks are seen."""

from functools import cache
from importlib import import_module
from typing import Protocol, cast

from bot.evidence import Evidence, HTTPRequest
from bot.intake.chat import undo
from bot.intake.folding import unfolded
from bot.intake.gather import evidence
from bot.intake.layout import plain
from bot.intake.piece import Piece, blanked
from bot.settings import Settings

READERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("curl", ("curl", "Curl", "CURL")),
    ("wget", ("wget", "Wget")),
    ("powershell", ("nvoke-", "NVOKE-", "irm ", "iwr ", "-Headers", "-Uri")),
    ("httpie", ("http ", "https ", "xh ", "xhs ")),
    ("postman_console", ("Request Headers", "Request headers")),
    (
        "csv_logs",
        (
            "uthorization,",
            "uthorization;",
            "uthorization\t",
            'uthorization",',
            'uthorization";',
            "uthorization\n",
            'uthorization"\n',
            "uthorization)",
            "uthorization_",
        ),
    ),
    ("exports", ("{", "collection.insomnia.rest")),
    (
        "code",
        (
            "(",
            "<cfhttp",
            'uthorization"',
            "uthorization'",
            "uthorization =",
            "uthorization: '",
            'uthorization: "',
            "uthorization: `",
            "Bearer '",
            'Bearer "',
            '"Bearer ',
            "'Bearer ",
            "`Bearer ",
            "RestClient",
            "HTTParty",
        ),
    ),
    ("oauth_settings", ("lient ID", "lient id", "lient Id", "LIENT ID")),
    ("browser", ("equest URL", "equest url", "equest Url", ":authority")),
    (
        "http",
        (
            "HTTP/",
            "equest URL",
            "GET ",
            "POST ",
            "PUT ",
            "PATCH ",
            "DELETE ",
            "OPTIONS ",
            "HEAD ",
            "CONNECT ",
            "TRACE ",
        ),
    ),
    ("documents", ("{", "grant_type=", "error=")),
    ("settings_files", ("lient_id", "lient-id", "lientId", "LIENT_ID")),
    ("printed_claims", ("iss",)),
)
"""The readers in order, each with words of which one must stand in a text before the reader is imported."""


class Reader(Protocol):
    """What a reader's module offers."""

    def has_marks(self, text: str) -> bool:
        """Whether the text may hold what the module reads."""
        ...

    def read(self, text: str) -> list[Piece]:
        """The pieces in the text, in order."""
        ...


def read_any(text: str, settings: Settings) -> Evidence:
    """The evidence in a text by way of every reader, whatever the text is."""
    undone = undo(text)
    rest = unfolded(plain(undone.text))
    if "uthorization\\" in rest:
        from bot.intake.nested_json import opened

        rest = opened(rest)
    pieces: list[Piece] = []
    for name, words in READERS:
        if rest.isspace():
            break
        if _holds_one(rest, words) and (reader := _reader(name)).has_marks(rest):
            found = reader.read(rest)
            pieces += found
            rest = blanked(rest, found)
    if not rest.isspace():
        found, rest = _read_lines(rest)
        pieces += found
    if not _shows_request(pieces):
        from bot.intake import unresolved

        pieces += unresolved.read(rest)
    pieces.sort(key=lambda piece: piece.start)
    return evidence(pieces, rest, undone, settings)


def _holds_one(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - a generator takes four times as long, and this is asked for every paste
        if word in text:
            return True
    return False


def _shows_request(pieces: list[Piece]) -> bool:
    for piece in pieces:
        if isinstance(piece.value, HTTPRequest) or getattr(piece.value, "request", None) is not None:
            return True
    return False


@cache
def _reader(name: str) -> Reader:
    return cast("Reader", import_module(f"bot.intake.{name}"))


def _read_lines(text: str) -> tuple[list[Piece], str]:
    """What single lines say, and the text without them; URLs stay in it, since they can hold credentials."""
    from bot.intake import headers, lines

    pieces: list[Piece] = []
    for read in (headers.read_headers, lines.read_statuses, lines.read_challenges):
        found = read(text)
        pieces += found
        text = blanked(text, found)
    return pieces + lines.read_urls(text), text
