"""All readers of code together: what has marks, what is left to others, and that nothing hostile costs much."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import HTTPRequest, HTTPResponse, Source
from bot.intake import code
from tests.intake.code.readings import fields, line, loose, minted, requests

URL = "https://events.api.rhythmsoftware.com/events/acme.org"

PROSE = [
    "We get 401 from the API (since yesterday), though the token is fine.",
    "I fetch the token with requests, then I call events. It worked before.",
    "Authorization: Bearer abc.def.ghi",
    '{"message": "Unauthorized"}',
    "curl -H 'Authorization: Bearer abc' https://rolodex.api.rhythmsoftware.com/contacts",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_has_no_marks(text: str) -> None:
    assert not code.has_marks(text)


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        (f'requests.get("{URL}")', "requests"),
        (f"fetch('{URL}')", "fetch"),
        (f"axios.get('{URL}')", "axios"),
        (f'await new HttpClient().GetAsync("{URL}");', "HttpClient"),
        (f'HttpRequest.newBuilder().uri(URI.create("{URL}")).build();', "java.net.http"),
        (f"$ch = curl_init('{URL}');", "php-curl"),
        (f"HTTParty.get('{URL}')", "HTTParty"),
        (f'http.NewRequest("GET", "{URL}", nil)', "net/http"),
        (f"http.get(Uri.parse('{URL}'))", "dart:http"),
        (f'Set x = CreateObject("MSXML2.XMLHTTP")\nx.Open "GET", "{URL}", False', "XMLHTTP"),
    ],
)
def test_each_language_is_found_by_its_words(text: str, tool: str) -> None:
    assert code.has_marks(text)
    assert [(item.tool, item.url) for item in requests(code.read, text)] == [(tool, URL)]


def test_code_amid_prose_and_an_answer_in_between() -> None:
    text = f"It's odd, we don't get it:\nfetch('{URL}', {{ headers: {{ a: \"1\" }} }})\n401\nand axios.get('{URL}') isn't better"
    first, second = code.read(text)

    assert text[first.start : first.end].startswith("fetch(")
    assert text[first.start : first.end].endswith(")")
    assert text[second.start : second.end] == f"axios.get('{URL}')"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('headers = {"Authorization": f"Bearer {token}"}', ("Authorization", "Bearer ‹token›")),
        ("headers: { Authorization: 'Bearer ${token}' },", ("Authorization", "Bearer ${token}")),
        ("config.headers.Authorization = `Bearer ${token}`;", ("Authorization", "Bearer ‹token›")),
        ('req.Header.Set("Authorization", "Bearer "+token)', ("Authorization", "Bearer ‹token›")),
        ("$headers[] = 'Authorization: Bearer ' . $token;", ("Authorization", "Bearer ‹token›")),
        ('x.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a b");', ("Authorization", "Bearer a b")),
        ('request.setValue("Bearer x", forHTTPHeaderField: "Authorization")', None),
        ('headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + jwt);', ("AUTHORIZATION", "Bearer ‹jwt›")),
        ('String auth = "Bearer " + token;', ("Authorization", "Bearer ‹token›")),
        ('@Headers("Authorization: Bearer {token}")', ("Authorization", "Bearer ‹token›")),
        ('.header("Authorization", format!("Bearer {}", token))', ("Authorization", "Bearer ‹token›")),
        ('curl_setopt($ch, CURLOPT_HTTPHEADER, array("Authorization: Bearer ".$t));', ("Authorization", "Bearer ‹t›")),
        ('append(HttpHeaders.Authorization, "Bearer $token")', ("Authorization", "Bearer ‹token›")),
        ('header(HttpHeaders.Authorization, "Bearer (a)")', ("Authorization", "Bearer (a)")),
        ('val auth = "Bearer $token"', ("Authorization", "Bearer ‹token›")),
        ('def auth = "Bearer $token"', ("Authorization", "Bearer ‹token›")),
        ("final auth = 'Bearer $token';", ("Authorization", "Bearer ‹token›")),
        ("dio.options.headers['Authorization'] = 'Bearer $token';", ("Authorization", "Bearer ‹token›")),
        ('connection.setRequestProperty("Authorization", "Bearer $token")', ("Authorization", "Bearer ‹token›")),
        ('connection.setRequestProperty("Authorization", "Bearer $token");', ("Authorization", "Bearer $token")),
        ("options.headers['Authorization'] = 'Bearer $token'", ("Authorization", "Bearer $token")),
        ("Req.get!(url, auth: {:bearer, token})", ("Authorization", "Bearer ‹token›")),
        ('Req.get!(url, auth: {:bearer, "abc"})', ("Authorization", "Bearer abc")),
        ('req |> req_auth_bearer_token("Bearer abc")', ("Authorization", "Bearer Bearer abc")),
        ("'headers' => ['Authorization' => \"Bearer {$token}\"]", ("Authorization", "Bearer ‹token›")),
        ('request_headers = { Authorization = "Bearer ${var.token}" }', ("Authorization", "Bearer ‹var.token›")),
        ('HTTP.get(url, ["Authorization" => "Bearer $token"])', ("Authorization", "Bearer ‹token›")),
        ('proxy_set_header Authorization "Bearer $token";', ("Authorization", "Bearer ‹token›")),
        ('RequestHeader set Authorization "Bearer %{TOKEN}e"', ("Authorization", "Bearer ‹TOKEN›")),
        ('{:headers {"Authorization" (str "Bearer " token)}}', ("Authorization", "Bearer ‹token›")),
        ('local h = { ["Authorization"] = "Bearer " .. token }', ("Authorization", "Bearer ‹token›")),
        ('@{ "Authorization" = "Bearer " + $Token }', ("Authorization", "Bearer ‹Token›")),
        ('headers = [("Authorization", "Bearer " ++ token)]', ("Authorization", "Bearer ‹token›")),
        ('Dict("Authorization" => "Bearer $token")', ("Authorization", "Bearer ‹token›")),
        ('http("a").header("Authorization", "Bearer ${token}")', ("Authorization", "Bearer ‹token›")),
        ('ALLOWED = ["Authorization", "Content-Type"]', None),
        ("headers: ('Authorization', 'X-Requested-With')", None),
        ('export AUTH="Bearer $TOKEN"', None),
        ('{"Authorization": "Bearer abc"}', None),
        ('{"name": "Authorization", "value": "Bearer abc"}', None),
        ('Authorization: "Bearer abc"', None),
        ('curl -H "Authorization: Bearer $TOKEN"', None),
    ],
)
def test_a_field_that_no_shown_call_sends(text: str, expected: tuple[str, str] | None) -> None:
    assert loose(code.read, text) == ([expected] if expected else [])


def test_damage_in_a_literal_stays_in_the_value() -> None:
    token = minted()
    text = f'token = "{token[:20]}\\u200b{token[20:]}"\nrequests.get("{URL}", headers={{"Authorization": "Bearer " + token}})'
    (found,) = requests(code.read, text)

    assert fields(found) == [("Authorization", f"Bearer {token[:20]}\u200b{token[20:]}")]


def test_a_printed_error_shows_request_and_answer() -> None:
    text = f"""AxiosError: Request failed with status code 401
    at settle (axios.cjs:2019:12) {{
  config: {{
    headers: Object [AxiosHeaders] {{ Authorization: 'Bearer undefined', Accept: '*/*' }},
    method: 'get',
    url: '{URL}'
  }},
  response: {{ status: 401, statusText: 'Unauthorized', data: {{ message: 'Unauthorized' }} }}
}}"""
    request, answer = (piece.value for piece in code.read(text))

    assert isinstance(request, HTTPRequest)
    assert isinstance(answer, HTTPResponse)
    assert (request.source, line(request)) == (Source.TRACE, ("GET", URL, True))
    assert fields(request) == [("Authorization", "Bearer undefined"), ("Accept", "*/*")]
    assert (answer.status, answer.message) == (401, "Unauthorized")


def test_nothing_is_shown_of_what_was_read() -> None:
    token = minted()
    text = f'token = "{token}"\nrequests.get("{URL}", headers={{"Authorization": "Bearer " + token}})'

    assert token[:10] not in repr(code.read(text))


WORDS = [word for _, words in code.FAMILIES for word in words]
PARTS = [
    *WORDS,
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "`",
    "${",
    "#{",
    "\\",
    "\n",
    " ",
    ",",
    ":",
    "=",
    "=>",
    "+",
    ".",
    "a",
    "https://x/y",
    "Authorization",
]


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_no_text_raises_and_pieces_lie_within_it(text: str) -> None:
    for piece in code.read(text):
        assert 0 <= piece.start < piece.end <= max(len(text), 1)


@given(st.text(max_size=200))
def test_no_other_text_raises(text: str) -> None:
    code.has_marks(text)
    code.read(f"requests.get({text}) fetch({text}")


@pytest.mark.parametrize(
    "unit",
    [
        "requests.get(",
        "fetch(`${",
        "fetch('a', {b: ",
        'x = "',
        "$ch = curl_init($a . ",
        "Net::HTTP::Get.new(",
        "Authorization: f'{",
        "axios.get(a.b.",
        "/*",
        "new X{",
        "((",
        "a=b=",
        "<Auth0Provider a={",
    ],
)
def test_the_work_is_bounded_whatever_stands_there(unit: str) -> None:
    started = time.process_time()
    code.read(
        "fetch('https://x') requests.get('https://x') curl_init() Net::HTTP Auth0Provider "
        + unit * (200_000 // len(unit))
    )

    assert time.process_time() - started < 5
