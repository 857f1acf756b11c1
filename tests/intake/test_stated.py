"""Whether people report an error or only speak of it."""

import time

import pytest

from bot.intake.statements import LISTED, statements


def said(text: str) -> list[str]:
    return [statement.says for statement in statements(text, loose=True)]


@pytest.mark.parametrize(
    "text",
    [
        'The API keeps answering "jwt expired" since this morning.',
        "When I call the API I get 'jwt expired'",
        "If I send the token I get jwt expired",
        "TokenExpiredError: jwt expired\n    at verify",
        'raise ExpiredSignatureError("Signature has expired")\nExpiredSignatureError: Signature has expired',
        "    throw new TokenExpiredError('jwt expired')\n\nTokenExpiredError: jwt expired",
        '// 401 {"message":"jwt expired"}',
        "console.log(err) // -> jwt expired",
        "Got 'jwt expired', what does that mean?",
        "I would like to know why I get 'jwt expired'?",
        'is this normal? {"message":"The incoming token has expired"}',
        "if it helps, the error is jwt expired",
        "AssertionError: expected 200, got 401 jwt expired",
        "- jwt expired\n- on every call",
        "if 'jwt expired' in text: renew()\n\nERROR jwt expired",
    ],
)
def test_a_report_states_its_error(text: str) -> None:
    assert said(text) == ["expired"]


@pytest.mark.parametrize(
    "text",
    [
        'What does "jwt expired" mean?',
        'What would the API answer with it? Does it say "jwt expired" or just Unauthorized?',
        "If you see 'jwt malformed', copy the token again.",
        'If the token is too old, the API answers "jwt expired".',
        'It\'s not "jwt expired", I checked.',
        'We had "jwt audience invalid" but that\'s solved now.',
        "429 means throttled, 401 means jwt expired",
        "// TODO: renew the token on jwt expired",
    ],
)
def test_questions_conditions_denials_and_the_past_state_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "except jwt.ExpiredSignatureError:\n    renew()",
        "} catch (ExpiredJwtException e) {",
        "if (e instanceof TokenExpiredError) refresh()",
        "if 'jwt expired' in str(e):",
        "if (err.message === 'invalid signature') { throw err; }",
        "'jwt expired' === err.message",
        "message.includes('jwt expired')",
        "'jwt expired': 'Sitzung abgelaufen',",
        '"jwt expired" => "Session expired"',
        "case 'jwt malformed':",
        "expect(res.body.message).toBe('jwt expired')",
        "it('retries once on \"jwt expired\"', async () => {",
        "from jwt import ExpiredSignatureError, InvalidAudienceError",
        "throw new UnauthorizedError('jwt malformed')",
    ],
)
def test_code_that_handles_or_tests_an_error_states_nothing(text: str) -> None:
    assert said(text) == []


def test_a_list_of_errors_states_none_of_them() -> None:
    errors = ["jwt malformed", "jwt expired", "invalid algorithm", "jwt issuer invalid"]

    assert said("\n".join(f"- `{error}`" for error in errors[:LISTED])) == []
    assert len(said("\n".join(f"- `{error}`" for error in errors[: LISTED - 1]))) == LISTED - 1


def test_an_old_token_counts_where_something_sends_it() -> None:
    assert said("Postman still sends the old token") == ["kept-old"]
    assert said("what happens with an old token") == []


@pytest.mark.parametrize("unit", ["if you get jwt expired ", "=== 'jwt expired", "catch (", "- jwt expired\n", 'not "'])
def test_long_texts_take_linear_time(unit: str) -> None:
    started = time.process_time()
    statements(unit * 20_000 + "jwt expired", loose=True)

    assert time.process_time() - started < 2
