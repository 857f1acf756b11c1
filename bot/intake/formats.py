"""Literals that a function fills in: ``format!("Bearer {}", token)``, ``Sprintf("Bearer %s", token)``, a log's text."""

import re
from functools import cache

from bot.intake.piece import unknown

_REACH = 80


@cache
def _function() -> re.Pattern[str]:
    return re.compile(r"(?i)(?:format|print(?:ln)?)(?:!|f|ln)?\((?:[\w ,()]{1,60},)?\s*$|\bprintf$")


@cache
def _place() -> re.Pattern[str]:
    """What is filled in: ``{}``, ``{0}``, ``{token}``, ``%s``, ``%1$s``."""
    return re.compile(r"(?<!\$)\{[^{}\n]{0,60}\}|%(?:\d\$)?[-+#0]?\d{0,3}[svdqt@](?![A-Za-z])")


@cache
def _numbered() -> re.Pattern[str]:
    """What is filled in by its place among the arguments."""
    return re.compile(r"(?<!\$)\{\d?(?::[^{}\n]{0,20})?\}|%(?:\d\$)?[-+#0]?\d{0,3}[svdqt@](?![A-Za-z])")


@cache
def _shells() -> re.Pattern[str]:
    """What stands before a literal of a shell: an assignment without blanks, ``echo``, an option of curl's."""
    return re.compile(r"(?:^|[\n\t ;(])(?:[A-Za-z_]\w{0,60}\+?=|echo[ \t]+(?:-\w{1,3}[ \t]+)?|-H[ \t]*|--header[= ])$")


@cache
def _variable() -> re.Pattern[str]:
    return re.compile(r"\$(?:\{[A-Za-z_]\w{0,60}\}|[A-Za-z_]\w{0,60})")


def filled(text: str, opening: int, inner: str, after: str) -> str:
    """The literal that opens at a place, with what its function fills in as unknown; as written where none does.

    ``inner`` is what stands in the literal, ``after`` the rest of its line. A function that is no formatter by name
    fills it in where the literal is its first argument and others follow.
    """
    if "$" in inner and text[opening] == '"' and _shells().search(text[max(0, opening - _REACH) : opening]):
        return _variable().sub(lambda name: unknown(name[0].strip("${}")), inner)
    if "{" not in inner and "%" not in inner:
        return inner
    before = text[max(0, opening - _REACH) : opening].rstrip("rR@ \t\n").removesuffix("&")
    is_first = before.endswith("(") and after.lstrip().startswith(",")
    places = _place() if _function().search(before) else _numbered() if is_first else None
    return inner if places is None else places.sub(lambda place: unknown(place[0].strip("{}")), inner)


def is_expression(value: str) -> bool:
    """Whether a function, a list or a sign joins scheme and token: ``@concat('Bearer ', ...)``, ``Bearer + token``."""
    return "earer" in value[:60] and "eyJ" not in value and _joining().match(value) is not None


@cache
def _joining() -> re.Pattern[str]:
    return re.compile(r"(?:@?[A-Za-z_][\w.]{0,40}\(|\[)[ \t]*['\"]Bearer[ ]?['\"]|(?i:bearer)[ \t]+\+[ \t]")


@cache
def _template() -> re.Pattern[str]:
    return re.compile(r"[$#]?(?<!\{)\{(?!\{)([^{}\n]{0,60})\}(?!\})|\$([A-Za-z_]\w{0,60})|%[sd]")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(r"\\\(|[\"'`][ \t]*(?:\+|&|\.|,|<>|\|\||%)")


def in_literal(url: str, after: str) -> str:
    """A URL that begins a literal of code: what the code fills in, or joins to it, is unknown.

    ``after`` is the text behind it. Double braces are a tool's, and stay.
    """
    filled_in = _template().sub(lambda part: unknown(part[1] or part[2] or ""), url)
    url = filled_in if filled_in != url else url.rstrip(".,;:!?)]}*_")
    return url + unknown("path") if url.endswith("/") and _goes_on().match(after) else url
