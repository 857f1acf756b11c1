import jwt
import pytest

from bot.diagnose import judge, read
from bot.local.auth0 import Issuer
from bot.local.samples import FIRST, Sample, samples
from bot.settings import Settings

NOW = 1_790_000_000.0


@pytest.fixture(scope="module")
def made() -> dict[str, Sample]:
    return {sample.name: sample for sample in samples(Issuer(), NOW)}


def test_the_samples_by_name(made: dict[str, Sample]) -> None:
    assert list(made) == [
        *("wrong-audience", "id-token", "healthy", "expired", "opaque", "encrypted", "never-logged-in", "machine"),
        *("no-tenant", "no-bearer", "curl", "no-header", "wrong-host", "tenant-mismatch", "cut", "placeholder"),
        *("unsigned", "hello"),
    ]
    assert set(FIRST) < set(made)


def test_each_is_described_in_one_short_line(made: dict[str, Sample]) -> None:
    for sample in made.values():
        assert 10 < len(sample.description) < 70
        assert "\n" not in sample.description


def test_the_wrong_audience_is_wrong_and_the_healthy_token_is_good_for_23_hours(made: dict[str, Sample]) -> None:
    def claims(name: str) -> dict[str, object]:
        decoded: dict[str, object] = jwt.decode(made[name].text, options={"verify_signature": False})
        return decoded

    assert claims("wrong-audience")["aud"] == "https://api.example.org"
    assert claims("healthy")["exp"] == int(NOW) + 23 * 3600


def test_the_curl_command_has_several_lines(made: dict[str, Sample]) -> None:
    assert len(made["curl"].text.splitlines()) == 3


def test_a_sample_does_not_show_its_token(made: dict[str, Sample]) -> None:
    assert made["healthy"].text not in repr(made["healthy"])


CAUSES = {
    "wrong-audience": "audience-wrong",
    "id-token": "id-token",
    "healthy": None,
    "expired": "token-expired",
    "opaque": "opaque-token",
    "encrypted": "encrypted-token",
    "never-logged-in": "contact-id-missing",
    "machine": "m2m-token-without-contact",
    "no-tenant": "tenant-id-missing",
    "no-bearer": "scheme-missing",
    "curl": None,
    "no-header": "authorization-header-missing",
    "wrong-host": "wrong-service-host",
    "tenant-mismatch": "tenant-mismatch",
    "cut": "token-truncated",
    "placeholder": "placeholder-credentials",
    "unsigned": "algorithm-none",
    "hello": None,
}


def test_each_shows_the_cause_it_is_named_for(made: dict[str, Sample]) -> None:
    settings = Settings()
    reports = {name: judge(read(sample.text, settings, now=NOW)) for name, sample in made.items()}

    assert {name: report.root_cause and report.root_cause.cause for name, report in reports.items()} == CAUSES
    assert {name: reports[name].verdict.value for name in ("healthy", "curl", "hello")} == {
        "healthy": "clear",
        "curl": "clear",
        "hello": "nothing-to-check",
    }
