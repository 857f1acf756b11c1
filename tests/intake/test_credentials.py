import pytest

from bot.evidence import Source
from bot.intake.credentials import MAX_CREDENTIALS, find, label_before
from tests.diagnosing import mint

TOKEN = mint("jwt")
OTHER = mint("jwt", "another")
OPAQUE = mint("opaque")
SECRET = mint("secret")
CLIENT = mint("client-id")


def found(text: str) -> list[tuple[str, str]]:
    """Label and value to judge of every credential, in order."""
    return [(item.credential.label, item.credential.token) for item in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words about a token and its code",
        "the id is 0a1b2c3d-0000-4000-a000-000000000000",
        "contacts_with_a_long_name_and_no_digit",
        "1234567890123456789012345",
        "https://example.org/0123456789abcdef0123456789abcdef",
        "/var/log/app-2026-03-10-0123456789abcdef.log",
        "me.example.0123456789@example.org",
        "code: none",
        "token = getToken(user1)",
        "camelCaseNamesWithoutAnyDigitAreNoTokens",
        "sha256:0123456789ab",
        "SOME_CONSTANT_NAME_2",
        "version 1.2.3-rc.4+build.20260310",
    ],
)
def test_ordinary_text_holds_no_credential(text: str) -> None:
    assert found(text) == []


class TestCompactForms:
    @pytest.mark.parametrize(
        "text",
        [
            "{}",
            "my token is {} and it fails",
            "({})",
            "<{}>",
            '"{}"',
            "“{}”",
            "b'{}'",
            "*{}*",
            "_{}_",
            "~{}~",
            "*_{}_*",
            "*it is {}*",
            "https://example.org/?t={}&x=1",
            "Bearer {}",
            "see {}.",
            "{}\n\nnext paragraph",
            "{} is what I have",
            "é{}é",
        ],
    )
    def test_a_token_is_found_amid_text(self, text: str) -> None:
        assert [token for _, token in found(text.format(TOKEN))] == [TOKEN]

    @pytest.mark.parametrize(
        "directive",
        [
            "jwt break=76",
            "jwt break=40:U+000D,U+000A",
            "jwt insert=300:U+0020",
            "jwt insert=300:U+200B",
            "jwt insert=300:U+00A0",
            "jwt double",
            "jwt percent",
        ],
    )
    def test_a_damaged_token_is_found_as_one(self, directive: str) -> None:
        assert found(f"it is:\n{mint(directive)}\nand so on") == [("", TOKEN)]

    def test_a_token_quoted_over_lines_is_one(self) -> None:
        wrapped = "\n".join(f"> {TOKEN[at : at + 76]}" for at in range(0, len(TOKEN), 76))

        assert [token for _, token in found(wrapped)] == [TOKEN]

    @pytest.mark.parametrize("cut", [1, 2, 3])
    def test_a_token_whose_first_letters_are_missing_is_found(self, cut: int) -> None:
        assert found(f"token {TOKEN[cut:]}") == [("token", TOKEN[cut:])]

    def test_a_token_that_ends_early_does_not_swallow_the_text_behind_it(self) -> None:
        assert found(f"{TOKEN[:300]} then curl fails") == [("", TOKEN[:300])]
        assert found(f"{TOKEN[:300]}\nWhat is wrong?") == [("", TOKEN[:300])]
        assert found(f"{TOKEN[:-20]}\nHost: example.org") == [("", TOKEN[:-20])]
        assert found(f"{TOKEN[:-20]}\ncurl -H x") == [("", TOKEN[:-20])]

    def test_a_whole_token_ends_where_it_ends(self) -> None:
        assert found(f"{TOKEN}\n{mint('hex:40')}abcDEF")[0] == ("", TOKEN)

    def test_two_tokens_are_two(self) -> None:
        assert found(f"{TOKEN}\n{OTHER}") == [("", TOKEN), ("", OTHER)]
        assert found(f"{TOKEN} {OTHER}") == [("", TOKEN), ("", OTHER)]

    def test_a_redacted_token_keeps_its_mask(self) -> None:
        for mask in ("[REDACTED]", "<snip>", "*****", "xxxxxx"):
            assert found(f"token: {TOKEN[:60]}{mask}") == [("token", f"{TOKEN[:60]}{mask}")]

    def test_at_most_so_many_are_looked_at(self) -> None:
        assert len(find(f"{TOKEN}\n\n" * (MAX_CREDENTIALS + 5))) == MAX_CREDENTIALS


