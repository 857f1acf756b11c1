"""String literals as each language writes them: where they end, and which expressions stand inside.

A literal is read, never evaluated: what stands in a hole (``{token}``, ``${token}``, ``#{token}``) is only located.
Each scan is bounded, so that quotes that never close cost little.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.intake.code.escapes import ESCAPES, unescaped

MAX_LITERAL = 65_536
"""The longest literal that is read, in characters."""
MAX_HOLE = 2_000
"""The longest expression inside a literal."""
MAX_STEPS = 400
"""How many marks are looked at inside the holes of one literal."""
MAX_NESTING = 4
"""How deep literals in holes of literals are read."""

_OPENINGS = {
    "python": r"(?P<prefix>[rRbBuUfFtT]{0,2})(?P<quote>\"\"\"|'''|\"|')",
    "csharp": r"(?P<prefix>[$@]{0,4})(?P<quote>\"{3,8}|\"|')",
    "java": r"(?P<prefix>)(?P<quote>\"\"\"|\"|')",
    "kotlin": r"(?P<prefix>)(?P<quote>\"\"\"|\"|')",
    "basic": r"(?P<prefix>)(?P<quote>\")",
    "php": r"(?P<prefix>)(?P<quote>[\"'])",
    "dart": r"(?P<prefix>r?)(?P<quote>\"\"\"|\'\'\'|\"|\')",
}
_OTHER_OPENING = r"(?P<prefix>)(?P<quote>[\"'`])"

_HOLES = {
    "{": r"\{",
    "${": r"\$\{",
    "#{": r"#\{",
    "kotlin": r"\$\{|\$(?=[A-Za-z_])",
    "basic": r"(?P<prefix>)(?P<quote>\")",
    "php": r"\$\{|\{(?=\$)|\$(?=[A-Za-z_])",
}


class Hole(NamedTuple):
    """The place of an expression inside a literal, in characters of the text."""

    start: int
    end: int


class Literal(NamedTuple):
    """A literal: its pieces in order, where it ends, and whether it is one of bytes."""

    parts: tuple[str | Hole, ...]
    end: int
    is_bytes: bool

    def __repr__(self) -> str:
        """Show where it ends: its text can be a token."""
        return f"Literal(end={self.end})"


class _Form(NamedTuple):
    """One way of writing a literal."""

    close: str
    escapes: str
    hole: str
    lines: bool
    doubled: bool = False


@cache
def _opening(dialect: str) -> re.Pattern[str]:
    return re.compile(_OPENINGS.get(dialect, _OTHER_OPENING))


def _form(dialect: str, prefix: str, quote: str) -> _Form:
    if dialect == "python":
        return _Form(quote, "" if "r" in prefix else "python", "{" if "f" in prefix else "", lines=len(quote) == 3)
    if dialect == "basic":
        return _Form(quote, "", "", lines=False, doubled=True)
    if dialect == "dart":
        return _Form(quote, "" if prefix else "javascript", "" if prefix else "kotlin", lines=len(quote) == 3)
    if dialect == "csharp":
        verbatim = "@" in prefix or len(quote) > 1
        hole = "{" * prefix.count("$")
        return _Form(quote, "" if verbatim else "csharp", hole, lines=verbatim, doubled="@" in prefix)
    return _FORMS.get((dialect, quote), _Form(quote, dialect if dialect in ESCAPES else "java", "", lines=False))


_FORMS = {
    ("javascript", "`"): _Form("`", "javascript", "${", lines=True),
    ("java", '"""'): _Form('"""', "java", "", lines=True),
    ("kotlin", '"""'): _Form('"""', "", "kotlin", lines=True),
    ("kotlin", '"'): _Form('"', "java", "kotlin", lines=False),
    ("php", '"'): _Form('"', "php", "php", lines=True),
    ("php", "'"): _Form("'", "single", "", lines=True),
    ("ruby", '"'): _Form('"', "ruby", "#{", lines=True),
    ("ruby", "'"): _Form("'", "single", "", lines=True),
    ("go", "`"): _Form("`", "", "", lines=True),
}


@cache
def _stops(form: _Form) -> re.Pattern[str]:
    """What interrupts the plain text of a literal."""
    options = []
    if form.escapes:
        options.append(rf"\\(?P<escape>{ESCAPES[form.escapes]}|\r?\n|(?s:.))")
    if form.doubled:
        options.append(f"(?P<twice>{form.close * 2})")
    options.append(f"(?P<close>{re.escape(form.close)})")
    if form.hole and set(form.hole) == {"{"}:
        options += [r"(?P<brace>\{\{|\}\})"] * (form.hole == "{") + [f"(?P<hole>{re.escape(form.hole)})"]
    elif form.hole:
        options.append(f"(?P<hole>{_HOLES[form.hole]})")
    if not form.lines:
        options.append(r"(?P<line>\n)")
    return re.compile("|".join(options))


def _plain(stop: re.Match[str], form: _Form) -> str:
    if stop.lastgroup == "escape":
        return unescaped(stop["escape"], form.escapes)
    return stop[0][0]


class Literals:
    """The literals of one text. Looking into the holes of each is bounded; ``work`` counts what all took."""

    def __init__(self, text: str, dialect: str) -> None:
        self.work = 0
        self._text = text
        self._dialect = dialect
        self._left = 0
        self._depth = 0

    def at(self, position: int) -> Literal | None:
        """The literal that begins at a position; None where none does, or where it does not end."""
        self._left = MAX_STEPS
        return self._literal(position)

    def opens(self, position: int) -> bool:
        """Whether a literal begins at a position."""
        return _opening(self._dialect).match(self._text, position) is not None

    def _literal(self, at: int) -> Literal | None:
        opening = _opening(self._dialect).match(self._text, at)
        if opening is None:
            return None
        prefix = opening["prefix"].lower()
        form = _form(self._dialect, prefix, opening["quote"])
        parts: list[str | Hole] = []
        position, limit = opening.end(), min(len(self._text), at + MAX_LITERAL)
        stops = _stops(form)
        while stop := stops.search(self._text, position, limit):
            self.work += 16 + (stop.end() - position) // 8
            parts.append(self._text[position : stop.start()])
            position = stop.end()
            if stop.lastgroup == "close":
                return Literal(_merged(parts), position, "b" in prefix and self._dialect == "python")
            if stop.lastgroup == "hole":
                part, position = self._hole(stop) or (stop[0], position)
                parts.append(part)
            elif stop.lastgroup == "line":
                if not _is_wrapped(self._text, stop.start()):
                    return None
                parts.append("\n")
            else:
                parts.append(_plain(stop, form))
        self.work += 16 + (limit - position) // 8
        return None

    def _hole(self, stop: re.Match[str]) -> tuple[Hole, int] | None:
        """The expression behind a hole's opening mark, and where the literal goes on."""
        if stop[0] == "$":
            name = _simple_hole(self._dialect).match(self._text, stop.end())
            return (Hole(stop.end(), name.end()), name.end()) if name else None
        end = self._closing(stop.end())
        return (Hole(stop.end(), end), end + stop[0].count("{")) if end is not None else None

    def _closing(self, at: int) -> int | None:
        """Where the brace closes that was opened before ``at``; None where it does not, or too far away."""
        limit, opened = min(len(self._text), at + MAX_HOLE), 1
        while (stop := _braces().search(self._text, at, limit)) and self._left > 0:
            self._left -= 1
            self.work += 16
            at = stop.end()
            if stop[0] in "\"'`":
                self._depth += 1
                inner = self._literal(stop.start()) if self._depth < MAX_NESTING else None
                self._depth -= 1
                if inner is None:
                    return None
                at = inner.end
                continue
            opened += 1 if stop[0] == "{" else -1
            if not opened:
                return stop.start()
        return None


@cache
def _simple_hole(dialect: str) -> re.Pattern[str]:
    more = r"(?:\[[^\]\n]{1,60}\]|->\w{1,60})?" if dialect == "php" else ""
    return re.compile(rf"[A-Za-z_]\w*+{more}")


@cache
def _braces() -> re.Pattern[str]:
    return re.compile(r"[\"'`{}]")


def _is_wrapped(text: str, line_end: int) -> bool:
    """Whether a line ends in the middle of a credential, which somebody's editor or chat has wrapped."""
    before, after = text[max(0, line_end - 16) : line_end], text[line_end + 1 : line_end + 60].lstrip(" \t")[:8]
    return len(before) == 16 and len(after) == 8 and all(_is_letter(letter) for letter in before + after)


def _is_letter(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter in "-_.")


def _merged(parts: list[str | Hole]) -> tuple[str | Hole, ...]:
    merged: list[str | Hole] = []
    plain: list[str] = []
    for part in parts:
        if isinstance(part, str):
            plain.append(part)
            continue
        merged += ["".join(plain), part]
        plain = []
    merged.append("".join(plain))
    return tuple(part for part in merged if part != "" or len(merged) == 1)
