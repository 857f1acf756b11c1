from typing import Any

import pytest

from bot.token.times import odd_time, seconds_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1773226800, 1773226800),
        (1773226800.5, 1773226800.5),
        (0, 0),
        (99_999_999_999, 99_999_999_999),
        (100_000_000_000, None),
        (-1, None),
        (True, None),
        ("1773226800", None),
        (None, None),
        ([1773226800], None),
    ],
)
def test_a_time_is_a_number_of_seconds(value: object, expected: float | None) -> None:
    assert seconds_of({"exp": value}, "exp") == expected
    assert seconds_of({"iat": value}, "exp") is None


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"exp": 1773226800}, None),
        ({"exp": 1773226800.5, "iat": 1}, None),
        ({}, "exp"),
        ({"exp": 1, "iat": None}, "iat"),
        ({"exp": True}, "exp"),
        ({"exp": "1773226800"}, "exp"),
        ({"exp": 1, "nbf": 1773226800000}, "nbf"),
        ({"exp": 99_999_999_999}, None),
        ({"exp": 100_000_000_000}, "exp"),
    ],
)
def test_auth0_writes_times_in_whole_seconds(claims: dict[str, Any], expected: str | None) -> None:
    assert odd_time(claims) == expected
