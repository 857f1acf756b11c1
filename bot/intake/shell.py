"""Commands in a paste: the shell they were written for, their words, what stands before them. Nothing is executed."""

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.intake.lexer import Lexer, Word
from bot.intake.lexer_sh import ShLexer
from bot.intake.variables import Variables

MAX_COMMANDS = 100
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


_SOURCES = {
    "prompt": r"[ \t]*(?P<prompt>PS(?:[ ](?:[A-Za-z]:\\|[/~])[^>\n]{0,120})?>|[A-Za-z]:\\[^>\n]{0,120}>"
    r"|(?:\([\w.-]{1,40}\)[ ])?(?:\[?[\w.-]{1,40}@[\w.-]{1,60}[^\n$%#>]{0,60})?[$%#>\u276f\u279c]{1,2})?"
    r"[ \t]*(?:@|(?:sudo|time|&|\.)[ ]+)?$",
    "cmd": r"[ \"]\^[ \t]*\n|[ ]\^\"|[ ]\^[ \t]+(?:--?[A-Za-z]|\"|https?:)",
    "powershell": r"[ \"']`[ \t]*\n[ \t]*(?:[-\"'@$]|https?:)|[ ]`[ \t]+(?:--?[A-Za-z]|[\"'@]|https?:)",
    "delayed": r"![A-Za-z_][A-Za-z0-9_]{0,60}!",
    "set": r"(?i)(?<![\w-])(?:@echo[ ]off|setlocal|set[ ](?:/p[ ])?\"?[A-Za-z_][A-Za-z0-9_]{0,60}="
    r"|for[ ](?:/f[ ]|%{1,2}[a-z][ ]in[ ]))",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class Shell:
    """A paste seen as a terminal's text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._variables = Variables(text)
        self._is_repeated = "xargs" in text or "parallel" in text
        self._has_set = _pattern("set").search(text) is not None if "%" in text else False

    def command(self, start: int, end: int, limit: int = -1, dialect: Dialect | None = None) -> Command:
        """The command whose program's name stands from ``start`` to ``end``; it ends at ``limit`` at the latest.

        ``dialect`` is the shell where the program itself tells it.
        """
        line = max(self.text.rfind("\n", max(0, start - 200), start) + 1, start - 200, 0)
        before = self.text[line:start]
        outer = before[-1:] if before[-1:] in {'"', "'", "`"} else ""
        shown = before.removesuffix(outer)
        is_blank = not shown.strip(" \t")
        prompt = None if is_blank else _pattern("prompt").match(shown)
        is_first = is_blank or prompt is not None
        dialect = dialect or self._dialect((prompt and prompt["prompt"]) or "", self.text[start:end], end)
        lexer = self._lexer(dialect, end, outer)
        lexer.limit = lexer.limit if limit < 0 else min(limit, lexer.limit)
        words = lexer.words()
        if outer:
            from bot.intake.embedded import filled

            words = filled(words, shown, outer)
        if self._is_repeated:
            from bot.intake.embedded import repeated

            words = repeated(words, self.text[max(0, start - 300) : start])
        inner = lexer.inner if isinstance(lexer, ShLexer) else []
        first = line if is_first and not outer else start
        prose = "" if is_first else before.strip()
        return Command(self.text[start:end], words, first, lexer.at, dialect, prose, inner)

    def _dialect(self, prompt: str, program: str, end: int) -> Dialect:
        if prompt.startswith("PS"):
            return Dialect.POWERSHELL
        if prompt[1:3] == ":\\":
            return Dialect.CMD
        window = self.text[end : end + _WINDOW].partition("\n\n")[0]
        if "^" in window and _pattern("cmd").search(window):
            return Dialect.CMD
        if "`" in window and _pattern("powershell").search(window):
            return Dialect.POWERSHELL
        if program.lower().endswith(".exe"):
            if "$" in window or "'" in window or "`" in window:
                return Dialect.POWERSHELL
            return Dialect.CMD
        if "%" in window and self._has_set:
            return Dialect.CMD
        if "!" in window and _is_delayed(window.partition("\n")[0], prompt):
            return Dialect.CMD
        return Dialect.SH

    def _lexer(self, dialect: Dialect, at: int, outer: str) -> Lexer:
        variables = self.variables(at, ignore_case=dialect is not Dialect.SH)
        if dialect is Dialect.SH:
            return ShLexer(self.text, at, variables, outer)
        if dialect is Dialect.CMD:
            from bot.intake.lexer_cmd import CmdLexer

            return CmdLexer(self.text, at, variables, outer)
        from bot.intake.lexer_powershell import PowerShellLexer

        return PowerShellLexer(self.text, at, variables, outer)

    def variables(self, before: int, *, ignore_case: bool = False) -> dict[str, str]:
        """The literals that the paste assigns before a place, by name (in lower case for shells that ignore case)."""
        return self._variables.before(before, ignore_case=ignore_case)


def _is_delayed(line: str, prompt: str) -> bool:
    """Whether a command has ``!NAME!``, which cmd expands, and no mark of sh (where nobody writes that)."""
    is_sh = "'" in line or "$" in line or line.endswith("\\") or prompt[-1:] not in {"", ">"}
    return not is_sh and _pattern("delayed").search(line) is not None
