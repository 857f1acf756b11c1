"""The words that are no paste: ``help``, ``privacy``, ``status``, and those that were probably meant so."""

import asyncio
import difflib
import logging

from bot.render import blocks, texts
from bot.slack.asking import WAIT_SECONDS
from bot.slack.desk import Desk
from bot.slack.failure import describe
from bot.slack.turn import Turn

WORDS = ("help", "privacy", "status")

_MEANT = {
    **dict.fromkeys(("?", "h", "-h", "--help", "/help", "help me", "usage", "commands", "man", "how", "start"), "help"),
    **dict.fromkeys(("hi", "hello", "hey"), "help"),
    **dict.fromkeys(("what happens to a token", "security", "gdpr"), "privacy"),
    **dict.fromkeys(("version", "-v", "--version", "ping", "health", "uptime"), "status"),
}

log = logging.getLogger(__name__)

_APIS = frozenset({"unauthorized", "unauthorised", "forbidden"})
"""Words that the API answers with: who types one of them means no command."""

_LONGEST, _MOST = 40, 3
"""Characters and words of what can still be a command that was mistyped."""


async def told(desk: Desk, text: str, turn: Turn) -> blocks.Message | None:
    """Answer a text that is one of our words; None for every other."""
    if len(text) > _LONGEST:
        return None
    word = text.strip().lower()
    bare = word.strip("?!.,`*_ /\"'<>[]()“”‘’")
    word = _MEANT.get(word) or _MEANT.get(bare, bare)
    if word not in WORDS:
        return None
    turn.answered(word)
    if word == "help":
        return blocks.help_message(turn.reference)
    if word == "privacy":
        return blocks.privacy_message(turn.reference, live=desk.diagnosis.prober is not None)
    return blocks.status_message(turn.reference, await _api(desk, turn))


async def _api(desk: Desk, turn: Turn) -> str | None:
    """What the API says at this moment, in words; None where nobody is asked."""
    prober = desk.diagnosis.prober
    if prober is None:
        return None
    try:
        async with asyncio.timeout(turn.left(WAIT_SECONDS)):
            answer = await prober.answers()
    except TimeoutError:
        return texts.STATUS_API_SLOW
    except Exception as error:  # noqa: BLE001 - a status that cannot be told is none
        log.error("asking whether the API answers failed: %s", describe(error), extra={"reference": turn.reference})
        return texts.STATUS_API_SLOW
    if answer.status is None:
        return texts.STATUS_API_SILENT.format(why=answer.failure or texts.STATUS_NO_REASON)
    return texts.STATUS_API_ANSWERS.format(status=answer.status)


def is_a_word(text: str) -> bool:
    """Tell whether a text in which nothing can be checked was meant as a word of ours, alone or among others."""
    words = text.replace("-", "").strip("?!.").split()
    if text.strip("?!.").lower() in _APIS:
        return False
    if len(text) > _LONGEST or len(words) > _MOST or not all(word.isalpha() for word in words):
        return False
    return len(words) == 1 or bool(nearest(text))


def nearest(text: str) -> str:
    """Name the word of ours that was probably meant; empty where none is near."""
    words = text.lower().strip("?!.").split()
    near = [found for word in words for found in difflib.get_close_matches(word, WORDS, n=1, cutoff=0.6)]
    return next(iter(near), "")
