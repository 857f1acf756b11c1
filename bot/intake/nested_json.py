r"""Requests that a log holds as JSON inside a string of JSON: ``"context": "{\"headers\": {\"Authorization\": ...}}"``.

Bodies, which are such strings too and are known as strings by their readers, hold no field of that name.
"""

from json import JSONDecodeError, JSONDecoder

MARK = "uthorization\\"
"""Stands in every text with a request's fields in such a string: a backslash for each level precedes the quote."""
MAX_LEVELS = 4
MAX_STRINGS = 500


def opened(text: str) -> str:
    """The text with the objects of such strings in their place, level by level."""
    for _ in range(MAX_LEVELS):
        if MARK not in text:
            break
        inner = _opened_once(text)
        if inner == text:
            return text if "curl" in text else text.replace('\\"', '"')  # the outer string's quotes were not copied
        text = inner
    return text


def _opened_once(text: str) -> str:
    parts: list[str] = []
    position = 0
    at = text.find(MARK)
    for _ in range(MAX_STRINGS):
        if at < 0:
            break
        start = _opening(text, position, at)
        value, end = _string(text, start) if start >= 0 and _is_member(text, start) else ("", 0)
        if end > at:
            parts += (text[position:start], value)
            position = end
        at = text.find(MARK, max(end, at + 1))
    return "".join((*parts, text[position:]))


def _opening(text: str, position: int, at: int) -> int:
    """The place of the last quote before ``at`` that opens a string with an object and stands in no string itself."""
    start = text.rfind('"{', position, at)
    for _ in range(MAX_LEVELS):
        if start <= position or text[start - 1] != "\\":
            return start
        start = text.rfind('"{', position, start)
    return -1


def _is_member(text: str, start: int) -> bool:
    """Whether a string is the value of a member or begins the text: nothing else of JSON, and no argument of code."""
    before = text[max(0, start - 8) : start].rstrip()
    return not before or before.endswith('":')


def _string(text: str, start: int) -> tuple[str, int]:
    """A string's value and the place behind it; an empty one where it does not end, or holds no object."""
    try:
        value, end = JSONDecoder(strict=False).raw_decode(text, start)
    except JSONDecodeError:
        return "", 0
    return (value, end) if isinstance(value, str) and value.rstrip().endswith("}") else ("", 0)
