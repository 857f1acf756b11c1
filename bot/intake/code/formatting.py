"""Templates with fields, filled with what is known: ``"{}".format``, ``%``, ``String.format``, ``Sprintf``."""

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.intake.code.values import Group, Value
from bot.intake.piece import unknown

if TYPE_CHECKING:
    from bot.intake.code.evaluation import Evaluation


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(
        r"%(?:\((?P<named>\w{1,60})\)|\d{1,2}\$)?[-+0-9.]{0,6}[sdvfrq]|%%"
        r"|\{\{|\}\}|\{(?P<field>\w{0,60})(?:[!:][^{}]{0,40})?\}"
    )


def formatted(evaluation: "Evaluation", template: str, arguments: Group, at: int) -> str:
    """A template with its fields filled: ``{}``, ``{0}``, ``{name}``, ``%s``, ``%(name)s``, ``%v``."""
    place = iter(range(100))
    in_braces = "%s" not in template and "%v" not in template and "%(" not in template

    def fill(match: re.Match[str]) -> str:
        if match[0] in {"%%", "{{", "}}"}:
            return match[0][0]
        if match[0].startswith("%") == in_braces:
            return match[0]
        field = match["field"] or match["named"] or ""
        if field and not field.isdigit():
            given = arguments.get(field) or _in_group(arguments, field)
            return evaluation.text(given, at) if given is not None else unknown(field)
        value = arguments.item(int(field) if field and len(field) < 3 else next(place, 100))
        return evaluation.text(value, at) if value is not None else unknown("argument")

    return _fields().sub(fill, template)


def _in_group(arguments: Group, field: str) -> Value | None:
    inner = arguments.item(0)
    return inner.get(field) if isinstance(inner, Group) else None
