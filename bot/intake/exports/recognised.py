"""Which tool wrote a document, and what requests it holds."""

from collections.abc import Mapping, Sequence

from bot.evidence import Exchange, HTTPRequest, TokenRequest
from bot.intake.exports import automation, har, insomnia, logged, postman
from bot.intake.piece import LooseHeader

Found = Exchange | HTTPRequest | TokenRequest | LooseHeader


def variables(documents: Sequence[object]) -> dict[str, str]:
    """The variables that the documents of one paste define, for all of them."""
    found: dict[str, str] = {}
    for value in documents:
        found = {**postman.variables(value), **insomnia.variables(value), **found}
    return found


def values(value: object, defined: Mapping[str, str]) -> Sequence[Found]:
    """The requests of a document, read as what the first tool that knows it wrote; empty where none does."""
    return (
        har.exchanges(value)
        or insomnia.requests(value, defined)
        or automation.requests(value)
        or postman.requests(value, defined)
        or logged.values(value)
    )
