"""Python code becomes the requests that it would send."""

import pytest

from bot.intake.code.python import read
from tests.intake.code.readings import fields, line, minted, request, requests, shown

TOKEN = minted()
URL = "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current"


def test_a_call_with_its_headers() -> None:
    found = request(read, f'r = requests.get("{URL}", headers={{"Authorization": "Bearer {TOKEN}"}}, timeout=30)')

    assert line(found) == ("GET", URL, True)
    assert fields(found) == [("Authorization", f"Bearer {TOKEN}")]
    assert found.tool == "requests"
    assert found.source == "code"


def test_variables_are_looked_up() -> None:
    text = f"""
import requests
token = "{TOKEN}"
BASE = "https://rolodex.api.rhythmsoftware.com"
headers = {{"Authorization": f"Bearer {{token}}", "Accept": "application/json"}}
headers["X-Trace"] = "1"
# requests.get("https://example.org")
requests.request("GET", f"{{BASE}}/contacts/{{tenant}}/current", headers=headers)
"""
    found = request(read, text)

    assert line(found) == ("GET", "https://rolodex.api.rhythmsoftware.com/contacts/‹tenant›/current", True)
    assert fields(found) == [("Authorization", f"Bearer {TOKEN}"), ("Accept", "application/json"), ("X-Trace", "1")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param('f"Bearer {token}"', "Bearer ‹token›", id="f-string"),
        pytest.param('"Bearer {token}"', "Bearer {token}", id="no-f"),
        pytest.param('"Bearer " + token', "Bearer ‹token›", id="plus"),
        pytest.param('"Bearer %s" % token', "Bearer ‹token›", id="percent"),
        pytest.param('"Bearer {}".format(token)', "Bearer ‹token›", id="format"),
        pytest.param('"Bearer {token}".format(token="abc")', "Bearer abc", id="format-by-name"),
        pytest.param('" ".join(["Bearer", token])', "Bearer ‹token›", id="join"),
        pytest.param("f\"Bearer {os.environ['T']}\"", "Bearer ‹os.environ.T›", id="environment"),
        pytest.param('("Bearer "\n   "abc")', "Bearer abc", id="adjacent"),
        pytest.param('f"Bearer {None}"', "Bearer None", id="none"),
        pytest.param('"Bearer abc\\n"', "Bearer abc\n", id="line-end"),
        pytest.param('"Bearer \\u200babc"', "Bearer \u200babc", id="invisible"),
        pytest.param("f\"Bearer {b'abc'}\"", "Bearer b'abc'", id="bytes"),
        pytest.param('"Bearer abc\\n".strip()', "Bearer abc", id="stripped"),
        pytest.param('f"Bearer {r.json()}"', "Bearer {'access_token': '‹access_token›'}", id="whole-response"),
    ],
)
def test_the_value_is_what_the_language_makes_of_it(value: str, expected: str) -> None:
    found = request(read, f'requests.get("{URL}", headers={{"Authorization": {value}}})')

    assert fields(found) == [("Authorization", expected)]


def test_cookies_are_a_header() -> None:
    found = request(read, f'requests.get("{URL}", cookies={{"access_token": "{TOKEN}", "a": "b"}})')

    assert fields(found) == [("Cookie", f"access_token={TOKEN}; a=b")]


def test_a_coroutine_that_nobody_awaits_is_sent_as_such() -> None:
    text = f'async def get_token(): ...\nrequests.get("{URL}", headers={{"Authorization": f"Bearer {{get_token()}}"}})'

    assert fields(request(read, text)) == [("Authorization", "Bearer <coroutine object get_token at 0x7f0000000000>")]


def test_a_header_that_is_none_is_not_sent() -> None:
    assert fields(request(read, f'requests.get("{URL}", headers={{"Authorization": None, "A": "b"}})')) == [("A", "b")]


def test_the_second_argument_of_get_is_the_query_not_the_headers() -> None:
    found = request(read, f'requests.get("{URL}", {{"Authorization": "Bearer abc"}})')

    assert line(found) == ("GET", f"{URL}?Authorization=Bearer%20abc", True)
    assert fields(found) == []


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        pytest.param("", True, id="no-headers"),
        pytest.param(", headers=headers", False, id="unknown-variable"),
        pytest.param(", headers=build_headers()", False, id="call"),
        pytest.param(', headers={"A": token}', True, id="unknown-value"),
        pytest.param(', headers={"A": "b", **more}', False, id="spread"),
        pytest.param(", auth=BearerAuth(t)", False, id="own-authorization"),
        pytest.param(", **options", False, id="more-arguments"),
    ],
)
def test_a_missing_header_is_missing_only_where_all_are_shown(arguments: str, whole: bool) -> None:
    assert request(read, f'requests.get("{URL}"{arguments})').whole is whole


