"""What expressions come to: names are looked up, well-known functions applied, the rest is unknown."""

from typing import NamedTuple

from bot.intake.code import functions
from bot.intake.code.objects import hidden, written
from bot.intake.code.scope import Scope, is_word
from bot.intake.code.setters import makes_empty, set_by
from bot.intake.code.values import Chain, Group, Join, Text, Value, bare_name
from bot.intake.piece import unknown

MAX_LOOKUPS = 12
"""How deep names that stand for names are followed."""
_WORDS = {
    "javascript": {"undefined": "undefined", "null": "null", "NaN": "NaN", "true": "true", "false": "false"},
    "python": {"None": "None", "True": "True", "False": "False"},
    "ruby": {"nil": "", "true": "true", "false": "false"},
    "php": {"null": "", "NULL": "", "true": "1", "false": ""},
    "csharp": {"null": "", "true": "True", "false": "False"},
}
_OTHER_WORDS = {"null": "null", "true": "true", "false": "false"}
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False}
_NOTHING = ("None", "null", "undefined", "nil", "NULL")


class Members(NamedTuple):
    """The members of a list, with what was changed later; ``whole`` tells that these are all."""

    pairs: tuple[tuple[str, Value], ...]
    items: tuple[Value, ...]
    whole: bool

    def get(self, *names: str) -> Value | None:
        """The value of the last pair with one of the names, case ignored."""
        wanted = {name.lower() for name in names}
        return next((value for name, value in reversed(self.pairs) if name.lower() in wanted), None)


