r"""Commands inside a string of another program: what that program fills in before the shell sees the command.

``sh -c "curl -H 'Authorization: Bearer $TOKEN'"`` expands the variable, whatever the inner quotes say; so do
f-strings of Python, ``$"..."`` of C# and ``#{...}`` of Ruby with their braces.
"""

import re
from functools import cache

from bot.intake.lexer import Word
from bot.intake.piece import unknown

_SOURCES = {
    "shell": r"(?:\b(?:ba|z|da|k)?sh|\b(?:shell_exec|passthru)\("
    r"|\b(?:ssh|docker|kubectl|sudo|su|watch|eval)[ ][^\n\"]{0,120})"
    r"(?:[ ]-[a-z]{1,4})?[ (]{0,3}$",
    "variable": r"\$\{?([A-Za-z_]\w{0,60})\}?",
    "braces": r"\{([A-Za-z_][^{}\n]{0,200})\}",
    "ruby": r"#\{([^{}\n]{1,200})\}",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def filled(words: list[Word], before: str, outer: str) -> list[Word]:
    """The words with what is filled in as unknown. ``before`` is the line before the mark ``outer`` of the string."""
    kinds = []
    if before[-1:] in {"f", "F", "$"} and not before[-2:-1].isalnum():
        kinds.append("braces")
    elif outer == '"':
        kinds.append("ruby")
        if _pattern("shell").search(before[-140:]):
            kinds.append("variable")
    for kind in kinds:
        words = [_filled(word, _pattern(kind)) for word in words]
    return words


def _filled(word: Word, pattern: re.Pattern[str]) -> Word:
    text = pattern.sub(lambda match: unknown(match[1]), word.text)
    return word if text == word.text else word._replace(text=text, unexpanded=False)
