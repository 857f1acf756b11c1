import pytest

from bot.evidence import AuthorizationHeader, Credential, Header, Source
from bot.intake.authorization import read_authorization
from bot.intake.piece import unknown
from bot.selection.credential import credential_of, reality
from tests.diagnosing import POSSIBLE, URL, case_of, curl, found_by, mint, notices_of, report_of

TOKEN = mint("jwt")


def of(value: str, source: Source = Source.LOOSE) -> Credential | None:
    return credential_of(read_authorization(Header("Authorization", value), source))


def taken(value: str, source: Source = Source.LOOSE) -> tuple[str, tuple[str, ...]]:
    """The value to judge and its damage."""
    credential = of(value, source)
    assert credential is not None
    assert (credential.label, credential.source) == ("authorization", source)
    return credential.token, credential.damage


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic aWQ6c2VjcmV0c2VjcmV0",
        "Digest username=x",
        "Negotiate YII0123456789",
        "NTLM TlRMTVNTUAAB",
        "Bearer undefined",
        "Bearer <access_token>",
        f"Bearer {unknown('TOKEN')}",
        'Bearer ""',
        "Bearer {",
        "Bearer $(",
    ],
)
def test_some_fields_hold_no_credential(value: str) -> None:
    assert of(value) is None


@pytest.mark.parametrize(
    "value", [f"Bearer {TOKEN}", TOKEN, f"Token {TOKEN}", f"bearer:{TOKEN}", f"Bearer Bearer {TOKEN}"]
)
def test_the_credential_is_what_follows_the_scheme(value: str) -> None:
    assert taken(value) == (TOKEN, ())


@pytest.mark.parametrize(
    ("value", "damage"),
    [
        (f'Bearer "{TOKEN}"', ("quotes",)),
        (f"Bearer <{TOKEN}>", ("brackets",)),
        (f"Bearer [{TOKEN}]", ("brackets",)),
        (f"Bearer b'{TOKEN}'", ("bytes-literal",)),
        (f"Bearer “{TOKEN}”", ("typographic-quotes",)),
        (f"Bearer {TOKEN},", ("punctuation",)),
        (f"Bearer {TOKEN}.", ("punctuation",)),
        (f"Bearer {TOKEN})", ("punctuation",)),
        (f"Bearer {mint('jwt insert=90:U+200B')}", ("invisible",)),
        (f"Bearer {mint('jwt percent')}", ("percent",)),
        (f"Bearer {mint('jwt double')}", ("encoded-twice",)),
    ],
)
def test_damage_is_undone_and_named(value: str, damage: tuple[str, ...]) -> None:
    assert taken(value) == (TOKEN, damage)


def test_an_opaque_value_is_a_credential_as_well() -> None:
    opaque = mint("opaque")

    assert taken(f"Bearer {opaque}") == (opaque, ())
    assert taken("Bearer 12345") == ("12345", ())


def test_in_a_loose_line_the_credential_is_one_word() -> None:
    assert taken("Bearer short-value and then I get a 401") == ("short-value", ())


def test_in_a_request_the_whole_value_is_sent() -> None:
    assert taken("Bearer short value", Source.RAW) == ("shortvalue", ("blank",))


def test_of_a_json_answer_the_token_inside_counts() -> None:
    assert taken(f'Bearer {{"access_token":"{TOKEN}","expires_in":86400}}', Source.RAW)[0] == TOKEN


def test_of_a_fragment_the_token_inside_counts() -> None:
    assert taken(f"Bearer access_token={TOKEN}&token_type=Bearer", Source.RAW)[0] == TOKEN


def test_no_representation_shows_it() -> None:
    header = AuthorizationHeader("Authorization", TOKEN, "", "", TOKEN, Source.LOOSE)

    assert TOKEN[:8] not in repr(header) + repr(of(TOKEN))


