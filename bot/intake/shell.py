"""Commands in a paste: the shell they were written for, what stands before them, the variables that the paste assigns.

Nothing is executed. A variable is replaced where the paste gives it a literal before, else it is ``piece.unknown``.
"""

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.intake.lexer import Lexer, Word
from bot.intake.lexer_sh import ShLexer, is_only_unknown

MAX_COMMANDS = 100
MAX_ASSIGNMENTS = 200
_WINDOW = 2_000


class Dialect(StrEnum):
    """The shell that a command is written for: ``sh`` stands for bash, zsh and their kin as well."""

    SH = "sh"
    CMD = "cmd"
    POWERSHELL = "powershell"


class Command(NamedTuple):
    """A command: its words without the program, its place (from its prompt on) and its shell.

    ``prose`` stands before it on its line and is no prompt; ``inner`` are the places of commands substituted in it.
    """

    program: str
    words: list[Word]
    start: int
    end: int
    dialect: Dialect
    prose: str
    inner: list[tuple[int, int]]

    def __repr__(self) -> str:
        """Name the program alone."""
        return f"Command({self.program[:20]!r})"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    user = r"[\w.-]{1,40}@[\w.-]{1,60}[^\n$%#>]{0,60}"
    return {
        "prompt": re.compile(
            rf"[ \t]*(?P<prompt>PS(?:[ ](?:[A-Za-z]:\\|[/~])[^>\n]{{0,120}})?>|[A-Za-z]:\\[^>\n]{{0,120}}>"
            rf"|(?:\([\w.-]{{1,40}}\)[ ])?(?:\[?{user})?[$%#>\u276f\u279c]{{1,2}})?[ \t]*(?:(?:sudo|time|&|\.)[ ]+)?$"
        ),
        "cmd": re.compile(r"[ \"]\^[ \t]*\n|[ ]\^\"|[ ]\^[ \t]+(?:--?[A-Za-z]|\"|https?:)"),
        "powershell": re.compile(r"[ \"']`[ \t]*\n[ \t]*(?:[-\"'@$]|https?:)|[ ]`[ \t]+(?:--?[A-Za-z]|[\"'@]|https?:)"),
        "set": re.compile(r"(?<![\w-])set[ ]\"?[A-Za-z_][A-Za-z0-9_]{0,60}=", re.IGNORECASE),
        "used": re.compile(r"\$\{?!?(?:env:)?([A-Za-z_][A-Za-z0-9_]*)|%([A-Za-z_][A-Za-z0-9_]*)%"),
        "assigned": re.compile(
            r"(?<![\w.%{/?-])(?P<sigil>\$(?:env:|global:|script:)?)?(?P<name>[^\W\d]\w*+)[ \t]{0,9}=(?![=~])[ \t]{0,9}",
            re.IGNORECASE,
        ),
        "before": re.compile(
            r"(?:^|[;&({>$%#\u276f\u279c]|\b(?:export|set|setx|local|readonly|declare|typeset|env|-g?x))[ \t]*\"?$",
            re.IGNORECASE,
        ),
    }


class Shell:
    """A paste seen as a terminal's text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._assigned: list[tuple[int, str, str | None]] | None = None
        self._has_set = _patterns()["set"].search(text) is not None if "%" in text else False

    def command(self, start: int, end: int, limit: int = -1) -> Command:
        """The command whose program's name stands from ``start`` to ``end``; it ends at ``limit`` at the latest."""
        line = max(self.text.rfind("\n", max(0, start - 200), start) + 1, start - 200, 0)
        before = self.text[line:start]
        outer = before[-1:] if before[-1:] in {'"', "'", "`"} else ""
        prompt = _patterns()["prompt"].match(before.removesuffix(outer) if outer else before)
        dialect = self._dialect(prompt["prompt"] or "" if prompt else "", self.text[start:end], end)
        lexer = self._lexer(dialect, end, outer)
        lexer.limit = len(self.text) if limit < 0 else limit
        words = lexer.words()
        inner = lexer.inner if isinstance(lexer, ShLexer) else []
        first = line if prompt and not outer else start
        return Command(self.text[start:end], words, first, lexer.at, dialect, "" if prompt else before.strip(), inner)

    def _dialect(self, prompt: str, program: str, end: int) -> Dialect:
        if prompt.startswith("PS"):
            return Dialect.POWERSHELL
        if prompt[1:3] == ":\\":
            return Dialect.CMD
        window = self.text[end : end + _WINDOW].partition("\n\n")[0]
        if "^" in window and _patterns()["cmd"].search(window):
            return Dialect.CMD
        if "`" in window and _patterns()["powershell"].search(window):
            return Dialect.POWERSHELL
        if program.lower().endswith(".exe"):
            if "$" in window or "'" in window or "`" in window:
                return Dialect.POWERSHELL
            return Dialect.CMD
        if "%" in window and self._has_set:
            return Dialect.CMD
        return Dialect.SH

    def _lexer(self, dialect: Dialect, at: int, outer: str) -> Lexer:
        variables = self.variables(at, ignore_case=dialect is not Dialect.SH)
        if dialect is Dialect.SH:
            return ShLexer(self.text, at, variables, outer)
        from bot.intake.lexer_windows import CmdLexer, PowerShellLexer

        return (CmdLexer if dialect is Dialect.CMD else PowerShellLexer)(self.text, at, variables, outer)

    def variables(self, before: int, *, ignore_case: bool = False) -> dict[str, str]:
        """The literals that the paste assigns before a place, by name (in lower case for shells that ignore case)."""
        if self._assigned is None:
            self._assigned = []
            self._read_assignments()
        values: dict[str, str] = {}
        for end, name, value in self._assigned:
            if end > before:
                break
            key = name.lower() if ignore_case else name
            if value is None:
                values.pop(key, None)
            else:
                values[key] = value
        return values

    def _read_assignments(self) -> None:
        if "$" not in self.text and "%" not in self.text:
            return
        used = {(match[1] or match[2]).lower() for match in _patterns()["used"].finditer(self.text)}
        end = -1
        for match in _patterns()["assigned"].finditer(self.text) if used else ():
            if match["name"].lower() not in used or match.start() < end:
                continue
            reach = max(0, match.start() - 80)
            line = self.text[max(reach, self.text.rfind("\n", reach, match.start()) + 1) : match.start()]
            follows_another = match.start() - end < 20 and not self.text[end : match.start()].strip()
            if not follows_another and not _patterns()["before"].search(line):
                continue
            end = self._assign(match, line)
            if len(self._assigned or ()) >= MAX_ASSIGNMENTS:
                return

    def _assign(self, match: re.Match[str], line: str) -> int:
        """Note the value of one assignment; where it ends."""
        is_set = re.search(r"\bset[ \t]+\"?$", line, re.IGNORECASE) is not None
        at = match.end()
        value: str | None
        if is_set:
            stop = self.text.find("\n", at)
            stop = len(self.text) if stop < 0 else stop
            value = self.text[at:stop].partition("&&")[0].strip()
            value = value.removesuffix('"') if line.endswith('"') else value
        elif match["sigil"]:
            from bot.intake.lexer_windows import PowerShellLexer

            lexer = PowerShellLexer(self.text, at, self.variables(at, ignore_case=True))
            value, stop = lexer.literal(), lexer.at
        else:
            sh = ShLexer(self.text, at, self.variables(at))
            word = sh.word()
            value, stop = word.text if word else "", sh.at
        known = self._assigned if self._assigned is not None else []
        known.append((stop, match["name"], None if value is None or is_only_unknown(value) else value))
        return stop
