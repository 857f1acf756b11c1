"""Variables that a paste assigns itself: ``TOKEN=...`` in sh, ``set TOKEN=...`` in cmd, ``$token = ...`` in PowerShell.

A variable counts only from where it is assigned on, and only where its value is a literal or made of known ones.
"""

import re
from functools import cache

from bot.intake.lexer_sh import ShLexer
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN

MAX_ASSIGNMENTS = 200
MAX_CANDIDATES = 20_000
MAX_VALUE = 16_384
_KEYWORDS = frozenset({"export", "set", "setx", "local", "readonly", "declare", "typeset", "env", "-x", "-gx", "-rx"})


_SOURCES = {
    "used": r"(?ia)\$\{?!?(?:env:)?([A-Za-z_]\w*)|([%!])([A-Za-z_]\w*)\2",
    "assigned": r"(?ia)(?<![\w.%{/?-])(?P<sigil>\$(?:env:|global:|script:)?)?"
    r"(?P<name>[A-Za-z_]\w*+)[ \t]{0,9}=(?![=~])[ \t]*+",
    "set": r"(?i)\bset[ \t]{1,9}\"?$",
    "set-end": r"\n|&|[ \t](?=(?:curl|wget|https?)(?:\.exe)?[ ])",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class Variables:
    """The assignments of one paste, read when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._assigned: list[tuple[int, str, str | None]] | None = None

    def before(self, at: int, *, ignore_case: bool = False) -> dict[str, str]:
        """The values known at a place, by name; by its lower case for shells that ignore case."""
        if self._assigned is None:
            self._assigned = []
            self._read(self._assigned)
        values: dict[str, str] = {}
        for end, name, value in self._assigned:
            if end > at:
                break
            key = name.lower() if ignore_case else name
            if value is None:
                values.pop(key, None)
            else:
                values[key] = value
        return values

    def _read(self, assigned: list[tuple[int, str, str | None]]) -> None:
        text = self._text
        if "=" not in text or ("$" not in text and "%" not in text and "!" not in text):
            return
        used = {(match[1] or match[3]).lower() for match in _pattern("used").finditer(text)}
        end = -1
        candidates = 0
        for match in _pattern("assigned").finditer(text) if used else ():
            if match["name"].lower() not in used or match.start() < end:
                continue
            candidates += 1
            reach = max(0, match.start() - 80)
            line = text[max(reach, text.rfind("\n", reach, match.start()) + 1) : match.start()]
            follows_another = bool(assigned) and match.start() - end < 20 and not text[end : match.start()].strip()
            if follows_another or _is_beginning(line):
                value, end = self._value(match, line)
                is_known = value is not None and len(value) <= MAX_VALUE and not _is_unknown(value)
                assigned.append((end, match["name"], value if is_known else None))
            if len(assigned) >= MAX_ASSIGNMENTS or candidates >= MAX_CANDIDATES:
                return

    def _value(self, match: re.Match[str], line: str) -> tuple[str | None, int]:
        """The value of one assignment, None where it is computed, and where it ends."""
        at = match.end()
        if _pattern("set").search(line):
            end = _pattern("set-end").search(self._text, at)
            stop = end.start() if end else len(self._text)
            value = self._text[at:stop].strip()
            if value.startswith("%%"):  # a loop's variable
                return None, stop
            return value.removesuffix('"') if line.endswith('"') else value, stop
        if match["sigil"]:
            from bot.intake.lexer_powershell import PowerShellLexer

            lexer = PowerShellLexer(self._text, at, self.before(at, ignore_case=True))
            expression = lexer.expression()
            return expression.text if expression else None, lexer.at
        if self._text.startswith("(", at):  # an array, whose words are not looked at
            return None, at
        sh = ShLexer(self._text, at, self.before(at))
        word = sh.word()
        if word and _is_unknown(word.text) and "/oauth/token" in (written := self._text[at : sh.at]):
            from bot.intake.substitutions import printed

            return printed(written.strip()), sh.at
        return word.text if word else "", sh.at


def _is_beginning(line: str) -> bool:
    """Whether an assignment can follow what stands before it on its line: others, a prompt, a separator, a keyword."""
    if all(word.partition("=")[0].isidentifier() and "=" in word for word in line.split()):
        return True
    line = line.removesuffix('"').rstrip(" \t")
    return not line or line[-1] in ";&({>$%#\u276f\u279c" or line[-12:].rpartition(" ")[2].lower() in _KEYWORDS


def _is_unknown(text: str) -> bool:
    """Whether a text is nothing but one value that the paste does not show."""
    return text.startswith(UNKNOWN_OPEN) and text.find(UNKNOWN_CLOSE) == len(text) - 1