class Evaluation:
    """Evaluates the expressions of a scope. Nothing is run: functions are known by name or not at all."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.dialect = scope.dialect
        self._depth = 0

    def text(self, value: Value | None, at: int) -> str:
        """A value as text; what is not known stands in it as ``piece.unknown``."""
        if value is None:
            return ""
        if isinstance(value, Join):
            return "".join(self._part(part, at, interpolated=value.is_literal) for part in value.parts)
        return self._part(value, at, interpolated=False)

    def known(self, value: Value | None, at: int) -> str | None:
        """A value as text; None where nothing of it is known."""
        if value is None:
            return None
        found = self.resolve(value, at)
        return found.value if isinstance(found, Text) else None

    def resolve(self, value: Value, at: int) -> Value:
        """What a value comes to: a text, a list of members, or the chain itself where that is not known."""
        if isinstance(value, Join):
            return Text(self.text(value, at))
        if not isinstance(value, Chain):
            return value
        if self._depth >= MAX_LOOKUPS:
            return value
        self._depth += 1
        try:
            return self._chain(value, at) or value
        finally:
            self._depth -= 1

    def members(self, value: Value | None, at: int, *, made: bool = False) -> Members | None:
        """The members of a list as written, or of a variable with what was set later. None where it is not known.

        ``made`` tells that the paste shows where the variable comes from, so that it begins without members.
        """
        if value is None:
            return None
        if isinstance(value, Chain) and value.is_plain and (changed := self._changed(value, at, made=made)):
            return changed
        found = self.resolve(value, at)
        return self._spread(found, at) if isinstance(found, Group) else None

    def plain(self, value: Value, at: int) -> object:
        """A value as what JSON can hold."""
        found = self.resolve(value, at)
        if isinstance(found, Text):
            return found.value
        if isinstance(found, Group):
            members = self._spread(found, at)
            if members.pairs or found.mark == "{":
                return {bare_name(name): self.plain(item, at) for name, item in members.pairs} | hidden(*members)
            return [self.plain(item, at) for item in members.items]
        if isinstance(found, Chain) and found.is_plain and found.name in _CONSTANTS:
            return _CONSTANTS[found.name]
        return None if is_word(found, *_NOTHING) else self.text(value, at)

    def texts(self, value: Value | None, at: int) -> list[tuple[str, str]] | None:
        """The members of a value as names and texts; of a list as a value its first item. None where not known."""
        members = self.members(value, at)
        if members is None:
            return None
        pairs = [(bare_name(name), self.first(it, at)) for name, it in members.pairs if not is_word(it, *_NOTHING)]
        for item in members.items:
            found = self.resolve(item, at)
            if isinstance(found, Group) and len(found.items) == 2 and not found.pairs:
                pairs.append((self.text(found.items[0], at), self.first(found.items[1], at)))
            elif (
                isinstance(found, Chain)
                and found.links
                and found.links[-1].arguments
                and len(found.links[-1].arguments.items) == 2
            ):
                name, content = found.links[-1].arguments.items
                pairs.append((self.text(name, at), self.first(content, at)))
        return [*pairs, *hidden(*members).items()]

    def first(self, value: Value, at: int) -> str:
        """A value as text; of a list its first item (Go's header values)."""
        found = self.resolve(value, at)
        if isinstance(found, Group) and found.items and not found.pairs:
            return self.text(found.items[0], at)
        return self.text(value, at)

    def _part(self, value: Value, at: int, *, interpolated: bool) -> str:
        found = self.resolve(value, at)
        if isinstance(found, Text):
            return (
                f"b'{found.value}'"
                if found.is_bytes and interpolated and self.dialect.name == "python"
                else found.value
            )
        if isinstance(found, Chain) and found.is_plain and len(found.links) == 1:
            word = _WORDS.get(self.dialect.name, _OTHER_WORDS).get(found.name)
            if word is not None:
                return word
        if self.dialect.name == "javascript" and isinstance(found, Group) and found.mark == "{":
            return "[object Object]"
        return self._object(found, at) or unknown(_name(value))

    def _object(self, value: Value, at: int) -> str:
        """What a promise, a task or a response becomes in a text; empty where it may be something better."""
        if isinstance(value, Chain) and value.is_plain and (assigned := self.scope.assigned(value.name, at)):
            value = assigned[1]
        return written(self.scope, value) if isinstance(value, Chain) else ""

    def _changed(self, variable: Chain, at: int, *, made: bool) -> Members | None:
        """A variable's members with what was set after it was assigned; None where nothing was."""
        assigned = self.scope.assigned(variable.name, at)
        since = assigned[0].start if assigned and assigned[0].start < at else 0
        changes = self.scope.changes(variable.name, since, at)
        if not changes:
            return None
        found = self.resolve(assigned[1], assigned[0].start) if assigned else self.resolve(variable, at)
        base = self._spread(found, at) if isinstance(found, Group) else None
        fresh = made or makes_empty(found)
        pairs = list(base.pairs) if base else []
        items = list(base.items) if base else []
        whole = base.whole if base else fresh
        for change, value in changes:
            if value is None:
                whole = False
            elif not change.method:
                if change.key:
                    pairs = [pair for pair in pairs if pair[0].lower() != change.key.lower()]
                    pairs.append((change.key, value))
                else:
                    items.append(value)
            elif isinstance(value, Group):
                more = set_by(change.method, value)
                if more is None:
                    nested = self.members(value.item(0), at)
                    whole = whole and nested is not None and nested.whole
                    more = nested.pairs if nested else ()
                pairs += more
        return Members(tuple(pairs), tuple(items), whole)

    def _spread(self, group: Group, at: int) -> Members:
        """A list's members with those of the lists that are spread into it."""
        if not any(name == "..." for name, _ in group.pairs):
            return Members(group.pairs, group.items, group.whole)
        pairs: list[tuple[str, Value]] = []
        items, whole = list(group.items), group.whole
        for name, value in group.pairs:
            if name != "...":
                pairs.append((name, value))
                continue
            inner = self.members(value, at)
            pairs += inner.pairs if inner else ()
            items += inner.items if inner else ()
            whole = whole and inner is not None and inner.whole
        return Members(tuple(pairs), tuple(items), whole)

    def _chain(self, chain: Chain, at: int) -> Value | None:
        """Follow a chain from left to right: variables, members, methods of texts and lists, well-known functions."""
        current: Value | None = self.resolve(chain.head, at) if chain.head is not None else None
        names: list[str] = []
        for place, link in enumerate(chain.links):
            if link.arguments is None and link.members is None:
                if isinstance(current, Group):
                    current = self._member(current, link.name, at) or functions.method(self, current, link, at)
                    if current is None:
                        return None
                elif current is None:
                    names.append(link.name)
                    current = self._variable(names, at, last=place == len(chain.links) - 1)
                else:
                    return None
            elif current is not None:
                current = functions.method(self, current, link, at)
                if current is None:
                    return None
            else:
                current = functions.function(self, names, link, at)
                names.append(link.name)
                if current is None:
                    return None
        return current

    def _variable(self, names: list[str], at: int, *, last: bool) -> Value | None:
        """The value of a variable, by its whole name or without ``this``; None where it is not known."""
        name = ".".join(names)
        found = self.scope.assigned(name, at)
        if found is None and names[0] in {"this", "self", "cls", "process"} and len(names) > 1:
            found = self.scope.assigned(".".join(names[1:]).removeprefix("env."), at)
        if found is None:
            return None
        value = self.resolve(found[1], min(found[0].start, at) if found[0].start < at else at)
        if isinstance(value, Text | Group):
            return value
        return value if last and is_word(value, *_NOTHING) else None

    def _member(self, group: Group, name: str, at: int) -> Value | None:
        value = self._spread(group, at).get(name)
        if value is None and name.isdigit() and int(name) < len(group.items):
            value = group.items[int(name)]
        return self.resolve(value, at) if value is not None else None


def _name(value: Value) -> str:
    """What an unknown value is called in the code."""
    if isinstance(value, Chain):
        if value.links and value.links[0].name == "either" and value.links[0].arguments:
            return _name(value.links[0].arguments.items[0])
        return value.name or "value"
    return "value"
