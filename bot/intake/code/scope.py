"""What names stand for at a place in the code: assignments, and changes to what was assigned."""

import re
from bisect import bisect_left
from functools import cache
from itertools import islice
from typing import NamedTuple

from bot.intake.code.dialects import POWER_QUERY, Dialect
from bot.intake.code.expressions import Expressions
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.values import Chain, Text, Value, field_name

MAX_NAMES = 5_000
"""How many assignments and changes of one text are looked at."""
_NAME = r"(?<![\w.$>@\-/&?])[$@]{0,2}[A-Za-z_][\w$]*+"
_SETTERS = (
    "set|add|append|put|update|merge!|Set|Add|Append|Put|TryAddWithoutValidation|TryAdd|addHeader|setHeader|add_header|add_field|setRequestHeader|setRequestProperty|addRequestProperty|AddHeader|AddOrUpdateHeader|header|setBearerAuth"
    "|setBasicAuth|store|assign|push"
)


@cache
def _assignments(language: str) -> re.Pattern[str]:
    second = r"(?=[ \t]*:?=(?!=))" if language == "go" else r"(?=[ \t]*:=)"
    arrow = "<-|" if language == "r" else ""
    return re.compile(
        rf"(?P<name>{_NAME}(?:(?:\.|->)[A-Za-z_]\w*+)*+)"
        rf"(?:[ \t]*+:[ \t]*+[A-Za-z_][\w.<>\[\], |?]{{0,60}}?|,[ \t]*+\w{{1,30}}{second})?"
        rf"[ \t]*+(?:{arrow}:=|(?:\|\||\?\?|\?)?=(?![=>~]))"
    )


@cache
def _contexts() -> re.Pattern[str]:
    return re.compile(r"\bwith[ \t]+(?=[A-Za-z_(])|,[ \t]*+(?=[\w.]+\([^()\n]{0,200}\)[ \t]+as[ \t])")


@cache
def _parameters() -> re.Pattern[str]:
    return re.compile(r"\|[ \t]*+([a-z_]\w*+)[ \t]*+\|")


@cache
def _changes() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<name>{_NAME}(?:(?:\.|->)[A-Za-z_]\w*+)*?)"
        rf"(?:[ \t]*+\[[ \t]*+(?P<key>\"[^\"\n]{{1,100}}\"|'[^'\n]{{1,100}}'|:?[\w.:]{{1,80}}|)"
        rf"[ \t]*+\][ \t]*+=(?![=>~])"
        rf"|(?:\.|->)(?P<method>{_SETTERS})[ \t]*+(?=[(\"']|[ ]))"
    )


_TEXT_MARKS = frozenset(("", '"', "'", ":", *"0123456789"))
"""How keys begin that are texts, symbols or places, and no constants."""


@cache
def _bare_token() -> re.Pattern[str]:
    """A token without quotes around it, as the lines of a file of settings have it."""
    return re.compile(r"eyJ[\w.=+/-]{20,20000}")


class Assignment(NamedTuple):
    """The place where a name gets a value: of the name, and of the value."""

    start: int
    value: int


class Change(NamedTuple):
    """A member that is set, or a method that sets some; ``value`` is the place of the value or of the bracket.

    ``is_index`` tells that the member is set in square brackets.
    """

    start: int
    key: str
    method: str
    value: int
    is_index: bool = False


