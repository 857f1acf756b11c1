import pytest

from bot.evidence import Header, Source
from bot.intake.headers import read_headers
from bot.intake.piece import UNKNOWN_OPEN, LooseHeader
from tests.diagnosing import mint

TOKEN = mint("jwt")


def headers(text: str) -> list[Header]:
    found = []
    for piece in read_headers(text):
        assert isinstance(piece.value, LooseHeader)
        assert piece.value.source is Source.LOOSE
        found.append(piece.value.header)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {TOKEN}", Header("Authorization", f"Bearer {TOKEN}")),
        (f"authorization:Bearer {TOKEN}", Header("authorization", f"Bearer {TOKEN}")),
        (f"Authorization : Bearer {TOKEN}", Header("Authorization ", f"Bearer {TOKEN}")),
        (f"Authorisation: Bearer {TOKEN}", Header("Authorisation", f"Bearer {TOKEN}")),
        (f"Authentication: Bearer {TOKEN}", Header("Authentication", f"Bearer {TOKEN}")),
        (f"X-Auth-Token: {TOKEN}", Header("X-Auth-Token", TOKEN)),
        (f"x-api-key: {TOKEN}", Header("x-api-key", TOKEN)),
        (f"Bearer: {TOKEN}", Header("Bearer", TOKEN)),
        (f"Proxy-Authorization: Bearer {TOKEN}", Header("Proxy-Authorization", f"Bearer {TOKEN}")),
        (f"Bearer {TOKEN}", Header("", f"Bearer {TOKEN}")),
        (f"I send bearer {TOKEN}", Header("", f"bearer {TOKEN}")),
        ("Authorization: Bearer", Header("Authorization", "Bearer")),
        ("Authorization:", Header("Authorization", "")),
        ("Authorization: Bearer <access_token>", Header("Authorization", "Bearer <access_token>")),
        ("Authorization: Bearer undefined", Header("Authorization", "Bearer undefined")),
        ("Bearer undefined", Header("", "Bearer undefined")),
        ("Cookie: appSession=abc; b=c", Header("Cookie", "appSession=abc; b=c")),
        ("Set-Cookie: a=b", Header("Set-Cookie", "a=b")),
        (f'I send "Authorization: Bearer {TOKEN}", is that right?', Header("Authorization", f"Bearer {TOKEN}")),
        (f"'Authorization: Bearer {TOKEN}',", Header("Authorization", f"Bearer {TOKEN}")),
        (f"map[Accept:[*/*] Authorization:[Token {TOKEN}]]", Header("Authorization", f"Token {TOKEN}")),
        (f'Authorization: "Bearer {TOKEN}"', Header("Authorization", f'"Bearer {TOKEN}"')),
    ],
)
def test_a_line_with_credentials_is_a_header(text: str, expected: Header) -> None:
    assert headers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I use a bearer token for this",
        "Bearer authentication is what we use",
        "the Bearer scheme: see RFC 6750",
        "Token: what is that?",
        'Must "Bearer " stand before the token in that header?',
        'Do I send "Authorization: Bearer" with the ID token or the access token? And is the scheme case-sensitive?',
        "Der Header Authorization: Bearer gefolgt vom Zugriffstoken f\u00fcr unseren Authentifizierungsserver wird geschickt",
        'Nous envoyons " Authorization: Bearer " puis le jeton re\u00e7u apr\u00e8s l\'\u00e9change',
        "Auth: none so far",
        "Authentication: https://docs.api.rhythmsoftware.com/tutorials/authentication",
        'WWW-Authenticate: Bearer error="invalid_token"',
        'Bearer realm="api"',
        "my_authorization: x",
        "see authorization://x",
        "bearer (see below)",
    ],
)
def test_a_sentence_about_them_is_none(text: str) -> None:
    assert headers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f'"Authorization": "Bearer {TOKEN}"', f"Bearer {TOKEN}"),
        (f"'Authorization': 'Bearer {TOKEN}',", f"Bearer {TOKEN}"),
        (f"headers: {{ Authorization: 'Bearer {TOKEN}' }}", f"Bearer {TOKEN}"),
        ('"Authorization": "Bearer {{token}}"', "Bearer {{token}}"),
        (f'"Authorization": "Bearer \\"{TOKEN}\\"",', f'Bearer "{TOKEN}"'),
        (f"'Authorization': 'Bearer \\'{TOKEN}\\''", f"Bearer '{TOKEN}'"),
        (f'Accept: "*/*"\nAuthorization: "Bearer {TOKEN}"', f"Bearer {TOKEN}"),
        (f'Authorization: "Bearer {TOKEN}"\nHost: "a.example"', f"Bearer {TOKEN}"),
        (f'headers=[Authorization:"Bearer {TOKEN}"]', f"Bearer {TOKEN}"),
        (f'headers (Authorization: "Bearer {TOKEN}")', f"Bearer {TOKEN}"),
    ],
)
def test_a_header_in_code_or_json_is_read_without_its_quotes(text: str, value: str) -> None:
    assert headers(text) == [Header("Authorization", value)]


@pytest.mark.parametrize(
    "text",
    [
        '"Authorization": "Bearer " + token',
        "'Authorization': `Bearer ${token}`",
        "'Authorization': f'Bearer {token}'",
        'header = "Authorization: Bearer " + token',
        "['Authorization: Bearer ' . $token]",
        "array('Authorization: Bearer '.$token)",
        '"Authorization: Bearer " & token',
        "'Authorization: Bearer ' || token",
        "f'Authorization: Bearer {token}'",
        "`Authorization: Bearer ${token}`",
        '["Authorization: Bearer #{token}"]',
    ],
)
def test_what_code_puts_there_is_unknown(text: str) -> None:
    (header,) = headers(text)

    assert header.name == "Authorization"
    assert header.value.startswith(f"Bearer {UNKNOWN_OPEN}")


