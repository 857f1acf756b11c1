"""Tasks of Ansible: what stands in their double braces is filled in before anything is sent."""

import re
from functools import cache

from bot.intake.piece import unknown


def filled(text: str) -> str:
    """The text of a playbook that calls a URI, with its variables as unknown; any other text as it is."""
    return _variable().sub(lambda match: unknown(match[1]), text) if _task().search(text) else text


@cache
def _task() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*+(?:-[ ])?(?:ansible\.builtin\.)?uri:[ \t]*$", re.MULTILINE)


@cache
def _variable() -> re.Pattern[str]:
    return re.compile(r"\{\{[ ]?([^{}\n]{1,120}?)[ ]?\}\}")
