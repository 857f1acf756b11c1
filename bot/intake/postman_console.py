"""A call as Postman's console lists it: method and URL, then sections of header fields and bodies.

Each field stands with its value in quotes, which are the console's own. What it lists was sent, so that the request is
whole where the fields are there that every client sends.
"""

import re
from functools import cache

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message, http_date
from bot.intake.folding import METHODS
from bot.intake.piece import Piece

MAX_LINES = 5_000
MAX_FIELDS = 200
MAX_HEAD = 12
"""How many lines may stand between the URL and the first section."""
_ARROWS = " \t\r\u25b6\u25b7\u25b8\u25ba\u25bc\u25bd\u25be"
_SECTIONS = frozenset(("request headers", "request body", "response headers", "response body", "network"))
_ALWAYS_SENT = frozenset(("host", "user-agent"))


@cache
def _first() -> re.Pattern[str]:
    return re.compile(rf"(?:{METHODS})[ \t]+https?://\S{{1,4096}}(?:[ \t]+[1-5]\d\d\b.{{0,60}})?")


@cache
def _field() -> re.Pattern[str]:
    return re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]{0,63}):[ \t]*(?P<value>.*)")


def has_marks(text: str) -> bool:
    """Whether there is a section of header fields that were sent."""
    return "Request Headers" in text or "Request headers" in text


def read(text: str) -> list[Piece]:
    """Every such list as one exchange, in order."""
    pieces: list[Piece] = []
    current: _List | None = None
    position = 0
    for line in text.split("\n")[:MAX_LINES]:
        bare = line.strip(_ARROWS)
        if _first().fullmatch(bare):
            _close(current, pieces)
            current = _List(position, bare)
        elif current is not None and not current.take(bare, position + len(line)):
            _close(current, pieces)
            current = None
        position += len(line) + 1
    _close(current, pieces)
    return pieces


def _close(current: "_List | None", pieces: list[Piece]) -> None:
    if current is not None and current.sent:
        pieces.append(Piece(current.start, current.end, current.value()))


class _List:
    """One list while it is being read."""

    def __init__(self, start: int, first: str) -> None:
        self.start, self.end = start, start + len(first)
        self.method, self.url, *rest = first.split(None, 2)
        self.status = int(rest[0][:3]) if rest else None
        self.sent: list[Header] = []
        self._answered: list[Header] = []
        self._body: list[str] = []
        self._section = ""
        self._head = 0
        self._is_behind_blank = False

    def take(self, bare: str, end: int) -> bool:
        """Take one line; False where it belongs to the list no more."""
        title = bare.removesuffix(":").strip().lower()
        if title in _SECTIONS:
            self._section = title
        elif not bare:
            self._is_behind_blank = True
            return True
        elif not self._section or self._section == "network":
            self._head += 1
            if self.status is None and re.fullmatch(r"[1-5]\d\d(?:[ ]\D{0,40})?", bare):
                self.status = int(bare[:3])
            if self._head > MAX_HEAD:
                return False
        elif self._is_behind_blank or not self._add(bare):
            return False
        self._is_behind_blank = False
        self.end = end
        return True

    def _add(self, bare: str) -> bool:
        if self._section.endswith("body"):
            if self._section == "response body" and len(self._body) < MAX_FIELDS:
                self._body.append(bare)
            return True
        field = _field().fullmatch(bare)
        fields = self.sent if self._section == "request headers" else self._answered
        if field is None or len(fields) == MAX_FIELDS:
            return False
        fields.append(Header(field["name"], _unquoted(field["value"].strip())))
        return True

    def value(self) -> Exchange:
        """What was read."""
        names = {header.key for header in self.sent}
        request = HTTPRequest(
            self.method, self.url, tuple(self.sent), "", Source.TRACE, whole=not _ALWAYS_SENT.isdisjoint(names)
        )
        if self.status is None and not self._answered and not self._body:
            return Exchange(request, None)
        body = "\n".join(self._body)
        date = next((header.value for header in self._answered if header.key == "date"), "")
        answered = tuple(self._answered)
        return Exchange(
            request, HTTPResponse(self.status, answered, body, Source.TRACE, body_message(body), http_date(date))
        )


def _unquoted(value: str) -> str:
    """A value without the console's quotes, whose own are escaped in them."""
    if len(value) >= 2 and value[0] == '"' == value[-1]:
        return value[1:-1].replace('\\"', '"')
    return value
