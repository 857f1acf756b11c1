"""A client's settings in a file become the request for a token that they make."""

import time

import pytest

from bot.evidence import TokenRequest
from bot.intake.piece import unknown
from bot.intake.settings_files import has_marks, read
from tests.diagnosing import mint, report_of

URL = "https://acme.us.auth0.com/oauth/token"
RIGHT = "https://api.rhythmsoftware.com"
YAML = f"token_url: {URL}\ngrant_type: client_credentials\nclient_id: abc\n"
EXPECTED = {"grant_type": "client_credentials", "client_id": "abc", "client_secret": "def"}


def only(text: str) -> TokenRequest:
    assert has_marks(text)
    (piece,) = read(text)
    assert isinstance(piece.value, TokenRequest)
    return piece.value


@pytest.mark.parametrize(
    "text",
    [
        f"{YAML}client_secret: def",
        f'[auth]\ntoken_url="{URL}"\ngrant_type="client_credentials"\nclient_id="abc"\nclient_secret="def"',
        f"AUTH0_TOKEN_URL={URL}\nAUTH0_GRANT_TYPE=client_credentials\nAUTH0_CLIENT_ID=abc\nAUTH0_CLIENT_SECRET=def",
        (
            "a.registration.x.authorization-grant-type=client_credentials\na.registration.x.client-id=abc\n"
            f"a.registration.x.client-secret=def\na.provider.x.token-uri={URL}"
        ),
        (
            f'url = "{URL}"\nmethod = "POST"\nrequest_body = jsonencode({{\n  grant_type    = "client_credentials"\n'
            '  client_id     = "abc"\n  client_secret = "def"\n})'
        ),
        f"Array\n(\n  [grant_type] => client_credentials\n  [client_id] => abc\n  [client_secret] => def\n)\nat {URL}",
    ],
)
def test_settings_stand_in_many_kinds_of_files(text: str) -> None:
    found = only(text)

    assert (found.url, found.endpoint) == (URL, "token")
    assert dict(found.parameters) == EXPECTED


def test_an_audience_is_sent_as_it_is_set() -> None:
    assert only(f"{YAML}audience: {RIGHT}/").parameter("audience") == f"{RIGHT}/"


@pytest.mark.parametrize(
    "text",
    [
        f"{YAML}audience: ${{AUDIENCE}}",
        f"{YAML}audience:\n  - {RIGHT}",
        f"{YAML}and the audience is set in code",
        YAML.replace("/oauth/token", "/oauth2/v2.0/token"),
        YAML.replace(URL, ""),
        f"{YAML.replace(URL, '')}{URL} or {URL.replace('acme', 'other')}",
    ],
)
def test_an_audience_that_cannot_be_told_is_unknown(text: str) -> None:
    assert only(text).parameter("audience") == unknown("audience")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "client_id: abc\nclient_secret: def",
        "grant_type: authorization_code\nclient_id: abc",
        "grant_type: client_credentials\nclient_id:",
        "Which grant_type do I need, and where is the client_id?",
    ],
)
def test_other_text_makes_no_request(text: str) -> None:
    assert read(text) == []


def test_the_settings_of_two_clients_are_two_requests() -> None:
    assert len(read(YAML * 2)) == 2


def test_a_token_among_the_settings_is_left_to_other_readers() -> None:
    assert read(f"{YAML}token: eyJ\nscope: read:x") == []


def test_a_secret_among_a_clients_settings_is_not_sent_as_the_token() -> None:
    secret = mint("secret")

    assert report_of(f"AUTH0_CLIENT_ID={mint('client-id')}\nAUTH0_CLIENT_SECRET={secret}").root_cause is None
    assert report_of(f"client_secret: {secret}").root_cause is not None


@pytest.mark.parametrize("unit", [YAML, "client_id:", "a.-_", "grant_type\n", "client_id: abc\n"])
def test_work_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        before = time.process_time()
        read(text)
        return time.process_time() - before

    assert seconds(240_000) < 12 * seconds(60_000) + 0.3
