"""What the console's live checks ask: stand-ins for Rhythm and Auth0, and nobody else."""

import contextlib
from collections.abc import AsyncIterator

from bot.checks import Case
from bot.live import Prober
from bot.local.auth0 import Issuer
from bot.local.authorization_server import AuthorizationServer
from bot.local.rhythm import Rhythm
from bot.observation import Question
from bot.question import question
from bot.settings import Settings


def issuer_for(settings: Settings) -> Issuer:
    """The issuer of the console's samples: one that the settings know, if they know any."""
    known = settings.rhythm_auth0_domains
    return Issuer(known[0], settings.rhythm_audience) if known else Issuer(audience=settings.rhythm_audience)


@contextlib.asynccontextmanager
async def prober_of_stand_ins(settings: Settings, issuer: Issuer) -> AsyncIterator[Prober[Case]]:
    """A prober that asks stand-ins on loopback addresses about the tokens of `issuer`, and nobody about any other."""
    async with AuthorizationServer(issuer) as auth0, Rhythm(auth0.jwks, issuer.audience) as rhythm:

        def about(case: Case) -> Question | None:
            asked = question(case)
            if asked is None:
                return None
            if case.claims.get("iss") != issuer.url:
                why = "the console has stand-ins alone, and they do not know its issuer"
                return asked._replace(token="", unsent=asked.unsent or why, compact="", key_set="", unverified=why)
            key_set = f"{auth0.url}/.well-known/jwks.json" if asked.key_set else ""
            return asked._replace(key_set=key_set)

        local = settings._replace(rhythm_api_url=rhythm.api_url, rhythm_auth0_domains=(auth0.url,))
        prober = Prober(local, about)
        try:
            yield prober
        finally:
            await prober.aclose()
