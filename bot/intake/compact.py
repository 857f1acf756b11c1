"""Compact forms of tokens (RFC 7515 section 7.1) in a text: where one begins and where it ends, as people paste it.

A token may be wrapped over lines or hold a blank; what follows is joined only where the token so far is not whole and
the next piece cannot be an ordinary word.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.intake.damage import DASHES, EMPHASIS, EXOTIC_BLANKS, INVISIBLE
from bot.intake.gaps import redactions

MAX_PIECES = 60
"""How many lines or blanks may stand in one token."""

_LETTERS = r"A-Za-z0-9_\-.+/=%~*\\"
_ODD = INVISIBLE + EXOTIC_BLANKS + DASHES + "\u2026\u2022\u2588"
_CUT_HEADS = r"(?<![A-Za-z0-9_\-.+/=%])(?:yJhbGciOi|JhbGciOi|hbGciOi|eyjhbgcioi|EYJHBGCIOI)"
_SOURCES = {
    "first": r"(?:eyJ|ZXlK)[{letters}]*",
    "first-or-cut": rf"(?:eyJ|ZXlK|{_CUT_HEADS})[{{letters}}]*",
    "next": r"(?P<gap>[ \t]*+\r?\n[ \t]*+(?:>[ ]?)*+[ \t]*+|[ \t]{1,4})(?P<run>[{letters}]+)",
    "signature": r"\.[A-Za-z0-9_\-]{342}",
    "part": r"[A-Za-z0-9_\-]+",
}


@cache
def _pattern(name: str, *, ascii_only: bool = True) -> re.Pattern[str]:
    # Plain text has patterns of its own: sets with characters beyond Latin-1 take long to compile.
    return re.compile(_SOURCES[name].replace("{letters}", _LETTERS if ascii_only else _LETTERS + re.escape(_ODD)))


def compact_forms(text: str) -> Iterator[tuple[int, int]]:
    """The places of compact forms in order, with the quotes or brackets that enclose one alone."""
    has_cut_heads = text.count("hbGciOi") > text.count("eyJhbGciOi") or "eyjhbgcioi" in text or "EYJHBGCIOI" in text
    if not has_cut_heads and "eyJ" not in text and "ZXlK" not in text:
        return
    pattern = _pattern("first-or-cut" if has_cut_heads else "first", ascii_only=text.isascii())
    position = 0
    while match := pattern.search(text, position):
        end = _extended(text, match.start(), match.end())
        yield _with_wrapping(text, match.start(), end)
        position = max(end, match.end())


def _extended(text: str, start: int, end: int) -> int:
    """The end of a token that goes on behind a line break or a blank."""
    step = _pattern("next", ascii_only=text.isascii())
    for _ in range(MAX_PIECES):
        value = text[start:end]
        mask = redactions().match(text, end)
        if mask is not None:
            end = mask.end()
            continue
        if value.count(".") > 4 or _is_whole(value):
            return end
        match = step.match(text, end)
        if match is None or not _continues(text, value, match):
            return end
        end = match.end()
    return end


def _is_whole(value: str) -> bool:
    """Whether a value holds three parts in a row of which the third is as long as an RS256 signature."""
    for match in _pattern("signature").finditer(value):
        first, _, second = value[: match.start()].rpartition(".")
        if len(first) >= 10 and _pattern("part").fullmatch(second) and _pattern("part").fullmatch(first[-10:]):
            return True
    return False


def _continues(text: str, value: str, match: re.Match[str]) -> bool:
    run, gap = match["run"], match["gap"]
    following = text[match.end() : match.end() + 1]
    if run.startswith(("eyJ", "--", "-H", "-d", "-X", "http", "/")) and not (
        run.startswith("eyJ") and value.endswith(".")
    ):
        return False
    if following in {":", "(", "@"} or (run.rstrip(".").isalpha() and len(run) < 24 and not value.endswith("-")):
        return False
    if value.endswith((",", ";", '"')) or following == "=":
        return False
    if "\n" not in gap:
        return len(run) >= 16 and is_random(run.replace(".", ""))
    line_ends = following in {"", "\n", "\r", '"', "'", "`", " ", ",", "\\", "}", "<"}
    return line_ends and (
        is_random(run.replace(".", "")) if len(run) >= 12 else value.count(".") == 2 or "." in run.strip(".")
    )


def _with_wrapping(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the place to quotes or brackets that enclose the value alone, so that they count as damage, not as text."""
    while (
        start
        and end < len(text)
        and text[start - 1] + text[end] in {"<>", "[]", "()", "**", "\u201c\u201d", "\u2018\u2019"}
    ):
        start, end = start - 1, end + 1
        if end - start > 100_000:
            break
    if text[max(0, start - 2) : start] in {"b'", 'b"'} and text[end : end + 1] == text[start - 1]:
        return start - 2, end + 1
    return start - _emphasis(text, start, end), end


def _emphasis(text: str, start: int, end: int) -> int:
    """How many marks of emphasis before a value stand at its end as well, where its letters have swallowed them."""
    for width in (3, 2, 1):
        before = text[max(0, start - width) : start]
        if len(before) == width and set(before) <= set(EMPHASIS) and text[end - width : end] == before[::-1]:
            return 0 if text[max(0, start - width - 1) : start - width].isalnum() else width
    return 0


def is_random(value: str) -> bool:
    """Whether a value looks drawn at random: letters and digits mixed, no UUID, no plain number, no word, no path."""
    if (
        len(value) < 12
        or not any(letter.isdigit() for letter in value)
        or not any(letter.isalpha() for letter in value)
    ):
        return False
    if len(value) == 36 and value[8] + value[13] + value[18] + value[23] == "----":
        return False
    words = value.replace("-", "_").split("_")
    return not (len(words) > 2 and all(word.isalpha() or word.isdigit() for word in words))
