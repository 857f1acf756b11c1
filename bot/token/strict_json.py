"""JSON as a token may hold it (RFC 8725 section 2.4, RFC 7159).

No duplicate names, no NaN or Infinity, bounded depth.
"""

import json
from functools import cache

MAX_DEPTH = 16
"""Levels of nesting in a JOSE header or a claims set."""
_BLANKS = " \t\r\n"
"""What may stand around a JSON value (RFC 8259 section 2)."""


class _NotStrictError(Exception):
    """A text that is JSON, and not of the strict kind."""


def strict_json(text: str) -> object:
    """Parse JSON without duplicate names, NaN or Infinity, at most :data:`MAX_DEPTH` deep; None where that fails."""
    if _too_deep(text):
        return None
    text = text.strip(_BLANKS)
    try:
        value, end = _decoder().raw_decode(text)
    except (ValueError, _NotStrictError, RecursionError):
        return None
    return value if end == len(text) else None


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)


def _too_deep(text: str) -> bool:
    """Whether brackets could nest beyond the limit: an upper bound that needs no parser for the usual text."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    in_string = False
    skip = False
    for letter in text:
        if skip:
            skip = False
        elif in_string:
            skip = letter == "\\"
            in_string = letter != '"'
        elif letter == '"':
            in_string = True
        elif letter in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif letter in "}]":
            depth -= 1
    return False


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _NotStrictError
    return members


def _refuse(_constant: str) -> object:
    raise _NotStrictError


def _finite(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise _NotStrictError
    return number
