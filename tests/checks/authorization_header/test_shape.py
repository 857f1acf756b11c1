import pytest

from bot.report import Outcome
from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, URL, curl, found_by, mint, raw, said_by, state_of

LINE = "authorization-header"
TOKEN = mint("jwt")


class TestScheme:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            (f"Bearer {TOKEN}", {}),
            (TOKEN, {"scheme-missing": CERTAIN}),
            (mint("opaque"), {"scheme-missing": CERTAIN}),
            (f"{mint('client-id')}:{mint('secret')}", {"scheme-missing": CERTAIN}),
            (f"Token {TOKEN}", {"scheme-wrong": CERTAIN}),
            (f"JWT {TOKEN}", {"scheme-wrong": CERTAIN}),
            (f"OAuth {TOKEN}", {"scheme-wrong": CERTAIN}),
            (f"DPoP {TOKEN}", {"scheme-wrong": CERTAIN}),
            (f"Baerer {TOKEN}", {"scheme-wrong": CERTAIN}),
            ("Basic aWQ6c2VjcmV0c2VjcmV0", {"basic-credentials": CERTAIN}),
            (f"bearer {TOKEN}", {"scheme-case": POSSIBLE}),
            (f"BEARER {TOKEN}", {"scheme-case": POSSIBLE}),
            (f"Bearer Bearer {TOKEN}", {"scheme-repeated": CERTAIN}),
            (f"Authorization: Bearer {TOKEN}", {"scheme-repeated": CERTAIN}),
        ],
    )
    def test_the_word_before_the_token(self, value: str, found: dict[str, object]) -> None:
        assert found_by(LINE, raw(value)) == found
        assert found_by(LINE, f"Authorization: {value}") == found

    @pytest.mark.parametrize(
        "text", [TOKEN, f"Bearer {TOKEN}", f"token {TOKEN}", f'curl -H "Authorization: $HEADER" {URL}']
    )
    def test_where_no_name_or_no_value_is_shown_nothing_is_missing(self, text: str) -> None:
        assert found_by(LINE, text) == {}

    def test_basic_beside_a_token_endpoint_alone_is_right(self) -> None:
        field = "Authorization: Basic aWQ6c2VjcmV0c2VjcmV0"

        assert found_by(LINE, f"https://acme.us.auth0.com/oauth/token\n{field}") == {}
        assert found_by(LINE, f"https://acme.us.auth0.com/oauth/token\n{field}\n{URL}") == {
            "basic-credentials": CERTAIN
        }

    def test_userinfo_in_the_url_is_basic(self) -> None:
        url = f"https://id:secret@{URL.removeprefix('https://')}"
        for text in (f"curl {url}", f'requests.get("{url}")', f"GET {url} HTTP/1.1\nAccept: */*"):
            assert found_by(LINE, text) == {"basic-credentials": CERTAIN}
            assert "`user:password@`" in said_by(LINE, "basic-credentials", text)

    @pytest.mark.parametrize(
        ("cause", "text", "words"),
        [
            ("scheme-missing", raw(TOKEN), "`Bearer` and a blank should stand in front of it"),
            ("scheme-wrong", raw(f"Token {TOKEN}"), "The scheme is `Token`"),
            ("scheme-repeated", raw(f"Bearer Bearer {TOKEN}"), "give it the token alone"),
            ("scheme-case", raw(f"bearer {TOKEN}"), "is written `bearer`"),
            ("basic-credentials", f"curl -u id:secret {URL}", "Leave out `-u`"),
            ("basic-credentials", raw("Basic aWQ6c2VjcmV0c2VjcmV0"), "Exchange id and secret at `/oauth/token`"),
        ],
    )
    def test_what_is_said_of_it(self, cause: str, text: str, words: str) -> None:
        assert words in said_by(LINE, cause, text)


