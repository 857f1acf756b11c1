"""Reading code takes work in proportion to the text, and never more than a bound."""

import pytest

from bot.intake.code import dialects
from bot.intake.code.lexis import MAX_WORK, WORK_PER_CHARACTER, WORK_TO_BEGIN, Lexis, UnreadableError


@pytest.mark.parametrize(
    ("characters", "most"),
    [(0, WORK_TO_BEGIN), (4_000, WORK_TO_BEGIN + 4_000 * WORK_PER_CHARACTER), (1_000_000, MAX_WORK)],
)
def test_a_short_text_may_take_little_work(characters: int, most: int) -> None:
    lexis = Lexis("x" * characters, dialects.R)
    lexis.spend(most)

    with pytest.raises(UnreadableError):
        lexis.spend(1)


def test_brackets_and_quotes_that_never_close_are_given_up_soon() -> None:
    lexis = Lexis("GET('" * 800, dialects.R)

    with pytest.raises(UnreadableError):
        list(map(lexis.behind, range(3, 4_000, 5)))
