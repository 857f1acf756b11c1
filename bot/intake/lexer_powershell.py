"""The quoting of PowerShell (about_Quoting_Rules, about_Parsing) and its simplest expressions."""

import re
from collections.abc import Mapping
from functools import cache

from bot.intake.lexer import Lexer, Word
from bot.intake.piece import unknown

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
MAX_OPERANDS = 20
MAX_DEPTH = 3
MAX_GROUP = 16_384


_SOURCES = {
    "plain": r"[^\s'\"`$;|&<>(){}@.,]++",
    "in-double": r"[^\"`$]++",
    "name": r"(?i)\$(?:\{(?:env:)?(?P<braced>[A-Za-z_]\w*+)\}"
    r"|(?:(?:env|global|script|private|using):)?(?P<name>[A-Za-z_]\w*+))",
    "member": r"(?:\.[A-Za-z_]\w*+|\[[^\]\n]{0,60}\])+",
    "call": r"\.[A-Za-z]\w{0,40}\(",
    "cast": r"\[[A-Za-z.]{1,60}\](?=[\"'$(@])",
    "here": r"@([\"'])[ \t]*\n",
    "bracket": r"(?s)[^(){}'\"`\n]++|'[^'\n]*+'|\"(?>[^\"`\n]++|`.)*+\"|`?.",
    "first": r"[$\s(]*+([A-Za-z_][A-Za-z0-9_-]{0,40})",
    "plus": r"[ \t]*+\+[ \t]*+",
    "format": r"(?i)[ \t]++-f[ \t]++",
    "hole": r"\{(\d)\}",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class PowerShellLexer(Lexer):
    """Words of PowerShell: the backtick escapes and continues, groups in brackets come as one raw word."""

    def __init__(self, text: str, start: int, variables: Mapping[str, str], outer: str = "", *, depth: int = 0) -> None:
        super().__init__(text, start, variables, outer)
        self._depth = depth
        self._in_expression = False

    def _step(self, letter: str) -> bool:
        if letter == "'":
            self._single()
        elif letter == '"':
            self._delimited('"', _pattern("in-double"), self._in_double)
        elif letter == "`":
            if not self._continuation():
                self._escape()
        elif letter == "$":
            self._dollar(in_quotes=False)
        elif letter == "#" and self._start < 0:
            self._comment()
        elif letter in "@({":
            self._bracket()
        elif letter in ";|&>)},":
            return self._operator(letter)
        else:
            self._plain(letter)
        return True

    def _plain(self, letter: str) -> None:
        if letter == "." and self._quoted and self._skip_call():
            return
        self._run(_pattern("plain"), letter)

    def _operator(self, letter: str) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        is_inside = self._start >= 0 and following not in {"", "&"} and not following.isspace()
        is_plain = (
            (letter in "&>" and is_inside)
            or (letter == "," and not self._in_expression)
            or (letter == "}" and self._parts[-1:] != [] and "{" in self._parts[-1])
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
        match = _pattern("name").match(self.text, self.at)
        if self.text.startswith("$(", self.at):
            end = self._group_end(self.at + 1)
            first = _pattern("first").match(self.text, self.at, end)
            self._add(unknown(first[1] if first else "expression"), end)
        elif match is None:
            self._add("$", self.at + 1)
        else:
            name = match["braced"] or match["name"]
            member = None if in_quotes else _pattern("member").match(self.text, match.end())
            value = unknown(name) if member else "" if name.lower() == "null" else self._value(name.lower(), name)
            end = member.end() if member else match.end()
            is_call = not in_quotes and self.text.startswith("(", end)
            self._add(unknown(name) if is_call else value, self._group_end(end) if is_call else end)

    def _bracket(self) -> None:
        here = _pattern("here").match(self.text, self.at)
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
        depth, at, end = 0, start, min(self._region(), start + MAX_GROUP)
        pattern = _pattern("bracket")
        while at < end and (match := pattern.match(self.text, at, end)):
            depth += (match[0] in {"(", "{"}) - (match[0] in {")", "}"})
            at = match.end()
            if depth == 0 and match[0] in {")", "}"}:
                return at
        return max(end, min(start + 1, self.limit))

    def _skip_call(self) -> bool:
        """Leave out a method call on a value, as ``.Trim()``."""
        match = _pattern("call").match(self.text, self.at)
        if match:
            self.at = self._group_end(match.end() - 1)
        return match is not None

    def expression(self) -> Word | None:
        """The text that begins here: strings and variables joined by ``+`` or ``-f``; None where it is computed."""
        parts: list[Word] = []
        self._in_expression = True
        while len(parts) < MAX_OPERANDS:
            operand = self._operand()
            if operand is None:
                break
            parts.append(self._formatted(operand))
            plus = _pattern("plus").match(self.text, self.at)
            if plus is None:
                text = "".join(part.text for part in parts)
                return Word(text, parts[0].start, self.at, unexpanded=any(part.unexpanded for part in parts))
            self.at = plus.end()
        return None

    def _operand(self) -> Word | None:
        cast = _pattern("cast").match(self.text, self.at)
        self.at = cast.end() if cast else self.at
        is_variable = self.text.startswith("$", self.at)
        word = self.word()
        self._words.clear()
        if word is None or not (word.quoted or word.raw or is_variable) or word.text.startswith("@"):
            return None
        if not word.raw:
            return word
        inner = PowerShellLexer(self.text, word.start + 1, self.variables, depth=self._depth + 1)
        inner.limit = word.end - 1
        value = inner.expression() if self._depth < MAX_DEPTH else None
        return value._replace(end=word.end) if value else Word(unknown("expression"), word.start, word.end)

    def _formatted(self, operand: Word) -> Word:
        match = _pattern("format").match(self.text, self.at)
        if match is None:
            return operand
        self.at = match.end()
        values: list[str] = []
        while len(values) < MAX_OPERANDS and (value := self._operand()):
            values.append(value.text)
            if not self.text.startswith(",", self.at):
                break
            self.at += 1 + (self.text[self.at + 1 : self.at + 2] == " ")
        texts = dict(enumerate(values))
        text = _pattern("hole").sub(lambda hole: texts.get(int(hole[1]), unknown("expression")), operand.text)
        return operand._replace(text=text)
