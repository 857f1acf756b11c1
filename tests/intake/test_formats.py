"""Literals that a function fills in hold no placeholders."""

import pytest

from bot.intake.formats import filled, in_literal, is_expression
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN


def shown(text: str) -> str:
    """What the first literal of a line holds when the line's code has run."""
    opening = text.index('"')
    inner, _, after = text[opening + 1 :].partition('"')
    return filled(text, opening, inner, after).replace(UNKNOWN_OPEN, "<").replace(UNKNOWN_CLOSE, ">")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('format!("Bearer {}", token)', "Bearer <>"),
        ('format!("Bearer {token}")', "Bearer <token>"),
        ('&format!(\n  "Bearer {}", token)', "Bearer <>"),
        ('fmt.Sprintf("Bearer %s", token)', "Bearer <%s>"),
        ('String.format("Bearer %1$s", token)', "Bearer <%1$s>"),
        ('log.info("Bearer {}", token)', "Bearer <>"),
        ('snprintf(auth, sizeof auth, "Bearer %s", token)', "Bearer <%s>"),
        ('printf "Bearer %s" "$TOKEN"', "Bearer <%s>"),
        ('AUTH="Bearer $TOKEN"', "Bearer <TOKEN>"),
        ('echo "Bearer ${TOKEN}" > file', "Bearer <TOKEN>"),
        ('args=(-s -H "Bearer $TOKEN")', "Bearer <TOKEN>"),
        ('string.Format("Bearer {0}", token)', "Bearer <0>"),
    ],
)
def test_what_is_filled_in_is_unknown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'set("Authorization", "x")',
        'a = "Bearer {token}"',
        'call("Bearer {token}")',
        '["Bearer {}", token]',
        'f("Bearer x", y)',
        'setValue("Bearer ${token}", field)',
        'setValue("Bearer {token}", field)',
    ],
)
def test_any_other_literal_stays_as_written(text: str) -> None:
    opening = text.index('"')
    inner, _, after = text[opening + 1 :].partition('"')

    assert filled(text, opening, inner, after) == inner


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("@concat('Bearer ', variables('t'))", True),
        ("['Bearer', token].join(' ')", True),
        ("Bearer + the token", True),
        ("Bearer + eyJabc", False),
        ("Bearer abc", False),
        ("['Basic', x]", False),
    ],
)
def test_an_expression_joins_scheme_and_token(value: str, expected: bool) -> None:
    assert is_expression(value) is expected


@pytest.mark.parametrize(
    ("url", "after", "expected"),
    [
        ("https://x.example/a/${tenant}/b", "`", "https://x.example/a/<tenant>/b"),
        ("https://x.example/a/$tenant", '"', "https://x.example/a/<tenant>"),
        ("https://x.example/a/{tenant}", '")', "https://x.example/a/<tenant>"),
        ("https://x.example/a/#{tenant}", '"', "https://x.example/a/<tenant>"),
        ("https://x.example/a/%s", '"', "https://x.example/a/<>"),
        ("https://x.example/a/", '" + tenant', "https://x.example/a/<path>"),
        ("https://x.example/a/", "\\(tenant)", "https://x.example/a/<path>"),
        ("https://x.example/a/{{tenant}}/b", '"', "https://x.example/a/{{tenant}}/b"),
        ("https://x.example/a/", '"', "https://x.example/a/"),
    ],
)
def test_what_code_puts_into_a_url_is_unknown(url: str, after: str, expected: str) -> None:
    assert in_literal(url, after).replace(UNKNOWN_OPEN, "<").replace(UNKNOWN_CLOSE, ">") == expected
