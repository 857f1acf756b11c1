"""What a client's own error text says of the character that it refuses in the header: nothing reached the API.

The texts are those of Python's requests and httpx, Node's fetch and http, Go, Java's OkHttp; the number is the code
point.
"""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.report import Certainty, Finding

_NAMED: tuple[tuple[frozenset[int], str, str, str], ...] = (
    (frozenset({10, 13}), "token-line-break", "a line break", ""),
    (
        frozenset({0x201C, 0x201D, 0x2018, 0x2019}),
        "credentials-quoted",
        "a typographic quote",
        "Retype the quotes, or send the bare token.",
    ),
    (
        frozenset({0x2026}),
        "token-redacted",
        "an ellipsis (…), which a shortened display puts there",
        "Copy the whole token with the copy button, not the shortened text.",
    ),
    (frozenset({0x2013, 0x2014, 0x2212}), "token-markup", "a long dash, which text formatting puts there", ""),
    (frozenset({9, 32}), "token-whitespace", "a blank", ""),
)
"""Code points, the cause they mean, what they are called, and a fix of their own."""
_BY_DAMAGE: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"line-break", "line-break-end"}), "token-line-break", "a line break"),
    (frozenset({"invisible", "no-break-space"}), "token-invisible-character", "a character that does not show"),
    (frozenset({"typographic-quotes"}), "credentials-quoted", "a typographic quote"),
)
"""Damage of the pasted token that explains a refusal which names no character."""


def find(case: Case) -> Iterator[Finding]:
    """The finding for the first refusal that the paste shows."""
    for statement in case.statements:
        if statement.says == "header-character":
            yield _by_character(statement.character) if statement.character is not None else _unnamed(case)
            return
    if "header-not-latin" in case.says:
        yield _by_damage(case) or Finding(
            "token-invisible-character",
            Certainty.LIKELY,
            "The client refuses the header's value: it holds a character that headers cannot carry, and none shows.",
        )


def _by_character(character: int) -> Finding:
    for characters, cause, name, fix in _NAMED:
        if character in characters:
            return Finding(cause, Certainty.CERTAIN, _refused(name), fix)
    return Finding("token-invisible-character", Certainty.CERTAIN, _refused(f"the character U+{character:04X}"))


def _by_damage(case: Case) -> Finding | None:
    damage = set(case.credential.damage) if case.credential else set()
    for kinds, cause, name in _BY_DAMAGE:
        if kinds & damage:
            return Finding(cause, Certainty.CERTAIN, _refused(name))
    return None


def _unnamed(case: Case) -> Finding:
    return _by_damage(case) or Finding(
        "token-line-break",
        Certainty.LIKELY,
        "The client refuses the header's value: a line break at the token's end is the usual reason.",
        "Strip the token before use, for example with `.strip()` or `tr -d '\\r\\n'`.",
    )


def _refused(name: str) -> str:
    return f"The client refuses the header because of {name} in it: nothing was sent."
