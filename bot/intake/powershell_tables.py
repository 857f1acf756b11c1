"""Hashtables of PowerShell as a paste builds them up (about_Hash_Tables), and secure strings made from literals."""

import json
import re
from functools import cache
from typing import NamedTuple

from bot.intake.lexer_powershell import PowerShellLexer
from bot.intake.piece import unknown
from bot.intake.shell import Shell

MAX_EVENTS = 200
MAX_ENTRIES = 200


class Entry(NamedTuple):
    """A key with its value: a text, or the place of a nested table's braces. ``unexpanded`` as for ``Word``."""

    key: str
    text: str
    unexpanded: bool = False
    table: tuple[int, int] | None = None

    def __repr__(self) -> str:
        """Name the key alone."""
        return f"Entry({self.key[:40]!r})"


class Table(NamedTuple):
    """The entries of a table; ``is_json`` where the variable holds its JSON text instead."""

    entries: tuple[Entry, ...]
    is_json: bool = False

    def json(self) -> str:
        """The table as JSON text."""
        return json.dumps({entry.key: entry.text for entry in self.entries}, ensure_ascii=False)


_SOURCES = {
    "event": (
        r"(?i)\$(?P<name>[A-Za-z_]\w*+)(?:"
        r"[ \t]{0,9}(?P<assign>\+?=)[ \t]{0,9}(?:\[[\w.]{1,60}\][ \t]{0,9})?\(?(?P<table>@\{)"
        r"|[ \t]{0,9}=[ \t]{0,9}(?P<new>New-Object[ \t]|\[[\w.\[\],]{1,200}\]::new\()"
        r"|[ \t]{0,9}=[ \t]{0,9}\(?[ \t]{0,9}(?P<secure>ConvertTo-SecureString)[ \t]"
        r"|[ \t]{0,9}=[ \t]{0,9}\(?\$(?P<other>\w{1,60})[ \t]{0,9}\|[ \t]{0,9}ConvertTo-Json"
        r"|(?P<add>\.Add\()[ \t]{0,9}"
        r"|\[[ \t]{0,9}[\"'](?P<index>[^\"'\n]{1,80})[\"'][ \t]{0,9}\][ \t]{0,9}=[ \t]{0,9}"
        r"|\.[\"']?(?P<member>[A-Za-z][A-Za-z-]{0,60})[\"']?[ \t]{0,9}=(?!=)[ \t]{0,9})"
    ),
    "key": r"(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|([A-Za-z_][\w-]{0,100}))[ \t]{0,9}=[ \t]{0,9}",
    "gap": r"(?:[\s;,`]|#[^\n]*+)++",
    "next": r"[;\n]",
    "to-json": r"(?i)\)?[ \t]{0,9}(?:`?\n[ \t]*)?\|[ \t]{0,9}ConvertTo-Json",
    "comma": r"[ \t]{0,9},[ \t]{0,9}",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


class Tables:
    """The tables of one paste, as they stand at any place of it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._events: list[tuple[int, str, str, Table]] | None = None
        self._secure: list[tuple[int, str, str]] = []

    def before(self, at: int) -> dict[str, Table]:
        """The tables by lower-case name of their variable, as they are built up before a place."""
        if self._events is None:
            self._events = []
            self._read()
        tables: dict[str, Table] = {}
        for end, name, how, table in self._events:
            if end > at:
                break
            known = tables.get(name)
            if how == "=":
                tables[name] = table
            elif how == "other":
                other = tables.get(table.entries[0].key)
                if other:
                    tables[name] = other._replace(is_json=True)
            elif known:
                tables[name] = known._replace(entries=(known.entries + table.entries)[:MAX_ENTRIES])
        return tables

    def secure(self, name: str, at: int) -> str | None:
        """The literal that a variable holds as a secure string before a place."""
        self.before(at)
        return next((text for end, known, text in reversed(self._secure) if known == name.lower() and end <= at), None)

    def table(self, start: int, end: int) -> Table:
        """The table whose braces stand at ``start`` (``@{``) and right before ``end``."""
        entries: list[Entry] = []
        text, at, limit = self._shell.text, start + 2, max(start + 2, end - 1)
        variables = self._shell.variables(start, ignore_case=True)
        while at < limit and len(entries) < MAX_ENTRIES:
            gap = _pattern("gap").match(text, at, limit)
            at = gap.end() if gap else at
            match = _pattern("key").match(text, at, limit)
            if match:
                key = match[1] or match[2] or match[3] or ""
                lexer = PowerShellLexer(text, match.end(), variables)
                lexer.limit = min(limit, lexer.limit)
                is_table = text.startswith("@{", match.end())
                word = lexer.word() if is_table else lexer.expression()
                at = max(lexer.at, match.end())
                nested = (word.start, word.end) if word and is_table else None
                entries.append(Entry(key, word.text if word else unknown(key), bool(word and word.unexpanded), nested))
            following = _pattern("next").search(text, at, limit)
            at = following.end() if following else limit
        return Table(tuple(entries))

    def _read(self) -> None:
        position = 0
        pattern = _pattern("event")
        events = self._events if self._events is not None else []
        text = self._shell.text
        for _ in range(MAX_EVENTS):
            match = pattern.search(text, position)
            if match is None:
                break
            position = match.end()
            name = match["name"].lower()
            if match["table"]:
                position = self._read_table(match, name, events)
            elif match["new"]:
                events.append((position, name, "=", Table(())))
            elif match["other"]:
                events.append((position, name, "other", Table((Entry(match["other"].lower(), ""),))))
            elif match["secure"]:
                value = self.first_quoted(position)
                if value is not None:
                    self._secure.append((position, name, value))
            else:
                position = self._read_entry(match, name, events)

    def _read_table(self, match: re.Match[str], name: str, events: list[tuple[int, str, str, Table]]) -> int:
        start = match.start("table")
        lexer = PowerShellLexer(self._shell.text, start, {})
        word = lexer.word()
        end = word.end if word else start + 2
        is_json = _pattern("to-json").match(self._shell.text, end) is not None
        events.append((end, name, match["assign"], self.table(start, end)._replace(is_json=is_json)))
        return max(end, match.end())

    def _read_entry(self, match: re.Match[str], name: str, events: list[tuple[int, str, str, Table]]) -> int:
        at = match.end()
        variables = self._shell.variables(at, ignore_case=True)
        key = match["index"] or match["member"]
        if match["add"]:
            lexer = PowerShellLexer(self._shell.text, at, variables)
            word = lexer.expression()
            comma = _pattern("comma").match(self._shell.text, lexer.at)
            if word is None or comma is None:
                return max(at, lexer.at)
            key, at = word.text, comma.end()
        lexer = PowerShellLexer(self._shell.text, at, variables)
        value = lexer.expression()
        entry = Entry(key, value.text, value.unexpanded) if value else Entry(key, unknown(key))
        events.append((at, name, "+=", Table((entry,))))
        return max(at, lexer.at)

    def first_quoted(self, at: int) -> str | None:
        """The first quoted text, or variable with a known value, among the arguments that begin at a place."""
        lexer = PowerShellLexer(self._shell.text, at, self._shell.variables(at, ignore_case=True))
        words = [word for word in lexer.words(most=8) if not word.raw and word.text[:1] != "-"]
        return words[0].text if words else None
