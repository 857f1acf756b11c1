"""The quoting of the POSIX shell and its kin (POSIX.1, Shell Command Language, section 2.2; bash for ``$'...'``)."""

import re
from collections.abc import Mapping
from functools import cache

from bot.intake.lexer import Lexer
from bot.intake.piece import unknown

MAX_SUBSTITUTION = 4_000


_SOURCES = {
    "simple": r"[ \t]*+(?:\\\n[ \t]*+(?=[-'\"]|https?:))?+"
    r"(?:(?!#)([!#%(*+,\-./0-9:=?@A-Z\[\]^_a-z{}~]++)(?=[ \t\n]|\Z)|(?=['\"]))",
    "plain": r"[^\s'\"\\$`;|&<>)]++",
    "in-double": r"[^\"\\$`]++",
    "ansi": r"(?s)(?>[^'\\]++|\\.)*+'",
    "variable": r"\$[A-Za-z_{(]|`[^`]{1,200}`",
    "expanded": r"\$\{?([A-Za-z_]\w{0,60})\}?",
    "parenthesis": r"[()]",
    "apostrophe": r"'(?:s|t|m|d|ll|re|ve)(?![\w'])",
    "placeholder": r"<[A-Za-z][^<>\n\"']{0,80}>",
    "name": r"([A-Za-z_][A-Za-z0-9_]*+)|\{!?([A-Za-z_][A-Za-z0-9_]*+)[^{}\n]{0,200}\}|([0-9@*#?])",
    "escape": r"(?s)\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))",
    "program": r"[\s(]*+([A-Za-z0-9_.-]{1,40})",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


_ANSI = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


class ShLexer(Lexer):
    """Words of sh, bash and zsh. ``inner`` are the places of commands whose output is substituted."""

    def __init__(self, text: str, start: int, variables: Mapping[str, str], outer: str = "") -> None:
        super().__init__(text, start, variables, outer)
        self.inner: list[tuple[int, int]] = []

    def _simple(self) -> re.Pattern[str] | None:
        return _pattern("simple")

    def _step(self, letter: str) -> bool:
        if letter == "'":
            self._single()
        elif letter == '"':
            self._delimited('"', _pattern("in-double"), self._in_double)
        elif letter == "\\":
            self._backslash()
        elif letter == "$":
            self._dollar()
        elif letter == "`":
            self._backtick()
        elif letter == "#" and self._start < 0:
            self._comment()
        elif letter in ";|&<>)":
            return self._operator(letter)
        else:
            self._run(_pattern("plain"), letter)
        return True

    def _operator(self, letter: str) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if letter == "<":
            placeholder = _pattern("placeholder").match(self.text, self.at)
            if placeholder:
                self._add(placeholder[0], placeholder.end())
                return True
        inside = self._start >= 0 and following not in {"", "&"} and not following.isspace()
        is_plain = (letter == "&" and inside) or (letter == ")" and any("(" in part for part in self._parts[-2:]))
        if is_plain:
            self._add(letter, self.at + 1)
        return is_plain

    def _backslash(self) -> None:
        if self._continuation():
            return
        following = self.text[self.at + 1 : self.at + 2]
        if following and following == self.outer:
            start = self.at + 2
            end = self._closing(start, "\\" + following)
            text = self.text[start:end]
            if following == '"' and "$" in text:
                text = _pattern("expanded").sub(lambda match: unknown(match[1]), text)
            self._add(text, self._behind(end, "\\" + following), quoted=True)
        else:
            self._add(following or "\\", min(self.at + 2, self.limit))

    def _single(self) -> None:
        is_word = len(self._parts) == 1 and not self._quoted and self._parts[0].isalpha()
        is_apostrophe = is_word and _pattern("apostrophe").match(self.text, self.at) is not None
        if is_apostrophe:
            self._add("'", self.at + 1)
            return
        end = self._closing(self.at + 1, "'")
        text = self.text[self.at + 1 : end]
        if "$" in text or "`" in text:
            self._unexpanded = self._unexpanded or _pattern("variable").search(text) is not None
        self._add(text, self._behind(end, "'"), quoted=True)

    def _in_double(self) -> bool:
        letter, following = self.text[self.at], self.text[self.at + 1 : self.at + 2]
        if letter == '"':
            return False
        if letter == "$":
            self._dollar(in_quotes=True)
        elif letter == "`":
            self._backtick()
        elif following == "\n":
            self.at += 2
        else:
            is_escape = bool(following) and following in '"\\$`'
            self._add(following if is_escape else letter + following, min(self.at + 2, self.limit))
        return True

    def _dollar(self, *, in_quotes: bool = False) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        if following == "'" and not in_quotes:
            self._ansi()
        elif following == "(":
            self._substitution()
        else:
            match = _pattern("name").match(self.text, self.at + 1)
            name = next((group for group in match.groups() if group), "") if match else ""
            if match is None or (name == "env" and self.text.startswith(":", match.end())):
                self._add("$", self.at + 1)
            else:
                self._add(self._value(name, name), match.end())

    def _ansi(self) -> None:
        region = self._region()
        match = None if "$'" in self._unclosed else _pattern("ansi").match(self.text, self.at + 2, region)
        if match is None:
            self._unclosed.add("$'")
        end = match.end() - 1 if match else self._cut(self.at + 2, region)
        text = _pattern("escape").sub(_unescaped, self.text[self.at + 2 : end])
        self._add(text, self._behind(end, "'"), quoted=True)

    def _substitution(self) -> None:
        depth, at = 0, min(self.limit, self.at + MAX_SUBSTITUTION)
        for match in _pattern("parenthesis").finditer(self.text, self.at + 1, at):
            depth += 1 if match[0] == "(" else -1
            if depth == 0:
                at = match.end()
                break
        self.inner.append((self.at + 2, at))
        self._add(unknown(_program(self.text[self.at + 2 : at])), at)

    def _backtick(self) -> None:
        end = self.text.find("`", self.at + 1, self.at + 500)
        inner = self.text[self.at + 1 : end] if end > 0 else "\n"
        if "\n" in inner or not inner.strip():
            self.at += 1
        else:
            self._add(unknown(_program(inner)), end + 1)


def _program(text: str) -> str:
    """The first word of a substituted command: enough to name it, without showing what it is given."""
    match = _pattern("program").match(text)
    return match[1] if match else "command"


def _unescaped(match: re.Match[str]) -> str:
    hexadecimal = match[1] or match[2] or match[3]
    if hexadecimal or match[4]:
        code = int(hexadecimal, 16) if hexadecimal else int(match[4], 8)
        return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
    return _ANSI.get(match[5], match[5] if match[5] in "\\'\"?" else "\\" + match[5])
