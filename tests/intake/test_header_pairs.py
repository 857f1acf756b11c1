"""Authorization fields in tables, members and lines of their own."""

import time

import pytest

from bot.intake.header_pairs import read
from bot.intake.piece import LooseHeader

TOKEN = "eyJ" + "a" * 40


def fields(text: str) -> list[tuple[str, str]]:
    return [
        (piece.value.header.name, piece.value.header.value)
        for piece in read(text)
        if isinstance(piece.value, LooseHeader)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization | Token {TOKEN}",
        f"| Authorization | Token {TOKEN} |",
        f"Authorization\tToken {TOKEN}\nAccept\t*/*",
        f"'Authorization' => 'Token {TOKEN}',",
        f'{{"name":"Authorization","value":"Token {TOKEN}"}}',
        f'{{\n  "key": "Authorization",\n  "value": "Token {TOKEN}"\n}}',
        f"- name: Authorization\n  value: Token {TOKEN}",
        f"Header name: Authorization\nHeader value: Token {TOKEN}",
        f"Authorization = Token {TOKEN}",
        f"[Accept] => */*\n[Authorization] => Token {TOKEN}",
        f'["Authorization"]=> string(49) "Token {TOKEN}"',
        f'{{"authorization"=>["Token {TOKEN}"]}}'.replace("auth", "Auth"),
        f"Authorization=[Token {TOKEN}], Accept=[*/*]",
        f"Authorization\nToken {TOKEN}\nAccept",
        f"rawHeaders: [ 'Host', 'a.example', 'Authorization', 'Token {TOKEN}', 'accept', '*/*' ]",
        f'["Authorization","Token {TOKEN}"]',
        f"[('Host', 'a.example'), ('Authorization', 'Token {TOKEN}')]",
    ],
)
def test_name_and_value_are_put_together(text: str) -> None:
    assert fields(text) == [("Authorization", f"Token {TOKEN}")]


@pytest.mark.parametrize("value", [f"Basic aWQ6c2VjcmV0, Bearer {TOKEN}", "Basic aWQ6c2VjcmV0", TOKEN])
def test_a_list_of_names_and_values_holds_fields_of_any_scheme(value: str) -> None:
    assert fields(f"['authorization', '{value}', 'accept', '*/*']") == [("authorization", value)]


def test_the_name_and_the_missing_scheme_stay_as_written() -> None:
    assert fields(f"authentication\t{TOKEN}") == [("authentication", TOKEN)]


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization\n{TOKEN}",
        f"AUTHORIZATION={TOKEN}",
        f"Authentication\nBearer {TOKEN}",
        f"the authorization token {TOKEN}",
        f"Authorization tab -> Bearer Token -> {TOKEN}",
        "Authorization | Bearer Token",
        "allowedHeaders: ['Authorization', 'Content-Type']",
        "allowedHeaders: ['Authorization', 'Content Type']",
        "xhr.setRequestHeader('Authorization', 'Bearer ' + token)",
        "xhr.setRequestHeader('Authorization', 'Bearer $token')",
    ],
)
def test_headings_settings_and_sentences_are_no_fields(text: str) -> None:
    assert fields(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "authorization" + " " * 300_000,
        "authorization," + "\n" * 300_000,
        "authorization|x " * 30_000,
        "'authorization', 'Basic a" * 9_000,
    ],
)
def test_hostile_tables_take_linear_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2
