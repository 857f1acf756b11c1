"""What an answer says besides its report."""

from typing import NamedTuple

from bot.render.exposure import Origin


class Around(NamedTuple):
    """What an answer says besides its report.

    ``pending`` are the probes still under way. ``replaces`` tells that this is a second message, after an offline one.
    ``permalink`` leads to the pasted direct message. ``origin`` is where somebody's message stands; ``channel``, ``ts``
    and ``thread_ts`` name it. ``live`` is the handle by which live checks can be asked for, ``author`` the person who
    can be told; where they are empty there is no such button. ``notes`` are small lines of our own.
    """

    pending: tuple[str, ...] = ()
    replaces: bool = False
    permalink: str = ""
    origin: Origin | None = None
    channel: str = ""
    thread_ts: str = ""
    ts: str = ""
    live: str = ""
    author: str = ""
    notes: tuple[str, ...] = ()


ALONE = Around()
"""An answer that is nothing but its report."""
