from bot.slack import once
from bot.slack.once import Once


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_id_is_new_once_in_ten_minutes() -> None:
    clock = Clock()
    seen = Once(clock)

    assert seen.first("Ev1")
    assert not seen.first("Ev1")
    clock.now = 599
    assert not seen.first("Ev1")
    clock.now = 601
    assert seen.first("Ev1")


def test_what_is_forgotten_may_come_again() -> None:
    seen = Once(Clock())
    seen.first("Ev1")

    seen.forget("Ev1")
    seen.forget("Ev2")

    assert seen.first("Ev1")


def test_it_does_not_grow_without_end() -> None:
    seen = Once(Clock())
    for number in range(once.MOST + 100):
        seen.first(str(number))

    assert len(seen._seen) == once.MOST
    assert not seen.first(str(once.MOST + 99))
