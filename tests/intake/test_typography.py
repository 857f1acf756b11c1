import pytest

from bot.intake.typography import straightened
from tests.diagnosing import mint

TOKEN = mint("jwt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("“a” ‘b’ „c“ «d»", '"a" \'b\' "c" "d"'),
        (f"“Authorization: Bearer {TOKEN}”", f'"Authorization: Bearer {TOKEN}"'),
        (f"Bearer “{TOKEN}”", f'Bearer "{TOKEN}"'),
        (f"-H “Authorization: Bearer {TOKEN}” -H “Accept: x”", f'-H "Authorization: Bearer {TOKEN}" -H "Accept: x"'),
    ],
)
def test_typographic_quotes_become_straight(text: str, expected: str) -> None:
    assert straightened(text) == expected


@pytest.mark.parametrize(
    "text",
    [f'"Bearer “{TOKEN}”"', f"'Bearer ‘{TOKEN}’'", f'-H "Authorization: Bearer “{TOKEN}”"', f"`Bearer «{TOKEN}»`"],
)
def test_inside_of_a_literal_they_stay(text: str) -> None:
    assert straightened(f"“a” {text} “b”") == f'"a" {text} "b"'
