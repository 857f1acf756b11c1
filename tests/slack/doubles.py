"""A diagnosis of a few words, so that the Slack app is tried without the core, and the ways to run the app."""

import asyncio
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from bot.observation import Observation, Observations
from bot.redact import fingerprint, shorten
from bot.report import (
    Certainty,
    CheckResult,
    Finding,
    Outcome,
    Report,
    TokenFacts,
    Verdict,
)
from bot.server.logs import configure
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis
from bot.stages import Stages

NOW = 1_790_000_000
LINES = ("authorization-header", "access-token", "expiry", "audience", "claims", "first-login", "base-url")
CHECKS = tuple(CheckResult(line, line.capitalize(), Outcome.PASSED, "fine") for line in LINES)
HEADLINE = "Rhythm 401 check: The token is for another audience."
LIVE_HEADLINE = "Rhythm 401 check: Nothing wrong with this token."
TOKEN = "token-" + "x" * 26


class Case(NamedTuple):
    """What the double makes of a paste."""

    text: str
    url: str | None


def report(verdict: Verdict = Verdict.BLOCKED, *, cause: str = "audience-wrong", token: str = "") -> Report:
    facts = TokenFacts(
        "access", shorten(token), fingerprint(token), "user", None, (), NOW, NOW + 60, "example.org", None, None
    )
    root = Finding(cause, Certainty.CERTAIN, "It is for another API.") if verdict is Verdict.BLOCKED else None
    return Report(verdict, root, (), CHECKS, facts if token else None, None, None, (), (), None, NOW)


class Diagnosing:
    """Finds ``audience-wrong`` in a text that holds ``token``, nothing to check in any other; fails where it is told to.

    ``fails`` may be ``read`` or ``judge``, or ``render``: then the report names a cause that no table knows.
    """

    def __init__(self) -> None:
        self.seen: list[Case] = []
        self.fails = ""
        self.when_judging: Callable[[], None] = lambda: None

    def read(self, text: str, url: str | None) -> Case:
        if self.fails == "read":
            raise RuntimeError(f"could not read {text}")
        self.seen.append(Case(text, url))
        return Case(text, url)

    def judge(self, case: Case, observations: Observations) -> Stages[Report]:
        yield
        self.when_judging()
        if observations:
            return report(Verdict.CLEAR, token=case.text)._replace(live=())
        if self.fails == "judge":
            raise ValueError(f"could not judge {case.text}")
        if self.fails == "render":
            return report(cause=f"no-such-cause {case.text}")
        if "token" not in case.text and "eyJ" not in case.text:
            return report(Verdict.NOTHING_TO_CHECK)
        return report(token=case.text)

    def given(self, prober: "Probing | None" = None) -> Diagnosis:
        return Diagnosis(self.read, self.judge, prober)


class Planned(NamedTuple):
    """What the double would ask."""

    probes: tuple[str, ...]


class Probing:
    """Would run ``probes`` for a text that holds ``token``; answers when ``done`` is set, or fails where it is told to.

    After an answer with live checks the double of the diagnosis finds nothing wrong.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Case, str]] = []
        self.done = asyncio.Event()
        self.fails = False
        self.closed = 0
        self.answer = Observation("baseline", 401)

    def plan(self, case: Case) -> Planned:
        return Planned(("keys", "who-am-i", "baseline") if "token" in case.text else ())

    async def observe(
        self, case: Case, *, user: str = "", tell: Callable[[Observation], None] | None = None
    ) -> Observations:
        self.asked.append((case, user))
        await self.done.wait()
        if self.fails:
            raise RuntimeError(f"could not ask about {case.text}")
        return (Observation("who-am-i", 200),)

    async def answers(self) -> Observation:
        if self.fails:
            raise RuntimeError("could not ask")
        await self.done.wait()
        return self.answer

    async def aclose(self) -> None:
        self.closed += 1


@contextmanager
def logged(settings: Settings) -> Iterator[io.StringIO]:
    """Configure logging as the process does, into a string; put everything back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure(settings, stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.level = handlers, level
        logging.captureWarnings(capture=False)


def texts(blocks: Any) -> str:
    """All texts of some blocks."""
    if isinstance(blocks, dict):
        return " ".join(texts(value) for key, value in blocks.items() if key not in {"type", "action_id", "block_id"})
    if isinstance(blocks, list | tuple):
        return " ".join(texts(item) for item in blocks)
    return str(blocks)
