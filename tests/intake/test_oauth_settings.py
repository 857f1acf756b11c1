"""OAuth settings from a tool's window become the request for a token that they make."""

import time

import pytest

from bot.evidence import TokenRequest
from bot.intake.oauth_settings import MAX_SETS, has_marks, read
from bot.intake.piece import unknown
from tests.diagnosing import mint

TOKEN_URL = "https://acme.us.auth0.com/oauth/token"
AUTH_URL = "https://acme.us.auth0.com/authorize"
RIGHT = "https://api.rhythmsoftware.com"
HEAD = f"Grant Type: Client Credentials\nAccess Token URL: {TOKEN_URL}\nClient ID: abc\n"


def only(text: str) -> TokenRequest:
    assert has_marks(text)
    (piece,) = read(text)
    assert isinstance(piece.value, TokenRequest)
    return piece.value


def test_labels_and_values_on_one_line_make_a_token_request() -> None:
    found = only(f"{HEAD}Client Secret: s3cret\nScope: read:x\nAudience: {RIGHT}")

    assert (found.url, found.endpoint, found.response) == (TOKEN_URL, "token", None)
    assert dict(found.parameters) == {
        "grant_type": "client_credentials",
        "client_id": "abc",
        "client_secret": "s3cret",
        "scope": "read:x",
        "audience": RIGHT,
    }


@pytest.mark.parametrize(
    "text",
    [
        f"Grant Type\nClient Credentials\nAccess Token URL\n{TOKEN_URL}\nClient ID\nabc\nAudience\n{RIGHT}",
        f"GRANT TYPE\tClient Credentials\nACCESS TOKEN URL\t{TOKEN_URL}\nCLIENT ID\tabc\nAUDIENCE\t{RIGHT}",
        f"- **Grant type**: client credentials\n- **Token URL**: {TOKEN_URL}\n- **Client id**: `abc`\n- **Audience**: {RIGHT}",
        f"| Grant Type | Client Credentials |\n| Token URL | {TOKEN_URL} |\n| Client ID | abc |\n| Audience | {RIGHT} |",
        f"{HEAD}\nClient Authentication: Send as Basic Auth header\nAdvanced\nToken Request\nAudience: {RIGHT}",
        f"{HEAD}Audience = {RIGHT}\n\nThat is how we set it up, and the API answers 401 all the time, see the screenshot",
    ],
)
def test_settings_may_be_copied_in_many_ways(text: str) -> None:
    found = only(text)

    assert found.url == TOKEN_URL
    assert dict(found.parameters) == {"grant_type": "client_credentials", "client_id": "abc", "audience": RIGHT}


def test_a_login_is_a_request_to_authorize() -> None:
    text = f"Grant Type: Authorization Code (With PKCE)\nAuth URL: {AUTH_URL}\nAccess Token URL: {TOKEN_URL}\nClient ID: abc"
    found = only(text)

    assert (found.url, found.endpoint) == (AUTH_URL, "authorize")
    assert dict(found.parameters) == {"response_type": "code", "client_id": "abc"}


def test_the_token_that_the_settings_brought_is_the_answer() -> None:
    token = mint("jwt")
    found = only(f"Current Token\nAccess Token\n{token}\nHeader Prefix\nBearer\nConfigure New Token\n{HEAD}")

    assert found.response is not None
    assert token in found.response.body


@pytest.mark.parametrize("value", ["", "-", "None", "(empty)"])
def test_an_empty_setting_is_not_sent(value: str) -> None:
    assert only(f"{HEAD}Audience: {value}").parameter("audience") is None


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}Audience\nSend In",
        f"{HEAD}Audience: the identifier of the API",
        f"{HEAD}\nOf course the audience is set under Advanced, in the rows of the token request, as you told us last week",
        HEAD.replace(TOKEN_URL, "https://login.example.org/oauth2/v2.0/token"),
        HEAD.replace(TOKEN_URL, "https://rolodex.api.rhythmsoftware.com/oauth/token") + f"Audience: {RIGHT}",
    ],
)
def test_an_audience_that_cannot_be_told_is_unknown(text: str) -> None:
    assert only(text).parameter("audience") == unknown("audience")


def test_two_windows_are_two_requests() -> None:
    assert len(read(f"{HEAD}\n{HEAD}")) == 2
    assert len(read(HEAD * 200)) == MAX_SETS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Client ID: abc\nClient Secret: def",
        "Grant Type: Client Credentials\nAudience: x",
        "Grant Type\nAccess Token URL\nClient ID\nClient Secret",
        "Which grant type do I need, and where is the client id?",
        f"Grant Type: Client Credentials\n{'This is a long line of prose between the settings, which ends them. ' * 2}\nClient ID: abc",
    ],
)
def test_other_text_makes_no_request(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("unit", [HEAD, "Client ID\n", "Client ID: abc\nGrant Type:\n", "Client ID:" * 9, "a\n"])
def test_work_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        before = time.process_time()
        read(text)
        return time.process_time() - before

    assert seconds(240_000) < 12 * seconds(60_000) + 0.3
