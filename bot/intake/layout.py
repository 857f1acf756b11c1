"""What programs did to the lines of a paste: an empty line after each, tags, fences, numbers, the marks of a change."""

import re
from functools import cache
from itertools import pairwise

MIN_NUMBERS = 3
"""From so many lines on, numbers that count up are an editor's."""
MIN_LINES = 5
"""From so many lines on, an empty line after each one is taken for a program's doing."""
MAIL_WIDTH = 76
"""Characters of the longest line in quoted-printable, its soft break included."""
_TAGS = ("<pre", "<code", "<p>", "<div")


def plain(text: str) -> str:
    """The text without them."""
    if "<" in text and any(tag in text for tag in _TAGS):
        text = _closing().sub("", _opening().sub("", text))
    if "=\n" in text and _is_of_mail(text):
        from quopri import decodestring

        text = decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    if "~~~" in text:
        text = _fence().sub("", text)
    if "@@ -" in text or "diff --git " in text:
        text = _new_side(text)
    elif text[:12].lstrip()[:1].isdigit() and "\n" in text:
        text = _unnumbered(text)
    if "{{" in text:
        text = _filled(text)
    return _single_spaced(text)


def _filled(text: str) -> str:
    """The text of a file whose program fills in what stands in double braces."""
    if "uri:" in text:
        from bot.intake import playbooks

        text = playbooks.filled(text)
    if "\n@" in text or text.startswith("@"):
        from bot.intake import http_files

        text = http_files.filled(text)
    return text


def _is_of_mail(text: str) -> bool:
    """Whether a mail's source is in quoted-printable (RFC 2045 section 6.7): it says so, or its soft breaks show it."""
    if "quoted-printable" in text.lower():
        return True
    return sum(MAIL_WIDTH - 3 <= len(line) <= MAIL_WIDTH and line.endswith("=") for line in text.split("\n")) > 1


def _new_side(text: str) -> str:
    """What a change in a version history makes of a file: without the lines that it takes out."""
    lines = (line for line in text.split("\n") if not line.startswith("-"))
    return "\n".join(line[1:] if line.startswith("+") and not line.startswith("+++") else line for line in lines)


def _unnumbered(text: str) -> str:
    """Lines without the numbers that an editor or ``cat -n`` puts before them, each one more than the last."""
    lines = text.split("\n")
    matches = [_number().match(line) for line in lines]
    numbers = [int(match[1]) for match in matches if match]
    blank = sum(not line.strip() for line in lines)
    if len(numbers) < MIN_NUMBERS or len(numbers) + blank < len(lines):
        return text
    if any(second != first + 1 for first, second in pairwise(numbers)):
        return text
    return "\n".join(line[match.end() :] if match else line for line, match in zip(lines, matches, strict=True))


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"[ \t]{0,8}(\d{1,5})(?:[ ]{0,2}[|:\u2502](?:[ ]|$)|\t)")


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
