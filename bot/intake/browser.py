"""Lists that a browser's network tab shows.

``Request URL``, ``Status Code``, request headers, pseudo headers of HTTP/2.

Such a list is no whole request: people copy the part that they think matters.
"""

import re
from functools import cache

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import http_date
from bot.intake.piece import Piece

_MARKS = (
    "request url",
    "request method",
    "status code",
    ":authority",
    ":method",
    ":path",
    "remote address",
    "referrer policy",
)
_SECTIONS = frozenset(("general", "request headers", "response headers", "headers", "payload", "preview", "response"))
MAX_LINES = 5_000


@cache
def _line() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*(?P<name>:[a-z]+|[A-Za-z][A-Za-z0-9 _-]{0,60}?)[ \t]*:(?:[ \t]+|$|\n)(?P<value>[^\n]*)$")


_TITLES = frozenset(("request url", "request method", "status code", "remote address", "referrer policy"))
"""Fields of the list's head; one of them without a colon shows that each value stands below its name."""


@cache
def _name_alone() -> re.Pattern[str]:
    return re.compile(r"[ \t]*:?[A-Za-z][A-Za-z0-9_-]{0,60}:?[ \t]*\r?$")


def has_marks(text: str) -> bool:
    """Whether the text holds the words of such a list."""
    lowered = text.lower()
    return "request url" in lowered or (":authority" in lowered and ":path" in lowered)


def read(text: str) -> list[Piece]:
    """Each list as one exchange, in order."""
    pieces: list[Piece] = []
    current = _List()
    position = 0
    lines = text.split("\n")
    below = -1
    """The line that was read with the one above it."""
    for number, line in enumerate(lines[:MAX_LINES]):
        end = position + len(line)
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        match = _line().match(line.rstrip("\r"))
        written = match["name"].strip() if match else ""
        value = match["value"].strip() if match else ""
        is_pair = False
        if number == below:
            current.end = end
            written = ""
        elif not value and following and (is_pair := current.is_name_alone(line)):
            written, value, below = line.strip().removesuffix(":"), following, number + 1
        name = written.lower()
        if match and not value and (name in _MARKS or name in {"authorization", "host"}):
            value = following
        if (name == "request url" and current.url) or (name == ":authority" and current.pseudo.get(":authority")):
            current.close(pieces)
            current = _List()
        if name and current.take(name, written, value):
            current.is_paired = current.is_paired or is_pair
            current.start = position if current.start < 0 else current.start
            current.end = end
        elif current.start >= 0 and not line.strip() and not current.is_open(lines, number):
            current.close(pieces)
            current = _List()
        position = end + 1
    current.close(pieces)
    return pieces


class _List:
    """One list while it is being read."""

    def __init__(self) -> None:
        self.start, self.end = -1, -1
        self.is_paired = False
        self.url = ""
        self.method: str | None = None
        self.status: int | None = None
        self.reason = ""
        self.pseudo: dict[str, str] = {}
        self.headers: list[Header] = []

    def take(self, name: str, written: str, value: str) -> bool:
        """Take one line; False where it belongs to no list."""
        if name == "request url":
            self.url = value
        elif name == "request method":
            self.method = value[:12]
        elif name == "status code":
            digits = re.search(r"[1-5]\d\d", value)
            self.status = int(digits[0]) if digits else None
            self.reason = value[digits.end() :].strip() if digits else ""
        elif name in {":authority", ":path", ":method", ":scheme"}:
            self.pseudo[name] = value
        elif self.start >= 0 and written and " " not in written and len(self.headers) < 200:
            self.headers.append(Header(written, value))
        else:
            return self.start >= 0 and name in _MARKS
        return True

    def is_name_alone(self, line: str) -> bool:
        """Whether a line is a name whose value stands on the line below, as Chrome copies its table of headers."""
        title = line.strip().lower()
        if title in _TITLES or title in _SECTIONS:
            return title in _TITLES
        return self.is_paired and _name_alone().match(line) is not None

    def is_open(self, lines: list[str], number: int) -> bool:
        """Whether the list goes on behind an empty line."""
        following = lines[number + 1] if number + 1 < len(lines) else ""
        match = _line().match(following)
        return bool(match) or following.strip().lower() in _SECTIONS or self.is_name_alone(following)

    def close(self, pieces: list[Piece]) -> None:
        """Hand over what was read, if it is a list at all."""
        if self.start < 0 or not (self.url or self.pseudo.get(":authority")):
            return
        url = (
            self.url
            or f"{self.pseudo.get(':scheme', 'https')}://{self.pseudo[':authority']}{self.pseudo.get(':path', '/')}"
        )
        method = self.method or self.pseudo.get(":method")
        request = HTTPRequest(method, url, tuple(self.headers), "", Source.EXPORT, whole=False, tool="browser")
        response = None
        if self.status is not None:
            date = next((header.value for header in self.headers if header.key == "date"), "")
            response = HTTPResponse(self.status, tuple(self.headers), "", Source.EXPORT, self.reason, http_date(date))
        pieces.append(Piece(self.start, self.end, Exchange(request, response)))
