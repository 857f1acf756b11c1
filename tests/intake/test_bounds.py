"""How much of a hostile paste is looked at: readers stop at a number, and text behind a cheap mark is not searched."""

import pytest

from bot.evidence import Source
from bot.intake import documents, headers, http, lines
from bot.intake.credentials import MAX_CREDENTIALS, find
from bot.intake.http_message import MAX_BODY_LINES, Message
from bot.redact import may_show
from tests.diagnosing import mint


def test_of_many_fields_the_first_are_read() -> None:
    many = headers.read_headers("Authorization: Bearer abc\n" * (headers.MAX_FIELDS + 50))

    assert len(many) == headers.MAX_FIELDS


@pytest.mark.parametrize("text", ["status=401; ", "401\n", "status: 401\n", '"GET /a" 401\n'])
def test_of_many_answers_the_first_are_read(text: str) -> None:
    assert len(lines.read_statuses(text * (lines.MAX_ANSWERS + 50))) == lines.MAX_ANSWERS


def test_of_many_messages_the_first_are_read() -> None:
    many = http.read("GET /a HTTP/1.1\nHost: example.org\n\n" * (http.MAX_MESSAGES + 5))

    assert len(many) == http.MAX_MESSAGES


def test_of_many_objects_the_first_are_read() -> None:
    many = list(documents.objects('{"a":1}\n' * (documents.MAX_OBJECTS + 5)))

    assert len(many) == documents.MAX_OBJECTS


def test_of_many_credentials_the_first_are_read() -> None:
    assert len(find("\n".join(mint(seed=str(at)) for at in range(MAX_CREDENTIALS + 5)))) == MAX_CREDENTIALS


def test_of_a_long_body_the_first_lines_are_kept_and_its_end_is_known() -> None:
    message = Message(0, Source.RAW)
    for line in ("{", *[""] * MAX_BODY_LINES, '"a": 1'):
        message.add_to_body(line)
    assert len(message.body) == MAX_BODY_LINES
    assert not message.has_whole_body

    message.add_to_body("}")
    assert message.has_whole_body


@pytest.mark.parametrize(
    ("lines_of_body", "whole"), [([], True), (["", " "], True), (["a=b"], True), (["hello"], False), (["{}"], True)]
)
def test_a_body_is_whole_when_its_form_or_object_is(lines_of_body: list[str], whole: bool) -> None:
    message = Message(0, Source.RAW)
    for line in lines_of_body:
        message.add_to_body(line)

    assert message.has_whole_body is whole


def test_a_look_before_masking_misses_no_25_characters_of_a_secret() -> None:
    secret = mint()
    for start in range(0, len(secret) - 25, 7):
        for before in ("", "x", "https://example.org/"):
            assert may_show(f"it says {before}{secret[start : start + 25]}, no more", (secret,))
    assert not may_show("for `https://api.rhythmsoftware.com`, valid until 17:40", (secret,))


def test_a_secret_with_blanks_is_always_looked_for() -> None:
    assert may_show("a text", ("a secret of many words, with blanks",))
