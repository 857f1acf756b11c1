"""curl commands become the requests that curl would send; a header that it would not send is told apart."""

import base64
import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Header, HTTPRequest, Source
from bot.intake import curl
from bot.intake.piece import unknown

URL = "https://rolodex.api.rhythmsoftware.com/contacts/current"
LETTERS = string.ascii_letters + string.digits + "_-"
MINT = random.Random(20_260_310)  # noqa: S311 - samples, no secrets


def part(length: int) -> str:
    return "".join(MINT.choices(LETTERS, k=length))


TOKEN = f"eyJ{part(40)}.eyJ{part(120)}.{part(342)}"
BEARER = Header("Authorization", f"Bearer {TOKEN}")
FORM = Header("Content-Type", "application/x-www-form-urlencoded")


def requests(text: str) -> list[HTTPRequest]:
    found = []
    for piece in curl.read(text):
        assert isinstance(piece.value, HTTPRequest)
        assert 0 <= piece.start < piece.end <= len(text)
        found.append(piece.value)
    return found


def request(text: str) -> HTTPRequest:
    (found,) = requests(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        f'curl -H "Authorization: Bearer {TOKEN}" {URL}',
        f"curl {URL} -H 'Authorization: Bearer {TOKEN}'",
        f"CURL {URL} -H 'Authorization: Bearer {TOKEN}'",
        f"curl -sSLk -H'Authorization: Bearer {TOKEN}' --url {URL}",
        f'curl --header="Authorization: Bearer {TOKEN}" --url={URL}',
        f'$ curl -H "Authorization: Bearer {TOKEN}" \\\n    {URL}',
        f'jane@laptop:~/work$ curl -H "Authorization: Bearer {TOKEN}" "{URL}"',
        f'sponsors:\n\t@curl -H "Authorization: Bearer {TOKEN}" {URL}',
        f"curl -H $'Authorization: Bearer {TOKEN}' $'{URL}'",
        f"curl -H Authorization:\\ Bearer\\ {TOKEN} {URL}",
        f'curl \\\n> -H "Authorization: Bearer {TOKEN}" \\\n> {URL}',
        f'curl -H "Authorization: Bearer {TOKEN}" \\   \n  {URL}',
        f'curl -H "Authorization: Bearer {TOKEN}" \\\n\n  "{URL}"',
        f'curl -i\n  -H "Authorization: Bearer {TOKEN}"\n  {URL}\n\n{{"message": "Unauthorized"}}',
        f'curl -i \\ -H "Authorization: Bearer {TOKEN}" \\ {URL} and that is a 401',
        f'TOKEN={TOKEN}\ncurl -H "Authorization: Bearer $TOKEN" {URL}',
        f'export TOKEN="{TOKEN}" && curl -H "Authorization: Bearer ${{TOKEN}}" {URL}',
        f'$ export TOKEN={TOKEN}\n$ curl -H "Authorization: Bearer $TOKEN" {URL}',
        f'TOKEN={TOKEN} curl -H "Authorization: Bearer $TOKEN" {URL}',
        f'AUTH="Bearer {TOKEN}"\ncurl -H "Authorization: $AUTH" {URL}',
        f"curl --oauth2-bearer {TOKEN} {URL}",
        f'curl -H "Authorization: Bearer {TOKEN}" {URL} | jq .',
        f'curl -H "Authorization: Bearer {TOKEN}" {URL} > out.json',
        f'curl {URL} -H "Authorization: Bearer {TOKEN}", which gives 401.',
        f'curl\n  -H "Authorization: Bearer {TOKEN}"\n  {URL}',
        f'docker run curlimages/curl -H "Authorization: Bearer {TOKEN}" {URL}',
        f'curl {URL} -H "Authorization: Bearer {TOKEN}" doesn\'t work, it says "Unauthorized"',
        f"This is it: \"curl -H 'Authorization: Bearer {TOKEN}' {URL}\" - and then?",
        f'os.system("curl -H \\"Authorization: Bearer {TOKEN}\\" {URL}")',
        f'/usr/bin/curl -o out.json -w "%{{http_code}}" -m 10 -H "Authorization: Bearer {TOKEN}" {URL}',
        f'C:\\Users\\jane>curl -H "Authorization: Bearer {TOKEN}" ^\n  {URL}',
        f'set TOKEN={TOKEN}\ncurl -H "Authorization: Bearer %TOKEN%" {URL}',
        f'curl ^"{URL}^" ^\n  -H ^"Authorization: Bearer {TOKEN}^"',
        f'PS C:\\work> curl.exe -H "Authorization: Bearer {TOKEN}" `\n  {URL}',
        f'$token = "{TOKEN}"\ncurl.exe -H "Authorization: Bearer $token" {URL}',
        f"$h = 'Bearer ' + '{TOKEN}'\ncurl.exe -H \"Authorization: $H\" {URL}",
    ],
)
def test_every_quoting_gives_the_same_request(text: str) -> None:
    assert curl.has_marks(text)
    found = request(text)
    assert found.url == URL
    assert found.headers == (BEARER,)
    assert (found.method, found.body, found.whole, found.tool) == ("GET", "", True, "curl")
    assert found.source is Source.COMMAND
    assert found.flags <= {"follows-redirects"}


