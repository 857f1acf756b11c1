import pytest

from bot.token.foreign import FOREIGN_HOSTS, FOREIGN_PREFIXES, foreign_issuer, foreign_prefix


@pytest.mark.parametrize(
    ("issuer", "provider"),
    [
        ("https://accounts.google.com", "Google"),
        ("accounts.google.com", "Google"),
        ("https://securetoken.google.com/project", "Firebase"),
        ("https://login.microsoftonline.com/0000/v2.0", "Microsoft Entra"),
        ("https://sts.windows.net/0000/", "Microsoft Entra"),
        ("https://acme.b2clogin.com/0000/v2.0/", "Azure AD B2C"),
        ("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x", "Amazon Cognito"),
        ("https://dev-1.okta.com/oauth2/default", "Okta"),
        ("https://id.example.org/realms/acme", "Keycloak"),
        ("https://id.example.org/auth/realms/acme", "Keycloak"),
    ],
)
def test_known_providers_are_named(issuer: str, provider: str) -> None:
    assert foreign_issuer(issuer) == provider


@pytest.mark.parametrize(
    "issuer",
    [
        "https://acme.us.auth0.com/",
        "https://login.example.org/",
        "https://okta.com.example.org/",
        "https://notaccounts.google.com.example/",
        "https://xaccounts.google.com/",
        "https://fake-cognito-idp.example.org/",
        "https://id.example.org/myrealms/acme",
        "https://id.example.org/a/realms/acme",
        "",
        "not a url",
    ],
)
def test_other_issuers_are_nobody_known(issuer: str) -> None:
    assert foreign_issuer(issuer) is None


@pytest.mark.parametrize("name", [name for name, _ in FOREIGN_HOSTS])
def test_every_listed_host_is_recognised(name: str) -> None:
    host = f"tenant{name}" if name.startswith(".") else f"{name}example.org" if name.endswith(".") else name

    assert foreign_issuer(f"https://{host}/") == dict(FOREIGN_HOSTS)[name]


@pytest.mark.parametrize("prefix", [prefix for prefix, _ in FOREIGN_PREFIXES])
def test_every_listed_beginning_is_recognised(prefix: str) -> None:
    assert foreign_prefix(f"{prefix}0123!456789") == dict(FOREIGN_PREFIXES)[prefix]


@pytest.mark.parametrize("value", ["", "eyJhbGciOi", "v1.M0123456789", "00D012345678901", "abcdef", "Sg.x", "skeleton"])
def test_other_beginnings_are_nobody_known(value: str) -> None:
    assert foreign_prefix(value) is None
