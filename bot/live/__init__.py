"""Live checks: asks the Rhythm API and the issuer about a case, safely, and tells what was seen. It judges nothing.

``client`` is the guard that every request goes through, ``reach`` says whom it may ask, ``addresses`` what it may
connect to; ``fairness`` limits how much is asked; ``keys`` and ``rhythm`` ask.
"""

import asyncio
import logging
import ssl
from collections.abc import Callable
from typing import Generic, TypeVar

import httpx

from bot.live.addresses import Resolver
from bot.live.client import PROBE_SECONDS, Client, Guard
from bot.live.fairness import Breaker, Fairness
from bot.live.keys import KeySets
from bot.live.reach import Reach
from bot.live.rhythm import Baselines, Heard, Rhythm, compared
from bot.observation import PROBE_NAMES, Observation, Observations, Plan, Question
from bot.services import base_url
from bot.settings import Settings

GRACE_SECONDS = 0.3
"""How long after the budget a probe may take to end by itself: it knows better than we do why it is late."""

Case = TypeVar("Case")
Tell = Callable[[Observation], None]

log = logging.getLogger(__name__)


class Prober(Generic[Case]):
    """Asks about cases. One for the process, used in one event loop; making it costs nothing.

    ``question`` says what may be asked about a case. ``resolver`` and ``certificates`` replace the system's, for tests.
    """

    def __init__(
        self,
        settings: Settings,
        question: Callable[[Case], Question | None],
        *,
        resolver: Resolver | None = None,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self._question = question
        self._budget = settings.live_timeout_seconds
        reach = Reach.of(settings)
        guard = Guard(reach, min(PROBE_SECONDS, self._budget), resolver, certificates)
        self._client = Client(guard, Breaker())
        self._base = base_url("rolodex", settings)
        self._rhythm = Rhythm(self._client, self._base)
        self._keys = KeySets(self._client)
        self.fairness = Fairness(self._budget)

    def plan(self, case: Case) -> Plan:
        """Which probes would run for a case, and whom they would ask."""
        question = self._question(case)
        if question is None:
            return Plan()
        probes = tuple(probe for probe, skipped in _intended(question) if not skipped)
        token_hosts = (_host(self._base),) if question.token and len(probes) > ("keys" in probes) else ()
        key_hosts = (_host(question.key_set),) if question.key_set else ()
        return Plan(probes, tuple(dict.fromkeys((*key_hosts, *token_hosts))), token_hosts)

    async def observe(self, case: Case, *, user: str = "", tell: Tell | None = None) -> Observations:
        """Ask whatever may be asked about a case, all at once, and tell what was seen.

        It takes the budget of the settings and less than a second more, and raises nothing but CancelledError.
        ``user`` is the person for whom it is done, where each has a limit. ``tell`` hears each observation as it is
        made. Without a token in the case there are no observations.
        """
        question = self._question(case)
        if question is None:
            return ()
        intended = _intended(question)
        run = [probe for probe, skipped in intended if not skipped]
        seen = {probe: Observation(probe, skipped=skipped) for probe, skipped in intended if skipped}
        if run and (refused := self._refused(user, len(run))):
            reason, wait = refused
            seen |= {probe: Observation(probe, failure=reason, retry_after=wait) for probe in run}
        elif run:
            with self.fairness.running(len(run)):
                seen |= await self._asked(question, run, tell or (lambda _: None))
        return tuple(seen[probe] for probe in PROBE_NAMES if probe in seen)

    async def answers(self) -> Observation:
        """Whether the API answers at all: what it says to a worthless token, asked at most every few seconds.

        It takes the budget of the settings and less than a second more, and raises nothing but CancelledError.
        """
        try:
            async with asyncio.timeout(self._budget + GRACE_SECONDS):
                return await self._rhythm.answers()
        except TimeoutError:
            return _too_late("baseline", self._budget).observation

    async def aclose(self) -> None:
        """Close the connections, and stop what is still asked for others' sake."""
        await self._keys.aclose()
        await self._rhythm.aclose()
        await self._client.aclose()

    def _refused(self, user: str, probes: int) -> tuple[str, int] | None:
        """Why nothing is asked now, and when to try again in seconds; None where it may be asked."""
        if wait := self.fairness.is_full(probes):
            return "not asked: too many live checks are under way", wait
        if user and (wait := self.fairness.admit(user)):
            return "not asked: you have used up your live checks of this minute", wait
        return None

    async def _asked(self, question: Question, run: list[str], tell: Tell) -> dict[str, Observation]:
        """Run probes at once; one that does not end within the budget is left behind."""
        tasks = {probe: asyncio.create_task(self._probe(probe, question, tell)) for probe in run}
        try:
            await asyncio.wait(tasks.values(), timeout=self._budget + GRACE_SECONDS)
        finally:
            late = [task for task in tasks.values() if not task.done()]
            for task in late:
                task.cancel()
        if late:
            await asyncio.wait(late, timeout=GRACE_SECONDS)
        heard = {
            probe: task.result() if task.done() and not task.cancelled() else _too_late(probe, self._budget)
            for probe, task in tasks.items()
        }
        baselines = heard.get("baseline")
        return {
            probe: compared(one, baselines)
            if isinstance(one, Heard) and isinstance(baselines, Baselines)
            else one.observation
            for probe, one in heard.items()
        }

    async def _probe(self, probe: str, question: Question, tell: Tell) -> Heard | Baselines:
        try:
            heard = await self._ask(probe, question)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the person the rest of the answer
            log.error("the probe %s failed: %s", probe, type(error).__name__)
            heard = Heard(Observation(probe, failure="a fault of this bot"))
        tell(heard.observation)
        return heard

    async def _ask(self, probe: str, question: Question) -> Heard | Baselines:
        match probe:
            case "keys":
                return Heard(await self._keys.verify(question))
            case "who-am-i":
                return await self._rhythm.who_am_i(question.token)
            case "who-am-i-tenant":
                return await self._rhythm.who_am_i(question.token, question.tenant)
            case "any-contact":
                return await self._rhythm.any_contact(question.token, question.tenant)
            case _:
                return await self._rhythm.baselines()


def _intended(question: Question) -> list[tuple[str, str]]:
    """The probes that belong to a question, each with the reason why it is skipped, which is empty where it runs."""
    intended = [("keys", question.unverified)]
    if not question.token:
        probe = "any-contact" if question.is_machine else "who-am-i"
        return [*intended, (probe, f"the token was not sent: {question.unsent}")]
    no_tenant = "" if question.tenant else "no tenant id that can stand in a path"
    if not question.is_machine:
        intended += [("who-am-i", ""), ("who-am-i-tenant", no_tenant)]
    if question.is_machine or not question.has_contact:
        intended.append(("any-contact", no_tenant))
    if not question.is_machine or not no_tenant:
        intended.append(("baseline", ""))
    return intended


def _too_late(probe: str, seconds: float) -> Heard:
    return Heard(Observation(probe, failure=f"no whole answer within {seconds:g} s"))


def _host(url: str) -> str:
    return httpx.URL(url).netloc.decode("ascii")
