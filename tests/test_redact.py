import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redact import MASK, fingerprint, may_be_token, quote, scrub, shorten, withhold
from tests.diagnosing import mint

TOKEN = mint("jwt")


def shares(text: str, secret: str, length: int = 25) -> bool:
    return any(secret[at : at + length] in text for at in range(len(secret) - length + 1))


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("", "(0 characters)"),
        ("a" * 23, "(23 characters)"),
        ("abcd" + "x" * 16 + "wxyz", "abcd…wxyz (24 characters)"),
        ("abcd" + "x" * 1226 + "wxyz", "abcd…wxyz (1,234 characters)"),
    ],
)
def test_a_secret_shows_its_ends_and_its_length_at_most(secret: str, shown: str) -> None:
    assert shorten(secret) == shown


def test_a_fingerprint_is_the_beginning_of_the_sha_256_of_32_characters_and_more() -> None:
    assert fingerprint("a" * 31) is None
    assert fingerprint("a" * 32) == "sha256:" + hashlib.sha256(b"a" * 32).hexdigest()[:12]
    assert fingerprint("é\ud800" * 20) is not None


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        TOKEN.split(".")[1],
        mint("jwe"),
        mint("refresh"),
        mint("secret"),
        mint("code"),
        mint("jwt double"),
        "xoxb-000000000000-abcdefgh",
        "ghp_abcdefghijklmnop",
        "Bearer shortsecret",
        "Basic aWQ6c2VjcmV0",
    ],
)
@pytest.mark.parametrize("around", ["{}", "error: '{}' was refused", "a={}&b=1", "\n{}\n"])
def test_a_log_line_keeps_nothing_of_a_secret(secret: str, around: str) -> None:
    scrubbed = scrub(around.format(secret))

    assert MASK in scrubbed
    assert secret.removeprefix("Bearer ").removeprefix("Basic ")[:12] not in scrubbed
    assert secret[-12:] not in scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GET /contacts/acme.org/search answered 401 in 12 ms",
        "authorization-header-missing",
        "ref-0123abcd",
        "slack_bolt.async_app.AsyncApp",
        "internationalization-and-localization",
    ],
)
def test_a_log_line_without_a_secret_stays_as_it_is(text: str) -> None:
    assert scrub(text) == text


@pytest.mark.parametrize(
    ("text", "limit", "quoted"),
    [
        ("plain", 80, "plain"),
        ("two\nlines\tand\x00more", 80, "two lines and more"),
        ("  blanks   between  ", 80, "blanks between"),
        ("a" * 81, 80, "a" * 79 + "…"),
        ("a" * 80, 80, "a" * 80),
        ("zero\u200bwidth", 80, "zero width"),
        ("https://acme.us.auth0.com/", 80, "https://acme.us.auth0.com/"),
        ("0a1b2c3d-0000-4000-a000-000000000000", 80, "0a1b2c3d-0000-4000-a000-000000000000"),
        ("", 80, ""),
    ],
)
def test_a_quoted_value_is_one_short_line(text: str, limit: int, quoted: str) -> None:
    assert quote(text, limit) == quoted


@pytest.mark.parametrize("secret", [TOKEN, TOKEN.split(".")[2], mint("refresh"), mint("secret"), mint("hex:64")])
def test_a_quoted_value_holds_nothing_like_a_token(secret: str) -> None:
    for text in (secret, f"invalid token: {secret}", f"https://x/?t={secret}&b=1"):
        assert not shares(quote(text, 400), secret, 12)


def test_runs_of_more_than_40_random_letters_are_masked() -> None:
    assert quote(f"a {'x1' * 20} b", 200) == f"a {'x1' * 20} b"
    assert quote(f"a {'x1' * 20}x b", 200) == f"a {MASK} b"


def test_text_is_not_masked_for_being_long() -> None:
    assert quote("urn:example:of:a:rather:long:name:that:nobody:would:take:for:a:secret", 100).startswith("urn:")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (mint("opaque"), True),
        (mint("client-id"), True),
        ("aB3" * 8 + "x", True),
        ("aB3" * 8, False),
        ("0a1b2c3d-0000-4000-a000-000000000000", False),
        ("contactLoginProfilesAndMoreOfThem", False),
        ("", False),
    ],
)
def test_words_of_a_url_that_may_be_tokens(word: str, expected: bool) -> None:
    assert may_be_token(word) is expected


def test_stretches_of_a_secret_are_withheld() -> None:
    secret = "abcdefghijklmnopqrstuvwxyz0123456789"

    assert withhold(f"see {secret} here", (secret,)) == f"see {MASK} here"
    assert withhold(f"see {secret[3:30]} here", (secret,)) == f"see {MASK} here"
    assert withhold(f"{secret[:25]}+{secret[10:]}", (secret,)) == f"{MASK}+{MASK}"
    assert withhold(f"see {secret[:19]} here", (secret,)) == f"see {secret[:19]} here"
    assert withhold("short", (secret,)) == "short"
    assert withhold(f"see {secret} here", ()) == f"see {secret} here"


def test_several_secrets_are_withheld() -> None:
    first, second = "a1" * 20, "b2" * 20

    assert withhold(f"{first} and {second}", (first, second)) == f"{MASK} and {MASK}"


@given(
    before=st.text("ab", max_size=40),
    start=st.integers(0, 60),
    length=st.integers(25, 60),
    after=st.text("ab", max_size=40),
)
def test_no_25_characters_of_a_secret_pass_wherever_they_stand(
    before: str, start: int, length: int, after: str
) -> None:
    secret = TOKEN[:100]
    kept = withhold(before + secret[start : start + length] + after, (secret,))

    assert not shares(kept, secret)


@given(st.text())
def test_quoting_is_quiet_about_anything(text: str) -> None:
    quoted = quote(text, 60)

    assert len(quoted) <= 60
    assert quoted == "".join(letter for letter in quoted if letter.isprintable())
    assert quoted == quoted.strip()