def test_user_and_password_become_basic_credentials() -> None:
    found = request(read, f'requests.get("{URL}", auth=("id", "secret"))')

    assert fields(found) == [("Authorization", "Basic aWQ6c2VjcmV0")]
    assert found.flags == {"user-option"}


def test_a_session_adds_its_headers() -> None:
    text = f"""
s = requests.Session()
s.trust_env = False
s.headers.update({{"Authorization": "Bearer abc", "A": "1"}})
s.get("{URL}", headers={{"A": "2"}}, allow_redirects=True)
"""
    found = request(read, text)

    assert fields(found) == [("A", "2"), ("Authorization", "Bearer abc")]
    assert found.whole
    assert found.flags == {"ignores-environment", "follows-redirects"}


def test_a_session_that_is_not_shown_may_add_anything() -> None:
    assert line(request(read, f'self.session.get("{URL}")')) == ("GET", URL, False)


def test_a_client_with_a_base_in_a_with_statement() -> None:
    text = """
async with httpx.AsyncClient(base_url="https://events.api.rhythmsoftware.com/", headers={"Authorization": token}) as client:
    await client.get("/events/acme.org")
"""
    found = request(read, text)

    assert line(found) == ("GET", "https://events.api.rhythmsoftware.com/events/acme.org", True)
    assert fields(found) == [("Authorization", "‹token›")]
    assert found.tool == "httpx"


def test_the_standard_library() -> None:
    text = f"""
req = urllib.request.Request("{URL}")
req.add_header("Authorization", "Bearer abc")
urllib.request.urlopen(req)
conn = http.client.HTTPSConnection("events.api.rhythmsoftware.com")
conn.request("GET", "/events/acme.org", "", {{"Authorization": "Bearer xyz"}})
"""
    first, second = requests(read, text)

    assert (line(first), fields(first)) == (("GET", URL, True), [("Authorization", "Bearer abc")])
    assert line(second) == ("GET", "https://events.api.rhythmsoftware.com/events/acme.org", True)
    assert fields(second) == [("Authorization", "Bearer xyz")]


def test_bodies_of_token_requests() -> None:
    form = request(
        read,
        'requests.post("https://a.us.auth0.com/oauth/token", data={"grant_type": "x", "audience": AUD, "b": "c d"})',
    )
    json = request(
        read, 'httpx.post("https://a.us.auth0.com/oauth/token", json={"grant_type": "x", "on": True, "n": None})'
    )

    assert shown(form.body) == "grant_type=x&audience=‹AUD›&b=c%20d"
    assert json.body == '{"grant_type": "x", "on": true, "n": null}'


def test_a_piece_begins_with_the_definitions_that_it_uses() -> None:
    text = f'x = 1\ntoken = "abc"\nh = {{"Authorization": token}}\nr = requests.get("{URL}", headers=h)\nprint(r)'
    (piece,) = read(text)

    assert text[piece.start : piece.end].startswith('token = "abc"')
    assert text[piece.end :] == "\nprint(r)"


@pytest.mark.parametrize(
    "text",
    [
        'data.get("access_token")',
        'os.environ.get("TOKEN", "/x")',
        "requests.get(url)",
        'cache.get("a.b")',
        "I sent two requests. They failed (401).",
        '# requests.get("https://example.org")',
    ],
)
def test_what_is_no_request(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('BearerAuth("abc")', [("Authorization", "Bearer abc")]),
        ('auth.HTTPBearerAuth(token="abc")', [("Authorization", "Bearer abc")]),
        ('BearerAuth("Bearer abc")', [("Authorization", "Bearer abc")]),
        ("BearerAuth(token)", [("Authorization", "Bearer ‹token›")]),
        ('SigV4Auth("abc")', []),
    ],
)
def test_a_class_named_after_bearer_tokens_sends_one(given: str, expected: list[tuple[str, str]]) -> None:
    found = request(read, f'requests.get("{URL}", auth={given})')

    assert line(found) == ("GET", URL, False)
    assert fields(found) == expected


def test_a_list_that_is_spread_into_a_token_request_may_hold_the_audience() -> None:
    text = """
requests.post("https://a.us.auth0.com/oauth/token", data={"grant_type": "client_credentials", **credentials})
requests.post("https://a.us.auth0.com/oauth/token", json={"grant_type": "client_credentials", **credentials})
requests.post("https://a.us.auth0.com/oauth/token", json={"grant_type": "client_credentials", "audience": "b", **c})
requests.post("https://a.us.auth0.com/oauth/token", data={"a": "b", **c})
"""
    form, members, named, other = (shown(found.body) for found in requests(read, text))

    assert form == "grant_type=client_credentials&audience=‹audience›"
    assert members == '{"grant_type": "client_credentials", "audience": "‹audience›"}'
    assert named == '{"grant_type": "client_credentials", "audience": "b"}'
    assert other == "a=b"
