"""Gaps in a credential: what people put where letters of a secret were."""

import re
from functools import cache

_MARKS = ("*", "\u2022", "\u2588", "#", "[", "<")


@cache
def redactions() -> re.Pattern[str]:
    """Stars, dots, runs of x, words in brackets."""
    return re.compile(
        r"(?i)\*{3,}|\u2022{3,}|\u2588+|#{4,}|x{5,}"
        r"|\[[^\]\n]{0,12}(?:redacted|removed|snip|hidden|masked|filtered|truncated|secret|cut)[^\]\n]{0,12}\]"
        r"|<[^>\n]{0,12}(?:redacted|removed|snip|hidden|masked|filtered|truncated|signature|cut)[^>\n]{0,12}>"
        r"|\bREDACTED\b|\[\.{2,3}\]|\[\u2026\]"
    )


def is_redacted(value: str) -> bool:
    """Whether a value shows such a gap."""
    may_be = names_redaction(value) or any(mark in value for mark in _MARKS)
    return may_be and redactions().search(value) is not None


def names_redaction(value: str) -> bool:
    """Whether letters that may stand in a token say that some were taken out of it."""
    lowered = value.lower()
    return "xxxxx" in lowered or "redacted" in lowered


def leading_part(value: str) -> str:
    """What stands before the first gap of a shortened or redacted value."""
    ends = [at for at in (value.find("\u2026"), value.find("...")) if at >= 0]
    match = redactions().search(value)
    if match:
        ends.append(match.start())
    return value[: min(ends)] if ends else value


def trailing_part(value: str) -> str:
    """What stands behind the last gap of a shortened or redacted value; empty where nothing was left out."""
    starts = [at + len(gap) for gap in ("\u2026", "...") if (at := value.rfind(gap)) >= 0]
    starts += [match.end() for match in redactions().finditer(value)]
    return value[max(starts) :].lstrip(".") if starts else ""
