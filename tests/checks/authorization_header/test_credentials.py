import pytest

from tests.diagnosing import CERTAIN, LIKELY, POSSIBLE, URL, curl, found_by, mint, raw, report_of, said_by

LINE = "authorization-header"
TOKEN = mint("jwt")
JQ = "TOKEN=$(curl https://acme.us.auth0.com/oauth/token -d audience=x | jq .access_token)\n"


class TestDocuments:
    @pytest.mark.parametrize(
        "value",
        [
            f'Bearer {{"access_token":"{TOKEN}","expires_in":86400}}',
            f"Bearer {{'access_token': '{TOKEN}', 'token_type': 'Bearer'}}",
            f'{{"access_token":"{TOKEN}"}}',
        ],
    )
    def test_the_whole_answer_of_the_token_endpoint(self, value: str) -> None:
        assert found_by(LINE, raw(value))["token-response-as-credentials"] is CERTAIN

    @pytest.mark.parametrize(
        "value",
        [
            f"Bearer access_token={TOKEN}&token_type=Bearer&expires_in=7200",
            f"Bearer #access_token={TOKEN}&token_type=Bearer",
            f"Bearer https://app.example.org/callback#access_token={TOKEN}",
        ],
    )
    def test_a_redirects_fragment(self, value: str) -> None:
        assert found_by(LINE, raw(value))["callback-fragment-as-credentials"] is CERTAIN

    @pytest.mark.parametrize("text", [TOKEN + TOKEN, raw(f"Bearer {TOKEN}{TOKEN}"), f"{TOKEN}.{TOKEN}"])
    def test_a_token_twice(self, text: str) -> None:
        assert found_by(LINE, text)["token-pasted-twice"] is CERTAIN

    @pytest.mark.parametrize("text", [raw(f"Bearer {TOKEN}"), TOKEN, mint("jwe"), f"{TOKEN}\n{TOKEN}"])
    def test_a_bare_token_is_none_of_these(self, text: str) -> None:
        assert found_by(LINE, text) == {}


class TestSurrounded:
    @pytest.mark.parametrize("behind", [f" {TOKEN}", f", {TOKEN}", f" Bearer {mint('id')}"])
    def test_two_tokens_in_one_value(self, behind: str) -> None:
        assert found_by(LINE, curl(f"Bearer {TOKEN}{behind}"))["token-pasted-twice"] is CERTAIN
        assert found_by(LINE, raw(f"Bearer {TOKEN}{behind}"))["token-pasted-twice"] is LIKELY

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (f"token={TOKEN}", "`token=` stands before the token"),
            (f"access_token: {TOKEN}", "`access_token:` stands before the token"),
            (f'Optional("{TOKEN}")', '`Optional("` stands before the token'),
            (f"AccessToken(value={TOKEN}, expires=86400)", "`AccessToken(value=` stands before the token"),
        ],
    )
    def test_a_name_or_a_wrapper_before_the_token(self, value: str, words: str) -> None:
        text = raw(f"Bearer {value}")

        assert found_by(LINE, text) == {"credentials-quoted": LIKELY}
        assert words in said_by(LINE, "credentials-quoted", text)

    @pytest.mark.parametrize("word", ["Token", "JWT", "token"])
    def test_another_scheme_word_before_the_token(self, word: str) -> None:
        assert found_by(LINE, curl(f"Bearer {word} {TOKEN}")) == {"scheme-repeated": CERTAIN}

    @pytest.mark.parametrize("behind", [" x-tenant", "; tenant=acme", ", Accept: application/json"])
    def test_more_text_behind_the_token_is_sent_by_a_command_and_by_code(self, behind: str) -> None:
        code = f'requests.get("{URL}", headers={{"Authorization": "Bearer {TOKEN}{behind}"}})'

        assert found_by(LINE, curl(f"Bearer {TOKEN}{behind}")) == {"credentials-quoted": CERTAIN}
        assert found_by(LINE, code) == {"credentials-quoted": CERTAIN}

    @pytest.mark.parametrize(
        "text",
        [
            f"Authorization: Bearer {TOKEN} {TOKEN}",
            f"Authorization: Bearer token {TOKEN}",
            raw(f"Bearer {TOKEN} <- the one of today"),
            f'curl {URL} -H "Authorization: Bearer {TOKEN}\nI get a 401, any idea?',
            f'requests.get("{URL}", headers={{"Authorization": "Bearer {TOKEN}" + suffix}})',
            curl(f"Bearer {TOKEN} "),
        ],
    )
    def test_words_of_the_person_who_pastes_are_not_sent(self, text: str) -> None:
        assert found_by(LINE, text) == {}


