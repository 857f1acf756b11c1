import pytest

from tests.diagnosing import CERTAIN, LIKELY, URL, curl, found_by, mint, raw, said_by

LINE = "authorization-header"
CAUSE = "placeholder-credentials"
TOKEN = mint("jwt")


@pytest.mark.parametrize(
    ("value", "loose", "in_command"),
    [
        ("undefined", CERTAIN, CERTAIN),
        ("[object Object]", CERTAIN, CERTAIN),
        ("<coroutine object get at 0x7f3a10>", CERTAIN, CERTAIN),
        ("eyJ...MoQ", CERTAIN, CERTAIN),
        ("<access_token>", LIKELY, CERTAIN),
        ("YOUR_ACCESS_TOKEN", LIKELY, CERTAIN),
        ("{{access_token}}", LIKELY, CERTAIN),
        ("={{ $json.access_token }}", LIKELY, CERTAIN),
        ("${accessToken}", LIKELY, CERTAIN),
    ],
)
def test_how_sure_it_is_depends_on_what_it_is_and_where(value: str, loose: object, in_command: object) -> None:
    assert found_by(LINE, f"Authorization: Bearer {value}") == {CAUSE: loose}
    assert found_by(LINE, raw(f"Bearer {value}"))[CAUSE] == in_command
    assert found_by(LINE, curl(f"Bearer {value}"))[CAUSE] == in_command


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer <access_token>\njwt malformed",
        "Authorization: Bearer YOUR_TOKEN\nHTTP/1.1 401 Unauthorized\n\n",
    ],
)
def test_an_answer_of_the_malformed_kind_makes_it_sent(text: str) -> None:
    assert found_by(LINE, text)[CAUSE] is CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {TOKEN}",
        f"curl -H 'Authorization: Bearer <token>' {URL}\n\ntoken: {TOKEN}",
        f"Authorization: Bearer {{{{token}}}}\n{TOKEN}",
        f'curl -H "Authorization: Bearer $TOKEN" {URL}',
        "Authorization: Basic undefined",
        f"Authorization: Bearer {mint('opaque')}",
        "",
    ],
)
def test_what_is_none_or_stands_for_a_shown_token(text: str) -> None:
    assert CAUSE not in found_by(LINE, text)


def test_a_variable_in_single_quotes_is_sent_as_it_is() -> None:
    text = f"TOKEN={TOKEN}\ncurl -H 'Authorization: Bearer $TOKEN' {URL}"

    assert found_by(LINE, text)[CAUSE] is CERTAIN
    assert "double quotes" in said_by(LINE, CAUSE, text)


def test_a_labelled_placeholder_counts_without_a_header() -> None:
    assert found_by(LINE, "client_secret: your-client-secret-here") == {CAUSE: LIKELY}


@pytest.mark.parametrize(
    ("value", "words", "fix"),
    [
        ("undefined", "the word for a missing value: `undefined`", "after the login or token call has finished"),
        ("[object Promise]", "an object turned into text", "Await the call"),
        ("System.Threading.Tasks.Task`1[System.String]", "an unfinished task turned into text", "Await the call"),
        ("{{access_token}}", "a template that no tool filled in", "save its current value"),
        ("=$json.access_token", "an expression that the tool sent as text", "expression mode"),
        ("%TOKEN%", "a variable that was not expanded", "Let the shell expand it"),
        ("#{token}", "code that was sent as text", "Make it a template"),
        ("eyJ...MoQ", "the sample token of a documentation page", "Put the real access token in its place"),
        ("<access_token>", "a placeholder: `<access_token>`", "Put the real access token in its place"),
    ],
)
def test_what_is_said_of_it(value: str, words: str, fix: str) -> None:
    said = said_by(LINE, CAUSE, raw(f"Bearer {value}"))

    assert words in said
    assert fix in said
