"""HTTPie and xh commands become the requests that they would send; sentences with the word http do not."""

import base64
import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Header, HTTPRequest, Source
from bot.intake import httpie
from bot.intake.piece import unknown

URL = "https://certifications.api.rhythmsoftware.com/certifications/acme.org"
MINT = random.Random(8)  # noqa: S311 - samples, no secrets
TOKEN = ".".join("eyJ" + "".join(MINT.choices(string.ascii_letters + string.digits + "_-", k=60)) for _ in range(3))
BEARER = Header("Authorization", f"Bearer {TOKEN}")
FORM = Header("Content-Type", "application/x-www-form-urlencoded")
JSON = Header("Content-Type", "application/json")


def request(text: str) -> HTTPRequest:
    (piece,) = httpie.read(text)
    assert 0 <= piece.start < piece.end <= len(text)
    assert isinstance(piece.value, HTTPRequest)
    return piece.value


@pytest.mark.parametrize(
    "text",
    [
        f'http GET {URL} "Authorization:Bearer {TOKEN}"',
        f"http {URL} Authorization:'Bearer {TOKEN}'",
        f"$ https {URL} 'Authorization: Bearer {TOKEN}'",
        f"http -A bearer -a {TOKEN} {URL}",
        f"xh --auth-type=bearer --auth={TOKEN} get {URL}",
        f"xh --bearer {TOKEN} {URL.removeprefix('https://')}",
        f"jane@laptop:~$ http --print=HhBb GET \\\n  {URL} \\\n  Authorization:'Bearer {TOKEN}'",
        f'export TOKEN={TOKEN}\nhttp GET {URL} "Authorization:Bearer $TOKEN"',
        f"this is what I run: http GET {URL} 'Authorization:Bearer {TOKEN}'",
    ],
)
def test_headers_in_every_form(text: str) -> None:
    assert httpie.has_marks(text)
    found = request(text)
    assert (found.method, found.url, found.headers, found.body) == ("GET", URL, (BEARER,), "")
    assert (found.source, found.tool, found.whole, found.flags) == (Source.COMMAND, "httpie", True, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        f"then the http GET {URL} fails with 401",
        "we use https everywhere",
        f"GET {URL} HTTP/1.1",
        "http is not https",
        f"it must be https - see {URL}",
        "http -v works, no address given",
        "",
    ],
)
def test_sentences_are_no_command(text: str) -> None:
    assert httpie.read(text) == []


def test_marks_are_conservative() -> None:
    assert not httpie.has_marks("we use https everywhere, see https://x.y/")
    assert not httpie.has_marks("GET /contacts HTTP/1.1\nHost: x.y")


@pytest.mark.parametrize(
    ("items", "method", "url", "body", "headers"),
    [
        (f"POST {URL} a=b n:=1 l:='[1,2]'", "POST", URL, '{"a": "b", "n": 1, "l": [1, 2]}', (JSON,)),
        (f"{URL} a=b", "POST", URL, '{"a": "b"}', (JSON,)),
        (f"-f POST {URL} grant_type=password scope='a b'", "POST", URL, "grant_type=password&scope=a%20b", (FORM,)),
        (f"PUT {URL} --raw '[]'", "PUT", URL, "[]", (JSON,)),
        (f"{URL} q==x 'r==y z'", "GET", f"{URL}?q=x&r=y%20z", "", ()),
        (f"{URL} 'X-Empty;' Accept: X-A:1", "GET", URL, "", (Header("X-Empty", ""), Header("X-A", "1"))),
        (f"{URL} a@file.txt", "POST", URL, f'{{"a": "{unknown("file.txt")}"}}', (JSON,)),
        ("GET :9000/rolodex", "GET", "http://localhost:9000/rolodex", "", ()),
        ("DELETE $BASE/contacts", "DELETE", f"{unknown('BASE')}/contacts", "", ()),
    ],
)
def test_items_become_what_is_sent(items: str, method: str, url: str, body: str, headers: tuple[Header, ...]) -> None:
    found = request(f"http {items}")
    assert (found.method, found.url, found.body, found.headers) == (method, url, body, headers)


def test_options_are_noted() -> None:
    assert request(f"http --follow {URL}").flags == {"follows-redirects"}
    assert not request(f"http --session=me {URL}").whole
    found = request(f"http -a me:pw {URL}")
    assert found.headers == (Header("Authorization", "Basic " + base64.b64encode(b"me:pw").decode()),)
    assert found.flags == {"user-option"}


def test_a_header_without_quotes_is_broken() -> None:
    found = request(f"http {URL} Authorization:Bearer {TOKEN}")
    assert found.headers == (Header(":broken", f"Bearer {TOKEN}"),)
    assert found.flags == {"broken-header-option"}


def test_a_quoted_header_without_a_token_is_empty() -> None:
    found = request(f"http {URL} 'Authorization:Bearer ' Accept:application/json")
    assert found.headers == (Header("Authorization", "Bearer"), Header("Accept", "application/json"))
    assert found.flags == set()


def test_single_quotes_keep_a_variable() -> None:
    found = request(f"http {URL} 'Authorization:Bearer $TOKEN'")
    assert found.headers == (Header("Authorization", "Bearer $TOKEN"),)
    assert found.flags == {"single-quoted"}


@given(
    st.lists(
        st.sampled_from(
            ["http ", "xh ", "GET ", '"', "'", "\\\n", "https://x.y/", "a:b ", "a=b ", "a:=[", "-a ", "\n", " "]
        )
        | st.text(max_size=4),
        max_size=30,
    ).map("".join)
)
def test_any_text_gives_pieces_in_range(text: str) -> None:
    assert isinstance(httpie.has_marks(text), bool)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in httpie.read(text))


@pytest.mark.parametrize(
    "unit", ["http ", "http -a ", "http GET https://x.y ", "http GET https://x.y a:=[\n", "xh :1/ 'a:b "]
)
def test_work_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        before = time.process_time()
        text = unit * (length // len(unit))
        httpie.has_marks(text)
        httpie.read(text)
        return time.process_time() - before

    assert seconds(120_000) < 12 * seconds(30_000) + 0.3
