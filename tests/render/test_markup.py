import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.markup import (
    SPANS_MOST,
    clean,
    code,
    cut,
    escape,
    fit,
    inert,
    instant,
    iso,
    moments,
    plain,
    slack_date,
    spans,
)

NOW = 1_795_538_400  # 2026-11-24 16:40:00 UTC
ABSURD = [-1, -(10**40), 10**40, 253_402_300_800, float("inf"), float("nan")]
ANYTHING = st.text(st.characters() | st.sampled_from("`<>&*_~:|!@# \n\x1b\u202e"), max_size=200)


def test_a_text_becomes_one_line_of_letters_that_can_be_seen() -> None:
    assert clean(" a\nb\tc\x1b[31m\u202ed\u200be\ud800 ") == "a b c [31m d e"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"
    assert cut("abcd fg", 6) == "abcd…"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("plain", [("plain", False)]),
        ("a `b` c", [("a ", False), ("b", True), (" c", False)]),
        ("`a``b`", [("a", True), ("b", True)]),
        ("a `b c", [("a `b c", False)]),
        ("a `b` c `d", [("a ", False), ("b", True), (" c `d", False)]),
        ("``", []),
        ("see https://a.example.", [("see ", False), ("https://a.example", True), (".", False)]),
        ("`<!channel>`", [("<!channel>", True)]),
        ("write `Bearer ` once", [("write ", False), ("Bearer", True), (" once", False)]),
        ("write`  Bearer `once", [("write ", False), ("Bearer", True), (" once", False)]),
        ("write `Bearer `.", [("write ", False), ("Bearer", True), (".", False)]),
        ("` `", []),
    ],
)
def test_backticks_mark_code(text: str, pieces: list[tuple[str, bool]]) -> None:
    assert spans(text) == pieces


def test_spans_are_few_and_keep_their_length() -> None:
    many = spans("`a` " * 50)
    assert sum(is_code for _, is_code in many) == SPANS_MOST

    long = spans("x `" + "y" * 100 + "` z", 50)
    assert long == [("x ", False), ("y" * 45 + "…", True)]
    assert spans("https://" + "y" * 100, 50) == [("https://" + "y" * 40 + "…", True)]


@given(ANYTHING, st.integers(10, 300))
def test_spans_of_anything_are_short_and_clean(text: str, limit: int) -> None:
    pieces = spans(text, limit)

    assert sum(len(piece) for piece, _ in pieces) <= limit
    assert all(piece and piece.isprintable() for piece, _ in pieces)
    assert not any("://" in piece for piece, is_code in pieces if not is_code) or len(pieces) > SPANS_MOST


def test_the_three_characters_are_escaped() -> None:
    assert escape("<a href='x'> &amp; b") == "&lt;a href='x'&gt; &amp;amp; b"


def test_a_cut_never_splits_an_entity() -> None:
    assert fit("ab&amp;cd", 9) == "ab&amp;cd"
    assert [fit("ab&amp;cd", limit) for limit in (4, 5, 7, 8)] == ["ab…", "ab…", "ab…", "ab&amp;…"]


def test_a_value_cannot_leave_its_code_span() -> None:
    assert code("a`*b*` <!here> & <https://x|y>") == "`aˋ*b*ˋ ‹!here&gt; &amp; ‹https://x|y&gt;`"
    assert code("") == "` `"
    assert len(code("<" * 500, 300)) <= 300


def test_plain_words_in_mrkdwn_are_no_markup() -> None:
    assert plain("*b* _i_ ~s~ `c` contact_id :tada: 10:30") == "∗b∗ ˍiˍ ∼s∼ ˋcˋ contact_id ꞉tada꞉ 10:30"
    assert plain("> quote") == "› quote"
    assert plain("<!channel> <@U1> <#C1> <https://x|y> <mailto:a@b>") == (
        "‹!channel&gt; ‹@U1&gt; ‹#C1&gt; ‹https://x|y&gt; ‹mailto꞉a@b&gt;".replace("꞉", ":")
    )


@given(ANYTHING)
def test_nothing_in_mrkdwn_can_be_markup(text: str) -> None:
    for shown in (code(text), plain(text)):
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", shown)
    assert code(text).count("`") == 2
    assert not re.search(r"[*~`]|(?<!\w)_\w", plain(text))


@given(ANYTHING)
def test_a_text_made_inert_holds_no_beginning_of_a_mention_or_link(text: str) -> None:
    assert not re.search(r"<(?:[!@#]|http|mailto:)", inert(text))
    assert len(inert(text)) == len(text)


def test_moments_are_written_for_people_and_for_programs() -> None:
    assert instant(NOW) == "2026-11-24 16:40 UTC"
    assert iso(NOW) == "2026-11-24T16:40:00Z"
    assert iso(0) == "1970-01-01T00:00:00Z"
    assert iso(None) is None
    assert slack_date(NOW + 0.9) == "<!date^1795538400^{date_short_pretty} {time}|2026-11-24 16:40 UTC>"


@pytest.mark.parametrize("epoch", ABSURD)
def test_an_absurd_moment_is_no_moment_and_no_error(epoch: float) -> None:
    assert instant(epoch) is None
    assert iso(epoch) is None
    assert slack_date(epoch) == "at no real time"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("no moment", [("no moment", None)]),
        ("at 2026-11-24 16:40 UTC, so", [("at ", None), ("2026-11-24 16:40 UTC", NOW), (", so", None)]),
        ("2026-11-24 16:40 UTC", [("2026-11-24 16:40 UTC", NOW)]),
        ("on 2026-13-45 99:99 UTC", [("on 2026-13-45 99:99 UTC", None)]),
        ("2026-02-30 10:00 UTC", [("2026-02-30 10:00 UTC", None)]),
        ("0000-00-00 00:00 UTC", [("0000-00-00 00:00 UTC", None)]),
    ],
)
def test_moments_are_found_in_a_text(text: str, parts: list[tuple[str, int | None]]) -> None:
    assert moments(text) == parts
