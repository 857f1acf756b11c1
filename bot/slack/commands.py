"""The slash command: its text is diagnosed in the acknowledgement itself, for the caller alone."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks
from bot.report import Verdict
from bot.slack import modals
from bot.slack.desk import Body, Desk, ephemeral
from bot.slack.turn import Turn
from bot.slack.words import is_a_word, nearest, told

COMMAND = "/rhythm-auth"


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to the command."""

    @bolt.command(COMMAND)
    async def command(ack: AsyncAck, body: Body, turn: Turn) -> None:
        text = str(body.get("text") or "").strip()
        if text:
            await ack(ephemeral(told(desk, text, turn) or await _diagnosed(desk, text, turn)))
        else:
            await modals.open_paste(desk, body)
            await ack()


async def _diagnosed(desk: Desk, text: str, turn: Turn) -> blocks.Message:
    found = await desk.diagnosis.diagnose(text, None, "command", turn.reference)
    if found.report.verdict is Verdict.NOTHING_TO_CHECK and is_a_word(text):
        return blocks.not_understood(text, turn.reference, nearest(text))
    return blocks.answer(found.report, reference=found.reference)
