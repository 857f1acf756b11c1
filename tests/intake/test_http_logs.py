"""Messages that clients log line by line are read as messages."""

import json

import pytest

from bot.intake.http_logs import bared

FEIGN = [
    "[Rolodex#current] ---> GET https://a.example/x HTTP/1.1",
    "[Rolodex#current] Authorization: Bearer abc",
    "[Rolodex#current] ---> END HTTP (0-byte body)",
    "[Rolodex#current] <--- HTTP/1.1 401 Unauthorized (88ms)",
]
APACHE = [
    'http-outgoing-0 >> "GET /x HTTP/1.1[\\r][\\n]"',
    'http-outgoing-0 >> "Authorization: Bearer abc[\\r][\\n]"',
    'http-outgoing-0 >> "[\\r][\\n]"',
    'http-outgoing-0 << "HTTP/1.1 401 Unauthorized[\\r][\\n]"',
]
PREFIXES = ["", "2026-03-10T11:58:01.101Z DEBUG 1 --- [nio-8080-exec-1] o.acme.Client : "]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(("lines", "first"), [(FEIGN, "GET https://a.example/x HTTP/1.1"), (APACHE, "GET /x HTTP/1.1")])
def test_what_the_log_puts_around_a_message_is_left_out(prefix: str, lines: list[str], first: str) -> None:
    text = "\n".join(prefix + line for line in lines)

    assert [line.strip() for line in bared(text).split("\n")] == [
        first,
        "Authorization: Bearer abc",
        "",
        "HTTP/1.1 401 Unauthorized",
    ]
    assert len(bared(text)) == len(text)


def test_a_log_of_json_lines() -> None:
    text = "\n".join(json.dumps({"level": "DEBUG", "message": line}) for line in FEIGN)

    assert [line.strip() for line in bared(text).split("\n")][1:] == [
        "Authorization: Bearer abc",
        "",
        "HTTP/1.1 401 Unauthorized",
    ]


@pytest.mark.parametrize(
    "text",
    ["a # b] c", "[not a client] ---> x", '{"message": "broken', "http-outgoing-7 closed", "# heading", "[1, 2] # x] "],
)
def test_other_lines_are_left_alone(text: str) -> None:
    assert bared(text) == text
