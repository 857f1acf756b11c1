"""The slash command: its text is diagnosed in the acknowledgement itself, for the caller alone."""

import difflib

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render import blocks
from bot.report import Verdict
from bot.slack import modals
from bot.slack.desk import Body, Desk, ephemeral

COMMAND = "/rhythm-auth"
WORDS = ("help", "privacy", "status")


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to the command."""

    @bolt.command(COMMAND)
    async def command(ack: AsyncAck, body: Body) -> None:
        text = str(body.get("text") or "").strip()
        if text:
            await ack(ephemeral(told(desk, text) or await _diagnosed(desk, text)))
        else:
            await modals.open_paste(desk, body)
            await ack()


def told(desk: Desk, text: str) -> blocks.Message | None:
    """Answer a text that is one of our words; None for every other."""
    word = text.lower().strip("?!.`*_ ")
    if word == "help" or text.strip() == "?":
        return blocks.help_message()
    if word == "privacy":
        return blocks.privacy_message()
    if word == "status":
        return blocks.status_message(live_checks=desk.diagnosis.prober is not None)
    return None


def nearest(word: str) -> str:
    """Name the word of ours that was probably meant; empty where none is near."""
    return next(iter(difflib.get_close_matches(word.lower(), WORDS, n=1, cutoff=0.6)), "")


async def _diagnosed(desk: Desk, text: str) -> blocks.Message:
    found = await desk.diagnosis.diagnose(text, None, "command")
    if found.report.verdict is Verdict.NOTHING_TO_CHECK and text.isalpha() and len(text) <= 20:
        return blocks.not_understood(text, nearest(text))
    return blocks.answer(found.report, reference=found.reference)
