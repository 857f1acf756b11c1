"""Splitting a command into words, as far as all shells do it alike: blanks, line ends, quotes that never close.

Chat bends commands, so some things are read that no shell would accept: a continuation whose line break became a blank,
a lost continuation mark, a quote that is never closed. Every letter is looked at a bounded number of times.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from bot.intake.damage import INVISIBLE
from bot.intake.piece import unknown

MAX_WORDS = 1_000
MAX_LENGTH = 32_768
"""Characters of one command that are read, and of values put in for its variables; a longer one is cut."""


class Word(NamedTuple):
    """One argument: its text, its place in characters, and whether a part of it was quoted.

    ``unexpanded`` says that single quotes kept a variable as text. ``raw`` tells a group of PowerShell (``@{...}``,
    ``(...)``), which is not read further, from text.
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    unexpanded: bool = False
    raw: bool = False

    def __repr__(self) -> str:
        """Show the place alone: an argument can hold a token."""
        return f"Word({self.start}, {self.end})"


_SOURCES = {
    "empty-line": r"\n[ \t]*+\n",
    "cut": r"[\\^`][ \t]*+\n|\n(?=[ \t]*+(?:--?[A-Za-z]|https?://))|[ \t](?=-[A-Za-z] ?[\"'A-Z]|--[a-z]|https?://)",
    "continued": r"[ \t]*+\n(?:[ \t]*+\n)*+[ \t]*+(?:(?:>{1,2}|[dbc]?quote>|cmdand>|More\?)[ ]++)?+",
    "blank-continued": r"[ \t]++(?=--?[A-Za-z]|\^?[\"']|https?://|@\{|\$)",
    "option": r"--?[A-Za-z]|\^?[\"']|@\{",
    "lost": r"\n[ \t]*+(?:>[ ][ \t]*+)?+(?!-(?:ba|z|da|k)?sh:)(?=--?[A-Za-z])",
    "next-url": r"\n[ \t]*+(?=\^?[\"']?https?://)",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class Lexer:
    """Reads words from one place on; the shells derive from it and say what begins with which letter.

    ``variables`` are the values that the paste assigns before. ``outer`` is a quote mark around the whole command, as
    in prose or in a string of code: it ends the command.
    """

    def __init__(self, text: str, start: int, variables: Mapping[str, str], outer: str = "") -> None:
        self.text = text
        self.at = start
        self.limit = min(len(text), start + MAX_LENGTH)
        self.variables = variables
        self.outer = outer
        self._words: list[Word] = []
        self._parts: list[str] = []
        self._start = -1
        self._quoted = self._unexpanded = self._raw = False
        self._empty_line = -1
        self._unclosed: set[str] = set()
        self._has_url = False
        self._budget = MAX_LENGTH

    def words(self, most: int = MAX_WORDS) -> list[Word]:
        """The words of the command, at most ``most``. Afterwards ``at`` is the place behind it."""
        simple = None if self.outer else self._simple()
        while self.at < self.limit and len(self._words) < most:
            if simple and self._start < 0 and (match := simple.match(self.text, self.at)) and self._take(match):
                continue
            letter = self.text[self.at]
            if letter == "\n":
                self._close()
                if not self._goes_on():
                    break
            elif letter.isspace() or (letter in INVISIBLE and self._start < 0):
                if self._start >= 0:
                    self._close()
                self.at += 1
            elif letter == self.outer or not self._step(letter):
                break
        self._close()
        return self._words

    def word(self) -> Word | None:
        """The one word that begins here; None where there is none."""
        while self.at < self.limit and not self.text[self.at].isspace() and self.text[self.at] != self.outer:
            if not self._step(self.text[self.at]):
                break
        self._close()
        return self._words[0] if self._words else None

    def _simple(self) -> re.Pattern[str] | None:
        """What the usual words look like: one run of plain letters, or what stands between two quote marks.

        The blanks before them belong to the match. Its first group is the plain word, none before a quote mark.
        """
        return None

    def _take(self, match: re.Match[str]) -> bool:
        """Take a simple word as a whole, as the steps would; False where they must look at it."""
        if self._unclosed:
            return False
        text, end = match[1], match.end()
        start, quoted = match.start(1), text is None
        if text is None:
            start = end
            end = self.text.find(self.text[start], start + 1, self.limit) + 1
            text = self.text[start + 1 : max(end - 1, 0)]
            if not end or not _means_itself(self.text[start], text) or self.text[end : end + 1] not in _BEHIND_WORD:
                return False
        if end > self.limit:
            return False
        self._words.append(Word(text, start, end, quoted))
        self._has_url = self._has_url or text[:4].lower() == "http" or text[:5] == "--url"
        self.at = end
        return True

    def _step(self, letter: str) -> bool:
        """Read what begins with ``letter``; False where the command ends there."""
        raise NotImplementedError  # each shell's own

    def _value(self, key: str, name: str) -> str:
        value = self.variables.get(key)
        if value is None or len(value) > self._budget:
            return unknown(name)
        self._budget -= len(value)
        return value

    def _add(self, text: str, end: int, *, quoted: bool = False) -> None:
        if self._start < 0:
            self._start = self.at
        self._parts.append(text)
        self._quoted = self._quoted or quoted
        self.at = end

    def _close(self) -> None:
        if self._start >= 0:
            text = "".join(self._parts)
            if "${{" in text:  # a workflow of GitHub or Azure fills that in before the shell sees it
                text = re.sub(r"\$\{\{([^{}\n]{0,200})\}\}", lambda match: unknown(match[1].strip()), text)
            self._words.append(Word(text, self._start, self.at, self._quoted, self._unexpanded, self._raw))
            self._has_url = self._has_url or text[:4].lower() == "http" or text[:5] == "--url"
            self._parts, self._start = [], -1
            self._quoted = self._unexpanded = self._raw = False

    def _run(self, pattern: re.Pattern[str], letter: str) -> None:
        """Take a run of plain letters, but not the punctuation of a sentence right behind a closing quote."""
        match = pattern.match(self.text, self.at)
        run, end = (match[0], match.end()) if match else (letter, self.at + 1)
        is_sentence = self._quoted and not run.strip(",.:!?") and self.text[end : end + 1].isspace()
        self._add("" if is_sentence else run, end)

    def _comment(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = self.limit if end < 0 else end

    def _goes_on(self) -> bool:
        """At a line break: whether the next line belongs to the command, its continuation mark being lost."""
        match = _pattern("lost").match(self.text, self.at)
        if match is None and not self._has_url:
            match = _pattern("next-url").match(self.text, self.at)
        if match:
            self.at = match.end()
        return match is not None

    def _continuation(self) -> bool:
        """Whether an escape mark continues the command on the next line, or did before chat made that a blank."""
        match = _pattern("continued").match(self.text, self.at + 1)
        if match:
            is_option = _pattern("option").match(self.text, match.end()) is not None
            if is_option or not match[0].endswith("\n"):
                self._close()
            if match[0].count("\n") > 1 and not is_option:
                self._close()
                self.at = self.text.index("\n", self.at)
            else:
                self.at = match.end()
            return True
        match = _pattern("blank-continued").match(self.text, self.at + 1)
        if match and self._start >= 0 and self.text[match.end() : match.end() + 1] in {"$", '"'}:
            return False  # a blank of the word itself: Authorization:\ Bearer\ $TOKEN
        if match or (self._start < 0 and self.text[self.at + 1 : self.at + 2] in {"", " ", "\t"}):
            self._close()
            self.at = match.end() if match else self.at + 1
            return True
        return False

    def _region(self) -> int:
        """Where a quote ends that never closes: at an empty line (JSON may hold some), or where the text ends."""
        if self.text[self.at + 1 : self.at + 30].lstrip(" \t\n\"'\\^")[:1] in {"{", "["}:
            return self.limit
        if self._empty_line < self.at:
            match = _pattern("empty-line").search(self.text, self.at, self.limit)
            self._empty_line = match.start() if match else self.limit
        return self._empty_line

    def _delimited(self, mark: str, plain: re.Pattern[str], inside: Callable[[], bool]) -> None:
        """Read what stands between two equal marks. ``inside`` reads what is not plain; False at the closing mark."""
        start, parts, end = self.at, len(self._parts), self._region()
        self._add("", self.at + len(mark), quoted=True)
        while self.at < end and mark not in self._unclosed:
            match = plain.match(self.text, self.at, end)
            if match:
                self._add(match[0], match.end())
            elif not inside():
                self.at += len(mark)
                return
        self._unclosed.add(mark)
        del self._parts[parts:]
        first = start + len(mark)
        stop = self._cut(first, max(first, end))
        self._add(self.text[first:stop], stop, quoted=True)

    def _closing(self, start: int, mark: str) -> int:
        """Where the quote that was opened before ``start`` closes, or likely was meant to."""
        end = self._region()
        found = -1 if mark in self._unclosed else self.text.find(mark, start, end)
        if found < 0:
            self._unclosed.add(mark)
            return self._cut(start, end)
        return found

    def _cut(self, start: int, end: int) -> int:
        """The likely end of a value whose closing quote is missing."""
        match = _pattern("cut").search(self.text, start, end)
        return match.start() if match else end

    def _behind(self, end: int, mark: str) -> int:
        return end + len(mark) if self.text.startswith(mark, end) else end


_BEHIND_WORD = frozenset(("", " ", "\t", "\n"))


def _means_itself(mark: str, text: str) -> bool:
    """Whether nothing in a text between two quote marks is escaped, put in, or runs on to the next line."""
    return "$" not in text and "`" not in text and "\n" not in text and (mark == "'" or "\\" not in text)
