import pytest

from bot.token.issuer import has_public_host, is_auth0_issuer, is_auth0_shaped, is_known_issuer, issuer_of
from tests.diagnosing import DEFAULTS, OURS

ISSUER = "https://acme.us.auth0.com/"


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        (ISSUER, True),
        ("https://acme.us.auth0.com", True),
        ("acme.auth0.com", True),
        ("https://acme.eu-2.auth0.com/", True),
        (" https://acme.us.auth0.com/ ", True),
        ("https://a.b.us.auth0.com/", False),
        ("https://acme.usa.auth0.com/", False),
        ("https://auth0.com/", False),
        ("https://acme.us.auth0.com.example.org/", False),
        ("https://-acme.auth0.com/", False),
        ("", False),
    ],
)
def test_auth0_domains_have_a_name_and_perhaps_a_region(issuer: str, expected: bool) -> None:
    assert is_auth0_shaped(issuer) is expected


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("https://login.example.org/", True),
        ("login.example.org", True),
        ("https://localhost/", False),
        ("https://app.localhost/", False),
        ("https://auth.test/", False),
        ("https://auth.internal/", False),
        ("my-app", False),
        ("", False),
        (None, False),
        (5, False),
    ],
)
def test_public_hosts_have_a_domain(issuer: object, expected: bool) -> None:
    assert has_public_host(issuer) is expected


def test_an_issuer_is_known_as_auth0_writes_it() -> None:
    assert issuer_of("acme.us.auth0.com") == ISSUER
    assert issuer_of("http://127.0.0.1:9001") == "http://127.0.0.1:9001/"
    assert is_known_issuer(ISSUER, OURS)
    assert not is_known_issuer(ISSUER.rstrip("/"), OURS)
    assert not is_known_issuer(ISSUER, DEFAULTS)


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        (ISSUER, True),
        ("https://acme.auth0.com/", True),
        ("https://acme.us.auth0.com", False),
        ("https://acme.us.auth0.com//", False),
        ("https://Acme.us.auth0.com/", False),
        ("http://acme.us.auth0.com/", False),
        ("https://acme.us.auth0.com/\n", False),
    ],
)
def test_auth0_writes_an_issuer_in_one_way(issuer: str, expected: bool) -> None:
    assert is_auth0_issuer(issuer) is expected
