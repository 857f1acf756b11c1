"""JavaScript and TypeScript become the requests that they would send."""

import pytest

from bot.intake.code.javascript import read
from tests.intake.code.readings import fields, line, minted, request, requests, shown

TOKEN = minted()
URL = "https://events.api.rhythmsoftware.com/events/acme.org"


def test_fetch_with_a_template() -> None:
    text = f"""
const token = "{TOKEN}";
const res = await fetch(`https://events.api.rhythmsoftware.com/events/${{tenant}}`, {{
  headers: {{ Authorization: `Bearer ${{token}}`, Accept: "application/json" }},
}});
"""
    found = request(read, text)

    assert line(found) == ("GET", "https://events.api.rhythmsoftware.com/events/‹tenant›", True)
    assert fields(found) == [("Authorization", f"Bearer {TOKEN}"), ("Accept", "application/json")]
    assert found.tool == "fetch"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("`Bearer ${token}`", "Bearer ‹token›", id="template"),
        pytest.param("'Bearer ${token}'", "Bearer ${token}", id="quotes"),
        pytest.param('"Bearer " + token', "Bearer ‹token›", id="plus"),
        pytest.param("`Bearer ${undefined}`", "Bearer undefined", id="undefined"),
        pytest.param("`Bearer ${process.env.TOKEN || ''}`", "Bearer ‹process.env.TOKEN›", id="environment"),
        pytest.param("`Bearer ${getAccessTokenSilently()}`", "Bearer [object Promise]", id="promise"),
        pytest.param("`Bearer ${await getAccessTokenSilently()}`", "Bearer ‹getAccessTokenSilently›", id="awaited"),
        pytest.param("`Bearer ${JSON.stringify(token)}`", 'Bearer "‹token›"', id="stringified"),
        pytest.param("`Bearer ${{ a: 1 }}`", "Bearer [object Object]", id="object"),
        pytest.param("`Bearer ${localStorage.getItem('t')}`", "Bearer ‹localStorage.getItem›", id="storage"),
        pytest.param("'Bearer abc\\u200B'", "Bearer abc\u200b", id="invisible"),
        pytest.param("['Bearer', 'abc'].join(' ')", "Bearer abc", id="join"),
    ],
)
def test_the_value_is_what_the_language_makes_of_it(value: str, expected: str) -> None:
    found = request(read, f"fetch('{URL}', {{ headers: {{ Authorization: {value} }} }})")

    assert fields(found) == [("Authorization", expected)]


def test_a_parsed_response_in_the_tokens_place_is_an_object() -> None:
    text = f"const data = await res.json();\nfetch('{URL}', {{ headers: {{ Authorization: `Bearer ${{data}}` }} }})"

    assert fields(request(read, text)) == [("Authorization", "Bearer [object Object]")]


def test_a_function_that_is_shown_to_be_asynchronous_gives_a_promise() -> None:
    text = f"async function load() {{}}\nconst t = load();\nfetch('{URL}', {{ headers: {{ Authorization: `Bearer ${{t}}` }} }})"

    assert fields(request(read, text)) == [("Authorization", "Bearer [object Promise]")]


def test_a_token_that_was_stored_as_json_is_noted() -> None:
    text = f"localStorage.setItem('t', JSON.stringify(token));\nfetch('{URL}', {{ headers: {{ a: 'b' }} }})"

    assert "stringified" in request(read, text).flags


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        pytest.param("", True, id="none"),
        pytest.param(", { method: 'GET' }", True, id="no-headers"),
        pytest.param(", options", False, id="unknown-options"),
        pytest.param(", { headers }", False, id="unknown-headers"),
        pytest.param(", { headers: { ...authHeader(), a: 'b' } }", False, id="spread"),
        pytest.param(", { Authorization: 'Bearer abc' }", True, id="not-in-headers"),
    ],
)
def test_a_missing_header_is_missing_only_where_all_are_shown(arguments: str, whole: bool) -> None:
    assert request(read, f"fetch('{URL}'{arguments})").whole is whole


def test_headers_that_are_set_one_by_one() -> None:
    text = f"""
const h = new Headers();
h.append("Authorization", "Bearer abc");
const options = {{ method: "post", headers: h, body: JSON.stringify({{ a: "b" }}) }};
fetch("{URL}", options);
"""
    found = request(read, text)

    assert (line(found), fields(found), found.body) == (
        ("POST", URL, True),
        [("Authorization", "Bearer abc")],
        '{"a": "b"}',
    )


def test_the_settings_of_axios_are_its_last_argument() -> None:
    sent, lost = requests(
        read,
        f"""
axios.get("{URL}", {{ headers: {{ Authorization: "Bearer abc" }}, params: {{ a: "b c" }} }});
axios.post("{URL}", {{ headers: {{ Authorization: "Bearer abc" }} }});
""",
    )

    assert (line(sent), fields(sent)) == (("GET", f"{URL}?a=b%20c", True), [("Authorization", "Bearer abc")])
    assert (line(lost), fields(lost)) == (("POST", URL, True), [])
    assert lost.body == '{"headers": {"Authorization": "Bearer abc"}}'


