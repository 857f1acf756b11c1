"""Reading expressions of many languages, far enough to know what a call is given: literals, names, lists, calls.

This is no compiler: what it does not know, it skips up to the next comma or closing bracket and says so (``whole``).
"""

import re

from bot.intake.code.chains import Chains
from bot.intake.code.lexis import OPENING, UnreadableError
from bot.intake.code.literals import Hole
from bot.intake.code.setters import name_of
from bot.intake.code.values import Chain, Group, Join, Link, Text, Value, named

MAX_DEPTH = 24


class Expressions(Chains):
    """The expressions of one text in one language. Reading raises :class:`UnreadableError` where it cannot go on."""

    def value(self, at: int, *, lines: bool = False, depth: int = 0) -> tuple[Value, int]:
        """The expression at ``at`` and where it ends. ``lines``: a line's end does not end it."""
        if depth > MAX_DEPTH:
            raise UnreadableError
        operand, end = self._operand(at, depth)
        parts = [operand]
        while True:
            after = self.blank(end, lines=lines or self.dialect.semicolons)
            if join := self.patterns.join.match(self.text, after) or self._leading_join(end):
                operand, end = self._operand(join.end(), depth)
            elif self.dialect.adjacent and self._is_adjacent(operand, after):
                operand, end = self._operand(after, depth)
            else:
                break
            parts.append(operand)
        value = parts[0] if len(parts) == 1 else Join(tuple(parts))
        other = self.patterns.other.match(self.text, after)
        return self._rest(value, other, depth) if other else (value, end)

    def group(self, at: int, *, depth: int = 0) -> Group:
        """What stands in the bracket that opens at ``at``. One that never closes ends with the text, not whole."""
        if depth > MAX_DEPTH:
            raise UnreadableError
        mark = self.text[at]
        pairs: list[tuple[str, Value]] = []
        items: list[Value] = []
        whole, position = True, self.blank(at + 1)
        while position < len(self.text) and self.text[position] not in ")]}":
            try:
                name, value, end = self._element(position, depth, mark)
            except UnreadableError:
                self.spend(200)
                whole, end = False, position
            else:
                if name is None and mark == "{" and self.dialect.name == "javascript":
                    name = _shorthand(value)
                if name is None:
                    items.append(value)
                else:
                    pairs.append((name, value))
            position, skipped = self.next_element(end)
            whole = whole and not skipped
        closed = self.text[position : position + 1] == OPENING[mark]
        return Group(tuple(pairs), tuple(items), whole and closed, at, position + closed, mark)

    def arguments(self, at: int) -> Group:
        """Arguments without brackets, up to the end of the line (Ruby)."""
        pairs: list[tuple[str, Value]] = []
        items: list[Value] = []
        end = at
        while True:
            name, value, end = self._element(self.blank(end), 1)
            if name is None:
                items.append(value)
            else:
                pairs.append((name, value))
            after = self.blank(end, lines=False)
            if self.text[after : after + 1] != ",":
                return Group(tuple(pairs), tuple(items), whole=True, start=at, end=end)
            end = after + 1

    def _leading_join(self, end: int) -> re.Match[str] | None:
        """The joining operator at the start of the next line, where the language goes on there."""
        if self.dialect.name not in {"javascript", "kotlin"}:
            return None
        after = self.blank(end)
        return self.patterns.join.match(self.text, after) if "\n" in self.text[end:after] else None

    def _is_adjacent(self, operand: Value, at: int) -> bool:
        return isinstance(operand, Text | Join) and self.text[at : at + 1] != "`" and self.opens(at)

    def _rest(self, value: Value, operator: re.Match[str], depth: int) -> tuple[Value, int]:
        """Read on behind an operator that does not join: what the whole comes to is known only for a few of them."""
        kind = operator.lastgroup
        if kind == "type" and self.dialect.name == "python":
            return value, operator.start()
        other, end = self.value(operator.end(), lines=True, depth=depth + 1)
        if kind == "type":
            return value, end
        if kind == "format" and self.dialect.name == "python":
            arguments = other if isinstance(other, Group) and not other.pairs else Group(items=(other,))
            return Chain(value, (Link("%", arguments),)), end
        if kind == "either":
            return Chain(None, (Link("either", Group(items=(value, other))),)), end
        mark = {"choice": ":", "condition": "else"}.get(kind or "", "")
        after = self.blank(end)
        if mark and self.text.startswith(mark, after):
            _, end = self.value(after + len(mark), lines=True, depth=depth + 1)
        return named("condition"), end

    def _operand(self, at: int, depth: int) -> tuple[Value, int]:
        self.spend(64)
        at, awaited = self._prefix(self.blank(at))
        text = self.text
        if text[at : at + 1] == "." and self.dialect.name == "swift":  # a member of a type that is not written, `.get`
            at += 1
        if self.opens(at):
            value, end = self._literal(at, depth)
            return self.links(value, at, end, depth) if self.member(end) else (value, end)
        if text[at : at + 1] in OPENING:
            return self._bracketed(at, depth, awaited=awaited)
        if symbol := self.patterns.symbol.match(text, at):
            return Text(symbol[1]), symbol.end()
        if number := self.patterns.number.match(text, at):
            return Text(number[0]), number.end()
        if (name := self.patterns.name.match(text, at)) is None:
            raise UnreadableError
        if name[0] in {"function", "func", "fn", "lambda", "fun"}:
            return self._function(name.end(), depth)
        return self.links(None, at, at, depth, awaited=awaited)

    def _prefix(self, at: int) -> tuple[int, bool]:
        """Skip what may stand before an operand: words, signs, casts. Tells whether ``await`` was among them."""
        awaited = False
        for _ in range(8):
            if self.opens(at):
                break
            match = self.patterns.cast.match(self.text, at) or self.patterns.prefix.match(self.text, at)
            if match is None:
                break
            awaited = awaited or match[0] == "await"
            at = self.blank(match.end())
        return at, awaited

    def _literal(self, at: int, depth: int) -> tuple[Value, int]:
        literal = self.literal(at)
        if literal is None:
            raise UnreadableError
        if all(isinstance(part, str) for part in literal.parts):
            return Text("".join(map(str, literal.parts)), literal.is_bytes), literal.end
        parts = [Text(part) if isinstance(part, str) else self._in_hole(part, depth) for part in literal.parts]
        return Join(tuple(parts), is_literal=True), literal.end

    def _in_hole(self, hole: Hole, depth: int) -> Value:
        inner = Expressions(self.text[hole.start : hole.end], self.dialect)
        inner._work = self._work // 2
        self.spend(hole.end - hole.start)
        try:
            return inner.value(0, lines=True, depth=depth + 1)[0]
        except UnreadableError:
            return named("expression")

    def _bracketed(self, at: int, depth: int, *, awaited: bool) -> tuple[Value, int]:
        group = self.group(at, depth=depth + 1)
        arrow, after = self.dialect.arrows, self.blank(group.end)
        if arrow and group.mark == "(" and self.text.startswith(arrow, after):
            return self._function(after, depth)
        alone = group.mark == "(" and len(group.items) == 1 and not group.pairs and group.whole
        value: Value = group.items[0] if alone else group
        if self.member(group.end) or self.text[group.end : group.end + 1] == "[":
            return self.links(value, at, group.end, depth, awaited=awaited)
        return value, group.end

    def _function(self, at: int, depth: int) -> tuple[Value, int]:
        """Skip the rest of a function: its parameters, and its body in braces or as one expression."""
        at = self.blank(at)
        if (name := self.patterns.name.match(self.text, at)) and self.text[name.end() : name.end() + 1] == "(":
            at = name.end()
        if self.text[at : at + 1] == "(":
            at = self.blank(self.behind(at))
        for mark in ("=>", "->", ":"):
            at = self.blank(at + len(mark)) if self.text.startswith(mark, at) else at
        if self.text[at : at + 1] == "{":
            return named("function"), self.behind(at)
        return named("function"), self.value(at, lines=True, depth=depth + 1)[1]

    def _element(self, at: int, depth: int, mark: str = "") -> tuple[str | None, Value, int]:
        """One element of a list: its name, if any, its value, and its end. What is spread has the name ``...``."""
        value, end = self.value(at, lines=True, depth=depth + 1)
        after = self.blank(end)
        arrow = self.dialect.arrows
        if arrow and self.text.startswith(arrow, after):
            return None, *self._function(after, depth)
        if self.text.startswith(("...", "**"), at):
            return "...", value, end
        pair = self.patterns.pair.match(self.text, after)
        if pair is None:
            return None, value, end
        is_variable = pair[0] == "=>" if self.dialect.name == "ruby" else self.dialect.name in {"python", "dart"}
        name = _key(value, is_variable=mark == "{" and is_variable)
        if name is None:
            raise UnreadableError
        value, end = self.value(pair.end(), lines=True, depth=depth + 1)
        return name, value, end


def _shorthand(value: Value) -> str | None:
    """The name of a member that is written as nothing but a variable (``{ headers }``)."""
    return value.name if isinstance(value, Chain) and value.is_plain and len(value.links) == 1 else None


def _key(value: Value, *, is_variable: bool) -> str | None:
    """The name that an expression stands for where a name is expected; marked as unknown where it is a variable's."""
    if isinstance(value, Text):
        return value.value
    if isinstance(value, Chain) and value.is_plain and value.links:
        return name_of(value) if is_variable else value.links[-1].name
    if isinstance(value, Group) and len(value.items) == 1 and not value.pairs:
        return _key(value.items[0], is_variable=True)
    return None
