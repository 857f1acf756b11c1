r"""Commands inside a string of another program: what that program fills in before the shell sees the command.

``sh -c "curl -H 'Authorization: Bearer $TOKEN'"`` expands the variable, whatever the inner quotes say; so do
f-strings of Python, ``$"..."`` of C# and ``#{...}`` of Ruby with their braces. ``xargs -I{}`` and ``parallel`` put
their input in place of ``{}``.
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
    "repeated": r"(?<![\w-])(?P<program>xargs|parallel)(?P<options>(?:[^|;&\n]|\\\n){1,250})\Z",
    "replace": r"[ ](?:-I[ ]?|--replace=|-i(?=\S)|-J[ ]?)[\"']?([^\s\"']{1,40})|[ ](?:-i|--replace)(?=\s)",
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


def repeated(words: list[Word], before: str) -> list[Word]:
    """The words with what xargs (where it is told so) or GNU parallel replaces as unknown.

    ``before`` is what stands before the command.
    """
    match = _pattern("repeated").search(before) if "xargs" in before or "parallel" in before else None
    if match is None:
        return words
    option = _pattern("replace").search(match["options"])
    if option is None and match["program"] == "xargs":
        return words
    mark = re.compile(re.escape((option and option[1]) or "{}"))
    return [_filled(word, mark, match["program"]) for word in words]


def _filled(word: Word, pattern: re.Pattern[str], name: str = "") -> Word:
    text = pattern.sub(lambda match: unknown(name or match[1]), word.text)
    return word if text == word.text else word._replace(text=text, unexpanded=False)
