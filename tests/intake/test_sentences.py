"""Headers that a sentence tells of or asks about are not taken for sent ones."""

import pytest

from bot.intake.headers import read_headers
from bot.intake.sentences import is_question, is_sentence, without_sentence
from tests.diagnosing import LIKELY, POSSIBLE, causes_of, found_by, mint, report_of


@pytest.mark.parametrize(
    "text",
    [
        "Is it `Authorization: Bearer <token>`?",
        "Should I use Authorization: Bearer <token> or X-API-Key: <key>?",
        "Do I need the header Authorization: Bearer {token} on every call?",
        'The docs say "Authorization: Bearer YOUR_TOKEN". Where do I get YOUR_TOKEN?',
        "Do you support Authorization: Basic base64(user:pass)?",
        "Is Bearer <token> right, or should the word be left out?",
        "Does curl -u work with your API?",
        "Can we call it with curl -u jane for a test?",
    ],
)
def test_a_question_shows_no_header(text: str) -> None:
    assert causes_of(report_of(text)) == []


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Why does it send Authorization: Bearer undefined?", "placeholder-credentials"),
        ("Why does it send Authorization: Bearer [object Object]?", "placeholder-credentials"),
        ("Is this right? Authorization: {} ?", "scheme-missing"),
        ("Authorization: Bearer <token>?", "placeholder-credentials"),
        ("we use curl -u abc123:secret456secret and get 401", "basic-credentials"),
    ],
)
def test_a_question_about_what_was_sent_is_judged(text: str, cause: str) -> None:
    assert causes_of(report_of(text.replace("{}", mint("jwt"))))[:1] == [cause]


def test_a_marker_ends_before_the_words_that_go_on() -> None:
    assert without_sentence("Bearer TOKEN or as ?access_token=TOKEN") == "Bearer TOKEN"
    assert without_sentence("Bearer {token} on every call") == "Bearer {token}"
    assert without_sentence("Bearer <token> in all of them") == "Bearer <token>"
    assert without_sentence("Bearer TOKEN") == "Bearer TOKEN"
    text = "We send Authorization: Bearer {token} on every call"
    assert found_by("authorization-header", text) == {"placeholder-credentials": LIKELY}


def test_words_in_place_of_a_credential_are_a_sentence() -> None:
    text = "we send Authorization: Bearer followed by it"
    assert is_sentence(text, text.index("Auth"), "Bearer followed by it")
    assert not is_sentence("Authorization: Bearer abc", 0, "Bearer abc")


def test_a_question_mark_alone_makes_no_question() -> None:
    assert not is_question("Authorization: Bearer <token>?", 0)
    assert not is_question("Is it\nAuthorization: Bearer <token>?", 6)
    assert is_question("Is it Authorization: Bearer <token>?", 6)


@pytest.mark.parametrize(
    "text",
    [
        'Does the header "Authorization: Bearer" come from the SDK? The token is {}',
        "I send the header Authorization: Bearer as in the docs. My token: {}",
    ],
)
def test_a_sentence_ends_before_the_one_that_shows_the_token(text: str) -> None:
    assert causes_of(report_of(text.replace("{}", mint("jwt")))) == []
    assert causes_of(report_of(text.replace("{}", mint("jwt exp=-9000 iat=-95400"))))[:1] == ["token-expired"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{ params: { scope: 'openid' } },", True),
        ("{", True),
        ('"https://acme.us.auth0.com/authorize?scope=openid",', True),
        ("{token}", False),
        ('{"access_token": "abc"}', False),
        ("{ access_token: 'abc' }", False),
        ("https://app.acme.org/cb?code=abc", False),
        ("https://acme.us.auth0.com/authorize#access_token=abc", False),
    ],
)
def test_settings_of_a_login_are_no_credentials(value: str, expected: bool) -> None:
    assert is_sentence(f"authorization: {value}", 0, value) is expected


