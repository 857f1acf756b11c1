"""How a text of a report becomes pieces of a rich text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.elements import told, told_with_care

CODE = {"code": True}


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def code(words: str) -> dict[str, object]:
    return {"type": "text", "text": words, "style": CODE}


@pytest.mark.parametrize(
    ("given", "pieces"),
    [
        ("", []),
        ("  ", []),
        (" plain words ", [text("plain words")]),
        ("`aud` is missing", [code("aud"), text(" is missing")]),
        ("the claim `aud`", [text("the claim "), code("aud")]),
        ("`a``b`", [code("a"), code("b")]),
        ("one ` alone", [text("one ` alone")]),
        ("` a ` and", [code("a"), text(" and")]),
        ("see https://a.example now", [text("see "), code("https://a.example"), text(" now")]),
        ("two\nlines", [text("two lines")]),
        ("<!channel> `x`", [text("‹!channel> "), code("x")]),
        ("a" * 30, [text("a" * 23 + "…")]),
    ],
)
def test_code_is_code_and_all_else_is_words(given: str, pieces: list[dict[str, object]]) -> None:
    assert told(given, 25) == pieces


def test_a_moment_is_a_date() -> None:
    pieces = told("It expired on 2026-03-10 12:00 UTC.", 80)
    assert [piece["type"] for piece in pieces] == ["text", "date", "text"]
    assert pieces[1]["timestamp"] == 1773144000


@given(
    st.lists(
        st.sampled_from(
            [
                "`",
                "`a`",
                " ",
                "word",
                "https://a.example",
                "2026-03-10 12:00 UTC",
                " UTC",
                "<!here>",
                "\n",
                "\u200b",
                "…",
                ":",
            ]
        ),
        max_size=40,
    ).map("".join),
    st.sampled_from([10, 40, 500]),
)
def test_the_quick_way_says_what_the_careful_one_says(given: str, limit: int) -> None:
    assert told(given, limit) == told_with_care(given, limit)
