"""Direct messages: each gets one answer, and an edit of its text changes that answer."""

import logging
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.render import blocks, texts
from bot.report import Verdict
from bot.slack.asking import WAIT_SECONDS, Asking
from bot.slack.correspondence import Correspondence
from bot.slack.desk import Body, Desk
from bot.slack.diagnosis import Diagnosed
from bot.slack.failure import describe
from bot.slack.files import Files
from bot.slack.links import permalink
from bot.slack.richtext import typed
from bot.slack.said import Said, said
from bot.slack.turn import Turn
from bot.slack.words import told

GREETINGS = frozenset({"hi", "hello", "hey", "hallo", "good morning", "good afternoon", "good evening"})
THANKS = frozenset({"thanks", "thank you", "thx", "ty", "danke", "merci"})

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to direct messages and their edits."""
    conversation = Conversation(desk)

    @bolt.event("message")
    async def message(event: Body, turn: Turn) -> None:
        written = said(event)
        if written is not None:
            desk.background.start(conversation.answer(written, turn))


class Conversation:
    """Answers what people write to the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._files = Files(desk.outgoing, desk.settings.slack_api_url)
        self._correspondence = Correspondence(desk.outgoing)

    async def answer(self, message: Said, turn: Turn) -> None:
        """Answer a message, or change its answer."""
        lost = message.edited and not self._correspondence.remembers(message)
        later: _Later | None = None
        async with self._correspondence.answering(message) as entry:
            if entry is None:
                return
            try:
                written, later = await self._written(message, turn)
                written = blocks.with_note(written, texts.ANSWER_LOST) if lost else written
                await self._correspondence.send(message, entry, written, turn.reference)
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
                log.error("answering a direct message failed: %s", describe(error), extra={"reference": turn.reference})
                await self._correspondence.send(message, entry, blocks.error_message(turn.reference), turn.reference)
                later = None
        if later is not None:
            await self._complete(message, later)

    async def _complete(self, message: Said, later: "_Later") -> None:
        """Change the answer once live checks are through, unless a newer text of the message was answered by then."""
        report = await later.asking.report()
        around = later.around._replace(pending=())
        if report is later.found.report:
            around = around._replace(notes=(*around.notes, texts.LIVE_FAILED))
        async with self._correspondence.answering(message) as entry:
            if entry is not None:
                answer = blocks.answer(report, reference=later.found.reference, surface="dm", around=around)
                await self._correspondence.send(message, entry, answer, later.found.reference)

    async def _written(self, message: Said, turn: Turn) -> tuple[blocks.Message, "_Later | None"]:
        """A diagnosis, and what completes it later; or what helps instead."""
        text = typed(message.message).strip()
        files = await self._files.read(message.message.get("files"))
        if not files.texts:
            quick = await self._without_diagnosis(text, files.unread, turn)
            if quick is not None:
                return quick, None
        whole = "\n\n".join(part for part in (text, *files.texts) if part)
        found = await self._desk.diagnosis.diagnose(whole, None, "direct-message", turn.reference)
        if found.report.verdict is Verdict.NOTHING_TO_CHECK and files.unread:
            return blocks.files_message(files.unread[0], turn.reference), None
        around = blocks.Around(notes=tuple(texts.TEXT_ALONE.format(why=why) for why in files.unread[:1]))
        asking = Asking(self._desk, found, str(message.message.get("user") or ""), "direct-message")
        if blocks.exposure(found.report):
            around = around._replace(permalink=await permalink(self._desk, message.channel, message.ts))
        report = await asking.within(turn.left(WAIT_SECONDS))
        if report is not None:
            return blocks.answer(report, reference=turn.reference, surface="dm", around=around), None
        around = around._replace(pending=asking.probes)
        answer = blocks.answer(found.report, reference=turn.reference, surface="dm", around=around)
        return answer, _Later(found, asking, around)

    async def _without_diagnosis(self, text: str, unread: tuple[str, ...], turn: Turn) -> blocks.Message | None:
        if not text and unread:
            turn.answered("files")
            return blocks.files_message(unread[0], turn.reference)
        if not text:
            turn.answered("help")
            return blocks.help_message(turn.reference)
        if text.lower().rstrip("!. ") in GREETINGS:
            turn.answered("greeting")
            return blocks.greeting(turn.reference)
        if text.lower().rstrip("!. ") in THANKS:
            turn.answered("thanks")
            return blocks.welcome_message(turn.reference)
        return await told(self._desk, text, turn)


@dataclass(frozen=True)
class _Later:
    """What completes an answer: the diagnosis, its live checks, and what stands around it."""

    found: Diagnosed
    asking: Asking
    around: blocks.Around
