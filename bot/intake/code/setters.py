"""Methods that set header fields or members: which ones, by the method's name and its arguments."""

from bot.intake.code.values import Chain, Group, Join, Link, Text, Value, field_name

_EMPTY = frozenset(
    [
        "dict",
        "dictionary",
        "hash",
        "hashmap",
        "hashmapof",
        "headers",
        "httpheaders",
        "linkedhashmap",
        "linkedmultivaluemap",
        "list",
        "map",
        "mutablemapof",
        "namevaluecollection",
        "treemap",
        "urlsearchparams",
    ]
)
_CONVERSIONS = frozenset({"tostring", "to_s", "value", "name", "lowercase"})


def name_of(value: Value) -> str:
    """A header's or parameter's name: a text, or the last word of a constant such as ``HttpHeaders.AUTHORIZATION``.

    What a constant or a variable holds is not in its name: but for that one its word is marked as unknown.
    """
    if isinstance(value, Text):
        return value.value
    words = [link.name for link in value.links] if isinstance(value, Chain) else []
    words = [word for word in words if word.lower() not in _CONVERSIONS] or words
    return field_name(words[-1], is_constant=True) if words else "name"


def makes_empty(value: Value | None) -> bool:
    """Whether a value is a new list without members: ``new HttpHeaders()``, ``{}``."""
    if isinstance(value, Group):
        return not value.pairs and not value.items
    if not isinstance(value, Chain) or not value.links:
        return False
    names = {link.name.lower() for link in value.links}
    called = value.links[-1].arguments
    return bool(names & _EMPTY) and called is not None and not called.items and not called.pairs


def set_by(name: str, arguments: Group) -> tuple[tuple[str, Value], ...] | None:
    """The members that a method sets, by its name and arguments; None where it takes over those of its argument."""
    if name == "setBearerAuth" and arguments.items:
        return (("Authorization", Join((Text("Bearer "), arguments.items[0]))),)
    if name == "setBasicAuth":
        return (("Authorization", Chain(None, (Link("basic", arguments),))),)
    if len(arguments.items) >= 2:
        return ((name_of(arguments.items[0]), arguments.items[1]),)
    first = arguments.item(0)
    if isinstance(first, Text) and ":" in first.value:
        name, _, content = first.value.partition(":")
        return ((name, Text(content.strip(" "))),)
    return arguments.pairs if arguments.pairs and first is None else None
