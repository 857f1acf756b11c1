"""What the process remembers of requests is little, and for minutes."""

import asyncio
from typing import cast

from bot.server.running import Running
from bot.slack import correspondence, shown
from bot.slack.correspondence import Correspondence
from bot.slack.kept import Kept
from bot.slack.said import Said
from bot.slack.shown import Shown


async def test_a_thing_is_dropped_by_itself_when_its_time_is_over() -> None:
    kept: Kept[str] = Kept(seconds=0.05)
    kept.keep("ref-1", "a case")
    assert kept.get("ref-1") == "a case"

    await asyncio.sleep(0.1)

    assert len(kept) == 0


async def test_how_much_is_kept_and_how_long(running: Running) -> None:
    desk = running.slack._desk

    assert_bounds(cast("Kept[object]", desk.offered), seconds=300, most=200)
    assert_bounds(cast("Kept[object]", desk.response_urls), seconds=1800, most=1000)


def assert_bounds(kept: Kept[object], *, seconds: float, most: int) -> None:
    for number in range(most + 1):
        kept.keep(f"ref-{number}", "a thing")
    left = [timer.when() - asyncio.get_running_loop().time() for _, timer in kept._things.values()]

    assert len(kept) == most
    assert seconds - 5 < min(left) <= max(left) <= seconds
    for number in range(most + 1):
        kept.drop(f"ref-{number}")


async def test_a_thing_is_given_away_once() -> None:
    kept: Kept[str] = Kept(seconds=60)
    kept.keep("ref-1", "a case")

    assert kept.take("ref-1") == "a case"
    assert kept.take("ref-1") is None


async def test_of_too_many_things_the_oldest_goes() -> None:
    kept: Kept[int] = Kept(seconds=60, most=3)
    for number in range(5):
        kept.keep(f"ref-{number}", number)

    assert [kept.get(f"ref-{number}") for number in range(5)] == [None, None, 2, 3, 4]
    for number in range(5):
        kept.drop(f"ref-{number}")


async def test_the_modals_that_await_something_are_bounded() -> None:
    modals = Shown()
    for number in range(shown.REMEMBERED + 5):
        modals.shows(f"V{number}", "ref-1")

    assert len(modals._views) == shown.REMEMBERED


async def test_the_answers_that_an_edit_can_change_are_bounded(running: Running) -> None:
    answered = Correspondence(running.slack.outgoing)
    for number in range(correspondence.REMEMBERED + 5):
        async with answered.answering(Said("D1", {"ts": f"{number}.0"}, f"{number}.0")):
            pass

    assert not answered.remembers(Said("D1", {"ts": "4.0"}, "4.0"))
    assert answered.remembers(Said("D1", {"ts": "5.0"}, "5.0"))
    assert len(answered._entries) == correspondence.REMEMBERED