@pytest.mark.parametrize(
    "text",
    [
        "I tried curl and got 401",
        "curl: (6) Could not resolve host: rolodex.api.rhythmsoftware.com",
        "* Using curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1",
        "User-Agent: curl/8.4.0",
        "the curl command works, Postman does not",
        "curl - and then nothing",
        "php curl_setopt($ch, CURLOPT_URL, $url)",
        "does it also fail with curl?",
        "",
    ],
)
def test_prose_about_curl_is_no_command(text: str) -> None:
    assert not curl.has_marks(text)
    assert curl.read(text) == []


@pytest.mark.parametrize("text", ["curl --version", "curl -v and then it failed", "curl -X GET"])
def test_a_command_without_url_and_header_is_left(text: str) -> None:
    assert curl.read(text) == []


@pytest.mark.parametrize(
    ("option", "meant"),
    [
        (f"-H 'Authorization Bearer {TOKEN}'", f"Bearer {TOKEN}"),
        (f"-H Authorization: Bearer {TOKEN}", f"Bearer {TOKEN}"),
        (f"-H Authorization:Bearer {TOKEN}", f"Bearer {TOKEN}"),
        (f'-H "Authorization": "Bearer {TOKEN}"', f"Bearer {TOKEN}"),
        (f"-H 'Authorization=Bearer {TOKEN}'", f"Bearer {TOKEN}"),
        (f"-H Bearer {TOKEN}", f"Bearer {TOKEN}"),
        (f'-H "Bearer {TOKEN}"', f"Bearer {TOKEN}"),
    ],
)
def test_a_header_option_that_sends_nothing_is_broken(option: str, meant: str) -> None:
    for text in (f"curl {option} {URL}", f"curl {URL} {option}"):
        found = request(text)
        assert found.url == URL
        assert found.headers == (Header(":broken", meant),)
        assert found.flags == {"broken-header-option"}


@pytest.mark.parametrize("end", ["", " and I get a 401", " returns 401 Unauthorized"])
def test_prose_behind_an_empty_header_is_not_its_credential(end: str) -> None:
    assert request(f'curl {URL} -H "Authorization: Bearer "{end}').headers == (Header("Authorization", "Bearer"),)
    assert request(f'curl {URL} -H "Authorization Bearer {TOKEN}"{end}').headers == (
        Header(":broken", f"Bearer {TOKEN}"),
    )


def test_single_quotes_of_cmd_are_ordinary_letters_and_break_the_header() -> None:
    found = request(f"C:\\> curl -H 'Authorization: Bearer {TOKEN}' {URL}")
    assert found.flags == {"broken-header-option"}
    assert [header.name for header in found.headers] == [":broken"]


def test_headers_are_sent_as_curl_sends_them() -> None:
    text = f"curl {URL} -H 'X-Empty;' -H 'Accept:' -H 'Authorization : Bearer {TOKEN}' -A me -e {URL} -b a=1 -b jar.txt"
    assert request(text).headers == (
        Header("X-Empty", ""),
        Header("Authorization ", f"Bearer {TOKEN}"),
        Header("User-Agent", "me"),
        Header("Referer", URL),
        Header("Cookie", "a=1"),
    )