class Scope:
    """The names of one text in one language. ``used`` collects the places of the definitions that were looked up."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.expressions = Expressions(text, dialect)
        self.used: list[int] = []
        self._values: dict[int, tuple[Value, int] | None] = {}
        self._assigned: dict[str, list[Assignment]] | None = None
        self._changed: dict[str, list[Change]] | None = None
        self._asynchronous: frozenset[str] | None = None

    def value_at(self, at: int, *, lines: bool = False) -> tuple[Value, int] | None:
        """The expression at a place and its end, read once; None where it cannot be read."""
        if at not in self._values and (bare := _bare_token().match(self.text, at)):
            self._values[at] = (Text(bare[0]), bare.end())
        if at not in self._values:
            try:
                self._values[at] = self.expressions.value(at, lines=lines)
            except UnreadableError:
                self._values[at] = None
        return self._values[at]

    def assigned(self, name: str, before: int) -> tuple[Assignment, Value] | None:
        """The last assignment to a name before a place, else the first behind it, with its value."""
        found = self._assignments_of(name)
        count = bisect_left(found, (before,))
        for item in reversed(found[max(0, count - 8) : count]) if count else found[:1]:
            read = self.value_at(item.value)
            if read is not None:
                self.used.append(item.start)
                return item, read[0]
        return None

    def changes(self, name: str, since: int, before: int) -> list[tuple[Change, Value | None]]:
        """The changes to a name's members between two places, with the value or arguments of each."""
        all_changes = self._changes_of(name)
        found = all_changes[bisect_left(all_changes, (since,)) : bisect_left(all_changes, (before,))]
        self.used += [change.start for change in found]
        return [(change, self._change_value(change)) for change in found[:200]]

    def later(self, name: str, since: int) -> list[tuple[Change, Value | None]]:
        """The changes to a name's members from a place on until it is assigned again."""
        return self.changes(name, since, self.until(name, since)) if name else []

    def until(self, name: str, since: int) -> int:
        """Where a name, or the variable that it is a member of, is assigned again; or the end of the text."""
        owners = {name, name.partition(".")[0]}
        starts = (item.start for owner in owners for item in self._assignments_of(owner))
        return min((start for start in starts if start > since), default=len(self.text))

    def asynchronous(self) -> frozenset[str]:
        """The functions that the text shows to be asynchronous."""
        if self._asynchronous is None:
            found = islice(_asynchronous().finditer(self.text if "async" in self.text else ""), MAX_NAMES)
            self._asynchronous = frozenset(match[1] or match[2] for match in found)
        return self._asynchronous

    def target_of(self, at: int) -> str:
        """The name to which the expression at ``at`` is assigned; empty where there is none."""
        before = self.text[max(0, at - 160) : at]
        match = _target().search(before)
        return normal(match["name"]) if match else ""

    def _change_value(self, change: Change) -> Value | None:
        if change.method and self.text[change.value : change.value + 1] == "(":
            try:
                return self.expressions.group(change.value)
            except UnreadableError:
                return None
        if change.method:
            try:
                return self.expressions.arguments(change.value)
            except UnreadableError:
                return None
        read = self.value_at(change.value)
        return read[0] if read else None

    def _assignments_of(self, name: str) -> list[Assignment]:
        if self._assigned is None:
            self._assigned = {}
            for count, match in enumerate(_assignments(self.dialect.name).finditer(self.text)):
                if count > MAX_NAMES:
                    break
                if not self._in_list(match.start()):
                    self._enter(match["name"], match.start(), match.end())
            if self.dialect.name == "python":
                self._enter_contexts()
            if self.dialect.name == "ruby":
                for match in islice(_parameters().finditer(self.text), MAX_NAMES):
                    self._enter(match[1], match.start(), match.start())
            for places in self._assigned.values():
                places.sort()
        return self._assigned.get(name, [])

    def _enter(self, name: str, start: int, value: int) -> None:
        assert self._assigned is not None  # noqa: S101 - its caller has just made it
        self._assigned.setdefault(normal(name), []).append(Assignment(start, value))

    def _enter_contexts(self) -> None:
        """Names that a ``with`` statement gives: ``with Session() as session``."""
        for count, match in enumerate(_contexts().finditer(self.text)):
            read = self.value_at(match.end()) if count < 200 else None
            if read and (name := _as_name().match(self.text, read[1])):
                self._enter(name[1], match.start(), match.end())

    def _changes_of(self, name: str) -> list[Change]:
        if self._changed is None:
            self._changed = {}
            for count, match in enumerate(_changes().finditer(self.text)):
                if count > MAX_NAMES:
                    break
                key = match["key"] or ""
                name_of_key = field_name(key.strip("\"':").rpartition(".")[2], is_constant=key[:1] not in _TEXT_MARKS)
                change = Change(match.start(), name_of_key, match["method"] or "", match.end(), not match["method"])
                self._changed.setdefault(normal(match["name"]), []).append(change)
            self._enter_members()
        return self._changed.get(name, [])

    def _enter_members(self) -> None:
        """Assignments to ``object.member`` are changes of the object as well."""
        self._assignments_of("")
        assert self._assigned is not None  # noqa: S101 - the line above has made it
        assert self._changed is not None  # noqa: S101 - its caller has just made it
        for name, places in self._assigned.items():
            owner, dot, member = name.rpartition(".")
            if dot:
                changes = self._changed.setdefault(owner, [])
                changes += [Change(place.start, member, "", place.value) for place in places]
                changes.sort()

    def _in_list(self, at: int) -> bool:
        """Whether a name with ``=`` is a named argument: behind a bracket, or a comma but for Power Query's."""
        return self.text[max(0, at - 200) : at].rstrip().endswith("(" if self.dialect == POWER_QUERY else ("(", ","))


@cache
def _asynchronous() -> re.Pattern[str]:
    return re.compile(
        r"\basync[ \t]+(?:function[ \t]+|def[ \t]+)?(\w{1,60})[ \t]*\(|(?<!\w)(\w{1,60})[ \t]*[:=][ \t]*async\b"
    )


@cache
def _target() -> re.Pattern[str]:
    return re.compile(
        r"(?P<name>[$@]{0,2}[A-Za-z_][\w$]{0,60}(?:(?:\.|->)\w{1,60}){0,3})"
        r"(?:,[ \t]*\w{1,30})?(?:[ \t]*:[ \t]*[\w.<>\[\]]{1,60})?"
        r"[ \t]*:?=\s*(?:\(\w{1,40}\)[ \t]*)?(?:await[ \t]+|new[ \t]+|&|async[ \t]+)*$"
    )


@cache
def _as_name() -> re.Pattern[str]:
    return re.compile(r"[ \t]*as[ \t]+([A-Za-z_][\w.]*)")


def normal(name: str) -> str:
    """A name as it is looked up: with dots between its members, without sigils."""
    return name.replace("->", ".").replace("::", ".").lstrip("$@")


def is_word(value: Value, *words: str) -> bool:
    """Whether a value is one of some bare words."""
    return isinstance(value, Chain) and value.is_plain and value.name in words
