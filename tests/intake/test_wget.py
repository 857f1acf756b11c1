"""wget commands become the requests that wget would send."""

import base64
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Header, HTTPRequest, Source
from bot.intake import wget
from bot.intake.piece import unknown

URL = "https://careers.api.rhythmsoftware.com/jobPostingProcesses/acme.org"
MINT = random.Random(7)  # noqa: S311 - samples, no secrets
TOKEN = ".".join("eyJ" + "".join(MINT.choices(string.ascii_letters + string.digits + "_-", k=60)) for _ in range(3))
BEARER = Header("Authorization", f"Bearer {TOKEN}")
FORM = Header("Content-Type", "application/x-www-form-urlencoded")


def request(text: str) -> HTTPRequest:
    (piece,) = wget.read(text)
    assert 0 <= piece.start < piece.end <= len(text)
    assert isinstance(piece.value, HTTPRequest)
    return piece.value


@pytest.mark.parametrize(
    "text",
    [
        f'wget -qO- --header="Authorization: Bearer {TOKEN}" {URL}',
        f"$ wget --header 'Authorization: Bearer {TOKEN}' \\\n    -O out.json \\\n    {URL}",
        f'wget {URL} --header="Authorization: Bearer {TOKEN}" says ERROR 401: Unauthorized.',
        f'TOKEN={TOKEN}\nwget --header="Authorization: Bearer $TOKEN" {URL}',
        f'C:\\> wget.exe --header="Authorization: Bearer {TOKEN}" ^\n  {URL}',
    ],
)
def test_headers_in_every_form(text: str) -> None:
    assert wget.has_marks(text)
    found = request(text)
    assert (found.method, found.url, found.headers, found.body) == ("GET", URL, (BEARER,), "")
    assert (found.source, found.tool, found.whole, found.flags) == (Source.COMMAND, "wget", True, frozenset())


@pytest.mark.parametrize(
    "text", ["I tried wget and got 401", "HTTP request by Wget/1.21 failed", "", "apt install wget"]
)
def test_prose_about_wget_is_no_command(text: str) -> None:
    assert not wget.has_marks(text)
    assert wget.read(text) == []


def test_credentials_are_sent_as_basic() -> None:
    found = request(f"wget --user=me --password='p w' {URL}")
    assert found.headers == (Header("Authorization", "Basic " + base64.b64encode(b"me:p w").decode()),)
    assert found.flags == {"user-option"}


@pytest.mark.parametrize(
    ("options", "method", "body", "headers"),
    [
        ("--post-data 'a=b&c=d'", "POST", "a=b&c=d", (FORM,)),
        ("--method=PUT --body-data=x=1", "PUT", "x=1", (FORM,)),
        (
            "--post-file=f.json --header='Content-Type: application/json'",
            "POST",
            unknown("f.json"),
            (Header("Content-Type", "application/json"),),
        ),
        ("--method=DELETE", "DELETE", "", ()),
        ("-U me --referer=https://x.y/", "GET", "", (Header("User-Agent", "me"), Header("Referer", "https://x.y/"))),
    ],
)
def test_methods_and_bodies(options: str, method: str, body: str, headers: tuple[Header, ...]) -> None:
    found = request(f"wget {options} {URL}")
    assert (found.method, found.body, found.headers, found.url) == (method, body, headers, URL)


def test_a_header_without_quotes_is_broken() -> None:
    found = request(f"wget --header=Authorization: Bearer {TOKEN} {URL}")
    assert found.headers == (Header(":broken", f"Bearer {TOKEN}"),)
    assert found.flags == {"broken-header-option"}


def test_settings_elsewhere_may_hold_headers() -> None:
    assert not request(f"wget --config=w.rc {URL}").whole
    assert not request(f"wget -e header=x {URL}").whole


@given(
    st.lists(
        st.sampled_from(["wget ", "--header=", '"', "'", "\\\n", "https://x.y/", "--user=a ", "\n", "$A", " "])
        | st.text(max_size=4),
        max_size=30,
    ).map("".join)
)
def test_any_text_gives_pieces_in_range(text: str) -> None:
    assert isinstance(wget.has_marks(text), bool)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in wget.read(text))
