"""The words that are no paste: ``help``, ``privacy``, ``status``, and those that were probably meant so."""

import difflib

from bot.render import blocks
from bot.slack.desk import Desk
from bot.slack.turn import Turn

WORDS = ("help", "privacy", "status")

_MEANT = {
    **dict.fromkeys(("?", "h", "-h", "--help", "/help", "help me", "usage", "commands", "man"), "help"),
    **dict.fromkeys(("what happens to a token", "security", "gdpr"), "privacy"),
    **dict.fromkeys(("version", "-v", "--version", "ping", "health", "uptime"), "status"),
}

_LONGEST = 24
"""Characters of what can still be a mistyped word."""


def told(desk: Desk, text: str, turn: Turn) -> blocks.Message | None:
    """Answer a text that is one of our words; None for every other."""
    word = text.strip().lower()
    word = _MEANT.get(word, word.strip("?!.`*_ /"))
    if word not in WORDS:
        return None
    turn.answered(word)
    if word == "help":
        return blocks.help_message(turn.reference)
    if word == "privacy":
        return blocks.privacy_message(turn.reference)
    return blocks.status_message(turn.reference, live_checks=desk.diagnosis.prober is not None)


def is_a_word(text: str) -> bool:
    """Tell whether a text in which nothing can be checked was probably meant as a word of ours."""
    return len(text) <= _LONGEST and text.replace("-", "").isalpha()


def nearest(word: str) -> str:
    """Name the word of ours that was probably meant; empty where none is near."""
    return next(iter(difflib.get_close_matches(word.lower(), WORDS, n=1, cutoff=0.6)), "")
