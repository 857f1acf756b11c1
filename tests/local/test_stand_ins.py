"""The console's live checks: they ask stand-ins, about the stand-ins' tokens alone."""

import time

import pytest

from bot.diagnose import judge, read
from bot.local.auth0 import CONTACT_ID, Issuer
from bot.local.stand_ins import issuer_for, prober_of_stand_ins
from bot.settings import Settings
from tests.diagnosing import mint

SETTINGS = Settings()


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


async def test_a_sample_is_asked_about_though_its_domain_is_nobodys(issuer: Issuer) -> None:
    case = read(issuer.mint(claims={CONTACT_ID: None}, now=time.time()), SETTINGS)
    async with prober_of_stand_ins(SETTINGS, issuer) as prober:
        report = judge(case, await prober.observe(case))
        hosts = prober.plan(case).hosts

    assert [host.partition(":")[0] for host in hosts] == ["127.0.0.1", "127.0.0.1"]
    assert report.root_cause is not None
    assert (report.root_cause.cause, str(report.root_cause.certainty)) == ("contact-id-missing", "certain")
    assert report.live is not None
    assert str(report.live[0].outcome) == "passed"


async def test_nobody_is_asked_about_a_real_token(issuer: Issuer) -> None:
    case = read(mint(f"jwt exp=abs:{int(time.time()) + 4000}"), SETTINGS)
    async with prober_of_stand_ins(SETTINGS, issuer) as prober:
        assert prober.plan(case).hosts == ()
        seen = await prober.observe(case)

    assert {observation.skipped for observation in seen} == {
        "the console has stand-ins alone, and they do not know its issuer",
        "the token was not sent: the console has stand-ins alone, and they do not know its issuer",
    }


async def test_a_text_without_a_token_asks_nobody(issuer: Issuer) -> None:
    async with prober_of_stand_ins(SETTINGS, issuer) as prober:
        assert await prober.observe(read("hello", SETTINGS)) == ()


def test_samples_come_from_an_issuer_that_the_settings_know() -> None:
    assert issuer_for(SETTINGS).url == "https://example-org.us.auth0.com/"
    assert issuer_for(Settings(rhythm_auth0_domains=("a.eu.auth0.com", "b"))).url == "https://a.eu.auth0.com/"
    assert issuer_for(Settings(rhythm_audience="https://api.example.org")).audience == "https://api.example.org"
