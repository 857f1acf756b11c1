import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.damage import REPAIR_NAMES, repair
from bot.intake.gaps import leading_part
from tests.diagnosing import mint
from tests.schema import REPAIRS

TOKEN = mint("jwt")
DASHED = next(token for token in (mint("jwt", str(seed)) for seed in range(50)) if "-" in token.split(".")[2])


@pytest.mark.parametrize(
    "value",
    [TOKEN, mint("opaque"), mint("jwe"), mint("session"), "abc", "", "a.b", f"{mint('client-id')}:{mint('secret')}"],
)
def test_a_sound_value_stays_as_it_is(value: str) -> None:
    assert repair(value) == (value, ())


@pytest.mark.parametrize(
    ("value", "damage"),
    [
        (f" {TOKEN}\t", ("blank-outer",)),
        (f"{TOKEN}\n", ("line-break-end",)),
        (f"{TOKEN}\r\n", ("line-break-end",)),
        (f"{TOKEN}\\n", ("line-break-end",)),
        (f"{TOKEN}^M", ("line-break-end",)),
        (f"{TOKEN}^M$", ("line-break-end",)),
        (f'"{TOKEN}"', ("quotes",)),
        (f"'{TOKEN}'", ("quotes",)),
        (f"`{TOKEN}`", ("quotes",)),
        (f'"{TOKEN}', ("quotes",)),
        (f'{TOKEN}"', ("quotes",)),
        (f"“{TOKEN}”", ("typographic-quotes",)),
        (f"„{TOKEN}“", ("typographic-quotes",)),
        (f"«{TOKEN}»", ("typographic-quotes",)),
        (f"{TOKEN}”", ("typographic-quotes",)),
        (f"<{TOKEN}>", ("brackets",)),
        (f"[{TOKEN}]", ("brackets",)),
        (f"({TOKEN})", ("brackets",)),
        (f"*{TOKEN}*", ("emphasis",)),
        (f"**_{TOKEN}_**", ("emphasis",)),
        (f"~{TOKEN}~", ("emphasis",)),
        (f"_{TOKEN}_", ("emphasis",)),
        (f"{TOKEN}*", ("emphasis",)),
        (f"{TOKEN}_", ("emphasis",)),
        (f"b'{TOKEN}'", ("bytes-literal",)),
        (f'b"{TOKEN}"', ("bytes-literal",)),
        (f"{TOKEN},", ("punctuation",)),
        (f"{TOKEN};", ("punctuation",)),
        (f"{TOKEN}.", ("punctuation",)),
        (f"{TOKEN}).", ("punctuation",)),
        (f"{TOKEN}!?", ("punctuation",)),
        (f'"{TOKEN}",', ("quotes", "punctuation")),
        (f"<'{TOKEN}'>", ("brackets", "quotes")),
        (mint("jwt percent"), ("percent",)),
        (f"{TOKEN}%0D", ("percent", "line-break-end")),
        (mint("jwt insert=100:U+200B"), ("invisible",)),
        (mint("jwt insert=0:U+FEFF"), ("invisible",)),
        (mint("jwt insert=100:U+00AD"), ("invisible",)),
        (mint("jwt insert=100:U+00A0"), ("no-break-space",)),
        (mint("jwt insert=100:U+202F"), ("no-break-space",)),
        (mint("jwt break=76"), ("line-break",)),
        (mint("jwt break=76:U+000D,U+000A"), ("line-break",)),
        (TOKEN[:90] + "\n> " + TOKEN[90:], ("line-break",)),
        (TOKEN[:90] + "  \n   " + TOKEN[90:], ("line-break",)),
        (mint("jwt insert=100:U+0020"), ("blank",)),
        (mint("jwt insert=100:U+0009"), ("blank",)),
        (TOKEN.replace(".", "=.", 1), ("padding-inside",)),
        (TOKEN.replace(".", "%252E"), ("percent",)),
        (f"{TOKEN}:=", ("padding", "punctuation")),
        (mint("jwt pad=end"), ("padding",)),
        (mint("jwt double"), ("encoded-twice",)),
    ],
)
def test_each_kind_of_damage_is_named_and_undone(value: str, damage: tuple[str, ...]) -> None:
    assert repair(value) == (TOKEN, damage)


