"""What Auth0's libraries are configured with becomes the token request that they make."""

import pytest

from bot.evidence import Source, TokenRequest
from bot.intake.code.auth0 import read
from tests.intake.code.readings import shown

AUDIENCE = "https://api.rhythmsoftware.com"
AUTHORIZE = "https://acme.us.auth0.com/authorize"
TOKEN = "https://acme.us.auth0.com/oauth/token"


def only(text: str) -> TokenRequest:
    (piece,) = read(text)
    assert isinstance(piece.value, TokenRequest)
    assert piece.value.source is Source.CODE
    return piece.value


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        pytest.param(
            "createAuth0Client({ domain: 'acme.us.auth0.com', clientId: 'x', authorizationParams: { audience: '"
            + AUDIENCE
            + "' } })",
            AUDIENCE,
            id="spa",
        ),
        pytest.param("await createAuth0Client({ domain: 'acme.us.auth0.com', clientId: 'x' })", None, id="spa-without"),
        pytest.param(
            "new Auth0Client({ domain: 'acme.us.auth0.com', client_id: 'x', audience: '" + AUDIENCE + "/' })",
            AUDIENCE + "/",
            id="older-spa",
        ),
        pytest.param(
            '<Auth0Provider domain="acme.us.auth0.com" clientId="x"\n authorizationParams={{ redirect_uri: window.location.origin }}>',
            None,
            id="react-without",
        ),
        pytest.param(
            '<Auth0Provider domain="acme.us.auth0.com" clientId="x" audience="'
            + AUDIENCE
            + '" cacheLocation="memory">',
            AUDIENCE,
            id="older-react",
        ),
        pytest.param('<Auth0Provider domain="acme.us.auth0.com" {...config}>', "‹audience›", id="react-spread"),
        pytest.param(
            "new Auth0Client({ domain: 'acme.us.auth0.com', authorizationParams: params })",
            "‹audience›",
            id="unknown-list",
        ),
        pytest.param(
            "const a = new auth0.WebAuth({ domain: 'acme.us.auth0.com', clientID: 'x' }); a.authorize({ audience: AUD })",
            "‹AUD›",
            id="web-auth",
        ),
        pytest.param(
            "app.use(auth({ issuerBaseURL: 'https://acme.us.auth0.com', clientID: 'x' }))", None, id="express"
        ),
    ],
)
def test_logins(text: str, audience: str | None) -> None:
    found = only(text)
    given = found.parameter("audience")

    assert (found.endpoint, found.url) == ("authorize", AUTHORIZE)
    assert (given if given is None else shown(given)) == audience


def test_an_audience_that_is_undefined_is_none() -> None:
    found = only("auth0.getTokenSilently({ audience: undefined })")

    assert found.endpoint == "authorize"
    assert found.parameter("audience") is None
    assert shown(found.url or "") == "https://‹domain›/authorize"


def test_a_call_overrides_the_configuration() -> None:
    text = f"""
const client = new Auth0Client({{ domain: 'acme.us.auth0.com', clientId: 'x', authorizationParams: {{ scope: 'openid' }} }});
const token = await client.getTokenSilently({{ authorizationParams: {{ audience: '{AUDIENCE}' }} }});
"""
    found = only(text)

    assert found.parameters == (
        ("response_type", "code"),
        ("client_id", "x"),
        ("scope", "openid"),
        ("audience", AUDIENCE),
    )


@pytest.mark.parametrize(
    "text",
    [
        "getAccessTokenSilently({ authorizationParams: { scope: 'x' } })",
        "const token = await getAccessTokenSilently();",
        "token = oauth.fetch_token()",
        "we use createAuth0Client in the app",
    ],
)
def test_what_says_nothing_about_the_audience(text: str) -> None:
    assert read(text) == []


def test_machine_clients() -> None:
    python = only(
        't = GetToken("acme.us.auth0.com", CID, client_secret=S)\nt.client_credentials("https://acme.us.auth0.com/api/v2/")'
    )
    session = only(f'oauth.fetch_token(token_url="{TOKEN}", client_id=CID, audience="{AUDIENCE}")')
    go = only(
        f'c := &clientcredentials.Config{{ClientID: "x", TokenURL: "{TOKEN}", EndpointParams: url.Values{{"audience": {{"{AUDIENCE}"}}}}}}'
    )
    csharp = only(
        'var c = new AuthenticationApiClient(new Uri("https://acme.us.auth0.com"));\n'
        'await c.GetTokenAsync(new ClientCredentialsTokenRequest { ClientId = "x", Audience = "y" });'
    )

    assert [item.url for item in (python, session, go, csharp)] == [TOKEN] * 4
    assert [item.parameter("grant_type") for item in (python, session, go, csharp)] == ["client_credentials"] * 4
    assert [item.parameter("audience") for item in (python, session, go, csharp)] == [
        "https://acme.us.auth0.com/api/v2/",
        AUDIENCE,
        AUDIENCE,
        "y",
    ]
