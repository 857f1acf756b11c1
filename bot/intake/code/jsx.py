"""The attributes of a tag in JSX: ``<Auth0Provider domain="..." authorizationParams={{ ... }}>``."""

import re
from functools import cache

from bot.intake.code.scope import Scope
from bot.intake.code.values import Text, Value

MAX_ATTRIBUTES = 40


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:(?P<name>[A-Za-z_]\w{0,40})=|\{(?P<spread>\.\.\.)[^}\n]{0,100}\}|(?P<bare>[A-Za-z_]\w{0,40})(?=[\s/>]))"
    )


def attributes(scope: Scope, at: int) -> tuple[tuple[tuple[str, Value], ...], bool, int]:
    """The attributes behind a tag's name, whether these are all, and where they end."""
    pairs: list[tuple[str, Value]] = []
    position, whole = at, True
    while (found := _attribute().match(scope.text, position)) and len(pairs) < MAX_ATTRIBUTES:
        position = found.end()
        if found["name"] is None:
            whole = whole and found["spread"] is None
            continue
        value: Value | None
        if scope.text[position : position + 1] == "{":
            group = scope.expressions.group(position)
            value, position = group.item(0), group.end
        elif (literal := scope.expressions.literal(position)) is not None:
            value, position = Text("".join(part for part in literal.parts if isinstance(part, str))), literal.end
        else:
            break
        if value is not None:
            pairs.append((found["name"], value))
    return tuple(pairs), whole, position
