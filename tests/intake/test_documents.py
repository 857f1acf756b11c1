import json

import pytest

from bot.evidence import HTTPResponse, TokenRequest
from bot.intake.documents import MAX_TRIES, has_marks, is_claims, is_error, is_token_request, objects, read
from bot.intake.piece import Claims, JSONSerialization, LooseHeader, LooseURL, Value
from tests.diagnosing import mint

CLAIMS = {"iss": "https://acme.us.auth0.com/", "aud": "https://api.rhythmsoftware.com", "exp": 1773226800}


def values(text: str) -> list[Value]:
    return [piece.value for piece in read(text)]


def only(text: str) -> Value:
    found = values(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"), [('{"a":1}', True), ("grant_type=x", True), ("https://x/?error=y", True), ("plain", False)]
)
def test_marks(text: str, expected: bool) -> None:
    assert has_marks(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        '{"name":"value","list":[1,2]}',
        "{not json}",
        '{"cut": ',
        "[1, 2, 3]",
        '{"alg":"RS256"}',
        '{"error":{}}',
        '{"message":""}',
        '{"sub":"x"}',
        "error=something",
        'Authorization: Bearer {"access_token":"x","token_type":"Bearer"}',
        "Bearer {'access_token': 'x', 'token_type': 'Bearer'}",
    ],
)
def test_a_document_of_no_known_kind_is_left_alone(text: str) -> None:
    assert values(text) == []


class TestClaims:
    @pytest.mark.parametrize("indent", [None, 2])
    def test_decoded_claims(self, indent: int | None) -> None:
        assert only(f"payload:\n{json.dumps(CLAIMS, indent=indent)}\nthat is it") == Claims(CLAIMS)

    @pytest.mark.parametrize("name", ["payload", "claims", "decoded", "decodedToken", "body"])
    def test_claims_inside_of_another_object(self, name: str) -> None:
        assert only(json.dumps({"header": {"alg": "RS256"}, name: CLAIMS})) == Claims(CLAIMS)

    def test_a_jose_header_beside_them(self) -> None:
        header: dict[str, object] = {"alg": "RS256", "typ": "JWT", "kid": "k"}

        assert values(json.dumps(header) + "\n.\n" + json.dumps(CLAIMS)) == [
            Claims(header, is_header=True),
            Claims(CLAIMS),
        ]

    def test_as_python_prints_them(self) -> None:
        assert only(repr(CLAIMS)) == Claims(CLAIMS)
        assert only("{'iss': 'a', 'aud': None, 'exp': True, 'it': False}") == Claims(
            {"iss": "a", "aud": None, "exp": True, "it": False}
        )

    @pytest.mark.parametrize(
        ("members", "expected"),
        [
            (CLAIMS, True),
            ({"iss": "a", "exp": 1}, True),
            ({"sub": "a", "scope": "b"}, False),
            ({"iss": "a"}, False),
            ({"http://rhythmsoftware.com/tenant_id": "a", "sub": "b"}, True),
            ({"http://rhythmsoftware.com/tenant_id": "a"}, False),
            ({**CLAIMS, "access_token": "x"}, False),
            ({**CLAIMS, "grant_type": "x"}, False),
        ],
    )
    def test_what_claims_are(self, members: dict[str, object], expected: bool) -> None:
        assert is_claims(members) is expected


class TestAnswers:
    @pytest.mark.parametrize(
        ("body", "status", "message"),
        [
            ({"message": "Unauthorized"}, None, "Unauthorized"),
            ({"statusCode": 401, "error": "Unauthorized", "message": "jwt expired"}, 401, "jwt expired"),
            ({"status": "403", "message": "Forbidden"}, 403, "Forbidden"),
            ({"code": 429, "msg": "slow down"}, 429, "slow down"),
            (
                {"code": "credentials_required", "message": "No authorization token was found"},
                None,
                "No authorization token was found",
            ),
            ({"status": True, "message": "x"}, None, "x"),
            ({"status": 99, "message": "x"}, None, "x"),
            ({"message": None}, None, ""),
            ({"errors": [{"message": "first"}], "title": ""}, None, "first"),
            ({"status": 500, "data": {"message": None}}, 500, ""),
            ({"statusCode": 403, "body": '{"Message":"denied"}', "headers": {}}, 403, "denied"),
        ],
    )
    def test_error_bodies(self, body: dict[str, object], status: int | None, message: str) -> None:
        answer = only(json.dumps(body))

        assert isinstance(answer, HTTPResponse)
        assert (answer.status, answer.message) == (status, message)

    @pytest.mark.parametrize(
        ("members", "expected"),
        [
            ({"message": "x"}, True),
            ({"error": "x"}, True),
            ({"name": "x"}, False),
            ({"message": "x", "access_token": "y"}, False),
            ({"message": "x"} | {str(number): number for number in range(12)}, False),
        ],
    )
    def test_what_an_error_is(self, members: dict[str, object], expected: bool) -> None:
        assert is_error(members) is expected

    def test_a_token_response(self) -> None:
        answer = only(f'{{"access_token":"{mint("jwt")}","token_type":"Bearer","expires_in":86400}}')

        assert isinstance(answer, HTTPResponse)
        assert '"access_token"' in answer.body

    def test_a_json_serialization(self) -> None:
        text = '{"payload":"eyJ","signatures":[{"protected":"eyJ","signature":"abc"}]}'

        assert only(text) == JSONSerialization(text)


