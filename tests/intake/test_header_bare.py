"""Authorization fields in maps, tables and lists that hold no JWT."""

import time

import pytest

from bot.intake.header_bare import read
from bot.intake.piece import LooseHeader

BASIC = "Basic aWQ6aW52ZW50ZWQ="


def fields(text: str) -> list[tuple[str, str]]:
    return [
        (piece.value.header.name, piece.value.header.value)
        for piece in read(text)
        if isinstance(piece.value, LooseHeader)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{Authorization=[{}], Accept=[*/*]}}",
        "{{Accept=*/*, Authorization={}}}",
        "Headers:\t\tAuthorization={}\n\t\t\t\tAccept=*/*",
        "[Accept] => */*\n[Authorization] => {}\n",
        '"Authorization"=>"{}"',
        '{{"name": "Authorization", "value": "{}"}}',
        "rawHeaders: ['Authorization', '{}', 'accept', '*/*']",
    ],
)
def test_basic_credentials_and_a_scheme_alone_are_read(text: str) -> None:
    assert fields(text.format(BASIC)) == [("Authorization", BASIC)]
    assert fields(text.format("Bearer")) == [("Authorization", "Bearer")]
    assert fields(text.format("Bearer ")) == [("Authorization", "Bearer")]


@pytest.mark.parametrize("text", [f"Authorization\t{BASIC}", f"| Authorization | {BASIC} |"])
def test_cells_hold_basic_credentials(text: str) -> None:
    assert fields(text) == [("Authorization", BASIC)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "| Authorization | Bearer |",
        "Authorization\tBearer",
        "Authorization = Bearer Token",
        "Authorization=Bearer is what the docs say",
        "xhr.setRequestHeader('Authorization', 'Bearer ' + token)",
        "'Authorization' => 'Bearer ' . $token",
        'dict(Authorization="Bearer " + token)',
        'Authorization="Bearer ${token}"',
        "Authorization | Basic auth",
    ],
)
def test_code_that_goes_on_and_cells_that_name_a_scheme_are_no_fields(text: str) -> None:
    assert fields(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "authorization=Bearer " + " " * 300_000,
        "authorization," + "\n" * 300_000 + "earer",
        "authorization=Basic " * 20_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2