def test_basic_credentials_stand_beside_the_header() -> None:
    found = request(f'curl -u me:pass -H "Authorization: Bearer {TOKEN}" https://a:b@x.example.com/')
    assert found.headers == (Header("Authorization", "Basic " + base64.b64encode(b"me:pass").decode()), BEARER)
    assert found.flags == {"user-option", "userinfo"}


@pytest.mark.parametrize(
    ("header", "value", "flags"),
    [
        ('"Authorization: Bearer $TOKEN"', f"Bearer {unknown('TOKEN')}", set()),
        ('"Authorization: Bearer ${TOKEN:-x}"', f"Bearer {unknown('TOKEN')}", set()),
        ('"Authorization: Bearer $(cat token.txt)"', f"Bearer {unknown('cat')}", set()),
        ('"Authorization: Bearer `cat token.txt`"', f"Bearer {unknown('cat')}", set()),
        ("'Authorization: Bearer $TOKEN'", "Bearer $TOKEN", {"single-quoted"}),
        ("'Authorization: Bearer ${TOKEN}'", "Bearer ${TOKEN}", {"single-quoted"}),
        ('"Authorization: Bearer %TOKEN%"', "Bearer %TOKEN%", set()),
        ('"Authorization: Bearer $env:TOKEN"', "Bearer $env:TOKEN", set()),
        ('"Authorization: Bearer {{token}}"', "Bearer {{token}}", set()),
        ('"Authorization: Bearer <access_token>"', "Bearer <access_token>", set()),
    ],
)
def test_variables_of_sh(header: str, value: str, flags: set[str]) -> None:
    found = request(f"curl -H {header} {URL}")
    assert found.headers == (Header("Authorization", value),)
    assert found.flags == flags
    assert found.whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f'C:\\> curl -H "Authorization: Bearer %TOKEN%" {URL}', f"Bearer {unknown('TOKEN')}"),
        (f'C:\\> curl -H "Authorization: Bearer $TOKEN" {URL}', "Bearer $TOKEN"),
        (f'curl -H "Authorization: Bearer !TOKEN!" {URL}', f"Bearer {unknown('TOKEN')}"),
        (f"curl -H 'Authorization: Bearer !TOKEN!' {URL}", "Bearer !TOKEN!"),
        (f'set TOKEN={TOKEN}\ncurl -H "Authorization: Bearer !TOKEN!" {URL}', f"Bearer {TOKEN}"),
        (f'for /f %%i in (t) do curl -H "Authorization: Bearer %%i" {URL}', f"Bearer {unknown('i')}"),
        (f'PS C:\\> curl.exe -H "Authorization: Bearer !TOKEN!" {URL}', "Bearer !TOKEN!"),
        (f'PS C:\\> curl.exe -H "Authorization: Bearer $env:TOKEN" {URL}', f"Bearer {unknown('TOKEN')}"),
        (f'PS C:\\> curl.exe -H "Authorization: Bearer $($t.access_token)" {URL}', f"Bearer {unknown('t')}"),
        (f'PS C:\\> curl.exe -H "Authorization: Bearer %TOKEN%" {URL}', "Bearer %TOKEN%"),
        (f"PS C:\\> curl.exe -H 'Authorization: Bearer $token' {URL}", "Bearer $token"),
    ],
)
def test_variables_of_windows_shells(text: str, value: str) -> None:
    assert request(text).headers == (Header("Authorization", value),)


def test_a_variable_counts_only_as_assigned_before() -> None:
    text = f'curl -H "Authorization: Bearer $TOKEN" {URL}\nTOKEN={TOKEN}\nTOKEN=$(cat token)\n'
    assert request(text).headers == (Header("Authorization", f"Bearer {unknown('TOKEN')}"),)
    assert request(f'TOKEN={TOKEN}\nTOKEN=$(cat t)\ncurl -H "Authorization: Bearer $TOKEN" {URL}').headers == (
        Header("Authorization", f"Bearer {unknown('TOKEN')}"),
    )
    assert request(f'TOKEN=\ncurl -H "Authorization: Bearer $TOKEN" {URL}').headers == (
        Header("Authorization", "Bearer"),
    )


