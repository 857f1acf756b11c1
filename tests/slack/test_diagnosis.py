import threading

from bot.report import Verdict
from bot.slack.diagnosis import LARGE
from tests.slack.doubles import Diagnosing


async def test_a_report_comes_with_its_reference() -> None:
    found = await Diagnosing().given().diagnose("token", None, "command", "ref-1a2b3c4d")

    assert found.report.verdict is Verdict.BLOCKED
    assert found.reference == "ref-1a2b3c4d"


async def test_a_large_paste_is_read_off_the_event_loop() -> None:
    threads = []
    diagnosing = Diagnosing()
    diagnosing.when_judging = lambda: threads.append(threading.current_thread())

    await diagnosing.given().diagnose("x" * LARGE, None, "command", "ref-1a2b3c4d")
    await diagnosing.given().diagnose("x" * (LARGE + 1), None, "command", "ref-1a2b3c4d")

    assert threads[0] is threading.main_thread()
    assert threads[1] is not threading.main_thread()
