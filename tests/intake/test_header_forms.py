"""Authorization fields in maps, lists, elements and settings of servers."""

import time

import pytest

from bot.intake.header_forms import read
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
        f"headers: {{Accept=*/*, Authorization={TOKEN}, Via=a}}",
        f"{{Authorization={TOKEN}}}",
        f"{{Authorization=[{TOKEN}], Accept=[*/*]}}",
        f'level=debug header.Authorization="{TOKEN}" status=401',
        f'"headers":{{"Authorization":["{TOKEN}"]}}',
        f'"Authorization": [\n  "{TOKEN}"\n]',
        f'<stringProp name="Header.name">Authorization</stringProp>\n  <stringProp name="Header.value">{TOKEN}</stringProp>',
        f'<set-header name="Authorization" exists-action="override">\n  <value>{TOKEN}</value>\n</set-header>',
        f'.header("Authorization" to "{TOKEN}")',
        f'@{{ @"Authorization": @"{TOKEN}" }}',
        f'headers "Authorization"="{TOKEN}" "Accept"="a/b";',
        f"Create Dictionary    Authorization={TOKEN}    Accept=a/b",
        f'proxy_set_header Authorization "{TOKEN}";',
        f'RequestHeader set Authorization "{TOKEN}"',
        f"apex.g_headers(1).name := 'Authorization';\n  apex.g_headers(1).value := '{TOKEN}';",
    ],
)
def test_a_writing_that_can_be_nothing_else_needs_no_scheme(text: str) -> None:
    assert fields(text) == [("Authorization", TOKEN)]


@pytest.mark.parametrize(
    "text",
    [
        f"AUTHORIZATION={TOKEN}",
        f"Authorization\n{TOKEN}",
        f"the header Authorization and then {TOKEN}",
        "{Accept=*/*, Authorization=none}",
    ],
)
def test_settings_and_sentences_are_no_fields(text: str) -> None:
    assert fields(text) == []


@pytest.mark.parametrize("value", ['HeaderValue::from_static("{}")', '"{}".parse()?'])
def test_a_constant_of_rust_names_the_field(value: str) -> None:
    assert fields(f"headers.insert(AUTHORIZATION, {value.replace('{}', TOKEN)});") == [("AUTHORIZATION", TOKEN)]


def test_a_builders_method_names_the_field() -> None:
    assert fields(f'http.baseUrl(base).authorizationHeader("{TOKEN}")') == [("authorization", TOKEN)]


def test_a_scheme_is_part_of_the_value() -> None:
    assert fields(f"{{Authorization=[Token {TOKEN}]}}") == [("Authorization", f"Token {TOKEN}")]


@pytest.mark.parametrize(
    "text",
    [
        ">authorization</a><" * 20_000 + "eyJ",
        '"authorization" >' * 20_000 + "<value>eyJ",
        "header authorization " * 20_000,
    ],
)
def test_hostile_forms_take_linear_time(text: str) -> None:
    start = time.process_time()
    read(text + "eyJ")
    assert time.process_time() - start < 2
