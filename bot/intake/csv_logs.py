"""Request logs as tables of values: a line of names with one for the Authorization field, and rows (RFC 4180).

Commas, semicolons or tabs part the cells. A row is what its program logged, not every header that was sent.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message
from bot.intake.folding import METHODS
from bot.intake.piece import Piece, unknown

MAX_ROWS = 200
MAX_TABLES = 8
MAX_NAMES = 2_000
"""Characters of a line of names."""
_WORD = "uthorization"
_COLUMNS = {
    "method": "method httpmethod requestmethod verb csmethod",
    "url": "url uri requesturl requesturi requestpath fullurl httpurl path endpoint target request csuristem",
    "host": "host hostname requesthost domain cshost",
    "status": "status statuscode responsestatus responsecode httpstatus scstatus code",
    "body": "body response responsebody message error errormessage",
}
_HINTS = ("url", "uri", "path", "request", "endpoint", "target", "method", "verb", "status", "code")
"""Of these words one stands in every line of names."""
_NOTHING = frozenset({"", "-", "null", "none", "nil", "(null)", "nan", "n/a", "\\n"})
"""What logs write, in lower case, where a request has no such field."""
_THERE = frozenset({"yes", "true", "present", "set", "1"})
"""What logs write where it has one that they do not show."""
_METHODS = frozenset(METHODS.split("|"))


class _Table(NamedTuple):
    """A line of names: the place behind it, the mark between cells, how many, and which hold what."""

    start: int
    end: int
    mark: str
    width: int
    columns: dict[str, int]


def has_marks(text: str) -> bool:
    """Whether a line of names stands in the text."""
    return next(_tables(text), None) is not None


def read(text: str) -> list[Piece]:
    """Every row as a request, with its answer where a status is logged."""
    pieces: list[Piece] = []
    for table in _tables(text):
        start = table.start
        for cells, end in _rows(text, table):
            found = _exchange(cells, table.columns)
            if found is None:
                break
            pieces.append(Piece(start, end, found))
            start = end
    return pieces


def _tables(text: str) -> Iterator[_Table]:
    at, behind = text.find(_WORD), 0
    for _ in range(4 * MAX_TABLES):
        if at < 0:
            return
        begin = text.rfind("\n", max(0, at - MAX_NAMES), at) + 1
        end = text.find("\n", at, at + MAX_NAMES)
        if end < 0:
            return  # no row follows
        table = _table(text, begin, end) if begin >= behind else None
        if table is not None:
            behind = table.end
            yield table
        at = text.find(_WORD, end)


def _table(text: str, begin: int, end: int) -> _Table | None:
    line = text[begin:end].rstrip("\r")
    mark = max(",;\t", key=line.count)
    lowered = line.lower()
    if mark not in line or "://" in line or "{" in line or not any(word in lowered for word in _HINTS):
        return None
    import csv  # most lines with the field's name are no table's

    cells = next(csv.reader([line], delimiter=mark), [])
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = re.sub(r"[^a-z]", "", cell.lower())
        name = next((name for name, keys in _COLUMNS.items() if key in keys.split()), "")
        if len(key) <= 40 and key.removesuffix("header").endswith("authorization") and not key.startswith("proxy"):
            name = "authorization"
        if name:
            columns.setdefault(name, place)
    is_log = "authorization" in columns and not columns.keys().isdisjoint({"url", "status", "method"})
    return _Table(begin, end + 1, mark, len(cells), columns) if is_log else None


def _rows(text: str, table: _Table) -> Iterator[tuple[list[str], int]]:
    """The rows below a line of names, each with the place behind it, up to the first line that is none."""
    import csv

    end = table.end

    def lines() -> Iterator[str]:
        nonlocal end
        while end < len(text):
            begin, end = end, text.find("\n", end) + 1 or len(text)
            yield text[begin:end]

    try:
        for cells in islice(csv.reader(lines(), delimiter=table.mark), MAX_ROWS):
            if len(cells) != table.width:
                return
            yield [cell.strip() for cell in cells], end
    except csv.Error:
        return


def _exchange(cells: list[str], columns: dict[str, int]) -> Exchange | None:
    """The request of a row with its answer; None where nothing in the row shows that it is one."""

    def cell(name: str) -> str:
        return cells[columns[name]] if name in columns else ""

    method, url, status = cell("method").upper(), cell("url"), cell("status")
    if url.partition(" ")[0] in _METHODS:  # a request line
        method, url = [*url.split(" ", 2), ""][:2]
    if url.startswith("/") and "." in (host := cell("host")):
        url = f"https://{host}{url}"
    is_address = url.startswith("/") or "://" in url[:12]
    is_status = len(status) == 3 and status.isascii() and status.isdigit() and status[0] in "12345"
    if not (is_address or (is_status and method in _METHODS)):
        return None
    value, body = cell("authorization"), cell("body")
    headers: tuple[Header, ...] = ()
    if value.lower() not in _NOTHING:
        headers = (Header("Authorization", unknown("authorization") if value.lower() in _THERE else value),)
    request = HTTPRequest(
        method if method in _METHODS else None, url if is_address else None, headers, "", Source.EXPORT, whole=False
    )
    answer = HTTPResponse(int(status), (), body, Source.EXPORT, body_message(body) or body[:200]) if is_status else None
    return Exchange(request, answer)
