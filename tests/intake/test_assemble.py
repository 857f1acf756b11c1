"""Which answer belongs to which request, which hops were redirects, what was a token request."""

import pytest

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source, TokenRequest
from bot.intake.assemble import MAX_EXCHANGES, Assembled
from bot.intake.parts_of_answers import speaking
from bot.intake.piece import LooseURL, Piece, Value
from bot.intake.token_calls import as_token_request, body_parameters, is_auth0_host, token_endpoint
from bot.url import read_url

API = "https://rolodex.api.rhythmsoftware.com/contacts/current"
TOKEN_URL = "https://acme.us.auth0.com/oauth/token"


def asked(url: str = API, source: Source = Source.RAW, body: str = "", **fields: object) -> HTTPRequest:
    request = HTTPRequest("GET", url, (Header("Host", "x"),), body, source, whole=True)
    return request._replace(**fields)  # type: ignore[arg-type]  # the tests name fields of the tuple


def answered(status: int | None, body: str = "", *headers: Header, source: Source = Source.RAW) -> HTTPResponse:
    return HTTPResponse(status, headers, body, source)


def put(*values: Value) -> Assembled:
    assembled = Assembled(())
    for at, value in enumerate(values):
        assembled.add(Piece(at, at + 1, value))
    return assembled


def pairs(assembled: Assembled) -> list[tuple[str | None, int | None]]:
    """URL and status of every exchange."""
    return [
        (exchange.request.url if exchange.request else None, exchange.response.status if exchange.response else None)
        for exchange in assembled.exchanges
    ]


class TestExchanges:
    def test_an_answer_belongs_to_the_request_before_it(self) -> None:
        assert pairs(put(asked("https://a.example/"), answered(200), asked("https://b.example/"), answered(401))) == [
            ("https://a.example/", 200),
            ("https://b.example/", 401),
        ]

    def test_an_answer_alone_is_an_exchange_without_a_request(self) -> None:
        assert pairs(put(answered(401))) == [(None, 401)]

    def test_a_request_alone_has_no_answer(self) -> None:
        assert pairs(put(asked())) == [(API, None)]

    def test_a_body_completes_a_status(self) -> None:
        assembled = put(asked(), answered(401), answered(None, '{"message":"jwt expired"}'))
        (exchange,) = assembled.exchanges

        assert exchange.response is not None
        assert (exchange.response.status, exchange.response.body) == (401, '{"message":"jwt expired"}')
        assert [statement.says for statement in exchange.response.says] == ["expired"]

    def test_a_challenge_completes_a_body(self) -> None:
        challenge = answered(None, "", Header("www-authenticate", 'Bearer error_description="jwt expired"'))
        (exchange,) = put(answered(None, "{}"), challenge).exchanges

        assert exchange.response is not None
        assert exchange.response.header("www-authenticate") is not None
        assert exchange.response.body == "{}"

    def test_the_same_status_told_again_is_the_same_answer(self) -> None:
        assert pairs(put(asked(), answered(401, "", Header("a", "b")), answered(401, source=Source.LOOSE))) == [
            (API, 401)
        ]

    def test_another_status_is_another_answer(self) -> None:
        assert pairs(put(asked(), answered(401), answered(500))) == [(API, 401), (None, 500)]

    def test_a_second_body_is_another_answer(self) -> None:
        assert len(put(answered(None, "a"), answered(None, "b")).exchanges) == 2

    def test_a_command_and_its_transcript_are_one_request(self) -> None:
        command = asked(source=Source.COMMAND, tool="curl", flags=frozenset({"single-quoted"}))
        sent = asked(source=Source.TRACE, headers=(Header("Authorization", "Bearer x"),))
        (exchange,) = put(command, sent, answered(401)).exchanges

        assert exchange.request is not None
        assert (exchange.request.source, exchange.request.tool) == (Source.TRACE, "curl")
        assert exchange.request.flags == {"single-quoted"}
        assert exchange.request.header("authorization") is not None

    def test_a_transcript_that_shows_its_path_alone_takes_the_commands_url(self) -> None:
        command, sent = asked(source=Source.COMMAND), asked("/contacts/current", Source.TRACE)

        assert pairs(put(command, sent, answered(401))) == [(API, 401)]

    def test_a_transcript_of_another_call_is_another_request(self) -> None:
        assert len(put(asked(source=Source.COMMAND), asked("https://b.example/", Source.TRACE)).exchanges) == 2

    def test_a_console_line_about_the_call_is_its_answer(self) -> None:
        line = Exchange(asked(source=Source.TRACE), answered(401))

        assert pairs(put(asked(source=Source.COMMAND), line)) == [(API, 401)]
        assert len(put(asked("https://b.example/", Source.COMMAND), line).exchanges) == 2

    def test_of_very_many_exchanges_the_first_suffice(self) -> None:
        assert len(put(*[asked()] * 500).exchanges) <= MAX_EXCHANGES + 1

    def test_other_pieces_are_left_to_others(self) -> None:
        assembled = put(LooseURL(API))

        assert (assembled.exchanges, assembled.token_requests) == ([], [])