def test_a_name_in_quotes_without_a_literal_is_no_header() -> None:
    assert headers('"Authorization": getHeader()') == []


def test_a_value_goes_on_where_the_line_cuts_a_token() -> None:
    wrapped = "\n".join(TOKEN[at : at + 76] for at in range(0, len(TOKEN), 76))

    assert headers(f"Authorization: Bearer {wrapped}\nHost: example.org") == [
        Header("Authorization", f"Bearer {wrapped}")
    ]
    assert headers(f"Authorization: Bearer\n{TOKEN}\nmore") == [Header("Authorization", f"Bearer\n{TOKEN}")]


@pytest.mark.parametrize("following", ["Host: example.org", "and then I wait", "Unauthorized", "", "curl"])
def test_but_not_into_what_is_no_token(following: str) -> None:
    assert headers(f"Authorization: Bearer {TOKEN[:300]}\n{following}")[0].value == f"Bearer {TOKEN[:300]}"


def test_several_are_in_order() -> None:
    text = f"Authorization: Bearer undefined\nX-Api-Key: {mint('hex:40')}\nBearer {TOKEN}\nCookie: a=b"

    assert [header.name for header in headers(text)] == ["Authorization", "X-Api-Key", "", "Cookie"]


def test_no_representation_shows_the_value() -> None:
    assert TOKEN[:10] not in repr(read_headers(f"Authorization: Bearer {TOKEN}"))


def test_what_a_validator_writes_of_the_header_is_no_header() -> None:
    assert headers("UnauthorizedError: Format is Authorization: Bearer [token]") == []
    assert headers("IDX12741: JWT: '[PII is hidden]' must have three segments (JWS)") == []


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: we use OAuth 2.0 with client credentials.",
        "We send the header Authorization: Bearer followed by the token.",
        "see RFC 6750 for Authorization: Bearer tokens",
    ],
)
def test_words_that_go_on_where_a_credential_would_stand_are_none(text: str) -> None:
    assert headers(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we sent Authorization: Bearer null to the API", Header("Authorization", "Bearer null")),
        ("it says Bearer undefined, that cannot be right", Header("", "Bearer undefined")),
        ("Authorization: Bearer your token here", Header("Authorization", "Bearer your token here")),
        ("Authorization: Bearer token", Header("Authorization", "Bearer token")),
        ("Authorization: Bearer <YOUR_JWT_HERE> and it fails", Header("Authorization", "Bearer <YOUR_JWT_HERE>")),
        ("Authorization: Bearer {{token}} is what I sent", Header("Authorization", "Bearer {{token}}")),
    ],
)
def test_a_word_for_a_token_is_one_in_a_sentence_too(text: str, expected: Header) -> None:
    assert headers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        f'headers:\n  Authorization: "Bearer {TOKEN}"',
        f"  uri:\n    headers:\n      Accept: '*/*'\n      Authorization: 'Bearer {TOKEN}'\n",
        f'- headers:\n    Authorization: "Bearer {TOKEN}"',
    ],
)
def test_quotes_of_a_mapping_in_yaml_are_the_files_own(text: str) -> None:
    assert headers(text) == [Header("Authorization", f"Bearer {TOKEN}")]


def test_quotes_of_an_indented_line_below_no_key_stay() -> None:
    assert headers(f'sent\n  Authorization: "Bearer {TOKEN}"') == [Header("Authorization", f'"Bearer {TOKEN}"')]


@pytest.mark.parametrize(
    "around", [("Accept        : a", ""), ("", "Host          : b"), ("A: b", "Host          : b")]
)
def test_a_blank_before_a_colon_is_the_lists_where_colons_are_aligned(around: tuple[str, str]) -> None:
    above, below = around

    assert headers(f"{above}\nAuthorization : Bearer {TOKEN}\n{below}") == [Header("Authorization", f"Bearer {TOKEN}")]


def test_a_literal_that_a_function_fills_in_holds_no_placeholder() -> None:
    assert headers('let value = format!("Authorization: Bearer {}", token);')[0].value.startswith(
        f"Bearer {UNKNOWN_OPEN}"
    )


@pytest.mark.parametrize(
    "name", ["access-token", "Access-Token", "id-token", "auth-token", "api-key", "- access-token"]
)
def test_a_name_alone_in_front_of_a_token_is_its_label(name: str) -> None:
    assert headers(f"{name}: {TOKEN}") == []
    assert headers(f"Here it is\n{name}: {TOKEN}\nexpires in a day") == []
    assert headers(f"access-token: {TOKEN}\nid-token: {TOKEN}") == []


@pytest.mark.parametrize(
    "text",
    [
        f"Accept: */*\naccess-token: {TOKEN}",
        f"access-token: {TOKEN}\r\nUser-Agent: curl/8.5",
        f"access-token: {TOKEN}\n  x-request-id: 1",
        f"Request Headers:\n  access-token: {TOKEN}",
        f"headers:\n  access-token: {TOKEN}",
        f"access-token: Bearer {TOKEN}",
        f'{{"access-token": "{TOKEN}"}}',
        f"-H access-token: {TOKEN}",
    ],
)
def test_among_the_fields_of_a_message_it_is_a_field(text: str) -> None:
    assert [header.key for header in headers(text)] == ["access-token"]
