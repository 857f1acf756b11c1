import pytest

from bot.live.fairness import REMEMBERED_MOST, Breaker, Fairness


class Clock:
    """Stands still until it is told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_ten_a_minute_are_admitted_and_the_eleventh_waits_for_the_first_to_be_a_minute_old(clock: Clock) -> None:
    fairness = Fairness(8, clock)
    for _ in range(10):
        assert fairness.admit("U1") is None
        clock.now += 2

    assert fairness.admit("U1") == 40
    clock.now += 39.5
    assert fairness.admit("U1") == 1
    clock.now += 0.5
    assert fairness.admit("U1") is None
    assert fairness.admit("U1") == 2


def test_one_too_many_is_not_counted(clock: Clock) -> None:
    fairness = Fairness(8, clock)
    for _ in range(30):
        fairness.admit("U1")
    clock.now += 60

    assert [fairness.admit("U1") for _ in range(10)] == [None] * 10


def test_people_do_not_share_a_limit(clock: Clock) -> None:
    fairness = Fairness(8, clock)
    for _ in range(11):
        fairness.admit("U1")

    assert fairness.admit("U2") is None


def test_people_are_forgotten_in_the_end(clock: Clock) -> None:
    fairness = Fairness(8, clock)
    for number in range(REMEMBERED_MOST + 5):
        fairness.admit(f"U{number}")

    assert len(fairness._times) == REMEMBERED_MOST
    assert "U0" not in fairness._times


def test_people_are_forgotten_when_their_minute_is_over(clock: Clock) -> None:
    fairness = Fairness(8, clock)
    for number in range(5):
        fairness.admit(f"U{number}")
        clock.now += 20
    fairness.admit("U9")

    assert list(fairness._times) == ["U3", "U4", "U9"]


def test_fifty_probes_are_the_most_at_once() -> None:
    fairness = Fairness(8)
    with fairness.running(48):
        assert fairness.is_full(2) is None
        assert fairness.is_full(3) == 8
        with pytest.raises(KeyError), fairness.running(2):
            raise KeyError
        assert fairness.is_full(2) is None
    assert fairness.is_full(50) is None
    assert fairness.is_full(51) == 8


def test_five_failures_in_a_row_open_the_breaker_for_thirty_seconds(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(4):
        breaker.failed("a")
    assert breaker.wait("a") is None
    breaker.failed("a")
    assert breaker.wait("a") == 30
    assert breaker.wait("b") is None

    clock.now += 29.5
    assert breaker.wait("a") == 1
    clock.now += 0.5
    assert breaker.wait("a") is None


def test_one_more_failure_opens_it_again_and_an_answer_closes_it(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(5):
        breaker.failed("a")
    clock.now += 31
    breaker.failed("a")
    assert breaker.wait("a") == 30

    breaker.worked("a")
    assert breaker.wait("a") is None
    for _ in range(4):
        breaker.failed("a")
    assert breaker.wait("a") is None


def test_hosts_are_forgotten_in_the_end(clock: Clock) -> None:
    breaker = Breaker(clock)
    for number in range(REMEMBERED_MOST + 5):
        breaker.failed(str(number))

    assert len(breaker._failures) == REMEMBERED_MOST
