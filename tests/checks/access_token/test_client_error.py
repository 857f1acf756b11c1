import pytest

from tests.diagnosing import CERTAIN, LIKELY, found_by, mint, report_of, said_by

LINE = "access-token"


def python(character: str) -> str:
    return f"UnicodeEncodeError: 'latin-1' codec can't encode character '{character}' in position 10: ordinal not in range(256)"


NODE = "TypeError: Cannot convert argument to a ByteString because the character at index 8 has a value of {} which is greater than 255."
UNNAMED = 'TypeError [ERR_INVALID_CHAR]: Invalid character in header content ["authorization"]'


@pytest.mark.parametrize(
    ("text", "cause", "words"),
    [
        (python("\\u200b"), "token-invisible-character", "the character U+200B"),
        (python("\\u201c"), "credentials-quoted", "a typographic quote"),
        (python("\\u2019"), "credentials-quoted", "Retype the quotes"),
        (python("\\u2026"), "token-redacted", "an ellipsis"),
        (python("\\u2013"), "token-markup", "a long dash"),
        (python("\\u2212"), "token-markup", "a long dash"),
        (python("\\xa0"), "token-invisible-character", "the character U+00A0"),
        (NODE.format(8203), "token-invisible-character", "the character U+200B"),
        (NODE.format(8230), "token-redacted", "Copy the whole token"),
        ("Header value must not contain CR or LF", "token-line-break", "a line break"),
        ("Unexpected char 0x0a at 900 in Authorization value", "token-line-break", "a line break"),
        ("Unexpected char 0x0d at 900 in Authorization value", "token-line-break", "a line break"),
        ("Unexpected char 0x09 at 900 in Authorization value", "token-whitespace", "a blank"),
        ("Unexpected char 0x20 at 900 in Authorization value", "token-whitespace", "a blank"),
    ],
)
def test_a_character_that_a_client_names_is_certain(text: str, cause: str, words: str) -> None:
    assert found_by(LINE, text) == {cause: CERTAIN}
    assert words in said_by(LINE, cause, text)


@pytest.mark.parametrize(
    ("token", "cause"),
    [
        (mint("jwt break=76"), "token-line-break"),
        (mint("jwt insert=100:U+200B"), "token-invisible-character"),
        (mint("jwt insert=100:U+00A0"), "token-invisible-character"),
    ],
)
def test_one_that_it_does_not_name_is_seen_in_the_token(token: str, cause: str) -> None:
    report = report_of(f"{UNNAMED}\n\nAuthorization: Bearer {token}")

    assert report.root_cause is not None
    assert (report.root_cause.cause, report.root_cause.certainty) == (cause, CERTAIN)


def test_else_it_is_likely_a_line_break() -> None:
    assert found_by(LINE, UNNAMED) == {"token-line-break": LIKELY}
    assert found_by(LINE, f"{UNNAMED}\n{mint('jwt')}") == {"token-line-break": LIKELY}
    assert ".strip()" in said_by(LINE, "token-line-break", UNNAMED)


NOT_LATIN = "Failed to execute 'setRequestHeader' on 'XMLHttpRequest': String contains non ISO-8859-1 code point."


def test_a_character_beyond_latin_1_does_not_show() -> None:
    assert found_by(LINE, NOT_LATIN) == {"token-invisible-character": LIKELY}


def test_unless_the_token_shows_which_one_it_is() -> None:
    report = report_of(f"{NOT_LATIN}\n\nAuthorization: Bearer {mint('jwt insert=100:U+200B')}")

    assert report.root_cause is not None
    assert (report.root_cause.cause, report.root_cause.certainty) == ("token-invisible-character", CERTAIN)
