"""Requests in JSON that stands in a string of JSON."""

import json
import time

import pytest

from bot.intake.nested_json import opened
from tests.diagnosing import CERTAIN, LIKELY, found_by, mint

TOKEN = mint("jwt")
FIELDS = {"url": "https://events.api.rhythmsoftware.com/events/acme.org", "headers": {"Authorization": "Token x"}}


def test_an_object_in_a_string_takes_the_strings_place() -> None:
    inner = json.dumps(FIELDS)
    outer = json.dumps({"message": "failed", "context": inner, "level": 400})

    assert json.loads(opened(outer)) == {"message": "failed", "context": FIELDS, "level": 400}


def test_levels_are_opened_one_by_one() -> None:
    once = json.dumps({"log": json.dumps(FIELDS)})
    twice = json.dumps({"message": once})

    assert json.loads(opened(twice)) == {"message": {"log": FIELDS}}


def test_without_the_outer_quotes_the_inner_ones_lose_their_backslashes() -> None:
    assert opened('@message {\\"Authorization\\":\\"Token x\\"}') == '@message {"Authorization":"Token x"}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        json.dumps({"raw": json.dumps({"client_id": "x", "audience": "y"})}),
        '{"a": "{\\"Authorization\\": 1',
        'curl -d "{\\"Authorization\\": 1}"',
    ],
)
def test_bodies_and_commands_stay(text: str) -> None:
    assert opened(text).replace("\\", "") == text.replace("\\", "")
    assert "curl" not in text or opened(text) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Bearer undefined", {"placeholder-credentials": CERTAIN}),
        (f"Bearer Bearer {TOKEN}", {"scheme-repeated": CERTAIN}),
        (f"Bearer {TOKEN}", {}),
        (f'Bearer "{TOKEN}"', {"credentials-quoted": LIKELY}),
    ],
)
def test_the_field_in_it_is_judged(value: str, expected: dict[str, object]) -> None:
    fields = {**FIELDS, "headers": {"Authorization": value}}
    text = json.dumps({"ts": 1, "context": json.dumps(fields)})

    assert found_by("authorization-header", text) == expected


@pytest.mark.parametrize(
    "text", ['uthorization\\"' * 30_000, '"{' * 50_000 + 'uthorization\\"' * 10_000, '":"{uthorization\\"' * 30_000]
)
def test_hostile_strings_take_linear_time(text: str) -> None:
    start = time.process_time()
    opened(text)
    assert time.process_time() - start < 2
