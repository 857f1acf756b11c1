import pytest

from bot.evidence import Header, HTTPRequest, HTTPResponse, Source
from bot.intake.http import has_marks, read
from bot.intake.piece import Value
from tests.diagnosing import mint
from tests.pastes.minting import NOW

TOKEN = mint("jwt")


def values(text: str) -> list[Value]:
    return [piece.value for piece in read(text)]


def request(text: str) -> HTTPRequest:
    (value,) = values(text)
    assert isinstance(value, HTTPRequest)
    return value


def response(text: str) -> HTTPResponse:
    (value,) = values(text)
    assert isinstance(value, HTTPResponse)
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTP/1.1 200 OK", True),
        ("GET /a\nHost: x", True),
        ("POST https://example.org", True),
        ("Request URL: https://example.org", True),
        ("get the token", False),
        ("please GET it", False),
        ("", False),
    ],
)
def test_marks(text: str, expected: bool) -> None:
    assert has_marks(text) is expected


class TestRequest:
    def test_a_raw_request(self) -> None:
        assert request(
            f'POST /contacts?x=1 HTTP/1.1\nHost: example.org\nAuthorization: Bearer {TOKEN}\nX-A:  b \n\n{{"a":1}}'
        ) == HTTPRequest(
            "POST",
            "https://example.org/contacts?x=1",
            (Header("Host", "example.org"), Header("Authorization", f"Bearer {TOKEN}"), Header("X-A", "b")),
            '{"a":1}',
            Source.RAW,
            whole=True,
        )

    def test_a_trace_of_curl(self) -> None:
        assert request("> GET /a HTTP/2\n> Host: example.org\n> accept: */*\n> \n") == HTTPRequest(
            "GET",
            "https://example.org/a",
            (Header("Host", "example.org"), Header("accept", "*/*")),
            "",
            Source.TRACE,
            whole=True,
            tool="curl",
        )

    @pytest.mark.parametrize(
        ("text", "url"),
        [
            ("GET https://example.org/a HTTP/1.1\nAccept: x", "https://example.org/a"),
            ("GET https://example.org/a", "https://example.org/a"),
            ("GET /a HTTP/1.1\nAccept: x", "/a"),
            ("GET /a\nHost: example.org", "https://example.org/a"),
            ("$ GET /a HTTP/1.1\nHost: example.org", "https://example.org/a"),
            ("GET /a HTTP/2\n:authority: example.org", "https://example.org/a"),
        ],
    )
    def test_where_it_goes(self, text: str, url: str) -> None:
        assert request(text).url == url

    @pytest.mark.parametrize(
        "text",
        [
            "GET /a",
            "GET /a and more",
            "GET /a\nplain words follow",
            "GET /a\n\nHost",
            "get /a HTTP/1.1",
            "FETCH /a HTTP/1.1",
        ],
    )
    def test_a_line_that_only_begins_like_one_is_none(self, text: str) -> None:
        assert values(text) == []

    def test_without_headers_it_is_not_whole(self) -> None:
        assert not request("GET https://example.org/a").whole

    def test_a_name_keeps_the_blank_before_its_colon(self) -> None:
        assert request("GET /a HTTP/1.1\nAuthorization : Bearer x").headers == (Header("Authorization ", "Bearer x"),)

    def test_a_credential_goes_on_over_lines(self) -> None:
        wrapped = "\n".join(TOKEN[at : at + 76] for at in range(0, len(TOKEN), 76))

        assert request(f"GET /a HTTP/1.1\nAuthorization: Bearer {wrapped}\nHost: example.org").headers == (
            Header("Authorization", f"Bearer {wrapped}"),
            Header("Host", "example.org"),
        )

    @pytest.mark.parametrize(
        "following",
        ["$ ls", "curl https://example.org", "---", "* Connection closed", "and then nothing", "401 Unauthorized"],
    )
    def test_what_follows_a_get_is_no_body_of_it(self, following: str) -> None:
        assert request(f"GET /a HTTP/1.1\nHost: example.org\n\n{following}").body == ""

    def test_a_form_ends_where_its_text_ends(self) -> None:
        text = "POST /a HTTP/1.1\nHost: example.org\n\na=b&c=d\n\nand then I wait"

        assert request(text).body == "a=b&c=d"

    def test_notes_of_curl_about_http_2_are_headers(self) -> None:
        text = (
            "> GET /a HTTP/2\n* [HTTP/2] [1] [:authority: example.org]\n* [HTTP/2] [1] [authorization: Bearer x]\n"
            "* [HTTP/2] [1] [authorization: Bearer y]\n* something else\n"
        )

        assert request(text).headers == (Header(":authority", "example.org"), Header("authorization", "Bearer x"))
        assert request(text).url == "https://example.org/a"

    def test_blanks_before_aligned_colons_are_the_lists(self) -> None:
        aligned = request("GET /a HTTP/1.1\nHost          : example.org\nAuthorization : Bearer x\n")
        single = request("GET /a HTTP/1.1\nHost: example.org\nAuthorization : Bearer x\n")

        assert [header.name for header in aligned.headers] == ["Host", "Authorization"]
        assert [header.name for header in single.headers] == ["Host", "Authorization "]


