"""Direct messages: each gets one answer, and an edit of its text changes that answer."""

import asyncio
import logging

from slack_bolt.async_app import AsyncApp

from bot.render import blocks, texts
from bot.render.exposure import exposure
from bot.report import Verdict
from bot.slack.correspondence import Correspondence
from bot.slack.desk import Body, Desk
from bot.slack.failure import describe
from bot.slack.files import Files
from bot.slack.richtext import typed
from bot.slack.said import Said, said
from bot.slack.turn import Turn
from bot.slack.words import told

GREETINGS = frozenset({"hi", "hello", "hey", "hallo", "good morning", "good afternoon", "good evening"})

PERMALINK_SECONDS = 2.0
"""How long an answer waits for the link to the message that it answers; without it, it says the same in words."""

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
        self._correspondence = Correspondence(desk.outgoing.client)

    async def answer(self, message: Said, turn: Turn) -> None:
        """Answer a message, or change its answer."""
        lost = message.edited and not self._correspondence.remembers(message)
        async with self._correspondence.answering(message) as entry:
            if entry is None:
                return
            try:
                written = await self._written(message, turn)
                await self._correspondence.send(
                    message, entry, blocks.with_note(written, texts.ANSWER_LOST) if lost else written
                )
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
                log.error("answering a direct message failed: %s", describe(error), extra={"reference": turn.reference})
                await self._correspondence.send(message, entry, blocks.error_message(turn.reference))

    async def _written(self, message: Said, turn: Turn) -> blocks.Message:
        """A diagnosis, or what helps instead."""
        text = typed(message.message).strip()
        files = await self._files.read(message.message.get("files"))
        if not files.texts:
            quick = self._without_diagnosis(text, files.unread, turn)
            if quick is not None:
                return quick
        whole = "\n\n".join(part for part in (text, *files.texts) if part)
        found = await self._desk.diagnosis.diagnose(whole, None, "direct-message", turn.reference)
        if found.report.verdict is Verdict.NOTHING_TO_CHECK and files.unread:
            return blocks.files_message(files.unread[0], turn.reference)
        link = await self._permalink(message) if exposure(found.report) else ""
        answer = blocks.answer(found.report, reference=turn.reference, surface="dm", permalink=link)
        if not files.unread:
            return answer
        return blocks.with_note(answer, texts.TEXT_ALONE.format(why=files.unread[0]))

    def _without_diagnosis(self, text: str, unread: tuple[str, ...], turn: Turn) -> blocks.Message | None:
        if not text and unread:
            turn.answered("files")
            return blocks.files_message(unread[0], turn.reference)
        if not text:
            turn.answered("help")
            return blocks.help_message(turn.reference)
        if text.lower().rstrip("!. ") in GREETINGS:
            turn.answered("greeting")
            return blocks.greeting(turn.reference)
        return told(self._desk, text, turn)

    async def _permalink(self, message: Said) -> str:
        try:
            async with asyncio.timeout(PERMALINK_SECONDS):
                answer = await self._desk.outgoing.client.chat_getPermalink(
                    channel=message.channel, message_ts=message.ts
                )
        except Exception as error:  # noqa: BLE001 - the answer is worth more than its link
            log.info("no permalink: %s", describe(error))
            return ""
        return str(answer.get("permalink") or "")
