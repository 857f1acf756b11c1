import pytest

from bot.evidence import Statement
from bot.intake.statements import TEXTS, WORDS_OF_PEOPLE, statements

SAMPLES = [(says, phrase) for says, phrases in TEXTS for phrase in phrases]


def said(text: str, *, loose: bool = False) -> list[str]:
    return [statement.says for statement in statements(text, loose=loose)]


@pytest.mark.parametrize(("says", "phrase"), SAMPLES, ids=[phrase for _, phrase in SAMPLES])
def test_every_text_of_the_table_says_what_it_means(says: str, phrase: str) -> None:
    assert says in said(phrase)
    assert says in said(f'{{"message": "{phrase.upper()}", "x": 1}}')
    assert says in said(f"Error: {phrase}", loose=True)


def test_a_text_without_a_known_phrase_says_nothing() -> None:
    assert statements("") == ()
    assert statements("it does not work, please help") == ()


def test_everything_is_said_once_in_the_tables_order() -> None:
    assert said("invalid issuer, jwt expired, jwt expired, token expired, jwt audience invalid") == [
        "expired",
        "audience",
        "issuer",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Could it be that my token has expired, or is there some other reason why this fails?",
        "I wonder whether the token expired while I was away from my desk yesterday evening",
        "We never saw too many requests from this machine, and it is not our traffic that matters here",
        "Somebody told me that an invalid audience would be the usual reason for what we are seeing here",
        "is the authorization header missing?",
        "We don't know whether the authorization code has expired after ten minutes or after one",
        "How do I set up the client grant for the thing we talked about last week in the meeting",
    ],
)
def test_words_in_a_persons_own_sentence_are_no_error(text: str) -> None:
    assert said(text, loose=True) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("token has expired", "expired"),
        ("Error: token has expired", "expired"),
        ('the API says "token has expired" whatever I do, and I do not know what else to try', "expired"),
        ("it answers 401 token has expired whatever I do, and I do not know what else to try today", "expired"),
        ('{"message":"token has expired","detail":"a long text about what to do next in this case"}', "expired"),
        ("SomeException while calling the service from our own backend: invalid audience was found in it", "audience"),
        ("hello\n\ninvalid signature\n\nplease help", "signature"),
    ],
)
def test_the_same_words_count_in_an_error_line(text: str, says: str) -> None:
    assert says in said(text, loose=True)


def test_what_a_library_alone_writes_counts_everywhere() -> None:
    assert said("so then, after all that, I got jwt expired again and again, is that normal for you?", loose=True) == [
        "expired"
    ]


def test_the_words_of_people_are_phrases_of_the_table() -> None:
    assert {phrase for _, phrases in TEXTS for phrase in phrases} >= WORDS_OF_PEOPLE


def test_no_phrase_means_two_things() -> None:
    phrases = [phrase for _, phrases in TEXTS for phrase in phrases]

    assert len(set(phrases)) == len(phrases)
    assert [phrase for phrase in phrases if phrase != phrase.lower()] == []


@pytest.mark.parametrize(
    ("text", "character"),
    [
        (
            "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u200b' in position 10: ordinal not in range(256)",
            0x200B,
        ),
        ("'ascii' codec can't encode character '\\xa0' in position 7", 0xA0),
        ("'latin-1' codec can't encode characters in position 7-8", None),
        (
            "TypeError: Cannot convert argument to a ByteString because the character at index 8 has a value of 8203 which is greater than 255.",
            8203,
        ),
        ("java.lang.IllegalArgumentException: Unexpected char 0x201c at 7 in Authorization value", 0x201C),
        ("Invalid character '\\u{2026}' in header", 0x2026),
        (
            "requests.exceptions.InvalidHeader: Invalid leading whitespace, reserved character(s), or return character(s) in header value: 'Bearer'",
            10,
        ),
        ("newline characters are not allowed in headers", 10),
        ("Header value must not contain CR or LF", 10),
        ("httpx.LocalProtocolError: Illegal header value b'Bearer '", None),
        ('TypeError [ERR_INVALID_CHAR]: Invalid character in header content ["authorization"]', None),
        ("TypeError: Headers.append: x is an invalid header value.", None),
        ('net/http: invalid header field value for "Authorization"', None),
        ("java.lang.IllegalArgumentException: Illegal character(s) in message header value: Bearer x", None),
        ("ArgumentError: header field value cannot include CR/LF", 10),
        ("Header may not contain more than a single header, new line detected", 10),
    ],
)
def test_a_client_names_the_character_it_refuses(text: str, character: int | None) -> None:
    assert statements(text)[0] == Statement("header-character", character)
    assert statements(text, loose=True)[0] == Statement("header-character", character)


def test_a_value_of_a_number_alone_names_no_character() -> None:
    assert said("this parameter has a value of 5") == []