@pytest.mark.parametrize(
    ("options", "method", "body", "headers"),
    [
        ("-d a=b -d c=d", "POST", "a=b&c=d", (FORM,)),
        ("-X PUT --data-raw '@x'", "PUT", "@x", (FORM,)),
        (
            "--data-urlencode 'audience=https://api' -d @file.txt",
            "POST",
            f"audience=https%3A%2F%2Fapi&{unknown('file.txt')}",
            (FORM,),
        ),
        ("""--json '{"a": "b"}'""", "POST", '{"a": "b"}', (Header("Content-Type", "application/json"),)),
        (
            """-H 'content-type: application/json' -d '{"a":\n\n"b"}'""",
            "POST",
            '{"a":\n\n"b"}',
            (Header("content-type", "application/json"),),
        ),
        ("-F a=b", "POST", "a=b", (Header("Content-Type", "multipart/form-data"),)),
        ("-I", "HEAD", "", ()),
        ("-XDELETE", "DELETE", "", ()),
        ("--request PATCH -d x=1", "PATCH", "x=1", (FORM,)),
        ("-T file.txt", "PUT", "", ()),
    ],
)
def test_methods_and_bodies(options: str, method: str, body: str, headers: tuple[Header, ...]) -> None:
    found = request(f"curl {options} {URL}")
    assert (found.method, found.body, found.headers, found.url) == (method, body, headers, URL)


def test_get_puts_data_into_the_query() -> None:
    found = request(f"curl -G '{URL}?a=1' -d b=2 --data-urlencode 'c=x y'")
    assert (found.method, found.url, found.body, found.headers) == ("GET", f"{URL}?a=1&b=2&c=x%20y", "", ())


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("rolodex.api.rhythmsoftware.com/contacts", "https://rolodex.api.rhythmsoftware.com/contacts"),
        ("http://rolodex.api.rhythmsoftware.com/contacts", "http://rolodex.api.rhythmsoftware.com/contacts"),
        ("https://x.example.com/a?b=1&c=2", "https://x.example.com/a?b=1&c=2"),
        ("https://x.example.com/<tenant id>/c-1", "https://x.example.com/<tenant id>/c-1"),
        ("https://x.example.com/{tenantId}/c-1", "https://x.example.com/{tenantId}/c-1"),
        ("https://x.example.com/a, which fails", "https://x.example.com/a"),
        ("$BASE/contacts", f"{unknown('BASE')}/contacts"),
        ("'{{base}}/contacts'", "{{base}}/contacts"),
        ("localhost:9000/rolodex", "https://localhost:9000/rolodex"),
    ],
)
def test_urls_as_written(written: str, url: str) -> None:
    assert request(f"curl -i {written}").url == url


@pytest.mark.parametrize(
    "text",
    [
        f"curl -n {URL}",
        f"curl --netrc-file f {URL}",
        f"curl -K settings {URL}",
        f"curl -H @headers.txt {URL}",
        f'curl -H "$AUTH_HEADER" {URL}',
        f"curl $OPTIONS {URL}",
        f"curl ... {URL}",
        f"curl {URL} -H",
        f"curl {URL} with my token gives 401",
        f"When I curl {URL} it says 401",
    ],
)
def test_headers_that_may_be_hidden_make_a_request_that_is_not_whole(text: str) -> None:
    assert not request(text).whole
    assert not request(text).headers


def test_redirects_and_netrc_are_flagged() -> None:
    assert request(f"curl -L {URL}").flags == {"follows-redirects"}
    assert request(f"curl --location-trusted {URL}").flags == {"follows-redirects", "location-trusted"}
    assert request(f"curl -n {URL}").flags == {"netrc"}


def test_damage_stays_in_the_value() -> None:
    wrapped = f"{TOKEN[:76]}\n{TOKEN[76:]}"
    assert request(f'curl -H "Authorization: Bearer {wrapped}" {URL}').headers == (
        Header("Authorization", f"Bearer {wrapped}"),
    )
    odd = f"Bearer\u00a0{TOKEN[:30]}\u200b{TOKEN[30:]}"
    assert request(f'curl -H "Authorization: {odd}" {URL}').headers == (Header("Authorization", odd),)
    assert request(f"curl -H $'Authorization: Bearer {TOKEN}\\n' {URL}").headers == (
        Header("Authorization", f"Bearer {TOKEN}\n"),
    )


