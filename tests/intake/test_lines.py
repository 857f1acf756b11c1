import pytest

from bot.evidence import Exchange, Header, HTTPResponse
from bot.intake.lines import read_challenges, read_statuses, read_urls
from bot.intake.piece import LooseURL

Line = tuple[str | None, str | None, int | None, str]


def shown(text: str) -> list[Line]:
    """Method, target, status and reason of every line that shows an answer."""
    found: list[Line] = []
    for piece in read_statuses(text):
        if isinstance(piece.value, Exchange):
            request, response = piece.value.request, piece.value.response
            assert request is not None
            assert response is not None
            assert (request.headers, request.whole) == ((), False)
            found.append((request.method, request.url, response.status, response.message))
        else:
            assert isinstance(piece.value, HTTPResponse)
            found.append((None, None, piece.value.status, piece.value.message))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '10.0.0.1 - - [10/Mar/2026:12:00:00 +0000] "GET /contacts/acme.org?x=1 HTTP/1.1" 401 26',
            ("GET", "/contacts/acme.org?x=1", 401, ""),
        ),
        (
            'HTTP Request: POST https://example.org/a "HTTP/1.1 401 Unauthorized"',
            ("POST", "https://example.org/a", 401, ""),
        ),
        ("GET https://example.org/contacts 401 (Unauthorized)", ("GET", "https://example.org/contacts", 401, "")),
        ("GET /contacts -> 403", ("GET", "/contacts", 403, "")),
        ("PATCH /contacts => [500]", ("PATCH", "/contacts", 500, "")),
        ("PUT https://example.org/a returned 404", ("PUT", "https://example.org/a", 404, "")),
        (
            "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://example.org/a?b=c",
            (None, "https://example.org/a?b=c", 401, "Unauthorized"),
        ),
        (
            "httpx.HTTPStatusError: Client error '403 Forbidden' for url 'https://example.org/a'",
            (None, "https://example.org/a", 403, "Forbidden"),
        ),
        (
            'DEBUG:urllib3.connectionpool:https://example.org:443 "GET /a HTTP/1.1" 401 26',
            ("GET", "https://example.org:443/a", 401, ""),
        ),
        ("https://example.org/a -> 401", (None, "https://example.org/a", 401, "")),
        ("- https://example.org/a    HTTP 403 Forbidden", (None, "https://example.org/a", 403, "")),
        ("2. https://example.org/a: 200 OK", (None, "https://example.org/a", 200, "")),
        (
            "events.api.rhythmsoftware.com/events/acme.org = 401",
            (None, "https://events.api.rhythmsoftware.com/events/acme.org", 401, ""),
        ),
        (
            "RateLimitException: failed with status code 429 for https://acme.us.auth0.com/oauth/token",
            ("POST", "https://acme.us.auth0.com/oauth/token", 429, ""),
        ),
    ],
)
def test_a_line_with_a_request_and_its_answer(text: str, expected: Line) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("status: 401", 401, ""),
        ("-> 401", 401, ""),
        ("=> 503 Service Unavailable", 503, "Service Unavailable"),
        ("# 401 Unauthorized", 401, "Unauthorized"),
        ("// 500 Internal Server Error: ", 500, "Internal Server Error"),
        ("*Response* 403 Forbidden", 403, "Forbidden"),
        ("Status Code: 403 Forbidden", 403, "Forbidden"),
        ('"statusCode": 401', 401, ""),
        ("status_code=429", 429, ""),
        ("the status code is 500", 500, ""),
        ("Response status code does not indicate success: 401 (Unauthorized).", 401, "Unauthorized"),
        ("AxiosError: Request failed with status code 401", 401, ""),
        ("401 Unauthorized", 401, "Unauthorized"),
        ("  HTTP 401", 401, ""),
        ("Error: 403 Forbidden", 403, "Forbidden"),
        ("<Response [401]>", 401, ""),
        ("<Response [401 Unauthorized]>", 401, ""),
        ("urllib.error.HTTPError: HTTP Error 401: Unauthorized", 401, "Unauthorized"),
        ("The requested URL returned error: 401", 401, ""),
        ("the server responded with a status of 401 (Unauthorized)", 401, ""),
        ("returned HTTP/1.1 502 Bad Gateway", 502, ""),
        ("401", 401, ""),
        ("401 {", 401, ""),
        ("HTTP request sent, awaiting response... 401 Unauthorized", 401, "Unauthorized"),
        ("AssertionError: expected 200 but got 401", 401, ""),
        ("AssertionError: expected 403 to equal 200", 403, ""),
        ("expected 401 to be 200 // Object.is equality", 401, ""),
        ("Expected status code: 200, but was: 403", 403, ""),
        ("    Received: 401", 401, ""),
    ],
)
def test_a_line_with_an_answer(text: str, status: int, reason: str) -> None:
    assert shown(text) == [(None, None, status, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "we get 401 all the time",
        "401 is what I see",
        "Error 401 whenever I call",
        "room 401",
        "ticket 401: broken",
        "abc401",
        "4010",
        "status 999",
        "GET /contacts",
        "it takes 200 ms",
        "5 of 401 rows",
        "we expected 401 members",
        "GET On Session    /a    expected_status=200",
        "https://example.org/a 401 times a day",
        "see https://example.org/a 401",
        "- ansible.builtin.uri:\n    url: https://example.org/a\n    status_code: 200",
    ],
)
def test_other_lines_with_a_number_show_none(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    "line", ["POST https://example.org/a{}x 401", '"GET /a HTTP/1.1"{}x 401', "status{}x 401", "HTTP{}x 401"]
)
def test_long_runs_of_blanks_are_passed_at_once(line: str) -> None:
    # A pattern that tries every way to divide the blanks would not end within a minute.
    assert shown(line.format(" " * 60_000)) == []


