"""What a paste holds besides requests and answers: credentials with their labels, loose headers, URLs, claims, statements."""

import pytest

from bot.evidence import Evidence, Source
from bot.intake import read_evidence
from tests.diagnosing import DEFAULTS, URL, curl, mint, raw

TOKEN = mint("jwt")
SECRET = mint("secret")
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"


def evidence(text: str) -> Evidence:
    return read_evidence(text, DEFAULTS)


def labelled(text: str) -> list[tuple[str, str]]:
    """Label and value to judge of every credential."""
    return [(item.label, item.token) for item in evidence(text).credentials]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {TOKEN}", [("authorization", TOKEN)]),
        (f"X-Auth-Token: {TOKEN}", [("header:x-auth-token", TOKEN)]),
        (f"Bearer {TOKEN}", [("authorization", TOKEN)]),
        ("Authorization: Bearer hello-2026-0000 and more", [("authorization", "hello-2026-0000")]),
        ("Authorization: Bearer <your-token> and more", [("authorization", "your-token")]),
        (f"Authorization: Bearer '{TOKEN}'", [("authorization", TOKEN)]),
        ("Authorization: Basic aWQ6c2VjcmV0", []),
        ("Authorization: Bearer", []),
        (curl(f"Bearer {TOKEN}"), [("authorization", TOKEN)]),
        (f'curl -H "Authorization: Bearer $TOKEN" {URL}', []),
        (f"curl -H 'X-Api-Key: {TOKEN}' {URL}", [("header:x-api-key", TOKEN)]),
        (f"curl -b 'a=b; session={TOKEN}' {URL}", [("cookie:session", TOKEN)]),
        (f"curl -H 'Cookie: token=abc' {URL}", [("cookie:token", "abc")]),
        (f"Cookie: appSession={TOKEN}; theme=dark", [("cookie:appSession", TOKEN)]),
        (f"Set-Cookie: id_token={TOKEN}; Path=/", [("cookie:id_token", TOKEN)]),
        (f"curl '{URL}?access_token={TOKEN}&x=1'", [("query:access_token", TOKEN)]),
        (f"curl '{URL}?token={mint('opaque')}'", [("query:token", mint("opaque"))]),
        (f"curl '{URL}?client_id={mint('client-id')}'", []),
        (f"curl -d 'access_token={TOKEN}' {URL}", [("body:access_token", TOKEN)]),
        (f"I open {URL}?access_token={TOKEN}", [("query:access_token", TOKEN), ("access_token", TOKEN)]),
        (f'HTTP/1.1 200 OK\n\n{{"access_token":"{TOKEN}"}}', [("access_token", TOKEN)]),
        (
            f"curl -d 'grant_type=password&password=correct-horse&client_secret={SECRET}' {TOKEN_URL}",
            [("client_secret", SECRET), ("parameter:password", "correct-horse"), ("parameter:client_secret", SECRET)],
        ),
        (f'curl -d "grant_type=password&password=$PASSWORD" {TOKEN_URL}', []),
        (f"curl -u id:{SECRET} {TOKEN_URL}", [("parameter:client_secret", mint(f"base64 of=id:{SECRET}"))]),
        ('{"payload":"eyJ","signature":"abc"}', [("json-serialization", '{"payload":"eyJ","signature":"abc"}')]),
    ],
)
def test_credentials_have_the_label_of_their_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert labelled(text) == expected


def test_where_a_credential_stood_is_kept() -> None:
    assert [item.source for item in evidence(raw(f"Bearer {TOKEN}")).credentials] == [Source.RAW]
    assert [item.source for item in evidence(curl(f"Bearer {TOKEN}")).credentials] == [Source.COMMAND]
    assert [item.source for item in evidence(TOKEN).credentials] == [Source.LOOSE]


def test_they_are_in_the_order_of_the_text() -> None:
    text = f"id_token: {mint('id')}\n{curl(f'Bearer {TOKEN}')}\nrefresh_token: {mint('refresh')}"

    assert [label for label, _ in labelled(text)] == ["id_token", "authorization", "refresh_token"]


def test_loose_headers_are_kept_without_cookies() -> None:
    headers = evidence(f"Authorization: Basic aWQ6c2VjcmV0\nCookie: a=b\nBearer {TOKEN}").headers

    assert [(header.name, header.scheme) for header in headers] == [("Authorization", "Basic"), ("", "Bearer")]


def test_of_several_claims_the_first_count() -> None:
    first, second = '{"iss":"a","exp":1}', '{"iss":"b","exp":2}'
    jose = '{"alg":"RS256","typ":"JWT"}'
    found = evidence(f"{jose}\n{first}\n{jose.replace('RS256', 'HS256')}\n{second}")

    assert found.claims == {"iss": "a", "exp": 1}
    assert found.jose_header == {"alg": "RS256", "typ": "JWT"}


def test_a_word_without_a_name_beside_claims_is_no_credential() -> None:
    claims, word = '{"iss":"a","exp":1}', mint("opaque")

    assert labelled(f"{claims}\nSignature {word}") == []
    assert labelled(f"{claims}\nsecret: {word}\n\n{TOKEN}") == [("client_secret", word), ("", TOKEN)]


def test_statements_of_the_text_are_kept_and_marked() -> None:
    found = evidence("jwt expired")

    assert [statement.says for statement in found.statements] == ["expired"]
    assert "says:expired" in found.marks


def test_repairs_and_urls_are_kept() -> None:
    found = evidence("> see <https://example.org/a|here>")

    assert found.repairs == ("slack-markup", "quote-prefix")
    assert found.urls == ("https://example.org/a",)


def test_an_empty_text_holds_nothing() -> None:
    assert evidence("") == Evidence()
