"""The lexical ground of reading code: blanks and comments, names and operators, and skipping what is not understood.

Work on one text is bounded: every step is counted, and where the bound is met :class:`UnreadableError` ends the
reading.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.intake.code.dialects import Dialect
from bot.intake.code.literals import Literal, Literals

MAX_WORK = 600_000
"""Work on one text, in units of which an operand takes 64: a tenth of a second or two at most."""
WORK_TO_BEGIN, WORK_PER_CHARACTER = 50_000, 16
"""What a short text may take of it. Real code takes 4 units for each of its characters, and 3,000 in all."""
OPENING = {"(": ")", "[": "]", "{": "}"}


class UnreadableError(Exception):
    """An expression that is not read: unknown syntax, too deep, or too much of it."""


class Patterns(NamedTuple):
    """The lexical patterns of one language."""

    blank: re.Pattern[str]
    inline: re.Pattern[str]
    name: re.Pattern[str]
    member: re.Pattern[str]
    join: re.Pattern[str]
    other: re.Pattern[str]
    pair: re.Pattern[str]
    prefix: re.Pattern[str]
    cast: re.Pattern[str]
    symbol: re.Pattern[str]
    number: re.Pattern[str]
    bracket: re.Pattern[str]
    generic: re.Pattern[str]


@cache
def patterns(dialect: Dialect) -> Patterns:
    """The patterns of a language, compiled when it is first met."""
    comments = [rf"{re.escape(mark)}[^\n]*+" for mark in dialect.comments]
    if dialect.blocks:
        comments.append(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/")
    inner = "|".join([r"[^\S\n]++", r"\\\n", "[\u200b\ufeff\u2060]", *comments])
    words = "await|new|not|typeof|return|yield|async|raise|throw|const|let|var|val|out|ref|static|final|void|import"
    return Patterns(
        blank=re.compile(rf"(?:\n|{inner})*+"),
        inline=re.compile(rf"(?:{inner})*+"),
        name=re.compile(_NAMES.get(dialect.name, r"@{0,2}[A-Za-z_$#][\w$]*+")),
        member=re.compile(dialect.member),
        join=re.compile(dialect.joins),
        other=re.compile(
            r"(?P<format>%(?!=))|(?P<either>\|\||\?\?|\?:|\bor\b)|(?P<choice>\?(?![.:\[]))|(?P<condition>\bif\b)"
            r"|(?P<type>\b(?:as|satisfies)\b)|&&|\band\b|[=!<>]==?|[<>]|[-*/|^&](?![=>])|\b(?:in|is|not|instanceof)\b"
        ),
        pair=re.compile(dialect.pairs),
        prefix=re.compile(rf"(?:{words})\b(?!\s*+[(=:.,)])|\.\.\.|\*\*?|[!~&@+-]"),
        cast=re.compile(_CASTS.get(dialect.name, r"(?!)")),
        symbol=re.compile(r":([A-Za-z_]\w*+)"),
        number=re.compile(r"\d[\w.]*+"),
        bracket=re.compile(r"(?:\?\.|!)?\["),
        generic=re.compile(r"<[\w\s,.<>\[\]?]{0,80}>(?=[ ]{0,4}[({])"),
    )


_NAMES = {"php": r"\\?[A-Za-z_$][\w\\$]*+", "r": r"[A-Za-z.][\w.]*+"}
_CAST = r"\(\s*+(?:final\s+)?[A-Za-z_][\w.<>\[\]?]{0,60}\s*+\)(?=\s*+[\w(\"@$'])"
_CASTS = {
    "csharp": _CAST + r"|new\s*+\[\](?=\s*+\{)",
    "java": _CAST,
    "php": _CAST,
    "go": r"(?:\[\w*\]|map\[\w+\])+(?=[\w*])",
}


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"[()\[\]{}\"'`]")


@cache
def _points() -> re.Pattern[str]:
    return re.compile(r"[()\[\]{}\"'`,;]")


class Lexis:
    """One text in one language."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.patterns = patterns(dialect)
        self._literals = Literals(text, dialect.name)
        self._work = min(MAX_WORK, WORK_TO_BEGIN + WORK_PER_CHARACTER * len(text))

    def blank(self, at: int, *, lines: bool = True) -> int:
        """The next place that is neither blank nor comment. Without ``lines`` a line's end is no blank."""
        pattern = self.patterns.blank if lines else self.patterns.inline
        match = pattern.match(self.text, at)
        return match.end() if match else at

    def behind(self, at: int) -> int:
        """Where the bracket that opens at ``at`` closes, whatever stands in it; or the end of the text."""
        depth, position = 0, at
        while stop := _stops().search(self.text, position):
            self.spend(16 + (stop.start() - position) // 8)
            position = stop.end()
            if stop[0] in OPENING:
                depth += 1
            elif stop[0] in ")]}":
                depth -= 1
                if depth <= 0:
                    return position
            else:
                position = self._behind_quote(stop.start())
        return len(self.text)

    def is_comment(self, at: int) -> bool:
        """Whether ``at`` stands in a comment that begins on its line."""
        before = self.text[max(self.text.rfind("\n", max(0, at - 2_000), at) + 1, at - 2_000) : at]
        stripped = before.strip()
        if stripped.startswith((*self.dialect.comments, "* ", "/*")):
            return True
        return any(before.rpartition(mark)[0].endswith((" ", "\t", ";")) for mark in self.dialect.comments)

    def spend(self, work: int) -> None:
        """Count work. Raises :class:`UnreadableError` once there was too much of it."""
        self._work -= work
        if self._work < 0:
            raise UnreadableError

    def next_element(self, at: int) -> tuple[int, bool]:
        """The place of the next element of a list, or of a closing bracket, and whether something was skipped."""
        position, skipped = self.blank(at), False
        while position < len(self.text):
            self.spend(16)
            letter = self.text[position]
            if letter in ",;":
                return self.blank(position + 1), skipped
            if letter in ")]}":
                return position, skipped
            skipped = True
            if letter in OPENING:
                position = self.behind(position)
            elif letter in "\"'`":
                position = self._behind_quote(position)
            else:
                stop = _points().search(self.text, position + 1)
                position = stop.start() if stop else len(self.text)
        return position, skipped

    def opens(self, at: int) -> bool:
        """Whether a string literal begins at ``at``."""
        return self._literals.opens(at)

    def literal(self, at: int) -> Literal | None:
        """The string literal at ``at``; None where it does not end."""
        literal = self._literals.at(at)
        self.spend(self._literals.work)
        self._literals.work = 0
        return literal

    def _behind_quote(self, at: int) -> int:
        literal = self.literal(at)
        return literal.end if literal else at + 1
