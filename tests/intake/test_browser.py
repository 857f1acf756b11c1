import pytest

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.browser import has_marks, read
from tests.pastes.minting import NOW


def exchanges(text: str) -> list[Exchange]:
    found = []
    for piece in read(text):
        assert isinstance(piece.value, Exchange)
        found.append(piece.value)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Request URL: https://x", True),
        ("request url\nhttps://x", True),
        (":authority: x\n:path: /", True),
        (":authority: x", False),
        ("url: x", False),
    ],
)
def test_marks(text: str, expected: bool) -> None:
    assert has_marks(text) is expected


def test_a_list_of_chromes_network_tab() -> None:
    text = (
        "General\nRequest URL: https://example.org/a\nRequest Method: GET\nStatus Code: 401 Unauthorized\n"
        "Remote Address: 10.0.0.1:443\nReferrer Policy: strict-origin\n\nResponse Headers\n"
        "date: Tue, 10 Mar 2026 12:00:00 GMT\n\nRequest Headers\nauthorization: Bearer x\naccept: */*\n\nand that is it"
    )
    headers = (
        Header("date", "Tue, 10 Mar 2026 12:00:00 GMT"),
        Header("authorization", "Bearer x"),
        Header("accept", "*/*"),
    )

    assert exchanges(text) == [
        Exchange(
            HTTPRequest("GET", "https://example.org/a", headers, "", Source.EXPORT, whole=False, tool="browser"),
            HTTPResponse(401, headers, "", Source.EXPORT, "Unauthorized", float(NOW)),
        )
    ]


def test_names_and_values_on_lines_of_their_own() -> None:
    (exchange,) = exchanges("Request URL:\nhttps://example.org/a\nRequest Method:\nPOST\nStatus Code:\n403 Forbidden\n")

    assert exchange.request is not None
    assert exchange.response is not None
    assert (exchange.request.url, exchange.request.method, exchange.response.status) == (
        "https://example.org/a",
        "POST",
        403,
    )


def test_names_without_colons_have_their_values_below_them() -> None:
    text = (
        "General\nRequest URL\nhttps://example.org/a\nRequest Method\nGET\nStatus Code\n401 Unauthorized\n"
        "Referrer Policy\nno-referrer\nResponse Headers\ncontent-length\n26\nRequest Headers\n:method\nGET\n"
        "accept\n*/*\nauthorization\neyJx\n\nCan you\nhelp us\n"
    )
    (exchange,) = exchanges(text)

    assert exchange.request is not None
    assert exchange.response is not None
    assert (exchange.request.method, exchange.request.url) == ("GET", "https://example.org/a")
    assert exchange.response.status == 401
    assert exchange.request.headers == (
        Header("content-length", "26"),
        Header("accept", "*/*"),
        Header("authorization", "eyJx"),
    )


def test_after_titles_with_colons_a_word_alone_is_no_name() -> None:
    (exchange,) = exchanges("Request URL: https://example.org/a\nAccept: x\nregards\nJo\n")

    assert exchange.request is not None
    assert exchange.request.headers == (Header("Accept", "x"),)


def test_pseudo_headers_of_http_2() -> None:
    (exchange,) = exchanges(
        ":authority: example.org\n:method: GET\n:path: /a\n:scheme: https\nauthorization: Bearer x\n"
    )

    assert exchange.request is not None
    assert (exchange.request.method, exchange.request.url) == ("GET", "https://example.org/a")
    assert exchange.request.headers == (Header("authorization", "Bearer x"),)
    assert exchange.response is None


def test_without_a_path_it_is_the_root() -> None:
    (exchange,) = exchanges(":authority: example.org\n:method: GET\n")

    assert exchange.request is not None
    assert exchange.request.url == "https://example.org/"


def test_several_lists_are_several_exchanges() -> None:
    text = (
        "Request URL: https://example.org/a\nStatus Code: 200\nRequest URL: https://example.org/b\nStatus Code: 401\n"
    )

    assert [
        (exchange.request and exchange.request.url, exchange.response and exchange.response.status)
        for exchange in exchanges(text)
    ] == [
        ("https://example.org/a", 200),
        ("https://example.org/b", 401),
    ]


def test_a_list_ends_at_an_empty_line_before_other_text() -> None:
    (piece,) = read("Request URL: https://example.org/a\nAccept: x\n\nI wonder why.\nAuthorization: Bearer x\n")

    assert isinstance(piece.value, Exchange)
    assert piece.value.request is not None
    assert piece.value.request.headers == (Header("Accept", "x"),)


@pytest.mark.parametrize("text", ["", "Status Code: 401", "Accept: x\nHost: y", "Request Method: GET\n\nnothing"])
def test_a_list_without_a_url_is_none(text: str) -> None:
    assert exchanges(text) == []


def test_a_status_without_a_number_is_none() -> None:
    (exchange,) = exchanges("Request URL: https://example.org/a\nStatus Code: (pending)\n")

    assert exchange.response is None
