"""Login URLs that code puts together are token requests with the parameters that it shows."""

import pytest

from bot.evidence import TokenRequest
from bot.intake.code.authorize_urls import read
from tests.intake.code.readings import shown

AUDIENCE = "https://api.rhythmsoftware.com"
BASE = "https://oaks.us.auth0.com/authorize"
FORMS = {
    "python": f'q = urlencode({{"response_type": "code", "client_id": cid, +}})\nredirect("{BASE}?" % q)',
    "php": f"$u = '{BASE}?' . http_build_query(['response_type' => 'code', 'client_id' => $cid, +]);",
    "ruby": f'uri = URI("{BASE}")\nuri.query = URI.encode_www_form(response_type: "code", client_id: cid, +)',
    "search-params": f"const q = new URLSearchParams({{response_type: 'code', + client_id: cid}}); go(`{BASE}?${{q}}`)",
    "stringify": f"res.redirect(`{BASE}?${{querystring.stringify({{ response_type: 'code', + client_id: cid }})}}`)",
    "set": f"u = new URL('{BASE}');\nu.searchParams.set('response_type', 'code');\n+\nu.searchParams.set('scope', s);",
    "java": f'b = fromHttpUrl("{BASE}").queryParam("response_type", "code")+.queryParam("client_id", cid);',
}
"""A plus sign stands where another parameter may be."""
AUDIENCES = {
    "python": f'"audience": "{AUDIENCE}"',
    "php": f"'audience' => '{AUDIENCE}'",
    "ruby": f'audience: "{AUDIENCE}"',
    "search-params": f"audience: '{AUDIENCE}',",
    "stringify": f"audience: '{AUDIENCE}',",
    "set": f"u.searchParams.set('audience', '{AUDIENCE}');",
    "java": f'.queryParam("audience", "{AUDIENCE}")',
}


def _only(text: str) -> TokenRequest:
    (piece,) = read(text)
    assert isinstance(piece.value, TokenRequest)
    return piece.value


def _filled(form: str, addition: str = "") -> str:
    return FORMS[form].replace("+", addition)


@pytest.mark.parametrize("form", FORMS)
def test_the_parameters_are_those_of_the_list(form: str) -> None:
    """Without an audience none is sent; a value that the code does not show is unknown."""
    request = _only(_filled(form))
    assert request.url == BASE
    assert request.endpoint == "authorize"
    assert dict(request.parameters)["response_type"] == "code"
    assert "audience" not in dict(request.parameters)
    assert dict(_only(_filled(form, AUDIENCES[form])).parameters)["audience"] == AUDIENCE


def test_an_audience_named_elsewhere_is_unknown() -> None:
    """It may be added where the reader does not see it."""
    text = _filled("python") + "\nq += extra_audience()"
    assert shown(dict(_only(text).parameters)["audience"]) == "‹audience›"


def test_an_unknown_domain_is_no_text_of_the_url() -> None:
    """A domain out of the environment stays unknown."""
    text = _filled("set").replace("oaks.us.auth0.com", "${process.env.AUTH0_DOMAIN}").replace("'https", "`https")
    assert shown(_only(text).url or "") == "https://‹domain›/authorize"


@pytest.mark.parametrize(
    "text",
    [
        _filled("python").replace("oaks.us.auth0.com", "accounts.music.example"),
        _filled("php").replace("/authorize", "/oauth/token"),
        _filled("ruby").replace("response_type", "grant_type"),
        _filled("python").replace('{"response_type"', 'dict(x)["response_type"'),
    ],
    ids=["other-provider", "other-endpoint", "no-login", "unreadable"],
)
def test_other_code_is_left_alone(text: str) -> None:
    """A login URL names the endpoint, the response type and whose it is."""
    assert read(text) == []
