"""Faults to be played: what the stand-in answers instead of what it should."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One bad answer: an HTTP status (with `Retry-After` in seconds), an `error`, or silence until the end.

    Where it is `done`, what was asked for is carried out all the same, and the bad answer is to that.
    """

    status: int = 200
    error: str = ""
    retry_after: int | None = None
    hang: bool = False
    done: bool = False


class Faults:
    """The faults ahead, by method (`chat.postMessage`) or by the word `response_url`."""

    def __init__(self) -> None:
        self._ahead: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        """Lets the next `times` answers of a method be this fault."""
        self._ahead[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault that is due now, if any."""
        ahead = self._ahead[method]
        return ahead.popleft() if ahead else None
