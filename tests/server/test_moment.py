import asyncio
import re
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest

from bot.local.slack.signing import signed
from bot.observation import Observations
from bot.report import Report
from bot.server.moment import IN_STEP_MOST, Moment
from bot.server.serving import listen, serve_until_stopped
from bot.server.web import create_app
from bot.settings import Settings
from bot.stages import Stages
from tests.slack.doubles import HEADLINE, Case, Diagnosing, logged


def walking(who: str, seen: list[str], *stages: str) -> Stages[str]:
    """Write down each stage before it is left; the last makes ``who``."""
    for stage in stages:
        seen.append(f"{who} {stage}")
        yield
    return who


async def test_requests_of_one_moment_go_through_each_stage_in_a_row() -> None:
    moment, seen = Moment(), list[str]()
    moment.waiting = 3

    made = await asyncio.gather(
        moment.through(walking("one", seen, "read", "judged")),
        moment.through(walking("quick", seen, "read")),
        moment.through(walking("other", seen, "read", "judged")),
    )

    assert seen == ["one read", "quick read", "other read", "one judged", "other judged"]
    assert [who for who, _ in made] == ["one", "quick", "other"]


async def test_each_is_said_to_take_its_own_time() -> None:
    moment = Moment()
    moment.waiting = 3

    def resting(*stages: float) -> Stages[None]:
        for seconds in stages[:-1]:
            time.sleep(seconds)
            yield
        time.sleep(stages[-1])

    made = await asyncio.gather(*(moment.through(resting(*stages)) for stages in ((0.02, 0.02), (0.0,), (0.0, 0.03))))

    slow, quick, other = (seconds for _, seconds in made)
    assert 0.04 <= slow < 0.06
    assert quick < 0.01
    assert 0.03 <= other < 0.05


async def test_what_one_of_them_raises_is_its_own() -> None:
    moment, seen = Moment(), list[str]()
    moment.waiting = 2

    def failing() -> Stages[str]:
        yield
        raise ValueError("not this one")

    made = await asyncio.gather(
        moment.through(failing()), moment.through(walking("other", seen, "read", "judged")), return_exceptions=True
    )

    assert isinstance(made[0], ValueError)
    assert isinstance(made[1], tuple)
    assert seen == ["other read", "other judged"]


async def test_who_no_longer_waits_holds_up_nobody() -> None:
    moment, seen = Moment(), list[str]()
    moment.waiting = 3

    def failing() -> Stages[str]:
        yield
        raise ValueError

    gone = [asyncio.create_task(moment.through(stages)) for stages in (walking("gone", seen, "read"), failing())]
    stays = asyncio.create_task(moment.through(walking("other", seen, "read", "judged")))
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()

    assert (await stays)[0] == "other"
    assert all(task.cancelled() for task in gone)


