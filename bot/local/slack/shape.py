"""Small checks, combined, that say what a JSON value must look like.

A `Check` takes a value and its JSON pointer and yields one sentence for each thing that Slack would refuse.
Lengths are counted in Unicode code points, as Slack counts them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

Object: TypeAlias = dict[str, Any]
Check: TypeAlias = Callable[[object, str], Iterator[str]]


def string(most: int, *, least: int = 1, blank: bool = False) -> Check:
    """A string of `least` to `most` characters; one of blanks alone counts as empty, unless `blank` allows it."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{pointer}: must be a string"
        elif len(value) > most:
            yield f"{pointer}: must be at most {most} characters, has {len(value)}"
        elif len(value if blank else value.strip()) < least:
            yield f"{pointer}: must be at least {least} characters"

    return check


def link(most: int) -> Check:
    """A string that is an http, https or mailto link."""
    plain = string(most)

    def check(value: object, pointer: str) -> Iterator[str]:
        yield from plain(value, pointer)
        if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:")):
            yield f"{pointer}: must be a link"

    return check


def boolean(value: object, pointer: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{pointer}: must be true or false"


def integer(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield f"{pointer}: must be a whole number from {least} to {most}"

    return check


def one_of(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield f"{pointer}: must be one of {', '.join(allowed)}"

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes `item`."""

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{pointer}: must be a list"
            return
        if not least <= len(value) <= most:
            yield f"{pointer}: must have {least} to {most} items, has {len(value)}"
        for index, element in enumerate(value):
            yield from item(element, f"{pointer}/{index}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others; its `type` is judged by `tagged`."""
    known = {**required, **(optional or {})}

    def check(value: object, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{pointer}: must be an object"
            return
        for name in required:
            if name not in value:
                yield f"{pointer}: is missing the field {name}"
        for name, field in value.items():
            if name in known:
                yield from known[name](field, f"{pointer}/{name}")
            elif name != "type":
                yield f"{pointer}: has the unknown field {name}"

    return check


def tagged(what: str, kinds: Mapping[str, Check]) -> Check:
    """An object that says by its `type` which check it must pass."""

    def check(value: object, pointer: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if isinstance(kind, str) and kind in kinds:
            yield from kinds[kind](value, pointer)
        else:
            yield f"{pointer}: {kind!r} is no {what} that is allowed here"

    return check


def refusal(error: str, **more: object) -> Object:
    """Slack's answer to a call that it does not carry out."""
    return {"ok": False, "error": error, **more}
