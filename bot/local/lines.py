"""What a typed line asks of the console."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Verb: TypeAlias = Literal[
    "nothing",
    "quit",
    "help",
    "samples",
    "sample",
    "press",
    "command",
    "message",
    "home",
    "shortcut",
    "close",
    "unknown",
]


@dataclass(frozen=True)
class Line:
    """One thing to do, and with what: a text, the name of a sample, the number of a button. May hold a token."""

    verb: Verb
    rest: str = ""


_ALONE: dict[str, Verb] = {
    "": "nothing",
    "quit": "quit",
    "exit": "quit",
    "help": "help",
    "?": "help",
    "samples": "samples",
    "home": "home",
    "shortcut": "shortcut",
    "close": "close",
    "cancel": "close",
}
COMMAND = "/rhythm-auth"


def understood(typed: str) -> Line:
    """The line as something to do. What is no word of the console is a slash command or a direct message."""
    text = typed.strip()
    if (alone := _ALONE.get(text.lower())) is not None:
        return Line(alone)
    first, _space, rest = text.partition(" ")
    if first == COMMAND or text.startswith(f"{COMMAND}\n"):
        return Line("command", text.removeprefix(COMMAND).strip())
    if text.isdecimal() and len(text) < 4:
        return Line("press", text)
    words = rest.split()
    if first == "press" and words and words[0].isdecimal() and len(words) <= 2:
        return Line("press", rest.strip())
    if first == "sample" and 1 <= len(words) <= 2:
        return Line("sample", rest.strip())
    if first.startswith("/") and len(first) < 40 and "/" not in first[1:]:
        return Line("unknown", first)
    return Line("message", text)
