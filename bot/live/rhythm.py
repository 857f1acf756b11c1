"""Asks the Rhythm API who the token's bearer is, in both forms that the sources give, and what bad tokens get.

An answer's text is looked through for two phrases of AWS's gateway, compared with the baselines', and dropped.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.live.client import Answer, Client, UnlearntError
from bot.observation import Observation

BASELINE_SECONDS = 600.0
"""How long baselines are kept: they hold no secret, and change with the API alone."""
ANSWERED_SECONDS = 10.0
"""How long it is believed that the API answers, or does not: people ask in bursts."""
WORTHLESS = "Bearer invalid"
NOBODY = "rhythm-auth-live-check@example.com"
"""An address that no contact has: any answer but a refusal says that the token was accepted."""
_ROUTE_UNKNOWN = ("missing authentication token", "invalid key=value pair", "requires 'credential' parameter")


@dataclass(frozen=True)
class Heard:
    """What an answer came to: its observation, and a digest by which two answers of one layer are the same."""

    observation: Observation
    likeness: str = ""


@dataclass(frozen=True)
class Baselines:
    """Digests of the answers to a call without a token and to one with a worthless token; the latter's observation."""

    no_token: str
    worthless: str
    observation: Observation


class Rhythm:
    """Asks one Rhythm API. ``base`` is the rolodex service's base URL, ``clock`` gives seconds."""

    def __init__(self, client: Client, base: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._base = base
        self._clock = clock
        self._baselines: tuple[float, Baselines] | None = None
        self._asking: asyncio.Task[Baselines] | None = None
        self._answered: tuple[float, Observation] | None = None

    async def who_am_i(self, token: str, tenant: str = "") -> Heard:
        """``/contacts/current``, or ``/contacts/<tenant_id>/current``: valid, and linked to a contact."""
        if tenant:
            return await self._ask("who-am-i-tenant", f"/contacts/{tenant}/current", token)
        return await self._ask("who-am-i", "/contacts/current", token)

    async def any_contact(self, token: str, tenant: str) -> Heard:
        """A look-up that needs no contact of the caller's own: 200 and 404 both say that the token is valid."""
        return await self._ask("any-contact", f"/contacts/{tenant}/emailAddress/{NOBODY}", token)

    async def baselines(self) -> Baselines:
        """The baselines, kept for a while; diagnoses that come together ask once."""
        if self._baselines is not None and self._clock() - self._baselines[0] < BASELINE_SECONDS:
            return self._baselines[1]
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask_baselines())
        return await asyncio.shield(self._asking)

    async def answers(self) -> Observation:
        """What a worthless token gets now, or got a few seconds ago."""
        if self._answered is None or self._clock() - self._answered[0] >= ANSWERED_SECONDS:
            observation = (await self._baseline(WORTHLESS)).observation
            self._answered = (self._clock(), observation)
        return self._answered[1]

    async def aclose(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self, probe: str, path: str, token: str) -> Heard:
        try:
            answer = await self._client.ask(f"{self._base}{path}", f"Bearer {token}")
        except UnlearntError as error:
            return Heard(Observation(probe, failure=error.reason, retry_after=error.retry_after))
        return Heard(Observation(probe, answer.status, facts=_facts(answer)), likeness(answer))

    async def _ask_baselines(self) -> Baselines:
        without, worthless = await asyncio.gather(self._baseline(""), self._baseline(WORTHLESS))
        found = Baselines(without.likeness, worthless.likeness, worthless.observation)
        if found.no_token and found.worthless:
            self._baselines = (self._clock(), found)
        return found

    async def _baseline(self, authorization: str) -> Heard:
        try:
            answer = await self._client.ask(f"{self._base}/contacts/current", authorization)
        except UnlearntError as error:
            return Heard(Observation("baseline", failure=error.reason, retry_after=error.retry_after))
        return Heard(Observation("baseline", answer.status), likeness(answer))


def compared(heard: Heard, baselines: Baselines) -> Observation:
    """The observation, with what the comparison with the baselines says."""
    facts = set(heard.observation.facts)
    if heard.likeness:
        facts |= {"same-as-no-token"} if heard.likeness == baselines.no_token else set()
        facts |= {"same-as-worthless-token"} if heard.likeness == baselines.worthless else set()
    return heard.observation._replace(facts=frozenset(facts))


def likeness(answer: Answer) -> str:
    """A digest of what is the same whenever one layer gives an answer: status, challenge, error type and message."""
    same = (answer.status, answer.challenge.lower(), answer.error_type.partition(":")[0].lower(), _message(answer))
    return hashlib.sha256(repr(same).encode("utf-8", "surrogatepass")).hexdigest()


def _facts(answer: Answer) -> frozenset[str]:
    if answer.status != 403:
        return frozenset()
    message = _message(answer)
    found = {"explicit-deny"} if "explicit deny" in message else set()
    found |= {"unknown-route"} if any(phrase in message for phrase in _ROUTE_UNKNOWN) else set()
    return frozenset(found)


def _message(answer: Answer) -> str:
    """The short reason in a JSON body, in lower case: AWS writes it as ``message`` or ``Message``."""
    if not isinstance(answer.body, dict):
        return ""
    texts = [answer.body.get(name) for name in ("message", "Message", "error", "error_description")]
    return "\n".join(text[:1000].lower() for text in texts if isinstance(text, str))