class TestRedirects:
    MOVED = answered(301, "", Header("Location", "https://b.example/"))

    def test_a_chain_is_one_request(self) -> None:
        first, last = asked("https://a.example/", Source.TRACE), asked("https://b.example/", Source.TRACE)
        (exchange,) = put(first, self.MOVED, last, answered(401)).exchanges

        assert exchange.request == first
        assert exchange.last_request == last
        assert exchange.response is not None
        assert exchange.response.status == 401
        assert [hop.status for hop in exchange.hops] == [301]

    def test_an_answer_behind_a_redirect_is_the_last_one(self) -> None:
        (exchange,) = put(asked("https://a.example/"), self.MOVED, answered(401)).exchanges

        assert [hop.status for hop in exchange.hops] == [301]
        assert exchange.last_request is None

    def test_a_request_to_another_place_is_no_hop(self) -> None:
        first, other = asked("https://a.example/", Source.TRACE), asked("https://c.example/", Source.TRACE)

        assert len(put(first, self.MOVED, other).exchanges) == 2

    def test_a_command_is_no_hop(self) -> None:
        assert (
            len(put(asked("https://a.example/"), self.MOVED, asked("https://b.example/", Source.COMMAND)).exchanges)
            == 2
        )

    @pytest.mark.parametrize("location", ["https://b.example/x", "/x"])
    def test_messages_written_out_are_a_chain_where_the_location_is_called_next(self, location: str) -> None:
        first, moved = asked("https://b.example/y"), answered(308, "", Header("Location", location))
        (exchange,) = put(first, moved, asked("https://b.example/x"), answered(401)).exchanges

        assert exchange.last_request == asked("https://b.example/x")
        assert len(put(first, moved, asked("https://b.example/z")).exchanges) == 2

    def test_hops_of_a_log_are_one_chain(self) -> None:
        first = Exchange(asked("https://a.example/", Source.TRACE), answered(302))
        last = Exchange(asked("https://b.example/", Source.TRACE), answered(401))
        (exchange,) = put(first, last).exchanges

        assert exchange.last_request is not None
        assert exchange.last_request.url == "https://b.example/"
        assert exchange.response is not None
        assert exchange.response.status == 401


