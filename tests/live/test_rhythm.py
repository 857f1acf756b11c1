"""What is kept of answers: whether two are the same layer's, two phrases, and nothing else."""

from typing import Any

import pytest

from bot.live.client import Answer, UnlearntError
from bot.live.rhythm import BASELINE_SECONDS, Baselines, Heard, Rhythm, compared, likeness
from bot.observation import Observation

UNAUTHORIZED = Answer(401, {"message": "Unauthorized"}, "", "UnauthorizedException")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(Answer(401, {"message": "Unauthorized"}, "", "UnauthorizedException:http://x/"), True, id="suffix"),
        pytest.param(Answer(401, {"message": "UNAUTHORIZED", "requestId": "7"}, "", "UnauthorizedException"), True, id="request-id"),
        pytest.param(Answer(403, {"message": "Unauthorized"}, "", "UnauthorizedException"), False, id="status"),
        pytest.param(Answer(401, {"message": "Unauthorized"}, "Bearer", "UnauthorizedException"), False, id="challenge"),
        pytest.param(Answer(401, {"message": "Unauthorized"}, "", "AccessDeniedException"), False, id="type"),
        pytest.param(Answer(401, {"message": "The token has expired"}, "", "UnauthorizedException"), False, id="message"),
        pytest.param(Answer(401, ["Unauthorized"], "", "UnauthorizedException"), False, id="list"),
    ],
)  # fmt: skip
def test_answers_of_one_layer(other: Answer, same: bool) -> None:
    assert (likeness(other) == likeness(UNAUTHORIZED)) is same


def test_a_likeness_gives_nothing_away() -> None:
    assert "nauthorized" not in likeness(UNAUTHORIZED)


def test_an_answer_is_compared_with_both_baselines() -> None:
    baselines = Baselines("one", "two", Observation("baseline", 401))
    heard = Observation("who-am-i", 401)

    assert compared(Heard(heard, "one"), baselines).facts == {"same-as-no-token"}
    assert compared(Heard(heard, "two"), baselines).facts == {"same-as-worthless-token"}
    assert compared(Heard(heard, "three"), baselines).facts == frozenset()


def test_no_answer_is_like_no_baseline() -> None:
    failed = Observation("who-am-i", failure="no answer")

    assert compared(Heard(failed), Baselines("", "", failed)).facts == frozenset()


class Asked:
    """Stands in for the client."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    async def ask(self, url: str, authorization: str = "") -> Answer:
        self.asked.append(f"{url} {authorization}".strip())
        if self.fails:
            raise UnlearntError("no answer")
        return UNAUTHORIZED


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_baselines_are_kept_for_ten_minutes_and_hold_no_secret() -> None:
    client, clock = Asked(), Clock()
    given: Any = client
    rhythm = Rhythm(given, "https://rolodex.example.org", clock)
    for clock.now in (0.0, BASELINE_SECONDS - 1):
        await rhythm.baselines()
    url = "https://rolodex.example.org/contacts/current"
    assert sorted(client.asked) == [url, f"{url} Bearer invalid"]

    clock.now = BASELINE_SECONDS
    await rhythm.baselines()
    assert len(client.asked) == 4


async def test_baselines_that_failed_are_not_kept() -> None:
    client = Asked()
    given: Any = client
    rhythm = Rhythm(given, "https://rolodex.example.org")
    client.fails = True
    assert (await rhythm.baselines()).observation == Observation("baseline", failure="no answer")
    client.fails = False
    assert (await rhythm.baselines()).observation == Observation("baseline", 401)