class TestResponse:
    def test_a_raw_answer(self) -> None:
        assert response(
            'HTTP/1.1 401 Unauthorized\nDate: Tue, 10 Mar 2026 12:00:00 GMT\nX-A: b\n\n{"message":"jwt expired"}'
        ) == HTTPResponse(
            401,
            (Header("Date", "Tue, 10 Mar 2026 12:00:00 GMT"), Header("X-A", "b")),
            '{"message":"jwt expired"}',
            Source.RAW,
            "jwt expired",
            float(NOW),
        )

    @pytest.mark.parametrize(
        ("text", "status", "message"),
        [
            ("HTTP/2 401", 401, ""),
            ("HTTP/1.1 403 Forbidden", 403, "Forbidden"),
            ("< HTTP/1.1 500 Internal Server Error\n< \n", 500, "Internal Server Error"),
            ("<HTTP/1.1 302 Found", 302, "Found"),
            ("HTTP/1.1 401 Unauthorized\n\nplain words", 401, "plain words"),
        ],
    )
    def test_status_and_message(self, text: str, status: int, message: str) -> None:
        assert (response(text).status, response(text).message) == (status, message)

    @pytest.mark.parametrize("status", ["901", "099", "600", "000"])
    def test_a_number_that_is_no_status_is_none(self, status: str) -> None:
        """RFC 9110, section 15: 100 to 599."""
        for text in (f"HTTP/1.1 {status} Unauthorized\n\n{{}}", f"<-- {status} https://a.example/b (3ms)"):
            assert read(text) == []

    def test_a_date_that_cannot_be_read_is_none(self) -> None:
        assert response("HTTP/1.1 200 OK\nDate: soon\n\n").date is None

    @pytest.mark.parametrize("ending", ["$ next command", "PS C:\\> dir", "---", "=====", "curl https://x"])
    def test_its_body_ends_at_a_prompt_or_a_rule(self, ending: str) -> None:
        first = values(f'HTTP/1.1 401 Unauthorized\n\n{{"a":1}}\n{ending}\nmore')[0]

        assert isinstance(first, HTTPResponse)
        assert first.body == '{"a":1}'

    def test_a_body_without_an_empty_line_in_a_trace(self) -> None:
        text = '< HTTP/1.1 401 Unauthorized\n< content-type: application/json\n{"message":"x"}'

        assert (response(text).body, response(text).message) == ('{"message":"x"}', "x")


