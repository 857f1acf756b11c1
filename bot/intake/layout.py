"""What mail programs and web pages did to the lines of a paste: an empty line after each, tags, fences around them."""

import re
from functools import cache

MIN_LINES = 5
"""From so many lines on, an empty line after each one is taken for a program's doing."""
_TAGS = ("<pre", "<code", "<p>", "<div")


def plain(text: str) -> str:
    """The text without them."""
    if "<" in text and any(tag in text for tag in _TAGS):
        text = _closing().sub("", _opening().sub("", text))
    if "~~~" in text:
        text = _fence().sub("", text)
    return _single_spaced(text)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*+(?:<(?:pre|code|p|div)(?:[ ][^<>\n]{0,200})?>)+", re.MULTILINE)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(r"(?:</(?:pre|code|p|div)>)+(?=[ \t]*$)", re.MULTILINE)


@cache
def _fence() -> re.Pattern[str]:
    return re.compile(r"^~~~+[ \t]*\w{0,20}[ \t]*$", re.MULTILINE)


def _single_spaced(text: str) -> str:
    """The text without the empty lines that stand after every line; where only some have one, they mean something."""
    if text.count("\n") < 2 * (MIN_LINES - 1):
        return text
    doubled = text.count("\n\n")
    if doubled < MIN_LINES - 1 or 2 * doubled < text.count("\n") - 1:
        return text
    lines = text.strip("\n").split("\n")
    if len(lines) < 2 * MIN_LINES - 1 or any(line.strip() for line in lines[1::2]):
        return text
    return "\n".join(lines[::2])
