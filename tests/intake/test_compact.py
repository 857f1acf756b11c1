import pytest

from bot.intake.compact import compact_forms, is_random
from tests.diagnosing import mint

TOKEN = mint()


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in compact_forms(text)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("token ", " and more words"),
        ("a='", "'; b"),
        ("Bearer ", "\nHost: example.org"),
        ("", "\n\nIt does not work."),
        ("", "\n-H 'Accept: application/json'"),
    ],
)
def test_a_token_ends_where_other_text_begins(before: str, after: str) -> None:
    assert found(f"{before}{TOKEN}{after}") == [TOKEN]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\n> ", "\n    ", " "])
def test_a_broken_token_goes_on_behind_the_break(mark: str) -> None:
    broken = mark.join(TOKEN[at : at + 76] for at in range(0, len(TOKEN), 76))

    assert found(f"{broken}\n\nthe end") == [broken]


def test_brackets_and_quotes_that_enclose_a_token_alone_belong_to_it() -> None:
    assert found(f"is <{TOKEN}>, is it?") == [f"<{TOKEN}>"]
    assert found(f"print(b'{TOKEN}')") == [f"b'{TOKEN}'"]


def test_a_token_without_its_first_letters_is_one() -> None:
    assert found(f"Bearer {TOKEN[1:]}") == [TOKEN[1:]]
    assert found(f"{TOKEN} {TOKEN[2:]}") == [TOKEN, TOKEN[2:]]


def test_two_tokens_are_two() -> None:
    assert found(f"{TOKEN}\n{mint(seed='another')}") == [TOKEN, mint(seed="another")]


def test_text_without_such_letters_holds_none() -> None:
    assert found("no token here, nor in eyes") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Zk3pQ9xT7bLm", True),
        ("abcdefghijklmnop", False),
        ("123456789012", False),
        ("a1b2", False),
        ("123e4567-e89b-12d3-a456-426614174000", False),
        ("contact_2024_export", False),
    ],
)
def test_letters_and_digits_mixed_look_random(value: str, expected: bool) -> None:
    assert is_random(value) is expected