@pytest.mark.parametrize("around", ['"{}"', "'{}'", "<{}>", "*{}*"])
def test_marks_around_another_value_go_as_well(around: str) -> None:
    assert repair(around.format(mint("opaque"))).value == mint("opaque")


def test_a_long_dash_becomes_a_hyphen() -> None:
    assert repair(DASHED.replace("-", "–")) == (DASHED, ("dash",))
    assert repair(DASHED.replace("-", "—")) == (DASHED, ("dash",))


def test_markdowns_backslashes_go() -> None:
    assert repair(DASHED.replace("-", "\\-")) == (DASHED, ("markdown-escape",))


def test_plain_base64_becomes_base64url() -> None:
    plain = DASHED.replace("-", "+").replace("_", "/")

    assert repair(plain) == (DASHED, ("plain-base64",))


@pytest.mark.parametrize("text", ["a+b/c=", "a+b.c", "x=y.z"])
def test_another_values_alphabet_is_its_own(text: str) -> None:
    assert repair(text).damage == ()


@pytest.mark.parametrize(
    ("value", "damage"),
    [
        (mint("jwt ellipsis"), "ellipsis"),
        (mint("jwt ellipsis=..."), "ellipsis"),
        (mint("jwt stars"), "redacted"),
        (f"{TOKEN[:40]}xxxxxxxx", "redacted"),
        (f"{TOKEN[:40]}[REDACTED]", "redacted"),
        (f"{TOKEN[:40]}<snip>", "redacted"),
        (f"{TOKEN[:40]}█████", "redacted"),
        (f"{TOKEN[:40]}••••••", "redacted"),
        (f"{TOKEN[:40]}####", "redacted"),
        (f"{TOKEN[:40]}.REDACTED.{TOKEN[-20:]}", "redacted"),
    ],
)
def test_a_gap_is_named_and_nothing_is_made_up(value: str, damage: str) -> None:
    assert repair(value) == (value, (damage,))
    assert leading_part(value) == value[: len(leading_part(value))]
    assert 12 >= len(leading_part(value)) >= 10 or leading_part(value).rstrip(".") == TOKEN[:40]


def test_without_a_gap_the_leading_part_is_all() -> None:
    assert leading_part(TOKEN) == TOKEN
    assert leading_part(f"{TOKEN[:30]}…{TOKEN[-4:]}***") == TOKEN[:30]


@pytest.mark.parametrize("value", ["ZXlK", "ZXlKaaaaaa", "ZXlK" + "A" * 41, "ZXlKabc.def"])
def test_what_only_begins_like_a_second_encoding_stays(value: str) -> None:
    assert repair(value) == (value, ())


def test_a_json_answer_keeps_its_braces() -> None:
    value = '{"access_token":"x"}'

    assert repair(value).value == value


@pytest.mark.parametrize("value", ["(", '"', "''", '""', "b''", "<>", ".", ",", "...", "{}", "x)"])
def test_a_value_of_marks_alone_does_not_raise(value: str) -> None:
    repair(value)


def test_every_repair_has_a_name_of_the_interface() -> None:
    assert set(REPAIR_NAMES.values()) <= REPAIRS


def test_the_representation_shows_the_damage_alone() -> None:
    assert repr(repair(f'"{TOKEN}"')) == "Repaired(('quotes',))"


ODD = st.text(alphabet=" \t\r\n\"'`<>[](){}*,;:!?.\\%_-+/=…\u200b\u00a0–“”‘’«»bxX#•█20aZ", max_size=12)


@given(before=ODD, inside=ODD, after=ODD, at=st.integers(1, len(TOKEN) - 1))
def test_repairing_again_changes_nothing(before: str, inside: str, after: str, at: int) -> None:
    once = repair(f"{before}{TOKEN[:at]}{inside}{TOKEN[at:]}{after}")

    assert repair(once.value).value == once.value


@given(st.text())
def test_any_text_is_repaired_to_one_that_stays(text: str) -> None:
    once = repair(text)

    assert repair(once.value).value == once.value