@pytest.mark.parametrize(
    "text",
    [
        f'curl -H "Authorization: Bearer {TOKEN} {URL}\n\nand "quoted" words',
        f'curl -H "Authorization: Bearer {TOKEN}\n  {URL}',
        f"curl -H 'Authorization: Bearer {TOKEN} \\\n  {URL}\n\nit doesn't work",
        f'C:\\> curl -H "Authorization: Bearer {TOKEN} ^\n  {URL}',
    ],
)
def test_a_quote_that_never_closes_takes_no_more_than_the_value(text: str) -> None:
    found = request(text)
    assert found.url == URL
    assert [header.value.strip() for header in found.headers] == [BEARER.value]


def test_several_commands_each_with_its_place() -> None:
    text = (
        f"$ curl -X POST https://acme.us.auth0.com/oauth/token -d a=b; curl {URL} --next -I https://x.example.com/\n401"
    )
    found = curl.read(text)
    assert [text[piece.start : piece.end] for piece in found] == [
        "$ curl -X POST https://acme.us.auth0.com/oauth/token -d a=b",
        f"curl {URL}",
        "--next -I https://x.example.com/",
    ]
    joined = f"curl -d a=b https://acme.us.auth0.com/oauth/token curl -i {URL}"
    assert [item.url for item in requests(joined)] == ["https://acme.us.auth0.com/oauth/token", URL]


def test_variables_that_double_each_other_stay_small() -> None:
    text = "A=xxxxxxxxxx\n" + "A=$A$A\n" * 60 + f'curl -H "X: $A" {URL} ' + "$A" * 10_000
    (header,) = request(text).headers
    assert len(header.value) < 100_000


def test_a_command_in_a_substitution_is_read_as_well() -> None:
    text = f'curl -H "Authorization: Bearer $(curl -s -d a=b https://acme.us.auth0.com/oauth/token | jq -r .access_token)" {URL}'
    assert [(item.method, item.url) for item in requests(text)] == [
        ("GET", URL),
        ("POST", "https://acme.us.auth0.com/oauth/token"),
    ]


def test_prose_around_a_command_is_left_to_other_readers() -> None:
    text = f"hello\ncurl {URL} -H 'Accept: */*' gives me 401"
    (piece,) = curl.read(text)
    assert text[piece.start : piece.end] == f"curl {URL} -H 'Accept: */*'"


FRAGMENTS = st.sampled_from(
    [
        "curl ",
        "curl.exe ",
        "-H ",
        '"',
        "'",
        "\\",
        "\n",
        "\n\n",
        "$(",
        ")",
        "`",
        "^",
        '^"',
        "%A%",
        "!A!",
        "%%i",
        "$A",
        "A=",
        "@{",
        "{",
        "}",
        "https://x.y/",
        " ",
        "-d ",
        "$'",
        "--next ",
        ";",
        "<",
        "PS C:\\> ",
        "set A=",
        "Authorization: ",
        "eyJ",
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=6), max_size=40).map("".join))
def test_any_text_gives_pieces_in_range(text: str) -> None:
    assert isinstance(curl.has_marks(text), bool)
    pieces = curl.read(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


@pytest.mark.parametrize(
    "unit",
    [
        "curl ",
        "curl -H ",
        'curl -H "',
        "curl -d '{",
        "curl $(",
        'curl "$(',
        "curl https://x.y \\\n",
        "A=$A ",
        'curl -H "\\',
        "\\\n",
        "curl -I x.y/\n",
        'curl ^"',
        "PS C:\\> curl.exe @{",
        "$A=",
        "curl -I https://x.y/ ' \n\n",
        "curl -I https://x.y/ \\ ",
        "curl -I 'https://x.y/ \\\n\n\n\n",
        "% ",
        "curl !",
        "curl -I https://x.y/ !A! ",
    ],
)
def test_work_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "$A %A% curl -i " + unit * (length // len(unit))
        before = time.process_time()
        curl.read(text)
        return time.process_time() - before

    assert seconds(120_000) < 12 * seconds(30_000) + 0.3
