import re
import threading

from bot.report import Verdict
from bot.slack.diagnosis import LARGE, new_reference
from tests.slack.doubles import Diagnosing


async def test_a_report_comes_with_its_reference() -> None:
    found = await Diagnosing().given().diagnose("token", None, "command")

    assert found.report.verdict is Verdict.BLOCKED
    assert re.fullmatch(r"ref-[0-9a-f]{8}", found.reference)


def test_references_differ() -> None:
    assert len({new_reference() for _ in range(100)}) == 100


async def test_a_large_paste_is_read_off_the_event_loop() -> None:
    threads = []
    diagnosing = Diagnosing()
    diagnosing.when_judging = lambda: threads.append(threading.current_thread())

    await diagnosing.given().diagnose("x" * LARGE, None, "command")
    await diagnosing.given().diagnose("x" * (LARGE + 1), None, "command")

    assert threads[0] is threading.main_thread()
    assert threads[1] is not threading.main_thread()
