"""The slash command: its text is diagnosed in the acknowledgement itself, for the caller alone."""

from bot.render import blocks
from bot.report import Verdict
from bot.slack import modals
from bot.slack.asking import WAIT_SECONDS, Asking
from bot.slack.desk import Body, BusyError, Desk, ephemeral
from bot.slack.diagnosis import Diagnosed
from bot.slack.reaching import Way, reach, way
from bot.slack.turn import Turn
from bot.slack.words import is_a_word, nearest, told

COMMAND = "/rhythm-auth"


async def answer(desk: Desk, body: Body, turn: Turn) -> Body | None:
    """Answer the command in the acknowledgement; None where a modal was opened instead."""
    text = str(body.get("text") or "").strip()
    if text:
        return ephemeral(await told(desk, text, turn) or await _diagnosed(desk, body, text, turn))
    await modals.open_paste(desk, body)
    return None


async def _diagnosed(desk: Desk, body: Body, text: str, turn: Turn) -> blocks.Message:
    found = await desk.diagnosis.diagnose(text, None, "command", turn.reference)
    if found.report.verdict is Verdict.NOTHING_TO_CHECK and is_a_word(text):
        return blocks.not_understood(text, turn.reference, nearest(text))
    asking = Asking(desk, found, str(body.get("user_id") or ""), "command")
    report = await asking.within(turn.left(WAIT_SECONDS))
    if report is not None:
        message, _ = await desk.diagnosis.pace.through(blocks.answering(report, reference=turn.reference))
        return message
    try:
        desk.background.start(_follow(desk, way(body), found, asking, turn))
    except BusyError:  # then the offline answer is all there is
        return blocks.answer(found.report, reference=turn.reference)
    return blocks.answer(found.report, reference=turn.reference, around=blocks.Around(pending=asking.probes))


async def _follow(desk: Desk, back: Way, found: Diagnosed, asking: Asking, turn: Turn) -> None:
    """Send the answer with live checks after the one without: what a command was answered with cannot be changed."""
    report = await asking.report()
    await turn.settled()
    if report is found.report:
        message = blocks.live_failed_message(turn.reference)
    else:
        message = blocks.answer(report, reference=turn.reference, around=blocks.Around(replaces=True))
    await reach(desk, back, message)
