"""Insomnia's exports of format 5: the part of YAML that they use, read by indentation, then read as an export."""

import re
from functools import cache

from bot.intake.exports import insomnia
from bot.intake.exports.documents import MAX_DEPTH
from bot.intake.piece import Piece

MAX_LINES = 20_000
_BLOCKS = frozenset({"|", "|-", "|+", ">", ">-", ">+"})


@cache
def _member() -> re.Pattern[str]:
    return re.compile(r"(?P<key>[\w.$-]{1,80}|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'):(?:[ ]+(?P<value>\S.*)|[ ]*)$")


def read(text: str) -> list[Piece]:
    """The requests of an export of format 5; empty where the text holds none."""
    start = text.find("type: collection.insomnia.rest/")
    if start < 0:
        return []
    value = document(text[start:])
    defined = insomnia.variables(value)
    return [
        Piece(min(start + place, len(text) - 1), len(text), request)
        for place, request in enumerate(insomnia.requests(value, defined))
    ]


def document(text: str) -> object:
    """A YAML document as maps, lists and texts: what stands on lines that are not understood is left out."""
    lines = [line for line in text.split("\n")[:MAX_LINES] if line.strip() and not line.lstrip().startswith("#")]
    return _Lines([(len(line) - len(line.lstrip(" ")), line.strip()) for line in lines]).node(0)


class _Lines:
    """The lines of a document with their indentation; reading goes forward only."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self._lines = lines
        self._at = 0

    def node(self, depth: int) -> object:
        """The map, list or scalar that begins at the present line."""
        if self._at >= len(self._lines) or depth > MAX_DEPTH:
            return None
        indent, text = self._lines[self._at]
        if text == "-" or text.startswith("- "):
            return self._list(indent, depth)
        if _member().match(text):
            return self._map(indent, depth)
        self._at += 1
        return scalar(text)

    def _list(self, indent: int, depth: int) -> list[object]:
        items: list[object] = []
        while self._at < len(self._lines):
            place, text = self._lines[self._at]
            if place != indent or not (text == "-" or text.startswith("- ")):
                break
            rest = text[1:].lstrip(" ")
            if rest:
                self._lines[self._at] = (indent + len(text) - len(rest), rest)
            else:
                self._at += 1
            before = self._at
            items.append(self.node(depth + 1))
            self._at += self._at == before
        return items

    def _map(self, indent: int, depth: int) -> dict[str, object]:
        members: dict[str, object] = {}
        while self._at < len(self._lines):
            place, text = self._lines[self._at]
            match = _member().match(text)
            if place < indent or match is None or (place == indent and text.startswith("- ")):
                break
            self._at += 1
            value = (match["value"] or "").strip()
            members[match["key"].strip("\"'")] = self._value(value, indent, depth)
        return members

    def _value(self, value: str, indent: int, depth: int) -> object:
        if value in _BLOCKS:
            return self._block(indent)
        if value:
            return scalar(value)
        if self._at < len(self._lines):
            place, text = self._lines[self._at]
            if place > indent or (place == indent and (text == "-" or text.startswith("- "))):
                return self.node(depth + 1)
        return None

    def _block(self, indent: int) -> str:
        """A block scalar: the lines that are indented further."""
        taken: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at][0] > indent:
            taken.append(self._lines[self._at][1])
            self._at += 1
        return "\n".join(taken)


def scalar(text: str) -> object:
    """A scalar without its quotes."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        inner = text[1:-1]
        return inner.replace("''", "'") if text[0] == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")
    if text in {"true", "false"}:
        return text == "true"
    return {"{}": {}, "[]": []}.get(text, text)
