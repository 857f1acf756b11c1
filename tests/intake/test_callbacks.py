import pytest

from bot.evidence import Exchange, HTTPRequest, HTTPResponse, Source, TokenRequest
from bot.intake.callbacks import as_login
from bot.intake.piece import LooseURL, Piece, Value, unknown

AUTHORIZE = "https://acme.us.auth0.com/authorize?client_id=abc&response_type=code"
CODE = "abcdefghij0123456789"


def read(value: Value) -> Value:
    return as_login(Piece(0, 1, value), ()).value


def asked(url: str, method: str = "GET") -> HTTPRequest:
    return HTTPRequest(method, url, (), "", Source.TRACE, whole=False)


def test_an_authorize_url_is_a_token_request() -> None:
    request = read(LooseURL(AUTHORIZE))

    assert isinstance(request, TokenRequest)
    assert (request.endpoint, request.url) == ("authorize", AUTHORIZE)
    assert request.parameters == (("client_id", "abc"), ("response_type", "code"))


@pytest.mark.parametrize("mark", ["?", "#"])
def test_a_redirect_with_an_error_is_the_answer_of_one(mark: str) -> None:
    request = read(LooseURL(f"https://app.example.org/callback{mark}error=access_denied&error_description=no%20way"))

    assert isinstance(request, TokenRequest)
    assert (request.url, request.endpoint, request.error, request.description) == (
        None,
        "authorize",
        "access_denied",
        "no way",
    )


@pytest.mark.parametrize(
    "value",
    [
        asked(f"/callback?code={CODE}&state=xyz"),
        asked(f"https://app.example.org/callback?code={CODE}&state=xyz"),
        Exchange(asked(f"/callback?code={CODE}&state=xyz"), HTTPResponse(302, (), "", Source.TRACE)),
    ],
)
def test_a_callback_in_a_log_is_an_address_with_its_code(value: Value) -> None:
    address = read(value)

    assert isinstance(address, LooseURL)
    assert address.code == CODE


@pytest.mark.parametrize(
    "value",
    [
        LooseURL("https://app.example.org/"),
        LooseURL("https://app.example.org/callback?error=made_up"),
        LooseURL("https://acme.us.auth0.com/authorize"),
        LooseURL("https://rolodex.api.rhythmsoftware.com/contacts?error=access_denied"),
        LooseURL(f"https://app.example.org/callback?code={CODE}&state=xyz"),
        asked("/callback?code=short&state=xyz"),
        asked(f"/callback?code={CODE}"),
        asked(f"/callback?code={CODE}&state=xyz", "POST"),
        asked(f"https://acme.us.auth0.com/login/callback?code={CODE}&state=xyz"),
        asked(f"https://rolodex.api.rhythmsoftware.com/contacts?code={CODE}&state=xyz"),
        HTTPResponse(200, (), "", Source.RAW),
    ],
)
def test_other_pieces_stay_as_they_are(value: Value) -> None:
    assert read(value) == value


@pytest.mark.parametrize(
    ("query", "audience"),
    [
        ("response_type=code&audience=${encodeURIComponent(aud)}", unknown("audience")),
        ("response_type=code&audience={aud}", unknown("audience")),
        ("${params}", unknown("audience")),
        ("response_type=code&{rest}", unknown("audience")),
        ("response_type=code&client_id=", unknown("audience")),
        ("response_type=code&client_id=${id}&scope=openid", None),
        ("response_type=code&audience=https://api.example.org/", "https://api.example.org/"),
        ("response_type=code&client_id=a&audience=%3Chttps://api.example.org%3E", "<https://api.example.org>"),
    ],
)
def test_what_code_fills_into_a_login_url_is_unknown(query: str, audience: str | None) -> None:
    request = read(LooseURL(f"https://acme.us.auth0.com/authorize?{query}"))

    assert isinstance(request, TokenRequest)
    assert request.parameter("audience") == audience
