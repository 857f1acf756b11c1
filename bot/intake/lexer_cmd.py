"""The quoting of cmd, with the argument rules of the C runtime that the program is started with.

``%NAME%`` is a variable, and ``!NAME!`` is one as well: delayed expansion is on wherever somebody writes that.
"""

import re
from functools import cache

from bot.intake.lexer import Lexer

_SOURCES = {
    "plain": r"[^\s\"\\^%!|&<>]++",
    "in-double": r"[^\"\\%!]++",
    "in-caret": r"[^\"\\%!^]++",
    "variable": r"([%!])([A-Za-z_][A-Za-z0-9_]{0,60})\1|%%?~?([A-Za-z])(?![A-Za-z0-9_%])",
    "placeholder": r"<[A-Za-z][^<>\n\"']{0,80}>",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class CmdLexer(Lexer):
    r"""Words of cmd: ``^`` escapes and continues, only double quotes quote, ``\"`` is a quote mark inside them."""

    def _step(self, letter: str) -> bool:
        if letter == '"':
            self._delimited('"', _pattern("in-double"), self._in_double)
        elif letter == "^":
            self._caret()
        elif letter == "\\":
            is_quote = self.text.startswith('"', self.at + 1)
            self._add('"' if is_quote else letter, self.at + 1 + is_quote)
        elif letter in "%!":
            self._variable(letter)
        elif letter in "|&<>":
            return self._operator(letter)
        else:
            self._run(_pattern("plain"), letter)
        return True

    def _operator(self, letter: str) -> bool:
        if letter == "<":
            placeholder = _pattern("placeholder").match(self.text, self.at)
            if placeholder:
                self._add(placeholder[0], placeholder.end())
                return True
        following = self.text[self.at + 1 : self.at + 2]
        is_plain = letter == "&" and self._start >= 0 and following not in {"", "&"} and not following.isspace()
        if is_plain:
            self._add(letter, self.at + 1)
        return is_plain

    def _caret(self) -> None:
        if self.text.startswith('"', self.at + 1):
            self._delimited('^"', _pattern("in-caret"), self._in_caret)
        elif not self._continuation():
            self._add(self.text[self.at + 1 : self.at + 2], min(self.at + 2, self.limit))

    def _variable(self, mark: str) -> None:
        match = _pattern("variable").match(self.text, self.at)
        if match:
            name = match[2] or match[3]  # the second is a loop's, %%i
            self._add(self._value(name.lower(), name), match.end())
        else:
            self._add(mark, self.at + (2 if self.text.startswith("%%", self.at) else 1))

    def _in_double(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] == '"':
            if following != '"':
                return False
            self._add('"', self.at + 2)
        elif (mark := self.text[self.at]) in "%!":
            self._variable(mark)
        else:
            self._add('"' if following == '"' else "\\", self.at + (2 if following == '"' else 1))
        return True

    def _in_caret(self) -> bool:
        rest = self.text[self.at : self.at + 4]
        if rest.startswith('^"'):
            return False
        quote = next((mark for mark in ('^\\^"', '\\^"', '\\"') if rest.startswith(mark)), "")
        if quote:
            self._add('"', self.at + len(quote))
        elif rest[0] in "%!":
            self._variable(rest[0])
        elif rest[0] == "^":
            self._add(
                "\n" if rest[1:3] == "\n\n" else rest[1:2], min(self.limit, self.at + (3 if rest[1:3] == "\n\n" else 2))
            )
        else:
            self._add(rest[0], self.at + 1)
        return True
