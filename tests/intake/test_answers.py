from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.answers import body_message, epoch, first_object, http_date, iso_time, message_of
from tests.pastes.minting import NOW


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", ""),
        ('{"message":"Unauthorized"}', "Unauthorized"),
        ('{"Message":"Forbidden"}', "Forbidden"),
        ('{"message":null}', ""),
        ('{"error":"invalid_token","error_description":"jwt expired"}', "jwt expired"),
        ('{"error":"invalid_token"}', "invalid_token"),
        ('{"error":{"message":"inner"}}', "inner"),
        ('{"message":{"detail":"inner"}}', "inner"),
        ('{"errors":[{"message":"first"},{"message":"second"}]}', "first"),
        ('{"title":"T","detail":"D"}', "D"),
        ('{"a":1}', ""),
        ('{"message":"  "}', ""),
        ('prefix {"message":"inside"} suffix', "inside"),
        ('{"message": "cut off', '{"message": "cut off'),
        ("{'message': 'single'}", "single"),
        ("<html><head><title> 403 Forbidden </title></head></html>", "403 Forbidden"),
        ("<h1>Access denied</h1>", "Access denied"),
        ("<html></html>", ""),
        ("Unauthorized\nmore", "Unauthorized"),
        ("x" * 3_000, ""),
        ('{"message":"' + "m" * 600 + '"}', "m" * 500),
    ],
)
def test_the_reason_of_a_body(body: str, message: str) -> None:
    assert body_message(body) == message


def test_the_most_telling_member_counts() -> None:
    assert message_of({"error": "e", "message": "m", "error_description": "d"}) == "d"
    assert message_of({"errors": []}) == ""
    assert message_of({"errors": ["text"]}) == ""
    assert message_of({}) == ""


def test_the_object_at_the_start_counts_whatever_follows() -> None:
    assert first_object('{"a":1} and more') == {"a": 1}
    assert first_object("[1]") is None
    assert first_object("{") is None
    assert first_object("[" * 100_000) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Tue, 10 Mar 2026 12:00:00 GMT", NOW),
        ("Tue, 10-Mar-2026 12:00:00 GMT", NOW),
        ("10 March 2026 12:00:00", NOW),
        ("10/Mar/2026:12:00:00 +0000", None),
        ("Tue, 10 Mar 2026 13:00:00 +0100", NOW),
        ("Tue, 10 Mar 2026 06:30:00 -0530", NOW),
        ("Tue, 10 Foo 2026 12:00:00 GMT", None),
        ("Tue, 10 Mar 2026 25:00:00 GMT", None),
        ("2026-03-10T12:00:00Z", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_http_dates(text: str, seconds: float | None) -> None:
    assert http_date(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-03-10T12:00:00Z", NOW),
        ("2026-03-10T12:00:00.123456Z", NOW),
        ("2026-03-10 12:00:00", NOW),
        ("2026-03-10T12:00", NOW),
        ("2026-03-10", NOW - 43_200),
        ("2026-03-10T13:00:00+01:00", NOW),
        ("2026-03-10T13:00:00+0100", NOW),
        ("2026-03-10T13:00:00+01", NOW),
        ("2026-03-10T06:30:00-05:30", NOW),
        (" 2026-03-10T12:00:00 UTC ", NOW),
        ("2026-13-10T12:00:00Z", None),
        ("2026-03-10T24:00:00Z", None),
        ("1969-12-31T23:59:59Z", None),
        ("10 March 2026", None),
        ("2026-03-10T12:00:00Zulu", None),
        ("", None),
    ],
)
def test_iso_times(text: str, seconds: float | None) -> None:
    assert iso_time(text) == seconds


@given(st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31)))  # noqa: DTZ001 - hypothesis takes naive bounds
def test_moments_are_those_of_the_calendar(moment: datetime) -> None:
    whole = moment.replace(microsecond=0, tzinfo=UTC)

    assert epoch(*whole.timetuple()[:6]) == whole.timestamp()
    assert iso_time(whole.isoformat()) == whole.timestamp()
    assert http_date(whole.strftime("%a, %d %b %Y %H:%M:%S GMT")) == whole.timestamp() or whole.year < 1000


@pytest.mark.parametrize(
    "moment",
    [
        (2026, 0, 1, 0, 0, 0),
        (2026, 1, 32, 0, 0, 0),
        (2026, 1, 1, 0, 60, 0),
        (2026, 1, 1, 0, 0, 61),
        (2026, 2, 30, 0, 0, 0),
        (2025, 2, 29, 0, 0, 0),
        (2100, 2, 29, 0, 0, 0),
    ],
)
def test_there_is_no_such_moment(moment: tuple[int, int, int, int, int, int]) -> None:
    assert epoch(*moment) is None
