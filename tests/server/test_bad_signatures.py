from collections.abc import Iterator
from io import StringIO

import pytest

from bot.server.bad_signatures import BadSignatures
from bot.settings import Settings
from tests.slack.doubles import logged


@pytest.fixture
def log() -> Iterator[StringIO]:
    with logged(Settings()) as stream:
        yield stream


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_they_are_told_of_once_a_minute_with_their_number(log: StringIO) -> None:
    clock = Clock()
    signatures = BadSignatures(clock)
    for _ in range(50):
        signatures.bad()
    clock.now += 61
    signatures.bad()

    said = [line.partition("bad_signatures ")[2] for line in log.getvalue().splitlines()]
    none = "none good since start: check SLACK_SIGNING_SECRET and the clock"
    assert said == [f"1 bad signatures, {none}", f"51 bad signatures, {none}"]


def test_good_ones_are_told_of_too(log: StringIO) -> None:
    signatures = BadSignatures(Clock())
    signatures.good()
    signatures.bad()

    assert "1 bad signatures, others were good" in log.getvalue()
