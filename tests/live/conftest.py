"""Stand-ins of Rhythm and Auth0 on loopback addresses, and a prober whose settings name them."""

import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.checks import Case
from bot.diagnose import judge, read
from bot.live import Prober
from bot.local.auth0 import CONTACT_ID, Issuer, Kind
from bot.local.authorization_server import AuthorizationServer
from bot.local.rhythm import Rhythm
from bot.observation import Observation, Observations
from bot.question import question
from bot.report import Report
from bot.settings import Settings


class Bench:
    """The stand-ins, a prober, and what a test does with them."""

    def __init__(self, auth0: AuthorizationServer, rhythm: Rhythm) -> None:
        self.auth0 = auth0
        self.rhythm = rhythm
        self.settings = Settings(rhythm_api_url=rhythm.api_url, rhythm_auth0_domains=(auth0.url,))
        self.probers: list[Prober[Case]] = []
        self.prober = self.another()
        self.seconds = 0.0

    def another(self, **changed: Any) -> Prober[Case]:
        """A prober that has nothing in mind, with these settings changed."""
        self.settings = self.settings._replace(**changed)
        self.prober = Prober(self.settings, question)
        self.probers.append(self.prober)
        return self.prober

    def mint(
        self, kind: Kind = "access", claims: Mapping[str, object] | None = None, issuer: Issuer | None = None
    ) -> str:
        """A token of a minute ago, with these claims changed."""
        return (issuer or self.auth0.issuer).mint(kind, claims, now=time.time() - 60)

    def unlinked(self) -> str:
        """A user's token without a contact."""
        return self.auth0.issuer.mint(claims={CONTACT_ID: None}, now=time.time() - 60)

    def case(self, text: str) -> Case:
        return read(text, self.settings)

    async def observe(self, text: str, **options: Any) -> dict[str, Observation]:
        """What is seen of a paste, by probe."""
        return {observation.probe: observation for observation in await self._observed(self.case(text), **options)}

    async def report(self, text: str) -> Report:
        """The report with live checks."""
        case = self.case(text)
        return judge(case, await self._observed(case))

    def offline(self, text: str, at: float | None = None) -> Report:
        """The report of the paste alone, at another moment than now if need be."""
        return judge(read(text, self.settings, now=at))

    def statuses(self) -> list[tuple[str, bool]]:
        """Each question to Rhythm, and whether a token of ours came with it."""
        return [(asked.kind, "." in asked.headers.get("authorization", "")) for asked in self.rhythm.asked]

    async def _observed(self, case: Case, **options: Any) -> Observations:
        began = time.perf_counter()
        observations = await self.prober.observe(case, **options)
        self.seconds = time.perf_counter() - began
        return observations


@pytest.fixture(scope="session")
def key() -> Issuer:
    """An issuer whose key is made once: that takes a tenth of a second."""
    issuer = Issuer()
    issuer.jwks()
    return issuer


@pytest.fixture
async def bench(key: Issuer) -> AsyncIterator[Bench]:
    async with AuthorizationServer() as auth0, Rhythm(auth0.jwks) as rhythm:
        auth0.publish(key.at(auth0.url))
        bench = Bench(auth0, rhythm)
        yield bench
        for prober in bench.probers:
            await prober.aclose()


@pytest.fixture
def fresh_token(key: Issuer) -> str:
    """A healthy token of an Auth0 domain."""
    return key.mint(now=time.time() - 60)
