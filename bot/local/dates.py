"""Moments as Slack shows them: `<!date^...>` formats, spelled in the reader's time zone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def spelled(timestamp: int, form: str, now: datetime) -> str:
    """A moment (Unix seconds) in one of Slack's formats, such as `{date_short_pretty} at {time}`.

    `now` is in the reader's time zone. A placeholder that Slack does not know stays as it is.

    Raises:
        ValueError: no calendar has this moment.
    """
    try:
        moment = datetime.fromtimestamp(timestamp, UTC).astimezone(now.tzinfo)
    except (OverflowError, OSError) as error:
        raise ValueError("no calendar has this moment") from error

    def placed(found: re.Match[str]) -> str:
        name = found[1].removesuffix("_pretty")
        if name != found[1] and (near := _near(moment, now)):
            return near
        return FORMATS[name](moment) if name in FORMATS else found[0]

    return _PLACEHOLDER.sub(placed, form)


def _near(moment: datetime, now: datetime) -> str | None:
    return _NEAR.get((moment.date() - now.date()) // timedelta(days=1))


def _ordinal(moment: datetime) -> str:
    day = moment.day
    suffix = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{moment:%B} {day}{suffix}, {moment.year}"


FORMATS: dict[str, Callable[[datetime], str]] = {
    "date_num": lambda moment: f"{moment:%Y-%m-%d}",
    "date": _ordinal,
    "date_short": lambda moment: f"{moment:%b} {moment.day}, {moment.year}",
    "date_long": lambda moment: f"{moment:%A}, {_ordinal(moment)}",
    "time": lambda moment: f"{moment:%H:%M}",
    "time_secs": lambda moment: f"{moment:%H:%M:%S}",
}
"""Slack's placeholders; with `_pretty` behind a date's name, a near day is called yesterday, today or tomorrow."""