async def test_long_stages_leave_the_event_loop_its_turns_and_late_comers_join(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.server.moment.IN_A_ROW_SECONDS", 0.0)
    moment, seen = Moment(), list[str]()
    moment.waiting = 3
    early = [asyncio.create_task(moment.through(walking(who, seen, "read", "judged"))) for who in ("one", "other")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    seen.append("a turn")
    late = await moment.through(walking("late", seen, "read"))
    await asyncio.gather(*early)

    assert late[0] == "late"
    assert seen.index("one read") < seen.index("a turn") < seen.index("other judged")


async def test_who_comes_first_lets_those_come_in_who_are_about_to() -> None:
    moment, seen, following = Moment(), list[str](), list[asyncio.Task[None]]()
    moment.waiting = 2

    async def come(who: str, *followers: str) -> None:
        seen.append(f"{who} came")
        if followers:
            following.append(asyncio.create_task(come(*followers)))
            moment.waiting += 1
        await moment.gather()
        seen.append(f"{who} went on")

    await asyncio.gather(come("one", "third", "fourth"), come("other"))
    await asyncio.gather(*following)

    assert seen[:4] == ["one came", "other came", "third came", "fourth came"]
    assert sorted(seen[4:]) == ["fourth went on", "one went on", "other went on", "third went on"]


@pytest.mark.parametrize("waiting", [0, 1, IN_STEP_MOST + 1])
async def test_who_is_alone_or_one_of_too_many_lets_nobody_come_in(waiting: int) -> None:
    moment = Moment()
    moment.waiting = waiting

    assert list(moment.gather()) == []


@pytest.mark.parametrize("waiting", [0, 1, IN_STEP_MOST + 1])
async def test_who_is_alone_or_one_of_too_many_goes_on_at_once(waiting: int) -> None:
    moment, seen = Moment(), list[str]()
    moment.waiting = waiting

    await asyncio.gather(*(moment.through(walking(who, seen, "read", "judged")) for who in ("one", "other")))

    assert seen == ["one read", "one judged", "other read", "other judged"]


async def test_what_no_answer_waits_for_is_done_in_a_row_in_the_next_turn_of_the_loop() -> None:
    moment, done = Moment(), list[str]()

    moment.later(lambda: done.append("one"))
    moment.later(lambda: done.append("other"))
    assert done == []
    await asyncio.sleep(0)
    assert done == ["one", "other"]

    moment.later(lambda: done.append("the next moment's"))
    await asyncio.sleep(0)
    assert done == ["one", "other", "the next moment's"]


class Noting(Diagnosing):
    """Writes down which stage comes when; each takes ``SECONDS`` and longer."""

    SECONDS = 0.02

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []

    def read(self, text: str, url: str | None) -> Case:
        self.order.append("read")
        time.sleep(self.SECONDS)
        return super().read(text, url)

    def judge(self, case: Case, observations: Observations) -> Stages[Report]:
        self.order.append("judge")
        time.sleep(self.SECONDS)
        return (yield from super().judge(case, observations))


@pytest.fixture
def stages() -> Noting:
    return Noting()


@pytest.fixture
async def port(settings: Settings, stages: Noting) -> AsyncIterator[int]:
    app = create_app(settings, stages.given())
    running, listening = app.state.running, listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve_until_stopped(app, listening, running, app.state.moment))
    yield listening.getsockname()[1]
    running.stop.set()
    await serving


def command(settings: Settings, number: int) -> bytes:
    body = urlencode({"command": "/rhythm-auth", "text": "a token", "trigger_id": str(number)}).encode()
    fields = {
        "Host": "x",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **signed(settings.slack_signing_secret, int(time.time()), body),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body


async def ask(port: int, requests: list[bytes], *, says_no_more: bool = False) -> list[str]:
    """Send each request on a connection of its own, all in one moment; return the answers.

    Clients that say no more close their half, and read to the end.
    """
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in requests]
    await asyncio.sleep(0.05)  # until the server has let all of them in
    for (_, writer), request in zip(streams, requests, strict=True):
        writer.write(request)
        if says_no_more:
            writer.write_eof()
    answers = [
        await asyncio.wait_for(reader.read() if says_no_more else reader.readuntil(b"]}"), 2) for reader, _ in streams
    ]
    for _, writer in streams:
        writer.close()
    return [answer.decode() for answer in answers]


async def test_the_server_reads_all_pastes_of_a_moment_before_it_judges_one(
    settings: Settings, stages: Noting, port: int
) -> None:
    answers = await ask(port, [command(settings, number) for number in range(3)])

    assert stages.order == ["read", "read", "read", "judge", "judge", "judge"]
    assert all(HEADLINE in answer for answer in answers)


@pytest.mark.parametrize("pipelined", [1, 2])
async def test_clients_that_close_their_half_are_answered_as_well(
    settings: Settings, port: int, pipelined: int
) -> None:
    numbers = iter(range(100))
    requests = [b"".join(command(settings, next(numbers)) for _ in range(pipelined)) for _ in range(3)]
    answers = await ask(port, requests, says_no_more=True)

    assert [answer.count(HEADLINE) for answer in answers] == [pipelined] * 3
    assert [answer.count("connection: close") for answer in answers] == [1] * 3


async def test_a_diagnosis_is_said_to_take_its_own_time_and_not_that_of_others(settings: Settings, port: int) -> None:
    with logged(settings) as log:
        await ask(port, [command(settings, number) for number in range(4)])

    took = [float(milliseconds) for milliseconds in re.findall(r" ms=([0-9.]+)$", log.getvalue(), re.MULTILINE)]
    assert len(took) == 4
    assert all(40 <= milliseconds < 120 for milliseconds in took), took
