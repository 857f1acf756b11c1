"""Moments and spans of time in plain words, for texts that checks write."""

import time


def moment(seconds: float) -> str:
    """A moment in UTC, such as ``2026-03-10 12:00 UTC``; any number is taken."""
    try:
        return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return "a moment out of range"


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit, such as ``5 h`` or ``3 days``."""
    seconds = abs(seconds)
    if seconds < 90:
        return f"{int(seconds)} s"
    if seconds < 90 * 60:
        return f"{int(seconds // 60)} min"
    if seconds < 48 * 3600:
        return f"{int(seconds // 3600)} h"
    if seconds < 800 * 86_400:
        return f"{int(seconds // 86_400)} days"
    return f"{int(seconds // (365.25 * 86_400)):,} years"


def wait(seconds: int) -> str:
    """How long to wait, rounded up so that nobody comes too early: ``17 s``, ``5 min``, ``24 h``."""
    if seconds <= 120:
        return f"{seconds} s"
    return f"{-(-seconds // 60)} min" if seconds <= 7_200 else f"{-(-seconds // 3600)} h"