class TestQuoted:
    @pytest.mark.parametrize(
        ("left", "right", "what"),
        [
            ('"', '"', "Quotes stand around"),
            ("'", "'", "Quotes stand around"),
            ("<", ">", "Brackets stand around"),
            ("[", "]", "Brackets stand around"),
            ("(", ")", "Brackets stand around"),
            ("“", "”", "Quotes stand around"),
        ],
    )
    def test_marks_around_the_token_in_a_raw_request_are_likely(self, left: str, right: str, what: str) -> None:
        text = raw(f"Bearer {left}{TOKEN}{right}")

        assert what in said_by(LINE, "credentials-quoted", text)
        assert found_by(LINE, text)["credentials-quoted"] is LIKELY

    @pytest.mark.parametrize(("left", "right"), [('"', '"'), ("<", ">"), ("“", "”")])
    def test_in_a_loose_line_chat_may_have_made_them(self, left: str, right: str) -> None:
        assert found_by(LINE, f"Authorization: Bearer {left}{TOKEN}{right}") == {"credentials-quoted": POSSIBLE}

    def test_a_bytes_literal_is_certain_anywhere(self) -> None:
        text = f"Authorization: Bearer b'{TOKEN}'"

        assert found_by(LINE, text) == {"credentials-quoted": CERTAIN}
        assert "Call `.decode()` on the bytes" in said_by(LINE, "credentials-quoted", text)

    def test_so_are_quotes_that_a_clients_error_names(self) -> None:
        error = "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u201c' in position 7: ordinal not in range(256)"

        assert found_by(LINE, f"{error}\nAuthorization: Bearer “{TOKEN}”")["credentials-quoted"] is CERTAIN

    def test_and_those_of_a_stringified_value(self) -> None:
        assert (
            found_by(LINE, f"const t = JSON.stringify(token)\n\n{raw(f'Bearer {chr(34)}{TOKEN}{chr(34)}')}")[
                "credentials-quoted"
            ]
            is CERTAIN
        )

    @pytest.mark.parametrize(
        "text",
        [
            f'"{TOKEN}"',
            f"<{TOKEN}>",
            f"“{TOKEN}”",
            curl(f"Bearer {TOKEN}"),
            f'curl -H "Authorization: Bearer {TOKEN}" {URL}',
        ],
    )
    def test_marks_around_a_bare_token_or_a_whole_header_are_the_texts(self, text: str) -> None:
        assert found_by(LINE, text) == {}


@pytest.mark.parametrize("mark", [",", ";", ".", ")"])
def test_punctuation_behind_a_token_is_possible(mark: str) -> None:
    assert found_by(LINE, raw(f"Bearer {TOKEN}{mark}")) == {"trailing-punctuation": POSSIBLE}
    assert found_by(LINE, f"{TOKEN}{mark}") == {}


@pytest.mark.parametrize(
    "text",
    [
        f'curl -H "Authorization: Bearer \\"$TOKEN\\"" {URL}',
        f"""curl -H "Authorization: Bearer '$TOKEN'" {URL}""",
        f'fetch("{URL}", {{ headers: {{ Authorization: `Bearer "${{token}}"` }} }})',
        f'fetch("{URL}", {{ headers: {{ Authorization: `Bearer ${{JSON.stringify(token)}}` }} }})',
        f'{JQ}curl -H "Authorization: Bearer $TOKEN" {URL}',
    ],
)
def test_marks_around_a_variable_are_sent_whatever_it_holds(text: str) -> None:
    assert found_by(LINE, text) == {"credentials-quoted": CERTAIN}


def test_a_variable_without_marks_is_none() -> None:
    assert found_by(LINE, f'curl -H "Authorization: Bearer $TOKEN" {URL}') == {}


@pytest.mark.parametrize("secret", ["opaque", "hex:64", "hex:20", "letters:20", "secret"])
@pytest.mark.parametrize("form", ["{token} {secret}", "{token};k={secret}", "{secret} {token}", "k={secret}:{token}"])
def test_a_secret_beside_the_token_is_not_shown(secret: str, form: str) -> None:
    hidden = mint(secret)
    report = report_of(curl("Bearer " + form.format(token=mint("jwt"), secret=hidden)))

    shown = repr(report)
    assert report.root_cause is not None
    assert not any(hidden[at : at + 9] in shown for at in range(len(hidden) - 8))