def test_several_lines_are_in_order_and_none_is_read_twice() -> None:
    text = 'GET /a 200\n"GET /b HTTP/1.1" 401\n\nstatus: 403\n401 Unauthorized'

    assert [(line[1], line[2]) for line in shown(text)] == [("/a", 200), ("/b", 401), (None, 403), (None, 401)]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ('WWW-Authenticate: Bearer error="invalid_token"', Header("www-authenticate", 'Bearer error="invalid_token"')),
        ('"www-authenticate": "Bearer realm=x"', Header("www-authenticate", 'Bearer realm=x"')),
        ("x-amzn-errortype = ForbiddenException:http://x/", Header("x-amzn-errortype", "ForbiddenException:http://x/")),
    ],
)
def test_a_loose_challenge_is_an_answer_without_a_status(text: str, header: Header) -> None:
    (piece,) = read_challenges(f"seen: {text}\nand more")

    assert isinstance(piece.value, HTTPResponse)
    assert piece.value.status is None
    assert piece.value.headers == (header,)


def test_without_one_there_is_none() -> None:
    assert read_challenges("I authenticate with a Bearer token") == []


def urls(text: str) -> list[str]:
    found = []
    for piece in read_urls(text):
        assert isinstance(piece.value, LooseURL)
        found.append(piece.value.url)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.org/a?b=1#c, please", ["https://example.org/a?b=1#c"]),
        ("(https://example.org/a).", ["https://example.org/a"]),
        ('"https://example.org/a"', ["https://example.org/a"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("*https://example.org/a*", ["https://example.org/a"]),
        ("http://example.org and https://example.net/", ["http://example.org", "https://example.net/"]),
        (
            "rolodex.api.rhythmsoftware.com/contacts/current",
            ["https://rolodex.api.rhythmsoftware.com/contacts/current"],
        ),
        ("Rolodex.API.rhythmsoftware.com/contacts", ["https://Rolodex.API.rhythmsoftware.com/contacts"]),
        ("rolodex.api.rhythmsoftware.com:8443/contacts", ["https://rolodex.api.rhythmsoftware.com:8443/contacts"]),
        ("https://rolodex.api.rhythmsoftware.com/contacts", ["https://rolodex.api.rhythmsoftware.com/contacts"]),
        ("mail me@x.rhythmsoftware.com/a", []),
        ("the host rolodex.api.rhythmsoftware.com is down", []),
        ("ftp://example.org/a", []),
        ("https://", []),
        ("no url", []),
        ("İ rolodex.api.rhythmsoftware.com/contacts", ["https://rolodex.api.rhythmsoftware.com/contacts"]),
    ],
)
def test_urls_in_prose(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


def test_of_very_many_urls_the_first_suffice() -> None:
    assert 500 <= len(urls("https://example.org/a " * 2_000)) <= 501


def test_the_history_of_an_answer_is_not_the_answer() -> None:
    assert shown("(401, [<Response [308]>])") == []
    assert shown("r = <Response [401]>") == [(None, None, 401, "")]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("GET,https://example.org/a,Bearer x,401", "https://example.org/a"),
        ("https://example.org/a?fields=id,name,eyJx", "https://example.org/a?fields=id,name"),
        ("https://example.org/a?fields=id,name", "https://example.org/a?fields=id,name"),
    ],
)
def test_a_url_ends_where_its_cell_ends(text: str, url: str) -> None:
    (piece,) = read_urls(text)

    assert isinstance(piece.value, LooseURL)
    assert piece.value.url == url


def test_wget_names_the_place_that_it_follows_on_the_next_line() -> None:
    text = "awaiting response... 301 Moved\nLocation: https://example.org/b [following]\nawaiting response... 401 No\n"
    first, second = read_statuses(text)

    assert isinstance(first.value, HTTPResponse)
    assert (first.value.status, first.value.header("location")) == (301, "https://example.org/b")
    assert text[first.end :].startswith("\nawaiting")
    assert isinstance(second.value, HTTPResponse)
    assert second.value.status == 401
    assert read_statuses("3 bytes, awaiting response... ") == []
