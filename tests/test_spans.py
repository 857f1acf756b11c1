import pytest

from bot.spans import moment, span, wait


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (-89.9, "89 s"),
        (90, "1 min"),
        (5399, "89 min"),
        (5400, "1 h"),
        (47 * 3600 + 3599, "47 h"),
        (48 * 3600, "2 days"),
        (799 * 86_400, "799 days"),
        (800 * 86_400, "2 years"),
        (60_000 * 365.25 * 86_400, "60,000 years"),
    ],
)
def test_a_span_is_said_in_its_largest_fitting_unit(seconds: float, text: str) -> None:
    assert span(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1970-01-01 00:00 UTC"),
        (1773144000, "2026-03-10 12:00 UTC"),
        (1773144059.9, "2026-03-10 12:00 UTC"),
        (1e20, "a moment out of range"),
        (float("nan"), "a moment out of range"),
        (float("inf"), "a moment out of range"),
    ],
)
def test_a_moment_is_said_in_utc_to_the_minute(seconds: float, text: str) -> None:
    assert moment(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 s"),
        (120, "120 s"),
        (121, "3 min"),
        (7_200, "120 min"),
        (7_201, "3 h"),
        (86_400, "24 h"),
    ],
)
def test_a_time_to_wait_is_rounded_up(seconds: int, text: str) -> None:
    assert wait(seconds) == text