class TestOtherValues:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"access_token: {OPAQUE}", [("access_token", OPAQUE)]),
            (f'"access_token": "{OPAQUE}"', [("access_token", OPAQUE)]),
            (f"access token is {OPAQUE}", [("access_token", OPAQUE)]),
            (f"accessToken={OPAQUE}", [("access_token", OPAQUE)]),
            (f"id_token={TOKEN}", [("id_token", TOKEN)]),
            (f"refresh-token => {mint('refresh')}", [("refresh_token", mint("refresh"))]),
            (f"Refresh Token: {mint('refresh')}", [("refresh_token", mint("refresh"))]),
            (f"client_secret={SECRET}", [("client_secret", SECRET)]),
            ("client secret: correct-horse-battery", [("client_secret", "correct-horse-battery")]),
            (f"client_id: {CLIENT}", [("client_id", CLIENT)]),
            (f"code={mint('code')}&state=x", [("code", mint("code"))]),
            (f"mfa_token: {mint('jwt')}", [("mfa_token", TOKEN)]),
            (f"{CLIENT}:{SECRET}", [("", f"{CLIENT}:{SECRET}")]),
            (OPAQUE, [("", OPAQUE)]),
            (f"it gave me {OPAQUE} today", [("", OPAQUE)]),
            (f"token {OPAQUE}", [("token", OPAQUE)]),
            ("ghp_0123456789abcdefghij", [("", "ghp_0123456789abcdefghij")]),
            ("xoxb-0123456789-abcdefghijk", [("", "xoxb-0123456789-abcdefghijk")]),
            ("ya29.a0AfH6SMBx0123456789", [("", "ya29.a0AfH6SMBx0123456789")]),
        ],
    )
    def test_named_values_known_makers_and_random_words_are_found(
        self, text: str, expected: list[tuple[str, str]]
    ) -> None:
        assert found(text) == expected

    def test_a_lone_value_counts_without_a_mix_of_cases(self) -> None:
        assert found(mint("hex:40")) == [("", mint("hex:40"))]
        assert found(f"commit {mint('hex:40')} broke it") == []

    @pytest.mark.parametrize(
        "before",
        [
            "x-request-id: ",
            '"kid": "',
            "kid=",
            "kid '",
            "a signing key that matches '",
            'that matches: "',
            "trace_id = ",
            "ETag: ",
            "X-Amzn-Trace-Id: Root=",
        ],
    )
    def test_a_word_that_is_named_as_something_else_is_none(self, before: str) -> None:
        assert found(f"error {before}{OPAQUE}\nand more") == []

    @pytest.mark.parametrize("before", ["the key is ", "we get ", "API key: ", "token id_", "result: "])
    def test_other_words_before_it_say_nothing(self, before: str) -> None:
        assert [value for _, value in found(f"error {before} {OPAQUE}\nand more")] == [OPAQUE]

    def test_a_public_key_of_ssh_is_none(self) -> None:
        assert found("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 jo@laptop") == []
        assert found("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDvZ0aQ9xT7bKf3LmW2RyEoUi4Hs8Nq1Pj6Gc5Vd0Az jo@laptop") == []

    def test_everything_is_in_the_order_of_the_text(self) -> None:
        text = f"client_id={CLIENT}\nid_token={TOKEN}\nrefresh_token={mint('refresh')}\naccess_token={OTHER}"

        assert [label for label, _ in found(text)] == ["client_id", "id_token", "refresh_token", "access_token"]


@pytest.mark.parametrize(
    ("before", "label"),
    [
        ("access_token=", "access_token"),
        ('"access_token" : "', "access_token"),
        ("access_token: Bearer ", "access_token"),
        ("**ID Token:** ", "id_token"),
        ("the refresh token was ", "refresh_token"),
        ("Bearer ", "access_token"),
        ("appSession=", "cookie:appSession"),
        ("client assertion => '", "client_assertion"),
        ("my token: ", "token"),
        ("*ID Token:* ", "id_token"),
        ("xtoken=", ""),
        ("token, as I said, ", ""),
        ("", ""),
        ("access_token=abc ", ""),
    ],
)
def test_the_name_right_before_a_value_is_its_label(before: str, label: str) -> None:
    assert label_before(before, len(before)) == label


def test_source_and_place_are_kept() -> None:
    item = find(f"ab {TOKEN}", Source.RAW)[0]

    assert (item.start, item.end, item.credential.source) == (3, 3 + len(TOKEN), Source.RAW)
    assert TOKEN[:10] not in repr(item)
