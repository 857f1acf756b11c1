"""Reading names and calls in a row: ``client.get(url).json()["x"]``."""

import re

from bot.intake.code.lexis import Lexis
from bot.intake.code.values import Chain, Group, Link, Text, Value


class Chains(Lexis):
    """The chains of one text. What stands in their brackets is read by :class:`Expressions`, which builds on this."""

    def group(self, at: int, *, depth: int = 0) -> Group:
        """What stands in the bracket that opens at ``at``."""
        raise NotImplementedError  # Expressions reads it

    def arguments(self, at: int) -> Group:
        """Arguments without brackets, up to the end of the line."""
        raise NotImplementedError  # Expressions reads it

    def chain(self, at: int) -> Chain | None:
        """The names and calls in a row that begin at ``at``, without what operators join to them."""
        value, _ = self.links(None, at, at, 0)
        return value if isinstance(value, Chain) and value.links else None

    def links(self, head: Value | None, start: int, at: int, depth: int, *, awaited: bool = False) -> tuple[Value, int]:
        """The chain from ``at`` on: a name first where there is no head, then members, calls and indexes."""
        links: list[Link] = []
        expects_name = head is None
        while True:
            self.spend(16)
            if expects_name:
                name = self.patterns.name.match(self.text, at)
                if name is None:
                    break
                links.append(Link(name[0].rpartition("\\")[2].lstrip("@$") or name[0]))
                at, expects_name = name.end(), False
            elif (index := self._index(at, depth)) is not None:
                links.append(index[0])
                at = index[1]
            elif links and (called := self._called(at, links[-1], depth)) is not None:
                links[-1], at = called
            elif member := self.member(at):
                at, expects_name = member.end(), True
            else:
                break
        return Chain(head, tuple(links), start, at, awaited), at

    def member(self, at: int) -> re.Match[str] | None:
        """The mark between an object and its member, where one follows."""
        return self.patterns.member.match(self.text, self.blank(at))

    def _index(self, at: int, depth: int) -> tuple[Link, int] | None:
        if not (match := self.patterns.bracket.match(self.text, at)):
            return None
        group = self.group(match.end() - 1, depth=depth + 1)
        key = group.item(0)
        if isinstance(key, Chain):
            return Link(f"[{key.name}]"), group.end
        return Link(key.value if isinstance(key, Text) else "[]"), group.end

    def _called(self, at: int, link: Link, depth: int) -> tuple[Link, int] | None:
        """The link with its arguments or members, where they follow."""
        text = self.text
        after = at + text.startswith(("!(", "?("), at)
        generic = self.patterns.generic.match(text, after)
        after = generic.end() if generic else after
        near = text[after : after + 8]
        blanks = len(near) - len(near.lstrip(" "))
        if link.arguments is None and text[after + blanks : after + blanks + 1] == "(":
            group = self.group(after + blanks, depth=depth + 1)
            return link._replace(arguments=group), group.end
        if link.arguments is None and self.dialect.name == "ruby" and blanks and self.opens(after + blanks):
            group = self.arguments(after + blanks)
            return link._replace(arguments=group), group.end
        brace = self.blank(after)
        empty = link.members is None or not (link.members.pairs or link.members.items)
        if (
            self.dialect.braces
            and empty
            and text[brace : brace + 1] == "{"
            and (brace == after or self.dialect.name != "go")
        ):
            group = self.group(brace, depth=depth + 1)
            return link._replace(members=group), group.end
        return None