@pytest.mark.parametrize(
    "text",
    [
        "my bearer token is {}",
        "here is the bearer token for our prod tenant: {}",
        "a bearer token goes into the header. Ours is {}",
        "BEARER TOKEN = {}",
        "bearer auth with {}",
        "I use bearer authentication ({})",
    ],
)
def test_a_bearer_token_that_is_named_is_no_header(text: str) -> None:
    assert causes_of(report_of(text.replace("{}", mint("jwt")))) == []


def test_a_scheme_right_before_a_token_is_one() -> None:
    assert found_by("authorization-header", f"we send bearer {mint('jwt')}") == {"scheme-case": POSSIBLE}
    assert causes_of(report_of(f"bearer bearer {mint('jwt')}")) == ["scheme-repeated"]


@pytest.mark.parametrize(
    "text",
    [
        "X-Api-Key is not used, we use the bearer: {}",
        "my auth: {}",
        "our access-token: {}",
        "It looks like `Authorization: Bearer <JWT>` where <JWT> = {}",
        'The header is "Bearer <token>" like in the docs, {}',
    ],
)
def test_a_name_within_words_is_a_label_and_a_marker_stands_for_the_token_behind_it(text: str) -> None:
    assert causes_of(report_of(text.replace("{}", mint("jwt")))) == []


@pytest.mark.parametrize(
    "text", ["we set the header token: {}", "auth: {}\nAccept: */*", "we send Authentication: Bearer {}"]
)
def test_a_name_that_is_called_a_header_is_one(text: str) -> None:
    assert read_headers(text.replace("{}", mint("jwt"))) != []


@pytest.mark.parametrize(
    "text",
    [
        "it is literally Authorization: Bearer [object Promise] that goes to rolodex, weird",
        "the network tab shows authorization: `Bearer undefined` and a 401",
        "the app sends authorization: *Bearer null* to rolodex",
        'my log says "Authorization: Bearer null". Why is that?',
        'the Authorization header contains "Bearer undefined" on the first call',
        "it sends Bearer [object Object] to the events API",
        'wireshark: authorization: "Bearer undefined" => 401',
        "chrome shows authorization: undefined and then 401",
        "header Authorization: 'Token undefined' is what the HAR shows",
    ],
)
def test_a_value_that_a_sentence_shows_ends_before_its_words(text: str) -> None:
    report = report_of(text)

    assert report.root_cause is not None
    assert report.root_cause.cause == "placeholder-credentials"


@pytest.mark.parametrize(
    "text",
    [
        "Please send the header Authorization: Bearer <token> with every call.",
        "The header should be Authorization: Bearer <access_token> and not X-Api-Key.",
        "The docs say to use `Authorization: Bearer {token}` and that is what we do.",
        "Authorization: none of these methods worked for us",
        "Authorization: undefined behaviour in the spec",
    ],
)
def test_words_that_say_how_a_header_is_written_show_none(text: str) -> None:
    assert report_of(text).verdict == "nothing-to-check"


@pytest.mark.parametrize(
    "text",
    [
        "'Authorization: Bearer ' . $token",
        "\"Authorization: Bearer \" . get_option('t')",
        "{ Authorization: `Bearer ${token}` }",
    ],
)
def test_what_code_joins_to_a_value_is_no_sentence(text: str) -> None:
    assert "placeholder-credentials" not in causes_of(report_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "I then send that as Authorization: Bearer",
        "we authenticate via 'Authorization: Bearer', still 401",
        "It should be sent with `Authorization: Bearer`.",
    ],
)
def test_a_sentence_on_how_a_token_is_sent_shows_no_header(text: str) -> None:
    assert causes_of(report_of(text)) == []


@pytest.mark.parametrize(
    "text",
    ["The header is Authorization: Bearer", "as\nAuthorization: Bearer", "Our log shows `Authorization: Bearer`"],
)
def test_a_header_that_a_sentence_shows_without_credentials_is_empty(text: str) -> None:
    assert causes_of(report_of(text)) == ["credentials-empty"]
