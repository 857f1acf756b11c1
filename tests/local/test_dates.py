from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.local.dates import spelled

MOMENT = 1_790_005_210  # 2026-09-21 15:40:10 UTC


@pytest.mark.parametrize(
    ("form", "spelling"),
    [
        ("{date_num}", "2026-09-21"),
        ("{date}", "September 21st, 2026"),
        ("{date_short}", "Sep 21, 2026"),
        ("{date_long}", "Monday, September 21st, 2026"),
        ("{date_short_pretty} at {time}", "Sep 21, 2026 at 15:40"),
        ("{time_secs}", "15:40:10"),
        ("until {time}, {unknown}", "until 15:40, {unknown}"),
    ],
)
def test_formats(form: str, spelling: str) -> None:
    assert spelled(MOMENT, form, datetime(2026, 10, 1, tzinfo=UTC)) == spelling


@pytest.mark.parametrize(("day", "word"), [(20, "tomorrow"), (21, "today"), (22, "yesterday"), (23, "Sep 21, 2026")])
def test_a_near_day_has_a_name(day: int, word: str) -> None:
    assert spelled(MOMENT, "{date_short_pretty}", datetime(2026, 9, day, 23, 59, tzinfo=UTC)) == word


def test_the_readers_zone_decides_about_hour_and_day() -> None:
    tokyo = timezone(timedelta(hours=9))
    now = datetime(2026, 9, 21, 9, tzinfo=tokyo)

    assert spelled(MOMENT, "{date_short_pretty} {time}", now) == "tomorrow 00:40"


@pytest.mark.parametrize(
    ("day", "ordinal"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")]
)
def test_ordinals(day: int, ordinal: str) -> None:
    moment = datetime(2026, 12, day, tzinfo=UTC)

    assert spelled(int(moment.timestamp()), "{date}", moment) == f"December {ordinal}, 2026"


def test_a_moment_beyond_every_calendar() -> None:
    with pytest.raises(ValueError, match="no calendar"):
        spelled(10**18, "{date}", datetime(2026, 9, 21, tzinfo=UTC))
