"""What expressions in code are read as: texts, texts with holes, lists of members, and chains of names and calls."""

from typing import NamedTuple

from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN, unknown


class Text(NamedTuple):
    """A text that is known, perhaps with unknown parts (``piece.unknown``)."""

    value: str
    is_bytes: bool = False

    def __repr__(self) -> str:
        """Show that there is one: it can be a token."""
        return "Text(...)"


class Join(NamedTuple):
    """Texts and expressions that are joined: a literal with holes, or operands of a joining operator."""

    parts: "tuple[Value, ...]"
    is_literal: bool = False


class Group(NamedTuple):
    """What stands in brackets: arguments, an array, a map. ``pairs`` have names, ``items`` do not.

    ``whole`` is false where a part could not be read or comes from elsewhere (``...rest``, ``**rest``), ``single`` is
    true for one value in round brackets.
    """

    pairs: "tuple[tuple[str, Value], ...]" = ()
    items: "tuple[Value, ...]" = ()
    whole: bool = True
    start: int = 0
    end: int = 0
    mark: str = ""

    def get(self, *names: str) -> "Value | None":
        """The value of the last pair with one of the names, case ignored."""
        wanted = {name.lower() for name in names}
        return next((value for name, value in reversed(self.pairs) if name.lower() in wanted), None)

    def item(self, at: int) -> "Value | None":
        """The item at a position; None where there are fewer."""
        return self.items[at] if at < len(self.items) else None


class Link(NamedTuple):
    """One member of a chain: a name or index, its arguments where it is called, its members where braces follow."""

    name: str
    arguments: Group | None = None
    members: Group | None = None


class Chain(NamedTuple):
    """Names and calls in a row: ``requests.get(url)``, ``new Request.Builder().url(x)``.

    ``head`` is a value that they start from; ``awaited`` tells that ``await`` stands before them. ``start`` and ``end``
    are their place.
    """

    head: "Value | None"
    links: tuple[Link, ...]
    start: int = 0
    end: int = 0
    awaited: bool = False

    @property
    def name(self) -> str:
        """The names of the links, joined by dots."""
        return ".".join(link.name for link in self.links)

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but names."""
        return self.head is None and all(link.arguments is None and link.members is None for link in self.links)

    def link(self, *names: str) -> Link | None:
        """The first called link with one of the names, case ignored."""
        wanted = {name.lower() for name in names}
        return next((link for link in self.links if link.name.lower() in wanted and link.arguments is not None), None)


Value = Text | Join | Group | Chain


def field_name(word: str, *, is_constant: bool) -> str:
    """A header's name as it is written; marked as unknown where a constant or variable holds it, but for that one."""
    return unknown(word) if is_constant and word and word.lower() != "authorization" else word


def bare_name(name: str) -> str:
    """A name without such a mark, where a constant's own word is good enough."""
    return name.strip(UNKNOWN_OPEN + UNKNOWN_CLOSE)


def named(name: str) -> Chain:
    """A bare name."""
    return Chain(None, (Link(name),))
