import asyncio
import io
import logging
from collections.abc import Iterator

import pytest

from bot.server.tasks import Tasks
from bot.settings import Settings
from bot.slack.desk import BusyError
from tests.slack.doubles import logged


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with logged(Settings()) as stream:
        yield stream


async def test_drain_waits_for_what_runs() -> None:
    done = []

    async def work() -> None:
        await asyncio.sleep(0.05)
        done.append(True)

    tasks = Tasks()
    tasks.start(work())

    assert await tasks.drain(1) == 0
    assert done == [True]
    assert len(tasks) == 0


async def test_drain_cuts_what_takes_too_long() -> None:
    cut = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cut.append(True)
            raise

    tasks = Tasks()
    tasks.start(work())
    await asyncio.sleep(0)

    assert await tasks.drain(0.05) == 1
    assert cut == [True]


async def test_drain_waits_for_requests_too() -> None:
    tasks = Tasks()

    async def request() -> None:
        with tasks.answering():
            await asyncio.sleep(0.05)

    running = asyncio.create_task(request())
    await asyncio.sleep(0)
    assert len(tasks) == 1

    assert await tasks.drain(1) == 0
    assert running.done()


async def test_work_beyond_the_bound_is_refused() -> None:
    tasks = Tasks(most=1)
    tasks.start(asyncio.sleep(0.05))

    with pytest.raises(BusyError):
        tasks.start(asyncio.sleep(0))
    await tasks.settled()
    tasks.start(asyncio.sleep(0))
    await tasks.settled()


async def test_requests_beyond_the_bound_are_refused() -> None:
    tasks = Tasks(most=1)

    with tasks.answering(), pytest.raises(BusyError), tasks.answering():
        pass
    with tasks.answering():
        assert len(tasks) == 1


async def test_work_beyond_its_deadline_is_cut_and_logged(log: io.StringIO) -> None:
    tasks = Tasks(deadline=0.02)
    tasks.start(asyncio.sleep(60))

    await tasks.settled()

    assert "background work failed: TimeoutError" in log.getvalue()


async def test_a_failure_is_logged_by_its_type(log: io.StringIO) -> None:
    async def work() -> None:
        raise ValueError("a secret text")

    tasks = Tasks()
    tasks.start(work())
    await tasks.settled()

    assert "background work failed: ValueError" in log.getvalue()
    assert "secret" not in log.getvalue()
    assert logging.getLogger("bot").level == logging.INFO
