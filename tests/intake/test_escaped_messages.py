r"""Raw requests that stand in literals with ``\r\n``: their line ends belong to no token."""

import time

import pytest

from bot.intake.escaped_messages import on_lines
from bot.intake.folding import METHODS

LITERALS = [
    r's.send(b"GET /memberships/acme.org HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer abc\r\n\r\n")',
    r"fwrite($fp, 'GET /memberships/acme.org HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer abc\r\n\r\n');",
    r'x.print(String("GET /memberships/acme.org HTTP/1.1\r\n") + "Host: a.example\r\n" + "Authorization: Bearer abc\r\n\r\n");',
    'w("GET /memberships/acme.org HTTP/1.1\\r\\n" +\n  "Host: a.example\\r\\n" +\n  "Authorization: Bearer abc\\r\\n\\r\\n")',
    '$o = "GET /memberships/acme.org HTTP/1.1\\r\\n";\n$o .= "Host: a.example\\r\\n";\n$o .= "Authorization: Bearer abc\\r\\n\\r\\n";',
    r'request="GET /memberships/acme.org HTTP/1.1\nHost: a.example\nAuthorization: Bearer abc\n\n" status=401',
]


@pytest.mark.parametrize("text", LITERALS)
def test_a_message_in_a_literal_stands_on_lines_of_its_own(text: str) -> None:
    written = on_lines(text, METHODS)
    lines = [line.strip() for line in written.split("\n")]
    first = lines.index("GET /memberships/acme.org HTTP/1.1")
    assert lines[first + 1 : first + 4] == ["Host: a.example", "Authorization: Bearer abc", ""]


@pytest.mark.parametrize("text", LITERALS)
def test_places_stay_the_same(text: str) -> None:
    written = on_lines(text, METHODS)
    assert len(written) == len(text)
    assert written.index("abc") == text.index("abc")


@pytest.mark.parametrize(
    "text",
    [
        r"send: b'GET /memberships/acme.org HTTP/1.1\r\nHost: a.example\r\n\r\n'",
        r'h = {"Authorization": "Bearer abc\r\n"}',
        'curl -H "Authorization: Bearer abc" https://a.example',
    ],
)
def test_what_is_no_message_in_a_literal_is_left_alone(text: str) -> None:
    assert on_lines(text, METHODS) == text


@pytest.mark.parametrize(
    "text",
    [
        r'"GET / HTTP/1.1\n"' + " " * 200_000 + "x",
        r'"GET / HTTP/1.1\n" + ' * 20_000,
        r'"GET / HTTP/1.1\n' + "\\" * 200_000,
        '"GET / HTTP/1.1\\n" + \'' * 20_000,
    ],
    ids=["blanks", "joined", "backslashes", "open"],
)
def test_hostile_literals_take_linear_time(text: str) -> None:
    start = time.process_time()
    on_lines(text, METHODS)
    assert time.process_time() - start < 2
