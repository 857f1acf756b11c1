"""What keeps live checks fair: a limit for each person, one for the process, and a breaker for each host."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PERSON_MOST = 10
"""Live diagnoses of one person in :data:`MINUTE` seconds."""
MINUTE = 60.0
PROBES_MOST = 50
"""Probes under way at once in the process."""
FAILURES_MOST = 5
"""Failures of a host in a row that open its breaker for :data:`OPEN_SECONDS`."""
OPEN_SECONDS = 30.0
REMEMBERED_MOST = 10_000
"""People and hosts that are kept in mind; those not heard of for longest are forgotten first."""


class Fairness:
    """Who may run live checks now. ``clock`` gives seconds; ``seconds`` is how long one diagnosis may take."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._under_way = 0

    def admit(self, user_id: str) -> int | None:
        """Count a live diagnosis of a person; one too many is not counted, and the seconds to wait are returned."""
        now = self._clock()
        times = self._times.setdefault(user_id, deque())
        self._times.move_to_end(user_id)
        while len(self._times) > REMEMBERED_MOST or self._is_over(now):
            self._times.popitem(last=False)
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= PERSON_MOST:
            return math.ceil(times[0] + MINUTE - now)
        times.append(now)
        return None

    def _is_over(self, now: float) -> bool:
        """Whether whoever came longest ago has no minute to be counted in any more."""
        first = next(iter(self._times.values()))
        return bool(first) and first[-1] <= now - MINUTE and len(self._times) > 1

    def is_full(self, probes: int) -> int | None:
        """The seconds after which to try again where so many more probes are too many, else None."""
        return math.ceil(self._seconds) if self._under_way + probes > PROBES_MOST else None

    @contextmanager
    def running(self, probes: int) -> Iterator[None]:
        """Count probes as under way."""
        self._under_way += probes
        try:
            yield
        finally:
            self._under_way -= probes


class Breaker:
    """Spares hosts that fail again and again. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, host: str) -> int | None:
        """The seconds for which a host is left alone; None where it may be asked."""
        count, last = self._failures.get(host, (0, 0.0))
        left = last + OPEN_SECONDS - self._clock()
        return math.ceil(left) if count >= FAILURES_MOST and left > 0 else None

    def failed(self, host: str) -> None:
        """Count a failure."""
        count, _ = self._failures.get(host, (0, 0.0))
        self._failures[host] = (count + 1, self._clock())
        self._failures.move_to_end(host)
        while len(self._failures) > REMEMBERED_MOST:
            self._failures.popitem(last=False)

    def worked(self, host: str) -> None:
        """Forget the failures of a host."""
        self._failures.pop(host, None)