class TestSeveral:
    def test_a_transcript_of_curl(self) -> None:
        text = (
            "*   Trying 10.0.0.1:443...\n* Connected to example.org\n> GET /a HTTP/1.1\r\n> Host: example.org\r\n>\r\n"
            "* Mark bundle as not supporting multiuse\n< HTTP/1.1 301 Moved\r\n< Location: https://example.net/a\r\n<\r\n"
            "* Issue another request to this URL\n> GET /a HTTP/1.1\r\n> Host: example.net\r\n>\r\n"
            '< HTTP/1.1 401 Unauthorized\r\n<\r\n{"message":"Unauthorized"}\n* Connection #0 left intact\n'
        )
        found = values(text)

        assert [type(value) for value in found] == [HTTPRequest, HTTPResponse, HTTPRequest, HTTPResponse]
        assert isinstance(found[3], HTTPResponse)
        assert found[3].body == '{"message":"Unauthorized"}'

    def test_places_are_those_of_the_text(self) -> None:
        text = "before\n\nGET /a HTTP/1.1\nHost: example.org\n\nHTTP/1.1 200 OK\nA: b\n"
        first, second = read(text)

        assert text[first.start :].startswith("GET /a")
        assert text[second.start : second.end].strip() == "HTTP/1.1 200 OK\nA: b"

    def test_what_pythons_http_client_prints(self) -> None:
        text = (
            f"send: b'GET /a HTTP/1.1\\r\\nHost: example.org\\r\\nAuthorization: Bearer {TOKEN}\\r\\n\\r\\n'\n"
            "reply: 'HTTP/1.1 401 Unauthorized\\r\\n'\nheader: Date: Tue, 10 Mar 2026 12:00:00 GMT\n"
        )
        sent, answer = values(text)[:2]

        assert isinstance(sent, HTTPRequest)
        assert (sent.url, sent.source) == ("https://example.org/a", Source.TRACE)
        assert sent.header("authorization") == Header("Authorization", f"Bearer {TOKEN}")
        assert isinstance(answer, HTTPResponse)
        assert (answer.status, answer.message) == (401, "Unauthorized")

    def test_a_line_of_it_that_is_no_message_is_left(self) -> None:
        assert values("send: b'nothing'\nreply: ''\n") == []

    @pytest.mark.parametrize(
        "tag", ["", "2026-03-10 11:20:01.101  812-816/org.example D/OkHttp: ", "I/okhttp.OkHttpClient: "]
    )
    def test_what_okhttp_logs(self, tag: str) -> None:
        lines = (
            "--> GET https://example.org/a h2",
            f"Authorization: Bearer {TOKEN}",
            "--> END GET",
            "<-- 401 Unauthorized https://example.org/a (190ms)",
            "content-type: application/json",
            "",
            '{"message":"Unauthorized"}',
            "<-- END HTTP (26-byte body)",
        )
        sent, answer = values("\n".join(tag + line for line in lines))

        assert isinstance(sent, HTTPRequest)
        assert (sent.method, sent.url, sent.source) == ("GET", "https://example.org/a", Source.RAW)
        assert sent.headers == (Header("Authorization", f"Bearer {TOKEN}"),)
        assert isinstance(answer, HTTPResponse)
        assert (answer.status, answer.message, answer.body) == (401, "Unauthorized", '{"message":"Unauthorized"}')
        assert answer.headers == (Header("content-type", "application/json"),)

    def test_lines_behind_a_trace_of_a_request_without_a_body_are_not_its(self) -> None:
        assert request("> GET /a HTTP/2\n> Host: example.org\n>\n\nStatus: 401\nBody: x").body == ""

    @pytest.mark.parametrize(
        ("sent", "below"),
        [
            ('{"grant_type":"password"}', '{"error":"access_denied"}'),
            ('{\n  "grant_type": "password"\n}', 'response 200: {"access_token":"x"}'),
            ("grant_type=password&audience=a", '-> 401 {"error":"access_denied"}'),
            ("grant_type=password\n&audience=a", "and it says: 401"),
        ],
    )
    def test_what_follows_a_whole_body_is_not_its(self, sent: str, below: str) -> None:
        text = f"POST https://acme.us.auth0.com/oauth/token\n{sent}\n{below}"
        (piece,) = read(text)

        assert isinstance(piece.value, HTTPRequest)
        assert piece.value.body == sent
        assert text[piece.end :].strip() == below

    @pytest.mark.parametrize(
        "body",
        [
            '{"error":"access_denied","error_description":"Unauthorized"}',
            '{\n  "message": "Missing Authentication Token"\n}',
            '{"statusCode":401,"body":{"error":"access_denied"}}',
            '{"access_token":"x","token_type":"Bearer"}',
        ],
    )
    def test_an_answers_body_right_below_a_request_is_not_its(self, body: str) -> None:
        text = f"POST https://example.org/a\nAccept: */*\n{body}"
        (piece,) = read(text)

        assert isinstance(piece.value, HTTPRequest)
        assert piece.value.body == ""
        assert text[piece.end :].strip() == body

    @pytest.mark.parametrize(
        "body",
        [
            '{"message":"hello"}',
            '{"title":"a","description":"b"}',
            '{"grant_type":"password","error":"x"}',
            '--b\nContent-Disposition: form-data; name="a"\nb\n--b--',
        ],
    )
    def test_a_body_stays_the_requests(self, body: str) -> None:
        assert request(f"POST https://example.org/a\nAccept: */*\n\n{body}").body == body

    def test_the_word_that_calls_it_a_body_is_not_part_of_it(self) -> None:
        assert request('POST https://example.org/a\nBody: {"a":1}').body == '{"a":1}'

    def test_a_bare_status_ends_a_body(self) -> None:
        assert request("PATCH /a HTTP/1.1\nHost: example.org\n\n403\n").body == ""


def test_of_very_many_headers_the_first_suffice() -> None:
    assert len(request("GET /a HTTP/1.1\n" + "A: b\n" * 500).headers) == 200


def test_a_text_without_messages_holds_none() -> None:
    assert read("") == []
    assert read("hello\n\n> quoted\n\nHTTP is a protocol") == []
