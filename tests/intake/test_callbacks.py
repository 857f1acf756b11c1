import pytest

from bot.evidence import Exchange, HTTPRequest, Source, TokenRequest
from bot.intake.callbacks import as_login
from bot.intake.piece import LooseURL, Piece, Value

CODE = "k" * 43
LOGIN = "https://acme.us.auth0.com/authorize?client_id=x&response_type=code"
CALLBACK = f"https://portal.example.org/callback?code={CODE}&state=s"
REFUSED = "https://portal.example.org/callback?error=Access_Denied&error_description=user%20is%20blocked"


def login(value: Value) -> Value:
    return as_login(Piece(0, 1, value), ()).value


def request(url: str, *, method: str = "GET") -> HTTPRequest:
    return HTTPRequest(method, url, (), "", Source.RAW, whole=True)


def test_an_address_of_a_login_is_a_token_request() -> None:
    found = login(LooseURL(LOGIN))

    assert isinstance(found, TokenRequest)
    assert (found.endpoint, found.parameter("response_type")) == ("authorize", "code")


@pytest.mark.parametrize(
    "value",
    [
        LooseURL(REFUSED),
        LooseURL(REFUSED.replace("?", "#")),
        request(REFUSED),
        request(REFUSED.removeprefix("https://portal.example.org")),
        Exchange(request(REFUSED), None),
    ],
)
def test_an_error_that_comes_back_is_the_authorization_servers_answer(value: Value) -> None:
    found = login(value)

    assert isinstance(found, TokenRequest)
    assert (found.url, found.error, found.description) == (None, "access_denied", "user is blocked")


@pytest.mark.parametrize("url", [CALLBACK, CALLBACK.removeprefix("https://portal.example.org")])
def test_a_callback_with_a_code_is_no_request(url: str) -> None:
    found = login(request(url))

    assert isinstance(found, LooseURL)
    assert found.code == CODE


@pytest.mark.parametrize(
    "value",
    [
        LooseURL("https://portal.example.org/"),
        LooseURL(CALLBACK),
        LooseURL("https://portal.example.org/?error=404"),
        request("https://rolodex.api.rhythmsoftware.com/contacts?error=access_denied"),
        request(f"https://rolodex.api.rhythmsoftware.com/contacts?code={CODE}&state=s"),
        request("https://portal.example.org/search?code=short&state=s"),
        request(CALLBACK, method="POST"),
        request(LOGIN),
    ],
)
def test_everything_else_stays_as_it_is(value: Value) -> None:
    assert login(value) == value
