"""JSON amid text: whole documents, or what can be saved of one that is cut off or not quite JSON."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

MAX_TRIES = 64
MAX_WORK = 8_000_000
"""How many characters are given to the JSON parser in all, those of failed tries included."""
MAX_NODES = 50_000
MAX_DEPTH = 60


class Document(NamedTuple):
    """A JSON value and its place, in characters of the text."""

    start: int
    end: int
    value: object

    def __repr__(self) -> str:
        """Show the place alone."""
        return f"Document({self.start}, {self.end})"


@cache
def _promising() -> re.Pattern[str]:
    """Where a list or object begins that may be an export, or an entry of one."""
    return re.compile(r"[\[{](?=\s{0,200}[\"{\[])")


@cache
def _trailing_comma() -> re.Pattern[str]:
    return re.compile(r",(?=\s{0,200}[}\]])")


def documents(text: str) -> list[Document]:
    """The outermost JSON values in the text, in order. What does not parse as a whole is searched for parts that do."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Document] = []
    position, tries, work = 0, 0, 0
    while tries < MAX_TRIES and work < MAX_WORK and (match := _promising().search(text, position)):
        tries += 1
        work += len(text) - match.start()
        document = _document(decoder, text, match.start())
        if document is None:
            position = match.end()
            continue
        found.append(document)
        position = document.end
    return found


def _document(decoder: json.JSONDecoder, text: str, start: int) -> Document | None:
    for written in (text, _trailing_comma().sub(" ", text) if len(text) < 200_000 else ""):
        try:
            value, end = decoder.raw_decode(written, start)
        except (ValueError, RecursionError, IndexError):
            continue
        return Document(start, end, value)
    return None


def objects(value: object) -> Iterator[dict[str, object]]:
    """Every object in a JSON value, outer ones first, as far as the bounds on number and depth go."""
    pending: list[tuple[object, int]] = [(value, 0)]
    for _ in range(MAX_NODES):
        if not pending:
            return
        node, depth = pending.pop()
        if isinstance(node, dict):
            yield node
        if depth < MAX_DEPTH:
            pending += [(inner, depth + 1) for inner in reversed(children(node))]


def children(node: object) -> list[object]:
    """The objects and lists directly in a JSON value."""
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return [value for value in inner if isinstance(value, dict | list)]


def text_of(value: object) -> str:
    """A JSON value as text: a string as it is, a number as written; empty for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def members_of(value: object) -> dict[str, object]:
    """A JSON object; empty where the value is none."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> list[dict[str, object]]:
    """The objects of a JSON list; empty where the value is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