def test_an_instance_of_axios_adds_its_base_and_headers() -> None:
    text = """
const api = axios.create({ baseURL: "https://events.api.rhythmsoftware.com/", headers: { common: { Authorization: `Bearer ${t}` } } });
api.defaults.headers.common["X-A"] = "1";
api.get("/events/acme.org");
"""
    found = request(read, text)

    assert line(found) == ("GET", URL, True)
    assert fields(found) == [("Authorization", "Bearer ‹t›"), ("X-A", "1")]


def test_an_interceptor_adds_its_header_and_may_add_more() -> None:
    text = f"""
axios.interceptors.request.use((config) => {{
  config.headers.Authorization = `Bearer ${{getToken()}}`;
  return config;
}});
axios.get("{URL}");
"""
    found = request(read, text)

    assert fields(found) == [("Authorization", "Bearer ‹getToken›")]
    assert not found.whole


def test_a_token_request_as_a_form() -> None:
    text = """
var options = { method: 'POST', url: 'https://acme.us.auth0.com/oauth/token',
  data: new URLSearchParams({ grant_type: 'client_credentials', audience: 'https://api.rhythmsoftware.com' }) };
axios.request(options).then(function (response) {});
"""
    found = request(read, text)

    assert line(found) == ("POST", "https://acme.us.auth0.com/oauth/token", True)
    assert found.body == "grant_type=client_credentials&audience=https%3A%2F%2Fapi.rhythmsoftware.com"


def test_older_means() -> None:
    text = f"""
var xhr = new XMLHttpRequest();
xhr.open("GET", "{URL}");
xhr.setRequestHeader("Authorization", "Bearer one");
xhr.send();
$.ajax({{ url: "{URL}", type: "GET", beforeSend: function (x) {{ x.setRequestHeader("Authorization", "Bearer " + two); }} }});
superagent.get("{URL}").set("Authorization", "Bearer three").end();
const req = https.request({{ hostname: "events.api.rhythmsoftware.com", path: "/events/acme.org", headers: {{ Authorization: "Bearer four" }} }}, (res) => {{}});
"""
    found = requests(read, text)

    assert [(item.tool, line(item)) for item in found] == [
        (tool, ("GET", URL, True)) for tool in ("XMLHttpRequest", "jQuery", "superagent", "node")
    ]
    assert [fields(item)[0][1] for item in found] == ["Bearer one", "Bearer ‹two›", "Bearer three", "Bearer four"]


def test_a_client_of_another_library() -> None:
    text = "this.http.get(this.base + '/events/acme.org', { headers: new HttpHeaders().set('Authorization', 'Bearer abc') })"
    found = request(read, text)

    assert line(found) == ("GET", "‹this.base›/events/acme.org", False)
    assert fields(found) == [("Authorization", "Bearer abc")]


@pytest.mark.parametrize(
    "text",
    [
        'map.get("https")',
        'window.open("https://example.org", "_blank")',
        "we fetch (once) the token",
        'cache.get("/x")',
        "fetch(url)",
    ],
)
def test_what_is_no_request(text: str) -> None:
    assert read(text) == []


def test_the_call_of_the_browsers_copy_command() -> None:
    text = f'fetch("{URL}", {{\n  "headers": {{\n    "authorization": "Bearer {TOKEN}"\n  }},\n  "body": null,\n  "method": "GET"\n}});'
    found = request(read, text)

    assert (line(found), shown(found.body)) == (("GET", URL, True), "")
    assert fields(found) == [("authorization", f"Bearer {TOKEN}")]


@pytest.mark.parametrize(
    "hook",
    [
        "beforeRequest: [r => r.headers.set('Authorization', 'Bearer abc')]",
        "beforeRequest: [(request) => { request.headers.Authorization = 'Bearer abc'; }]",
        "beforeRequest: [(options) => { options.headers['Authorization'] = 'Bearer abc'; }]",
    ],
)
def test_a_hook_sets_fields_before_the_request(hook: str) -> None:
    text = (
        f"const api = ky.extend({{ prefixUrl: 'https://events.api.rhythmsoftware.com', hooks: {{ {hook} }} }});\n"
        "await api.get('events/acme.org').json();"
    )
    found = request(read, text)

    assert line(found) == ("GET", URL, False)
    assert fields(found) == [("Authorization", "Bearer abc")]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"https.get('{URL}', (res) => {{}})", True),
        (f"const res = await http.get('{URL}')", False),
        (f"const http = axios.create({{ timeout: 5 }});\nhttp.get('{URL}', {{ headers: {{ A: 'b' }} }})", True),
    ],
)
def test_a_client_called_http_is_nodes_own_only_where_nothing_awaits_it(text: str, whole: bool) -> None:
    assert line(request(read, text)) == ("GET", URL, whole)


def test_a_client_called_http_that_takes_a_path_is_not_nodes_own() -> None:
    assert requests(read, "http.get('/events/acme.org')") == []


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        ("", True),
        (", (res) => {}", True),
        (", res => res.resume()", True),
        (", function (res) {}", True),
        (", { method: 'GET' }", True),
        (", options", False),
        (", options, (res) => {}", False),
    ],
)
def test_options_of_node_that_are_not_shown_may_hold_headers(arguments: str, whole: bool) -> None:
    assert request(read, f"https.get('{URL}'{arguments})").whole is whole
