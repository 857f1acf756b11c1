"""Invoke-RestMethod and Invoke-WebRequest become the requests that they would send."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import Header, HTTPRequest, Source
from bot.intake import curl, powershell
from bot.intake.piece import unknown

URL = "https://commerce.api.rhythmsoftware.com/orders/acme.org"
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"
MINT = random.Random(9)  # noqa: S311 - samples, no secrets
TOKEN = ".".join("eyJ" + "".join(MINT.choices(string.ascii_letters + string.digits + "_-", k=60)) for _ in range(3))
BEARER = Header("Authorization", f"Bearer {TOKEN}")
FORM = Header("Content-Type", "application/x-www-form-urlencoded")
JSON = Header("Content-Type", "application/json")


def requests(text: str) -> list[HTTPRequest]:
    found = []
    for piece in powershell.read(text):
        assert 0 <= piece.start < piece.end <= len(text)
        assert isinstance(piece.value, HTTPRequest)
        found.append(piece.value)
    return found


def request(text: str) -> HTTPRequest:
    (found,) = requests(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        f'Invoke-RestMethod -Uri "{URL}" -Headers @{{ Authorization = "Bearer {TOKEN}" }}',
        f"invoke-webrequest {URL} -Method Get -Headers @{{'Authorization'='Bearer {TOKEN}'}} -UseBasicParsing | ConvertFrom-Json",
        f'PS C:\\work> $headers = @{{ Authorization = "Bearer {TOKEN}" }}\nPS C:\\work> irm {URL} -Headers $headers',
        f'$token = "{TOKEN}"\n$h = @{{\n  "Authorization" = "Bearer $token"\n}}\n$r = Invoke-RestMethod `\n  -Uri {URL} `\n  -Headers $h',
        '$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("Authorization", "Bearer '
        + TOKEN
        + f"\")\n\n$response = Invoke-RestMethod '{URL}' -Method 'GET' -Headers $headers\n$response | ConvertTo-Json",
        f'$h = @{{}}\n$h["Authorization"] = "Bearer " + "{TOKEN}".Trim()\ntry {{ iwr -Uri $url -Headers $h }} catch {{ $_ }}'.replace(
            "$h = @{}", f'$url = "{URL}"\n$h = @{{}}'
        ),
        f'$h = @{{}}\n$h.Authorization = "Bearer {TOKEN}"\n(Invoke-RestMethod -Uri:{URL} -Headers $h).items',
        f'$p = @{{ Uri = "{URL}"; Method = "Get"; Headers = @{{ Authorization = "Bearer {TOKEN}" }} }}\nInvoke-RestMethod @p',
        f'curl -Uri {URL} -Headers @{{ Authorization = ("Bearer {{0}}" -f "{TOKEN}") }}',
        f'irm {URL} -Authentication Bearer -Token (ConvertTo-SecureString "{TOKEN}" -AsPlainText -Force)',
        f'$t = ConvertTo-SecureString -String "{TOKEN}" -AsPlainText -Force\nirm {URL} -Authentication OAuth -Token $t',
        f'Invoke-RestMethod -Uri {URL} ` -Headers @{{Authorization="Bearer {TOKEN}"}} and it says 401',
    ],
)
def test_headers_in_every_form(text: str) -> None:
    assert powershell.has_marks(text)
    found = request(text)
    assert (found.method, found.url, found.headers, found.body) == ("GET", URL, (BEARER,), "")
    assert (found.source, found.tool, found.whole, found.flags) == (Source.COMMAND, "powershell", True, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "I used Invoke-RestMethod and got 401",
        "Invoke-RestMethod : The remote server returned an error: (401) Unauthorized.",
        "the irm alias",
        "curl -H x https://x.y/",
        "",
    ],
)
def test_prose_is_no_command(text: str) -> None:
    assert not powershell.has_marks(text)
    assert powershell.read(text) == []


def test_the_alias_is_left_by_the_reader_of_curl() -> None:
    text = f'curl -Uri {URL} -Headers @{{ Authorization = "Bearer {TOKEN}" }}'
    assert curl.read(text) == []
    assert request(text).headers == (BEARER,)


def test_a_browsers_copy() -> None:
    text = (
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n"
        '$session.UserAgent = "Mozilla/5.0"\n'
        f'Invoke-WebRequest -UseBasicParsing -Uri "{URL}" `\n-WebSession $session `\n'
        f'-Headers @{{\n"authority"="x.y"\n  "accept"="*/*"\n  "authorization"="Bearer {TOKEN}"\n}} `\n-ContentType "application/json"'
    )
    found = request(text)
    assert found.whole
    assert found.headers == (
        Header("authority", "x.y"),
        Header("accept", "*/*"),
        Header("authorization", f"Bearer {TOKEN}"),
        JSON,
    )


@pytest.mark.parametrize(
    ("value", "sent", "flags"),
    [
        ('"Bearer $token"', f"Bearer {unknown('token')}", set()),
        ('"Bearer $env:TOKEN"', f"Bearer {unknown('TOKEN')}", set()),
        ('"Bearer $($r.access_token)"', f"Bearer {unknown('r')}", set()),
        ('"Bearer " + $r.access_token', f"Bearer {unknown('r')}", set()),
        ("'Bearer $token'", "Bearer $token", {"single-quoted"}),
        ("(Get-Content token.txt)", unknown("expression"), set()),
        ("Get-Token", unknown("Authorization"), set()),
        ('"Bearer %TOKEN%"', "Bearer %TOKEN%", set()),
        ('"Bearer ``x`""', 'Bearer `x"', set()),
    ],
)
def test_values_that_the_paste_does_not_show(value: str, sent: str, flags: set[str]) -> None:
    found = request(f"Invoke-RestMethod -Uri {URL} -Headers @{{ Authorization = {value} }}")
    assert found.headers == (Header("Authorization", sent),)
    assert found.flags == flags


def test_headers_of_an_unfilled_variable_may_hold_anything() -> None:
    assert not request(f"irm {URL} -Headers $headers").whole
    assert not request(f"irm {URL} -WebSession $session").whole
    assert not request(f"irm {URL} @common").whole
    assert request(f"irm {URL}").whole


def test_headers_as_a_text_are_refused_by_powershell() -> None:
    found = request(f'irm {URL} -Headers "Authorization: Bearer {TOKEN}"')
    assert found.headers == (Header(":broken", f"Bearer {TOKEN}"),)
    assert found.flags == {"broken-header-option"}
    assert found.whole


@pytest.mark.parametrize(
    ("text", "body", "headers"),
    [
        ('-Body "a=b&c=d"', "a=b&c=d", (FORM,)),
        ('-Body @{ grant_type = "password"; scope = "a b" }', "grant_type=password&scope=a%20b", (FORM,)),
        ('-Body (@{ a = "b" } | ConvertTo-Json) -ContentType "application/json"', '{"a": "b"}', (JSON,)),
        ("-ContentType application/json -Body '{\"a\":1}'", '{"a":1}', (JSON,)),
        ("-Credential $cred", "", ()),
    ],
)
def test_bodies(text: str, body: str, headers: tuple[Header, ...]) -> None:
    found = request(f"Invoke-RestMethod -Method Post -Uri {TOKEN_URL} {text}")
    assert (found.method, found.url, found.body, found.headers) == ("POST", TOKEN_URL, body, headers)


def test_bodies_from_variables() -> None:
    text = (
        '$body = @{\n  grant_type = "client_credentials"\n  client_id = $id\n}\n'
        f"$r = irm -Method Post {TOKEN_URL} -Body $body\n"
        f"$r = irm -Method Post {TOKEN_URL} -Body ($body | ConvertTo-Json)\n"
        "$json = $body | ConvertTo-Json\n"
        f"$r = irm -Me Post {TOKEN_URL} -Bo $json\n"
        f"irm {URL} -Body @{{ limit = '5' }}\n"
    )
    json_text = f'{{"grant_type": "client_credentials", "client_id": "{unknown("id")}"}}'
    assert [(item.method, item.url, item.body) for item in requests(text)] == [
        ("POST", TOKEN_URL, f"grant_type=client_credentials&client_id={unknown('id')}"),
        ("POST", TOKEN_URL, json_text),
        ("POST", TOKEN_URL, json_text),
        ("GET", f"{URL}?limit=5", ""),
    ]


def test_an_error_that_repeats_the_command_is_no_second_request() -> None:
    text = f"Invoke-RestMethod {URL}\nAt line:1 char:1\n+ Invoke-RestMethod {URL}\n+ ~~~~~~~~~~"
    assert len(requests(text)) == 1


FRAGMENTS = st.sampled_from(
    [
        "irm ",
        "-Uri ",
        "-Headers ",
        "@{",
        "}",
        "(",
        ")",
        "$a",
        "$a=",
        "$a.Add(",
        '"',
        "'",
        "`",
        "\n",
        "https://x.y/",
        " -f ",
        "+",
        ",",
        ";",
        "=",
        "-Body ",
        "| ConvertTo-Json",
        "@p",
        "ConvertTo-SecureString ",
        "@'\n",
        "'@",
        "$(",
        "-Token ",
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_gives_pieces_in_range(text: str) -> None:
    assert isinstance(powershell.has_marks(text), bool)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in powershell.read(text))


@pytest.mark.parametrize(
    "unit",
    [
        "irm -Uri ",
        "irm https://x.y @{",
        "$a=@{a=",
        "$a=@{",
        '$a.Add("',
        "$a=ConvertTo-SecureString ",
        "irm (",
        "irm $(",
        "$a='",
        "irm https://x.y `\n",
        "curl -Uri ",
        "irm https://x.y @{a=(\n",
        "irm https://x.y -Headers @{a='b'}\n",
    ],
)
def test_work_grows_with_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "irm $a " + unit * (length // len(unit))
        before = time.process_time()
        powershell.has_marks(text)
        powershell.read(text)
        return time.process_time() - before

    assert seconds(120_000) < 12 * seconds(30_000) + 0.3
