"""Files of the HTTP clients of editors: a line ``@name = value`` fills in ``{{name}}`` wherever that stands.

Visual Studio, its REST Client and JetBrains' HTTP client write them so.
"""

import re
from functools import cache

from bot.intake.piece import unknown

MAX_VARIABLES = 200
MAX_ADDED = 400_000
"""Characters that values put in may add to a text; what goes beyond it stays unknown. A value has its share of it."""


def filled(text: str) -> str:
    """The text with the values of its own variables in their places; any other text as it is.

    A variable whose value another request's answer or the environment gives is unknown. The line of one that is used
    is left empty.
    """
    values: dict[str, str] = {}
    lines: dict[str, re.Match[str]] = {}
    for match in _definition().finditer(text):
        if len(values) == MAX_VARIABLES:
            break
        name = match["name"]
        values[name] = _value(match["value"].strip(), values, name)
        lines[name] = match
    return _with_values(text, values, lines) if values else text


def _value(written: str, values: dict[str, str], name: str) -> str:
    """A variable's value, made of those before it; unknown where a part of it is, or where it grows too long."""
    added = sum(len(values.get(use[1], "")) for use in _use().finditer(written))
    if added > MAX_ADDED // MAX_VARIABLES:
        return unknown(name)
    value = _use().sub(lambda use: values.get(use[1], use[0]), written)
    return unknown(name) if "{{" in value else value


def _with_values(text: str, values: dict[str, str], lines: dict[str, re.Match[str]]) -> str:
    parts: list[str] = []
    position = added = 0
    used = {use[1] for use in _use().finditer(text)}
    taken = {match.start(): match.end() for name, match in lines.items() if name in used}
    for match in _place().finditer(text):
        if match.start() < position:
            continue
        name = match[1]
        if name is None:
            if match.start() in taken:
                parts.append(text[position : match.start()])
                position = taken[match.start()]
        elif name in values:
            value = values[name]
            added += len(value)
            parts += (text[position : match.start()], value if added <= MAX_ADDED else unknown(name))
            position = match.end()
    return "".join((*parts, text[position:]))


@cache
def _definition() -> re.Pattern[str]:
    return re.compile(r"(?m)^@(?P<name>[A-Za-z_][\w.-]{0,60})[ \t]*+=(?P<value>[^\n]{0,20000})")


@cache
def _use() -> re.Pattern[str]:
    return re.compile(r"\{\{[ \t]{0,3}([A-Za-z_][\w.-]{0,60})[ \t]{0,3}\}\}")


@cache
def _place() -> re.Pattern[str]:
    """The beginning of a line that may define a variable, or a place where one is used."""
    return re.compile(rf"(?m)^(?=@[A-Za-z_])|{_use().pattern}")
