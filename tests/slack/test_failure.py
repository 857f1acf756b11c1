from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.failure import describe
from bot.slack.richtext import typed

HUNTER: Any = "hunter2"


def raised(action: Callable[[], object]) -> BaseException:
    with pytest.raises((AttributeError, KeyError, ValueError)) as info:
        action()
    return info.value


def test_an_exception_is_named_by_type_and_the_place_in_our_code() -> None:
    error = raised(lambda: typed(HUNTER))

    assert describe(error).startswith("AttributeError at bot/slack/richtext.py:")
    assert "hunter2" not in describe(error)


def test_what_is_raised_elsewhere_has_no_place() -> None:
    assert describe(raised(lambda: int("hunter2"))) == "ValueError"


def test_its_cause_is_named_too() -> None:
    def fail() -> None:
        try:
            int("hunter2")
        except ValueError as error:
            raise KeyError("hunter3") from error

    assert describe(raised(fail)) == "KeyError, after ValueError"


def test_a_cause_that_was_suppressed_is_not_named() -> None:
    def fail() -> None:
        try:
            int("hunter2")
        except ValueError:
            raise KeyError("hunter3") from None

    assert describe(raised(fail)) == "KeyError"


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({"error": "channel_not_found"}, "SlackApiError (channel_not_found)"),
        ({"error": "a text with hunter2"}, "SlackApiError"),
        ({"error": 5}, "SlackApiError"),
        ("text", "SlackApiError"),
    ],
)
def test_slacks_own_error_code_is_named(response: object, expected: str) -> None:
    assert describe(SlackApiError("hunter2", response)) == expected  # type: ignore[no-untyped-call]  # the library has no types


def test_an_answer_of_slack_that_is_no_json_has_no_code() -> None:
    class Page:
        def get(self, name: str, default: str) -> str:
            raise AttributeError("str has no attribute get")

    assert describe(SlackApiError("hunter2", Page())) == "SlackApiError"  # type: ignore[no-untyped-call]  # the library has no types
