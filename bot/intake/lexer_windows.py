"""The quoting of cmd (with the C runtime's argument rules) and of PowerShell (about_Quoting_Rules)."""

import re
from functools import cache

from bot.intake.lexer import Lexer
from bot.intake.piece import is_unknown, unknown

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "cmd-plain": re.compile(r"[^\s\"\\^%|&<>]++"),
        "cmd-in-double": re.compile(r"[^\"\\%]++"),
        "cmd-in-caret": re.compile(r"[^\"\\%^]++"),
        "cmd-variable": re.compile(r"%([A-Za-z_][A-Za-z0-9_]{0,60})%"),
        "placeholder": re.compile(r"<[A-Za-z][^<>\n\"']{0,80}>"),
        "ps-plain": re.compile(r"[^\s'\"`$;|&<>(){}@]++"),
        "ps-in-double": re.compile(r"[^\"`$]++"),
        "ps-name": re.compile(
            r"\$(?:\{(?:env:)?(?P<braced>[A-Za-z_][A-Za-z0-9_]*+)\}|(?:(?:env|global|script|private|using):)?(?P<name>[A-Za-z_][A-Za-z0-9_]*+))",
            re.IGNORECASE,
        ),
        "ps-member": re.compile(r"(?:\.[A-Za-z_][A-Za-z0-9_]*+|\[[^\]\n]{0,60}\])+"),
        "ps-here": re.compile(r"@([\"'])[ \t]*\n"),
        "ps-bracket": re.compile(r"[^(){}'\"`\n]++|'[^'\n]*+'|\"(?>[^\"`\n]++|`.)*+\"|`?.", re.DOTALL),
        "ps-first": re.compile(r"[$\s(]*+([A-Za-z_][A-Za-z0-9_-]{0,40})"),
        "ps-plus": re.compile(r"[ \t]*+\+[ \t]*+"),
    }


class CmdLexer(Lexer):
    r"""Words of cmd: ``^`` escapes and continues, only double quotes quote, ``\"`` is a quote mark inside them."""

    def _step(self, letter: str) -> bool:
        if letter == '"':
            self._delimited('"', _patterns()["cmd-in-double"], self._in_double)
        elif letter == "^":
            self._caret()
        elif letter == "\\":
            is_quote = self.text.startswith('"', self.at + 1)
            self._add('"' if is_quote else letter, self.at + 1 + is_quote)
        elif letter == "%":
            self._percent()
        elif letter in "|&<>":
            return self._operator(letter)
        else:
            match = _patterns()["cmd-plain"].match(self.text, self.at)
            self._add(match[0] if match else letter, match.end() if match else self.at + 1)
        return True

    def _operator(self, letter: str) -> bool:
        if letter == "<":
            placeholder = _patterns()["placeholder"].match(self.text, self.at)
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
            self._delimited('^"', _patterns()["cmd-in-caret"], self._in_caret)
        elif not self._continuation():
            self._add(self.text[self.at + 1 : self.at + 2], min(self.at + 2, self.limit))

    def _percent(self) -> None:
        match = _patterns()["cmd-variable"].match(self.text, self.at)
        if match:
            self._add(self._value(match[1].lower(), match[1]), match.end())
        else:
            self._add("%", self.at + (2 if self.text.startswith("%%", self.at) else 1))

    def _in_double(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] == '"':
            if following != '"':
                return False
            self._add('"', self.at + 2)
        elif self.text[self.at] == "%":
            self._percent()
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
        elif rest[0] == "%":
            self._percent()
        elif rest[0] == "^":
            self._add(
                "\n" if rest[1:3] == "\n\n" else rest[1:2], min(self.limit, self.at + (3 if rest[1:3] == "\n\n" else 2))
            )
        else:
            self._add(rest[0], self.at + 1)
        return True


