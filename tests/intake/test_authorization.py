import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import AuthorizationHeader, Header, Source
from bot.intake.authorization import SCHEMES, edits, is_like_bearer, read_authorization
from bot.intake.piece import unknown

TOKEN = "eyJabc.eyJdef.sig"


def read(value: str, name: str = "Authorization") -> AuthorizationHeader:
    return read_authorization(Header(name, value), Source.LOOSE)


def parts(value: str) -> tuple[str, str, str]:
    header = read(value)
    return header.scheme, header.separator, header.credentials


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"Bearer {TOKEN}", ("Bearer", " ", TOKEN)),
        (f"  Bearer {TOKEN} ", ("Bearer", " ", TOKEN)),
        (f"bearer {TOKEN}", ("bearer", " ", TOKEN)),
        (f"BEARER {TOKEN}", ("BEARER", " ", TOKEN)),
        ("Bearer", ("Bearer", "", "")),
        ("Bearer ", ("Bearer", "", "")),
        ("", ("", "", "")),
        (TOKEN, ("", "", TOKEN)),
        (f"Bearer  {TOKEN}", ("Bearer", "  ", TOKEN)),
        (f"Bearer\t{TOKEN}", ("Bearer", "\t", TOKEN)),
        (f"Bearer\u00a0{TOKEN}", ("Bearer", "\u00a0", TOKEN)),
        (f"Bearer\u200b{TOKEN}", ("Bearer", "\u200b", TOKEN)),
        (f"Bearer\n{TOKEN}", ("Bearer", "\n", TOKEN)),
        (f"Bearer: {TOKEN}", ("Bearer", ": ", TOKEN)),
        (f"Bearer={TOKEN}", ("Bearer", "=", TOKEN)),
        (f"Bearer-{TOKEN}", ("Bearer", "-", TOKEN)),
        (f"Bearer,{TOKEN}", ("Bearer", ",", TOKEN)),
        (f"Bearer_{TOKEN}", ("Bearer", "_", TOKEN)),
        (f"Bearer{TOKEN}", ("Bearer", "", TOKEN)),
        ("Bearer{{token}}", ("Bearer", "", "{{token}}")),
        ("Bearer ={{token}}", ("Bearer", " ", "={{token}}")),
        ("Bearer$TOKEN", ("Bearer", "", "$TOKEN")),
        ("bearerless", ("", "", "bearerless")),
        (f"Token {TOKEN}", ("Token", " ", TOKEN)),
        (f"JWT: {TOKEN}", ("JWT", ": ", TOKEN)),
        (f"OAuth:{TOKEN}", ("OAuth", ":", TOKEN)),
        ("Basic aWQ6c2VjcmV0", ("Basic", " ", "aWQ6c2VjcmV0")),
        (f"DPoP {TOKEN}", ("DPoP", " ", TOKEN)),
        (f"Baerer {TOKEN}", ("Baerer", " ", TOKEN)),
        (f"Berear {TOKEN}", ("Berear", " ", TOKEN)),
        (f"Whatever {TOKEN}", ("Whatever", " ", TOKEN)),
        ("two words", ("", "", "two words")),
        ("Basic", ("Basic", "", "")),
        ("Token", ("Token", "", "")),
        ("key", ("", "", "key")),
        (f"Bearer{unknown('token')}", ("Bearer", "", unknown("token"))),
        (f"Bearer {unknown('token')}", ("Bearer", " ", unknown("token"))),
        (f"Bearer{unknown('blank')}{unknown('token')}", ("", "", f"Bearer{unknown('blank')}{unknown('token')}")),
        ('Bearer "x"', ("Bearer", " ", '"x"')),
    ],
)
def test_a_value_is_taken_apart(value: str, expected: tuple[str, str, str]) -> None:
    assert parts(value) == expected


@pytest.mark.parametrize(
    ("value", "repeated"),
    [
        (f"Bearer {TOKEN}", 0),
        (f"Bearer Bearer {TOKEN}", 1),
        (f"Bearer bearer Bearer {TOKEN}", 2),
        (f"Authorization: Bearer {TOKEN}", 1),
        (f"Authorization: Authorization: Bearer Bearer {TOKEN}", 3),
        (f"authorization=Bearer {TOKEN}", 1),
        (f'"Authorization": Bearer {TOKEN}', 1),
        (f"Proxy-Authorization: Bearer {TOKEN}", 1),
        (f"Bearer Bearer{TOKEN}", 1),
        ("Bearer Bearer", 1),
        (f"Bearer Authorization: Bearer {TOKEN}", 1),
        (f"Token Authorization: {TOKEN}", 1),
        (f"Bearer Authorization: Bearer Authorization: Bearer {TOKEN}", 2),
        ("Bearer bearerless", 0),
    ],
)
def test_schemes_and_names_that_stand_again_are_counted(value: str, repeated: int) -> None:
    assert read(value).repeated == repeated


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (f"Basic aWQ6c2VjcmV0, Bearer {TOKEN}", "Bearer"),
        (f"Bearer {TOKEN},Basic aWQ6c2VjcmV0", "Basic"),
        (f"Bearer {TOKEN}", ""),
        (f"Bearer {TOKEN}, and then", ""),
    ],
)
def test_a_second_scheme_in_the_value_is_named(value: str, other: str) -> None:
    assert read(value).other == other


def test_quotes_around_the_whole_value_stay_with_the_credentials() -> None:
    assert parts(f'"Bearer {TOKEN}"') == ("Bearer", " ", f'"{TOKEN}"')
    assert parts(f"'Authorization: Bearer {TOKEN}'") == ("Bearer", " ", f"'{TOKEN}'")
    assert parts(f'"{TOKEN}"') == ("", "", f'"{TOKEN}"')


def test_name_and_value_are_kept_as_written() -> None:
    header = read(f" Bearer {TOKEN}", "authorization ")

    assert (header.name, header.value, header.key) == ("authorization ", f" Bearer {TOKEN}", "authorization")


@pytest.mark.parametrize("scheme", sorted(SCHEMES - {"bearer"}))
def test_known_schemes_are_recognised(scheme: str) -> None:
    assert parts(f"{scheme} value") == (scheme, " ", "value")


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("bearer", "bearer", 0),
        ("bearer", "baerer", 1),
        ("bearer", "bearr", 1),
        ("bearer", "bearerr", 1),
        ("bearer", "bearex", 1),
        ("bearer", "brearer", 1),
        ("bearer", "berara", 3),
        ("", "abc", 3),
        ("", "", 0),
        ("a" * 81, "a" * 81, 4),
        ("kitten", "sitting", 3),
        ("abc", "abcdefgh", 4),
    ],
)
def test_edits_are_insertions_deletions_exchanges_and_swaps(left: str, right: str, distance: int) -> None:
    assert edits(left, right, 3) == distance


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edits_are_symmetric_and_bounded(left: str, right: str) -> None:
    distance = edits(left, right, 3)

    assert distance == edits(right, left, 3)
    assert 0 <= distance <= 4
    assert (distance == 0) == (left == right)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Baerer", True),
        ("Berear", True),
        ("Beare", True),
        ("Bearers", True),
        ("Bearer", False),
        ("BEARER", False),
        ("Basic", False),
        ("Token", False),
        ("Berry", False),
    ],
)
def test_slips_of_the_keyboard_are_like_bearer(word: str, expected: bool) -> None:
    assert is_like_bearer(word) is expected


@given(st.text())
def test_any_value_is_taken_apart(value: str) -> None:
    header = read(value)

    assert header.value == value
    assert header.credentials.strip("\"'") in value
