"""The table of causes as text for a terminal: the list of all, and one of them explained."""

from bot.causes import CAUSES, cause
from bot.render import texts
from bot.render.content import steps
from bot.render.terminal import Paint


def list_causes(*, color: bool = False) -> str:
    """Every cause in the order of precedence, one a line: its id and its problem."""
    paint = Paint(width=200, color=color)
    widest = max(len(row.id) for row in CAUSES)
    return "\n".join(f"{paint.bold(row.id)}{' ' * (widest - len(row.id))}  {row.problem}" for row in CAUSES) + "\n"


def explain(cause_id: str, *, color: bool = False, width: int = 80) -> str:
    """One cause: problem, how it is recognised, what to do, where to read on. ``width`` is in columns.

    Raises:
        KeyError: there is no cause of that id.
    """
    row = cause(cause_id)
    paint = Paint(width=width, color=color)
    lines = [paint.bold(row.problem), "", *paint.wrapped(f"{texts.RECOGNISED}: {row.recognised}"), ""]
    lines += [*paint.steps(texts.DO_THIS, steps(row.fix)), *paint.links(row.links), ""]
    usual = texts.USUAL_CERTAINTY.format(check=row.check, certainty=row.certainty)
    lines += paint.wrapped(f"{usual} {texts.HIDES.format(ids=', '.join(row.hides.split()))}" if row.hides else usual)
    return "\n".join(lines) + "\n"
