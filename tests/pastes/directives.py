"""The words of a directive: ``key``, ``key=value``, and JSON where a value begins like it."""

import json

from tests.pastes.alterations import ALTERATIONS

BARE = object()
"""The value of a word without one; None is JSON's null."""


def words_of(directive: str) -> list[tuple[str, object]]:
    """The words of a directive as (key, value); the value is BARE for a bare word."""
    words: list[tuple[str, object]] = []
    decoder = json.JSONDecoder()
    at = 0
    while at < len(directive):
        if directive[at].isspace():
            at += 1
            continue
        end = at
        while end < len(directive) and directive[end] != "=" and not directive[end].isspace():
            end += 1
        key = directive[at:end]
        if end == len(directive) or directive[end] != "=":
            words.append((key, BARE))
            at = end
        elif directive[end + 1 : end + 2] in {"[", "{", '"'}:
            value, at = decoder.raw_decode(directive, end + 1)
            words.append((key, value))
        else:
            at = end + 1
            while at < len(directive) and not directive[at].isspace():
                at += 1
            words.append((key, _value(key, directive[end + 1 : at])))
    if not words:
        raise ValueError("an empty directive")
    return words


def _value(key: str, text: str) -> object:
    if key in ALTERATIONS:
        return text
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value
