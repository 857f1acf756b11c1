import pytest

from bot.evidence import (
    AuthorizationHeader,
    Credential,
    Evidence,
    Exchange,
    Header,
    HTTPRequest,
    HTTPResponse,
    Source,
    TokenRequest,
)

SECRET = "do-not-show-this-secret-value"
HEADER = Header("Authorization ", f"Bearer {SECRET}")
REQUEST = HTTPRequest(
    "GET", f"https://id:{SECRET}@example.org/{SECRET}?t={SECRET}", (HEADER,), SECRET, Source.RAW, whole=True
)
RESPONSE = HTTPResponse(401, (Header("WWW-Authenticate", f"Bearer {SECRET}"),), SECRET, Source.RAW, SECRET)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (HEADER, "Header('Authorization ')"),
        (REQUEST, "HTTPRequest(raw)"),
        (RESPONSE, "HTTPResponse(401)"),
        (TokenRequest(SECRET, "token", (("client_secret", SECRET),), RESPONSE, SECRET, SECRET), "TokenRequest(token)"),
        (Credential(SECRET, "access_token", Source.LOOSE, SECRET), "Credential('access_token')"),
        (
            AuthorizationHeader("Authorization", SECRET, "", "", SECRET, Source.LOOSE),
            "AuthorizationHeader('Authorization')",
        ),
        (Evidence(credentials=(Credential(SECRET, "", Source.LOOSE),)), "Evidence(0 exchanges, 1 credentials)"),
    ],
)
def test_no_representation_shows_a_secret(value: object, shown: str) -> None:
    assert repr(value) == shown


def test_an_exchange_shows_what_its_parts_show() -> None:
    assert SECRET not in repr(Exchange(REQUEST, RESPONSE, (RESPONSE,), REQUEST))


def test_a_long_name_is_cut_in_a_representation() -> None:
    assert repr(Header("x" * 50, "")) == f"Header('{'x' * 40}')"


def test_field_names_compare_in_lower_case_without_outer_blanks() -> None:
    assert HEADER.key == "authorization"
    assert REQUEST.header("authorization") == HEADER
    assert REQUEST.header("Authorization") is None
    assert RESPONSE.header("www-authenticate") == f"Bearer {SECRET}"
    assert RESPONSE.header("date") is None
    assert AuthorizationHeader(" AUTH ", "", "", "", "", Source.LOOSE).key == "auth"


def test_of_a_repeated_field_the_first_counts() -> None:
    twice = REQUEST._replace(headers=(Header("A", "1"), Header("a", "2")))

    assert twice.header("a") == Header("A", "1")


def test_a_request_without_a_host_has_no_target() -> None:
    assert REQUEST.target is not None
    assert REQUEST.target.host == "example.org"
    assert REQUEST._replace(url="/contacts").target is None
    assert REQUEST._replace(url=None).target is None


def test_an_answers_text_is_its_message_its_speaking_fields_and_its_body_in_lower_case() -> None:
    answer = HTTPResponse(
        403,
        (Header("X-Amzn-ErrorType", "ForbiddenException"), Header("Server", "CloudFront"), Header("X-Other", "Hidden")),
        "The BODY",
        Source.RAW,
        "Message",
    )

    assert answer.text.split("\n") == ["message", "the body", "forbiddenexception", "cloudfront"]


def test_of_repeated_parameters_the_first_counts() -> None:
    request = TokenRequest(None, "token", (("audience", "a"), ("audience", "b")))

    assert request.parameter("audience") == "a"
    assert request.parameter("scope") is None


def test_the_value_to_judge_is_the_repaired_one_where_there_is_one() -> None:
    assert Credential("a b", "", Source.LOOSE, "ab").token == "ab"
    assert Credential("ab", "", Source.LOOSE).token == "ab"
