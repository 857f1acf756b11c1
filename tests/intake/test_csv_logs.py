"""Request logs as tables of values become exchanges, with the Authorization field that each row logs."""

import pytest

from bot.evidence import Exchange, Source
from bot.intake.csv_logs import MAX_ROWS, has_marks, read
from bot.intake.piece import unknown

URL = "https://events.api.rhythmsoftware.com/events/acme.org"
IIS_ROW = "GET\t/events/acme.org\tevents.api.rhythmsoftware.com\t401\tBearer abc\r\n"
NAMES = "method,url,status,authorization\n"


def rows(text: str) -> list[tuple[str | None, str | None, int | None, list[str]]]:
    """Method, URL, status and the Authorization fields of each row."""
    found = []
    for piece in read(text):
        assert isinstance(piece.value, Exchange)
        request, response = piece.value.request, piece.value.response
        assert request is not None
        assert (request.source, request.whole) == (Source.EXPORT, False)
        fields = [header.value for header in request.headers if header.name == "Authorization"]
        found.append((request.method, request.url, response and response.status, fields))
    return found


def test_each_row_is_a_request_with_its_answer() -> None:
    text = f"{NAMES}GET,{URL},200,Bearer abc\nPOST,{URL}?a=1,401,bearer undefined\n"

    assert rows(text) == [("GET", URL, 200, ["Bearer abc"]), ("POST", f"{URL}?a=1", 401, ["bearer undefined"])]
    assert [text[piece.start : piece.end] for piece in read(text)] == [
        f"{NAMES}GET,{URL},200,Bearer abc\n",
        f"POST,{URL}?a=1,401,bearer undefined\n",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'"status","Authorization","url","method"\n"401","Bearer abc","{URL}","get"',
        f"time;Request Method;Request URL;Status Code;request.headers.authorization\n1;GET;{URL};401;Bearer abc",
        "cs-method\tcs-uri-stem\tcs-host\tsc-status\tcs(Authorization)\r\n" + IIS_ROW,
        f"request,status,authorization_header\nGET {URL} HTTP/1.1,401,Bearer abc",
        f"Yesterday's log:\n\n{NAMES}GET,{URL},401,Bearer abc\n\nthat is all, and no more",
        f'{NAMES}GET,"{URL}",401,"Bearer abc"',
    ],
)
def test_names_and_marks_may_be_written_in_many_ways(text: str) -> None:
    assert rows(text) == [("GET", URL, 401, ["Bearer abc"])]


@pytest.mark.parametrize(
    ("cell", "fields"),
    [
        ("", []),
        ("-", []),
        ("NULL", []),
        ("yes", [unknown("authorization")]),
        ("Bearer null", ["Bearer null"]),
        ('"Bearer ""abc"""', ['Bearer "abc"']),
        ("***", ["***"]),
    ],
)
def test_a_cell_is_the_field_as_it_was_sent(cell: str, fields: list[str]) -> None:
    assert rows(f"{NAMES}GET,{URL},401,{cell}") == [("GET", URL, 401, fields)]


def test_what_the_answer_said_is_its_body() -> None:
    (piece,) = read(f'url,status,authorization,body\n{URL},401,Bearer abc,"{{""message"":""Unauthorized""}}"')

    assert isinstance(piece.value, Exchange)
    assert piece.value.response is not None
    assert (piece.value.response.status, piece.value.response.message) == (401, "Unauthorized")


@pytest.mark.parametrize(
    "text",
    [
        "",
        NAMES,
        NAMES.strip(),
        "name,authorization,contact\nAcme,yes,Jane",
        "name,authorization,status\nAcme,yes,active",
        "method,url,status,proxy-authorization\nGET,/x,401,Basic abc",
        f"{NAMES}we,see,this,often",
        f"{NAMES}GET,{URL}",
        'requests.get(url, headers={"Authorization": token, "status": 1})\nx',
        "Access-Control-Allow-Headers: Content-Type,Authorization\nx,y",
        "The fields method, url and authorization are logged\nhere, there, everywhere",
    ],
)
def test_other_text_is_no_log(text: str) -> None:
    assert read(text) == []


def test_only_a_line_of_names_is_a_mark() -> None:
    assert has_marks(f"{NAMES}GET,{URL},401,x")
    assert not has_marks("authorization,contact\na,b")


def test_long_logs_are_read_up_to_a_bound() -> None:
    assert len(read(NAMES + f"GET,{URL},200,Bearer abc\n" * (MAX_ROWS + 9))) == MAX_ROWS
