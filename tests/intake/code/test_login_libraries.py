"""Logins of other libraries become the request that they make to Auth0."""

import pytest

from bot.evidence import TokenRequest
from bot.intake.code.login_libraries import read
from tests.intake.code.readings import shown

LOGINS = {
    "auth.js": "Auth0Provider({ clientId: ID, issuer: 'https://oaks.us.auth0.com', + })",
    "auth.js-5": "providers: [Auth0({ issuer: 'https://oaks.us.auth0.com', + })]",
    "asp.net": 'services.AddAuth0WebAppAuthentication(o => { o.Domain = "oaks.us.auth0.com"; + });',
    "swift": 'Auth0(domain: "oaks.us.auth0.com")\nAuth0\n    .webAuth()\n    .scope("openid")+\n    .start()',
    "android": '// oaks.us.auth0.com\nWebAuthProvider.login(account).withScheme("demo")+.start(this, callback)',
    "flutter": "Auth0('oaks.us.auth0.com', id).webAuthentication(scheme: 'demo').login(+)",
    "authlib": 'oauth.register("auth0", server_metadata_url="https://oaks.us.auth0.com/x", + )',
    "omniauth": "provider :auth0, ENV['ID'], ENV['KEY'], 'oaks.us.auth0.com', +",
}
"""A plus sign stands where an audience may be given."""


def _only(text: str) -> TokenRequest:
    (piece,) = read(text)
    assert isinstance(piece.value, TokenRequest)
    return piece.value


@pytest.mark.parametrize("login", LOGINS)
def test_a_login_asks_for_the_audience_that_is_written(login: str) -> None:
    """Or for none, or for one that the text does not show."""
    without = _only(LOGINS[login].replace("+", ""))
    assert (without.url, without.endpoint) == ("https://oaks.us.auth0.com/authorize", "authorize")
    assert dict(without.parameters) == {"response_type": "code"}
    written = _only(LOGINS[login].replace("+", 'audience: "https://api.rhythmsoftware.com/"'))
    assert dict(written.parameters)["audience"] == "https://api.rhythmsoftware.com/"
    hidden = _only(LOGINS[login].replace("+", "audience: AUDIENCE"))
    assert shown(dict(hidden.parameters)["audience"]) == "‹audience›"


def test_without_a_domain_it_is_unknown() -> None:
    """The environment may hold it."""
    assert shown(_only("Auth0Provider({ issuer: process.env.ISSUER })").url or "") == "https://‹domain›/authorize"


@pytest.mark.parametrize(
    "text",
    ['<Auth0Provider domain="oaks.us.auth0.com">', "oauth.register('github', client_id=ID)", "the Auth0 login (web)"],
    ids=["react", "other-provider", "prose"],
)
def test_what_others_read_is_left_alone(text: str) -> None:
    """React's provider has a reader; Authlib serves other providers too."""
    assert read(text) == []