class TestSeparator:
    @pytest.mark.parametrize(
        ("between", "loose", "in_raw"),
        [
            ("", CERTAIN, CERTAIN),
            (": ", CERTAIN, CERTAIN),
            ("=", CERTAIN, CERTAIN),
            ("-", CERTAIN, CERTAIN),
            (",", CERTAIN, CERTAIN),
            ("_", CERTAIN, CERTAIN),
            ("  ", POSSIBLE, LIKELY),
            ("\t", POSSIBLE, LIKELY),
            ("\u00a0", POSSIBLE, LIKELY),
            ("\u202f", POSSIBLE, LIKELY),
        ],
    )
    def test_one_plain_blank_belongs_there(self, between: str, loose: object, in_raw: object) -> None:
        assert found_by(LINE, f"Authorization: Bearer{between}{TOKEN}") == {"scheme-separator-wrong": loose}
        assert found_by(LINE, raw(f"Bearer{between}{TOKEN}")) == {"scheme-separator-wrong": in_raw}

    def test_in_a_literal_of_code_a_no_break_space_is_certain(self) -> None:
        text = f'requests.get("{URL}", headers={{"Authorization": "Bearer\\u00a0{TOKEN}"}})'

        assert found_by(LINE, text) == {"scheme-separator-wrong": CERTAIN}

    @pytest.mark.parametrize(
        ("between", "words"),
        [
            ("", "No blank stands between"),
            (":", "`:` stands between"),
            ("   ", "3 blanks between"),
            ("\t", "A tab between"),
            ("\u00a0", "A no-break space (U+00A0)"),
        ],
    )
    def test_what_is_said_of_it(self, between: str, words: str) -> None:
        assert words in said_by(LINE, "scheme-separator-wrong", raw(f"Bearer{between}{TOKEN}"))


class TestName:
    def test_a_blank_before_the_colon(self) -> None:
        text = raw(f"Bearer {TOKEN}").replace("Authorization:", "Authorization :")

        assert found_by(LINE, text) == {"header-name-space": CERTAIN}
        assert "refuse that with 400" in said_by(LINE, "header-name-space", text)
        assert found_by(LINE, f"Authorization : Bearer {TOKEN}") == {"header-name-space": CERTAIN}


class TestOption:
    @pytest.mark.parametrize(
        ("text", "certainty"),
        [
            (f"curl -H 'Authorization Bearer {TOKEN}' {URL}", CERTAIN),
            (f"curl -H Authorization: Bearer {TOKEN} {URL}", CERTAIN),
            (f"curl -H “Authorization: Bearer {TOKEN}” {URL}", LIKELY),
        ],
    )
    def test_an_option_that_sends_nothing(self, text: str, certainty: object) -> None:
        assert found_by(LINE, text)["curl-header-not-sent"] is certainty
        assert 'Write `-H "Authorization: Bearer <access token>"`' in said_by(LINE, "curl-header-not-sent", text)

    @pytest.mark.parametrize(
        "text",
        [curl(f"Bearer {TOKEN}"), f'curl -H "Authorization: Bearer {TOKEN}" {URL}', f"“{curl(f'Bearer {TOKEN}')}”"],
    )
    def test_others_send_it(self, text: str) -> None:
        assert "curl-header-not-sent" not in found_by(LINE, text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", (Outcome.SKIPPED, "no header or request given")),
        (f"GET {URL} 401", (Outcome.SKIPPED, "the request's headers are not shown")),
        (f"Bearer {TOKEN}", (Outcome.PASSED, "`Bearer` and the token; the header's name is not shown")),
        (curl(f"Bearer {TOKEN}"), (Outcome.PASSED, "`Authorization: Bearer …`")),
        (f"Authorization: Bearer {TOKEN}", (Outcome.PASSED, "`Authorization: Bearer …`")),
        (
            f'curl -H "authorization: Bearer $TOKEN" {URL}',
            (Outcome.PASSED, "`Authorization: Bearer` with a variable; its value is not shown"),
        ),
    ],
)
def test_what_the_line_says_by_itself(text: str, state: tuple[Outcome, str]) -> None:
    assert state_of(LINE, text) == state
