"""What answers say: the short reason in a body, dates, and the JSON of error bodies."""

import json
import re
from collections.abc import Mapping

REASONS = (
    "error_description",
    "message",
    "Message",
    "errorMessage",
    "detail",
    "description",
    "error_message",
    "msg",
    "title",
    "error",
)
"""Members that hold the reason of an error body, the most telling first (RFC 6749 section 5.2, RFC 9457)."""


def body_message(body: str) -> str:
    """The short reason that a body gives, at most 500 characters; empty where it gives none."""
    body = body.strip()
    if not body:
        return ""
    start = body.find("{")
    if 0 <= start < 2_000:
        members = first_object(body[start:])
        if members is not None:
            return message_of(members)
        match = re.search(
            r"[\"'](?:error_description|message|Message|detail|error)[\"']\s*:\s*[\"']([^\"'\n]{1,500})[\"']",
            body[:5_000],
        )
        if match:
            return match[1]
    if body.startswith("<"):
        match = re.search(r"<(title|h1)>([^<]{1,200})</", body[:20_000], re.IGNORECASE)
        return match[2].strip() if match else ""
    return body.split("\n", 1)[0][:500] if len(body) < 2_000 else ""


def message_of(members: Mapping[str, object]) -> str:
    """The reason among the members of an error body."""
    for name in REASONS:
        value = members.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()[:500]
        if isinstance(value, Mapping) and name in {"error", "message"}:
            inner = message_of(value)
            if inner:
                return inner
    errors = members.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], Mapping):
        return message_of(errors[0])
    return ""


def first_object(text: str) -> dict[str, object] | None:
    """The JSON object at the start of ``text``, whatever follows it; None where there is none."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def http_date(text: str) -> float | None:
    """An HTTP date (RFC 9110 section 5.6.7, IMF-fixdate) in seconds since the epoch; None where it cannot be read."""
    match = re.search(
        r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})[ T:](\d{2}):(\d{2}):(\d{2})\s*(GMT|UTC|Z|[+-]\d{4})?", text
    )
    if not match or match[2].lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(match[at]) for at in (1, 3, 4, 5, 6))
    month = _MONTHS.index(match[2].lower()) + 1
    moment = epoch(year, month, day, hour, minute, second)
    zone = match[7] or "GMT"
    if moment is not None and zone[0] in "+-":
        moment -= (1 if zone[0] == "+" else -1) * (int(zone[1:3]) * 3600 + int(zone[3:5]) * 60)
    return moment


def iso_time(text: str) -> float | None:
    """An ISO 8601 time in seconds since the epoch; without a zone it counts as UTC. None where it cannot be read."""
    match = re.fullmatch(
        r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T"
        r" ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?\s*",
        text,
    )
    if not match:
        return None
    year, month, day, hour, minute, second = (int(match[at] or 0) for at in range(1, 7))
    moment = epoch(year, month, day, hour, minute, second)
    zone = match[7] or "Z"
    if moment is not None and zone[0] in "+-":
        minutes = zone[3:].lstrip(":")
        moment -= (1 if zone[0] == "+" else -1) * (int(zone[1:3]) * 3600 + (int(minutes) if minutes else 0) * 60)
    return moment


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def epoch(year: int, month: int, day: int, hour: int, minute: int, second: int) -> float | None:
    """Seconds since the epoch of a moment in UTC; None where there is no such moment."""
    if not (1970 <= year <= 9999 and 1 <= month <= 12 and hour < 24 and minute < 60 and second < 61):
        return None
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= day <= (29 if is_leap and month == 2 else _DAYS[month - 1]):
        return None
    shifted = year - (month <= 2)
    era_day = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    days = shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + era_day - 719_468
    return float(days * 86_400 + hour * 3600 + minute * 60 + second)
