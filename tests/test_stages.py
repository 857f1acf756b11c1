import time

import pytest

from bot.stages import Stages, timed, whole


def counting(most: int, seen: list[int], seconds: float = 0.0) -> Stages[str]:
    for number in range(most):
        time.sleep(seconds)
        seen.append(number)
        yield
    return "done"


@pytest.mark.parametrize("most", [0, 1, 3])
def test_all_stages_are_done_in_a_row(most: int) -> None:
    seen: list[int] = []

    assert whole(counting(most, seen)) == "done"
    assert seen == list(range(most))


def test_the_time_is_that_of_all_stages() -> None:
    made, seconds = timed(counting(3, [], 0.01))

    assert made == "done"
    assert 0.03 <= seconds < 0.06


def test_what_a_stage_raises_is_raised() -> None:
    def failing() -> Stages[None]:
        yield
        raise ValueError("the second stage")

    with pytest.raises(ValueError, match="the second stage"):
        whole(failing())
