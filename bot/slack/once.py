"""What comes twice is done once: Slack repeats an event that got no answer within 3 s, and people click twice."""

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_SECONDS = 600.0
"""Slack's last retry comes after about five minutes."""

MOST = 20_000
"""Ids that are remembered at most; the oldest go first."""


class Once:
    """Remembers ids, such as ``event_id`` and ``trigger_id``, for ten minutes from the moment they were first seen."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def first(self, key: str) -> bool:
        """Tell whether this id is new, and remember it."""
        now = self._clock()
        while self._seen and (len(self._seen) >= MOST or next(iter(self._seen.values())) < now - REMEMBERED_SECONDS):
            self._seen.popitem(last=False)
        if key in self._seen:
            return False
        self._seen[key] = now
        return True

    def forget(self, key: str) -> None:
        """Let a request that was put off come again."""
        self._seen.pop(key, None)
