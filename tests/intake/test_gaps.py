import pytest

from bot.intake.gaps import is_redacted, leading_part, names_redaction, trailing_part
from tests.diagnosing import mint

TOKEN = mint()


@pytest.mark.parametrize(
    "gap", ["***", "•••", "█", "####", "xxxxx", "XXXXXX", "[REDACTED]", "<token removed>", "[...]", "[…]", "-REDACTED-"]
)
def test_what_stands_for_letters_is_a_gap(gap: str) -> None:
    assert is_redacted(f"{TOKEN[:20]}{gap}")
    assert leading_part(f"{TOKEN[:20]}{gap}").startswith(TOKEN[:19])
    assert len(leading_part(f"{TOKEN[:20]}{gap}")) <= 21


@pytest.mark.parametrize("value", [TOKEN, "a*b", "[x]", "xxxx", "predacted"])
def test_other_letters_are_none(value: str) -> None:
    assert not is_redacted(value)
    assert leading_part(value) == value


def test_letters_of_a_token_can_name_a_gap() -> None:
    assert names_redaction("eyJxxxxx")
    assert names_redaction("eyJ-Redacted")
    assert not names_redaction("eyJ***")


@pytest.mark.parametrize("gap", ["***", "…", "...", "[REDACTED]", "<token removed>", "…***"])
def test_what_stands_behind_a_gap_is_the_trailing_part(gap: str) -> None:
    assert trailing_part(f"{TOKEN[:20]}{gap}{TOKEN[-6:]}") == TOKEN[-6:]
    assert trailing_part(f"{TOKEN[:20]}{gap}") == ""


def test_without_a_gap_nothing_stands_behind_it() -> None:
    assert trailing_part(TOKEN) == ""
