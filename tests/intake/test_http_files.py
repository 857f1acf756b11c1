"""Variables of the request files that editors run."""

import pytest

from bot.intake.http_files import MAX_ADDED, filled
from bot.intake.piece import unknown
from tests.diagnosing import case_of, causes_of, mint, report_of

HEAD = "@host = rolodex.api.rhythmsoftware.com\n@tenant=acme.org\n\n"
CALL = "GET https://{{host}}/contacts/{{ tenant }}/current\n"


def test_values_are_filled_in_and_their_lines_left_empty() -> None:
    assert filled(HEAD + CALL) == "\n\n\nGET https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current\n"


def test_values_are_made_of_those_before() -> None:
    text = "@host = a.example\n@base = https://{{host}}/v\nGET {{base}}/x"
    assert filled(text).endswith("GET https://a.example/v/x")


@pytest.mark.parametrize(
    "value", ["{{login.response.body.access_token}}", "{{$processEnv TOKEN}}", "{{$dotenv TOKEN}}", "{{other}}x"]
)
def test_a_value_from_elsewhere_is_unknown(value: str) -> None:
    assert filled(f"@token = {value}\nAuthorization: Bearer {{{{token}}}}").endswith(f"Bearer {unknown('token')}")


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {{token}}",
        "@someone please look: Authorization: Bearer {{token}}",
        "@other = 1\nAuthorization: Bearer {{token}}",
        " @token = 1\nAuthorization: Bearer {{token}}",
    ],
)
def test_what_no_line_defines_stays(text: str) -> None:
    assert filled(text) == text


def test_a_variable_that_is_not_used_keeps_its_line() -> None:
    assert filled("@a = 1\n@b = 2\n{{b}}") == "@a = 1\n\n2"


def test_values_cannot_grow_without_end() -> None:
    doubling = (
        "@a0 = " + "x" * 1_000 + "\n" + "".join(f"@a{n} = {{{{a{n - 1}}}}}{{{{a{n - 1}}}}}\n" for n in range(1, 30))
    )
    assert len(filled(doubling + "{{a29}}")) < 2 * len(doubling)
    many = "@a = " + "x" * 1_000 + "\n" + "{{a}}" * 10_000
    assert len(filled(many)) < len(many) + MAX_ADDED + 1_000


def test_a_request_of_such_a_file_is_judged_as_it_is_sent() -> None:
    wrong = mint("jwt aud=https://other.example")
    assert causes_of(report_of(f"{HEAD}@token = {wrong}\n### me\n{CALL}Authorization: Bearer {{{{token}}}}\n"))[0] == (
        "audience-wrong"
    )
    base = f"@base = https://events.api.rhythmsoftware.com\n@token={mint('jwt')}\n"
    call = "GET {{base}}/contacts/acme.org/current\nAuthorization: Bearer {{token}}\n"
    assert causes_of(report_of(base + call)) == ["wrong-service-host"]


def test_a_token_of_another_requests_answer_is_no_placeholder() -> None:
    login = "@token = {{login.response.body.access_token}}\n\n"
    case = case_of(f"{HEAD}{login}{CALL}Authorization: Bearer {{{{token}}}}\n")
    assert case.url is not None
    assert case.url.host == "rolodex.api.rhythmsoftware.com"
    assert causes_of(report_of(f"{HEAD}{login}{CALL}Authorization: Bearer {{{{token}}}}\n")) == []