class TestShortened:
    """A token that is written in full once and shortened elsewhere is the one that is judged."""

    @pytest.mark.parametrize(
        "short",
        [
            "eyJ...",
            "eyJhbGciOiJSUzI1NiIs...",
            f"{TOKEN[:12]}\u2026{TOKEN[-6:]}",
            f"{TOKEN[:40]}***",
            "Authorization: Bearer eyJ...",
            f"Authorization: Bearer {TOKEN[:60]}...{TOKEN[-4:]}",
            "access_token: eyJhbGciOi...",
            curl("Bearer eyJhbGciOi\u2026"),
        ],
    )
    def test_the_whole_one_is_judged(self, short: str) -> None:
        for text in (f"{short}\n\nthe whole one: {TOKEN}", f"{TOKEN}\n\nI mean this: {short}"):
            report = report_of(text)

            assert report.root_cause is None
            assert notices_of(report) == []

    @pytest.mark.parametrize(
        "text",
        [
            f"Authorization: Bearer {TOKEN[:60]}...zzzz\n{TOKEN}",
            f"Authorization: Bearer {TOKEN[:20]}...\n{TOKEN}\n{mint('m2m')}",
            f'{{"access_token":"eyJhbGciOiJSUzI1NiIs...","id_token":"{mint("id")}"}}',
        ],
    )
    def test_another_token_is_not_taken_for_it(self, text: str) -> None:
        assert found_by("access-token", text) == {"token-redacted": POSSIBLE}

    def test_of_loose_tokens_the_first_whole_one_is_judged(self) -> None:
        case = case_of(f"old: {TOKEN[:16]}...zzzz new: {TOKEN}")

        assert case.credential is not None
        assert case.credential.token == TOKEN


@pytest.mark.parametrize(
    ("value", "rank"),
    [
        (f"Bearer {TOKEN}", 0),
        ("Bearer something-odd-1234567890", 0),
        ("Bearer undefined", 1),
        ("Bearer [object Object]", 1),
        ("Bearer <access_token>", 2),
        (f"Bearer {unknown('TOKEN')}", 2),
        ("Bearer ", 3),
    ],
)
def test_fields_are_ranked_by_what_they_tell(value: str, rank: int) -> None:
    assert reality(read_authorization(Header("Authorization", value), Source.LOOSE)) == rank


class TestPrinted:
    """A field that code fills by a variable, and the print of what was sent."""

    @pytest.mark.parametrize(
        "code",
        [
            f'requests.get("{URL}", headers={{"Authorization": f"Bearer {{token}}"}})',
            f"fetch('{URL}', {{ headers: {{ Authorization: `Bearer ${{token}}` }} }})",
            curl("Bearer $TOKEN").replace("'", '"'),
            'headers = {"Authorization": f"Bearer {token}"}',
        ],
    )
    @pytest.mark.parametrize(
        ("printed", "cause"),
        [
            (f"Authorization: Bearer {TOKEN}", None),
            (f"Authorization: Bearer Bearer {TOKEN}", "scheme-repeated"),
            (f"Authorization: {TOKEN}", "scheme-missing"),
            ("Authorization: Bearer undefined", "placeholder-credentials"),
            (f"{{'Accept': '*/*', 'Authorization': 'Bearer Bearer {TOKEN}'}}", "scheme-repeated"),
            (f"{{'Accept': '*/*', 'Authorization': 'Bearer {TOKEN}'}}", None),
        ],
    )
    def test_the_print_is_judged(self, code: str, printed: str, cause: str | None) -> None:
        root = report_of(f"{code}\n\nwhat is sent:\n{printed}").root_cause

        assert (root and root.cause) == cause

    def test_basic_for_the_token_endpoint_is_no_print_of_it(self) -> None:
        asked = "asked: POST https://acme.us.auth0.com/oauth/token\nAuthorization: Basic aWQ6c2VjcmV0c2VjcmV0"

        assert report_of(curl("Bearer $TOKEN").replace("'", '"') + f"\n{asked}").root_cause is None
