"""What Slack is given: the diagnosis of these settings, and a prober where they allow one."""

from bot.composition import diagnosis
from bot.live import Prober
from bot.settings import Settings
from tests.diagnosing import mint


def test_a_prober_is_given_unless_live_checks_are_off() -> None:
    assert isinstance(diagnosis(Settings()).prober, Prober)
    assert diagnosis(Settings(live_checks=False)).prober is None


def test_the_settings_are_those_of_the_diagnosis_and_of_the_prober() -> None:
    settings = Settings(rhythm_api_url="https://{service}.example.org", rhythm_auth0_domains=("acme.us.auth0.com",))
    made = diagnosis(settings)
    case = made.read(mint("jwt exp=abs:9000000000"), None)

    assert case.settings is settings
    assert isinstance(made.prober, Prober)
    assert made.prober.plan(case).hosts == ("acme.us.auth0.com", "rolodex.example.org")
    assert made.prober.plan(case).token_hosts == ("rolodex.example.org",)