class PowerShellLexer(Lexer):
    """Words of PowerShell: the backtick escapes and continues, groups in brackets come as one raw word."""

    def _step(self, letter: str) -> bool:
        if letter == "'":
            self._single()
        elif letter == '"':
            self._delimited('"', _patterns()["ps-in-double"], self._in_double)
        elif letter == "`":
            if not self._continuation():
                self._escape()
        elif letter == "$":
            self._dollar(in_quotes=False)
        elif letter == "#" and self._start < 0:
            self._comment()
        elif letter in "@({":
            self._bracket()
        elif letter in ";|&>)}":
            return self._operator(letter)
        else:
            match = _patterns()["ps-plain"].match(self.text, self.at)
            self._add(match[0] if match else letter, match.end() if match else self.at + 1)
        return True

    def _operator(self, letter: str) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        is_inside = self._start >= 0 and following not in {"", "&"} and not following.isspace()
        is_plain = (letter in "&>" and is_inside) or (
            letter == "}" and self._parts[-1:] != [] and "{" in self._parts[-1]
        )
        if is_plain:
            self._add(letter, self.at + 1)
        return is_plain

    def _escape(self) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        if following in {"", "\n"}:
            self.at += 1
        else:
            self._add(_ESCAPES.get(following, following), self.at + 2)

    def _single(self) -> None:
        start, text = self.at, ""
        end = self._closing(self.at + 1, "'")
        first = self.at + 1
        while self.text.startswith("''", end) and "'" not in self._unclosed:
            text += self.text[first : end + 1]
            first = end + 2
            end = self._closing(first, "'")
        text += self.text[first:end]
        self._unexpanded = self._unexpanded or re.search(r"\$[A-Za-z_{(]", text) is not None
        self.at = start
        self._add(text, self._behind(end, "'"), quoted=True)

    def _in_double(self) -> bool:
        letter = self.text[self.at]
        if letter == '"':
            if not self.text.startswith('""', self.at):
                return False
            self._add('"', self.at + 2)
        elif letter == "`":
            self._escape()
        else:
            self._dollar(in_quotes=True)
        return True

    def _dollar(self, *, in_quotes: bool) -> None:
        match = _patterns()["ps-name"].match(self.text, self.at)
        if self.text.startswith("$(", self.at):
            end = self._group_end(self.at + 1)
            first = _patterns()["ps-first"].match(self.text, self.at, end)
            self._add(unknown(first[1] if first else "expression"), end)
        elif match is None:
            self._add("$", self.at + 1)
        else:
            name = match["braced"] or match["name"]
            member = None if in_quotes else _patterns()["ps-member"].match(self.text, match.end())
            value = unknown(name) if member else "" if name.lower() == "null" else self._value(name.lower(), name)
            self._add(value, member.end() if member else match.end())

    def _bracket(self) -> None:
        here = _patterns()["ps-here"].match(self.text, self.at)
        if here:
            end = self.text.find(f"\n{here[1]}@", here.end() - 1)
            if end >= 0:
                self._add(self.text[here.end() : end], end + 3, quoted=True)
                return
        is_group = self._start < 0 and (self.text[self.at] != "@" or self.text[self.at + 1 : self.at + 2] in {"{", "("})
        if is_group:
            end = self._group_end(self.at)
            self._add(self.text[self.at : end], end)
            self._raw = True
        else:
            self._add(self.text[self.at], self.at + 1)

    def _group_end(self, start: int) -> int:
        """The place behind the bracket that closes the one at ``start``; the region's end where none does."""
        depth, at, end = 0, start, self._region()
        pattern = _patterns()["ps-bracket"]
        while at < end and (match := pattern.match(self.text, at, end)):
            depth += (match[0] in {"(", "{"}) - (match[0] in {")", "}"})
            at = match.end()
            if depth == 0 and match[0] in {")", "}"}:
                return at
        return max(end, min(start + 1, self.limit))

    def literal(self) -> str | None:
        """The text that begins here: strings and variables joined by ``+``; None where it is computed otherwise."""
        text = ""
        for _ in range(20):
            word = self.word()
            self._words.clear()
            if word is None or word.raw or not (word.quoted or is_unknown(word.text) or self._is_value(word)):
                return None
            text += word.text
            plus = _patterns()["ps-plus"].match(self.text, self.at)
            if plus is None:
                return text
            self.at = plus.end()
        return None

    def _is_value(self, word: object) -> bool:
        start = getattr(word, "start", 0)
        return self.text.startswith("$", start)