class TestTokenRequests:
    def test_a_json_body(self) -> None:
        request = only('{"grant_type":"client_credentials","client_id":"abc","audience":"x","n":1}')

        assert request == TokenRequest(
            None, "token", (("grant_type", "client_credentials"), ("client_id", "abc"), ("audience", "x"))
        )
        assert is_token_request({"grant_type": "password"})
        assert not is_token_request({"grant_type": 5})

    def test_a_form_body(self) -> None:
        request = only("body: client_id=abc&grant_type=client_credentials&audience=https%3A%2F%2Fx")

        assert request == TokenRequest(
            None, "token", (("client_id", "abc"), ("grant_type", "client_credentials"), ("audience", "https://x"))
        )

    def test_an_error_of_an_authorization_server(self) -> None:
        request = only('{"error":"access_denied","error_description":"Unauthorized"}')

        assert isinstance(request, TokenRequest)
        assert (request.url, request.error, request.description) == (None, "access_denied", "Unauthorized")

    def test_the_body_of_a_gateway_is_none(self) -> None:
        answer = only('{"statusCode":401,"error":"Unauthorized","message":"x"}')

        assert isinstance(answer, HTTPResponse)

    def test_an_error_as_a_program_prints_it(self) -> None:
        request = only("Error { error: 'invalid_grant', error_description: 'Invalid authorization code' }")

        assert isinstance(request, TokenRequest)
        assert (request.error, request.description) == ("invalid_grant", "Invalid authorization code")

    def test_an_unknown_error_word_is_none(self) -> None:
        assert values("error: 'made_up', error_description: 'x'") == []


def test_objects_are_found_with_their_places_outermost_only() -> None:
    text = 'a {"b": {"c": 1}} d {"e": 2} {f} {\'g\': None}'

    assert [(text[start:end], members) for start, end, members in objects(text)] == [
        ('{"b": {"c": 1}}', {"b": {"c": 1}}),
        ('{"e": 2}', {"e": 2}),
        ("{'g': None}", {"g": None}),
    ]


def test_after_so_many_failures_the_rest_is_left() -> None:
    assert list(objects('{"x ' * MAX_TRIES + '{"a": 1}')) == []
    assert len(list(objects('{"x ' * (MAX_TRIES - 1) + '{"a": 1}'))) == 1


def test_nesting_without_end_does_not_raise() -> None:
    assert values('{"message":' * 50_000) == []


def test_no_representation_shows_what_was_read() -> None:
    shown = repr(values(f'{json.dumps(CLAIMS)} {{"payload":"eyJ","signature":"abc"}}'))

    assert shown == "[Claims(3), JSONSerialization(...)]"


def test_a_log_line_that_shows_the_field_is_no_error_body() -> None:
    assert values('{"msg": "GET /x Authorization: Bearer undefined -> 401"}') == []
    assert len(values('{"message": "Format is Authorization: Bearer [token]"}')) == 1


URL = "https://events.api.rhythmsoftware.com/events/acme.org"


def test_a_logged_reason_leaves_the_url_and_the_field_beside_it() -> None:
    text = json.dumps(
        {"message": "rhythm 401", "call": {"target": URL, "Authorization": "Bearer undefined", "auth": 1}}
    )

    answer, url, field = values(text)

    assert isinstance(answer, HTTPResponse)
    assert answer.message == "rhythm 401"
    assert url == LooseURL(URL)
    assert isinstance(field, LooseHeader)
    assert field.header.value == "Bearer undefined"


def test_the_audience_in_a_reason_is_no_url_of_a_call() -> None:
    assert isinstance(only('{"message":"aud is not https://api.rhythmsoftware.com/"}'), HTTPResponse)