class TestTokenRequests:
    def test_a_call_to_an_authorization_server_is_none_of_the_exchanges(self) -> None:
        assembled = put(
            asked(TOKEN_URL, body="grant_type=password&audience=x"),
            answered(403, '{"error":"access_denied","error_description":"no"}'),
        )
        (request,) = assembled.token_requests

        assert assembled.exchanges == []
        assert request.parameters == (("grant_type", "password"), ("audience", "x"))
        assert (request.error, request.description) == ("access_denied", "no")
        assert request.response is not None
        assert request.response.status == 403

    def test_its_body_completes_its_status(self) -> None:
        (request,) = put(asked(TOKEN_URL), answered(401), answered(None, '{"error":"invalid_client"}')).token_requests

        assert request.response is not None
        assert (request.response.status, request.error) == (401, "invalid_client")

    def test_an_error_body_alone_is_one_without_a_url(self) -> None:
        (request,) = put(TokenRequest(None, "token", (), answered(None, "{}"), "invalid_grant", "no")).token_requests

        assert (request.url, request.error) == (None, "invalid_grant")

    def test_an_error_body_behind_a_request_answers_it(self) -> None:
        error = TokenRequest(None, "token", (), answered(None, "{}"), "invalid_grant", "no")
        (request,) = put(asked(TOKEN_URL, body="grant_type=x"), error).token_requests

        assert (request.url, request.error) == (TOKEN_URL, "invalid_grant")

    def test_a_form_behind_a_url_is_its_body(self) -> None:
        form = TokenRequest(None, "token", (("grant_type", "password"),))
        (request,) = put(asked(TOKEN_URL), form).token_requests

        assert (request.url, request.parameter("grant_type")) == (TOKEN_URL, "password")

    def test_an_error_body_behind_an_api_call_is_that_calls_answer(self) -> None:
        body = '{"error":"unauthorized","error_description":"jwt expired"}'
        error = TokenRequest(None, "token", (), answered(None, body), "unauthorized", "jwt expired")
        assembled = put(asked(), answered(401), error)

        assert assembled.token_requests == []
        assert pairs(assembled) == [(API, 401)]

    def test_but_not_one_that_a_token_endpoint_alone_gives(self) -> None:
        error = TokenRequest(None, "token", (), answered(None, "{}"), "invalid_grant", "no")

        assert len(put(asked(), error).token_requests) == 1

    @pytest.mark.parametrize(
        "body", ['{"message":"Unauthorized"}', '{"Message":"User is not authorized to access this resource"}']
    )
    def test_a_gateways_body_behind_a_token_request_is_the_apis(self, body: str) -> None:
        assembled = put(asked(TOKEN_URL, body="grant_type=x"), answered(401), answered(None, body))

        assert assembled.token_requests[0].response is None
        assert pairs(assembled) == [(None, 401)]

    @pytest.mark.parametrize(
        "body", ['{"error":"access_denied"}', '{"message":"no","error":"x"}', '{"message":"other"}']
    )
    def test_any_other_body_is_the_token_endpoints(self, body: str) -> None:
        assembled = put(asked(TOKEN_URL, body="grant_type=x"), answered(401), answered(None, body))

        assert assembled.token_requests[0].response is not None
        assert assembled.exchanges == []

    def test_a_token_response_answers_a_token_request_alone(self) -> None:
        body = answered(None, '{"access_token":"abc"}')
        (request,) = put(asked(TOKEN_URL), body).token_requests

        assert request.response == speaking(body)
        assert put(asked(), body).exchanges[0].response is None
        assert put(body).exchanges == []

    def test_a_token_response_is_never_the_apis_answer(self) -> None:
        body = '{"access_token":"abc"}'

        assert put(answered(200, body)).exchanges == []
        assert put(answered(200), answered(None, body)).exchanges == []
        assert put(asked(), answered(200, body)).exchanges[0].response is None

    def test_a_refusal_before_a_token_response_stays_one(self) -> None:
        assert pairs(put(answered(401), answered(None, '{"access_token":"abc"}'))) == [(None, 401)]

    def test_an_answer_alone_may_be_a_token_endpoints(self) -> None:
        error = '{"error":"access_denied","error_description":"Unauthorized"}'
        fields = answered(429, "", Header("Auth0-Client-Quota-Limit", "b=per_hour;q=100;r=0;t=9"))

        for answer in (answered(401, error), answered(401, "", Header("x-auth0-requestid", "1")), fields):
            assembled = put(answer)
            assert (assembled.exchanges, len(assembled.token_requests)) == ([], 1)
        assert put(answered(401, '{"error":"invalid_token","error_description":"jwt expired"}')).token_requests == []

    def test_a_status_line_before_its_error_is_part_of_it(self) -> None:
        error = TokenRequest(None, "token", (), answered(None, "{}"), "invalid_grant", "no")
        assembled = put(answered(403), error)

        assert assembled.exchanges == []
        assert assembled.token_requests[0].response is not None
        assert assembled.token_requests[0].response.status == 403

    def test_a_call_to_the_endpoints_path_alone_is_one(self) -> None:
        (request,) = put(asked("/oauth/token"), answered(200, '{"access_token":"abc"}')).token_requests

        assert request.response is not None
        assert put(asked("/contacts/oauth/token")).token_requests == []

    def test_a_line_of_a_log_may_be_one(self) -> None:
        assembled = put(Exchange(asked(TOKEN_URL, Source.TRACE), answered(401)))

        assert assembled.exchanges == []
        assert len(assembled.token_requests) == 1


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        (TOKEN_URL, "token"),
        (f"{TOKEN_URL}/", "token"),
        ("https://login.example.org/oauth/token", "token"),
        ("https://acme.us.auth0.com/authorize?client_id=a", "authorize"),
        ("https://login.example.org/authorize?client_id=a&response_type=code", "authorize"),
        ("https://login.example.org/authorize", None),
        ("https://acme.us.auth0.com/oauth/ro", "ro"),
        ("https://acme.us.auth0.com/delegation", "delegation"),
        ("https://acme.us.auth0.com/.well-known/jwks.json", "well-known"),
        ("https://login.example.org/.well-known/jwks.json", None),
        ("https://acme.us.auth0.com/userinfo", None),
        ("https://acme.us.auth0.com/api/v2/users", None),
        ("https://rolodex.api.rhythmsoftware.com/oauth/token", None),
        (API, None),
    ],
)
def test_endpoints_of_authorization_servers(url: str, endpoint: str | None) -> None:
    assert token_endpoint(read_url(url), ()) == endpoint


def test_an_operators_domain_is_an_auth0_host() -> None:
    assert is_auth0_host("login.example.org", ("login.example.org",))
    assert is_auth0_host("127.0.0.1", ("http://127.0.0.1:9001",))
    assert not is_auth0_host("login.example.org", ())
    assert token_endpoint(read_url("https://login.example.org/oauth/ro"), ("login.example.org",)) == "ro"
    assert token_endpoint(None, ()) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ()),
        ("a=b&c=d%20e", (("a", "b"), ("c", "d e"))),
        ('{"a":"b","n":1,"c":"d"}', (("a", "b"), ("c", "d"))),
        ("{broken", ()),
        ("[1]", ()),
        ("plain", ()),
        ('{"a":' * 100_000, ()),
    ],
)
def test_parameters_of_a_body(body: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert body_parameters(body) == expected


def test_query_and_body_are_both_parameters() -> None:
    request = as_token_request(asked(f"{TOKEN_URL}?audience=x", body="grant_type=y"), answered(None, "plain"), "token")

    assert request.parameters == (("audience", "x"), ("grant_type", "y"))
    assert (request.error, request.description) == ("", "")
