"""Calls as Postman's console lists them."""

import time

import pytest

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.postman_console import has_marks, read

URL = "https://collect.api.rhythmsoftware.com/payments/acme.org"


def exchanges(text: str) -> list[tuple[HTTPRequest, HTTPResponse | None]]:
    found = []
    for piece in read(text):
        assert isinstance(piece.value, Exchange)
        assert isinstance(piece.value.request, HTTPRequest)
        found.append((piece.value.request, piece.value.response))
    return found


@pytest.mark.parametrize(
    "text",
    [
        f'GET {URL}\n401\n312 ms\nNetwork\nRequest Headers\nAuthorization: "Bearer abc"\nHost: "a"\nResponse Body\nno',
        f'\u25b6 GET {URL} 401 312 ms\n\u25bc Request Headers\n  Authorization: "Bearer abc"\n  Host: "a"\n\u25b6 Network',
        f"GET {URL} 401\nRequest Headers:\nAuthorization: Bearer abc\nHost: a\n\nResponse Headers:\nDate: x",
    ],
)
def test_the_fields_stand_without_the_consoles_quotes(text: str) -> None:
    ((request, response),) = exchanges(text)

    assert has_marks(text)
    assert (request.method, request.url, request.source, request.whole) == ("GET", URL, Source.TRACE, True)
    assert request.headers == (Header("Authorization", "Bearer abc"), Header("Host", "a"))
    assert response is not None
    assert response.status == 401


def test_quotes_that_were_sent_stay() -> None:
    ((request, _),) = exchanges(f'GET {URL}\nRequest Headers\nAuthorization: "Bearer \\"abc\\""')

    assert request.headers == (Header("Authorization", 'Bearer "abc"'),)


def test_without_the_fields_that_every_client_sends_the_request_is_not_whole() -> None:
    ((request, response),) = exchanges(f'GET {URL}\nRequest Headers\nAccept: "*/*"')

    assert not request.whole
    assert response is None


def test_the_answers_body_ends_at_an_empty_line() -> None:
    text = f'GET {URL}\nRequest Headers\nHost: "a"\nResponse Body\n{{"message":"Unauthorized"}}\n\nany idea?'
    ((_, response),) = exchanges(text)

    assert response is not None
    assert (response.body, response.message) == ('{"message":"Unauthorized"}', "Unauthorized")
    assert text[read(text)[0].end :] == "\n\nany idea?"


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"GET {URL}",
        f"GET {URL}\nRequest Headers\n",
        "Request Headers\nHost: a",
        f"GET {URL}\n" + "words\n" * 20 + "Request Headers\nHost: a",
        f"we GET {URL} and see Request Headers\nHost: a",
    ],
)
def test_other_texts_are_no_such_list(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [f"GET {URL}\n" * 5_000, f"GET {URL}\nRequest Headers\n" + "A: b\n" * 50_000, "GET https://a " + "4" * 300_000],
)
def test_hostile_lists_take_linear_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2
