import pytest

from bot.settings import Settings
from tests.diagnosing import CERTAIN, DEFAULTS, LIKELY, OURS, POSSIBLE, curl, found_by, mint, said_by

LINE = "access-token"
LOCAL = Settings(rhythm_auth0_domains=("http://127.0.0.1:9001",))
TWO = Settings(rhythm_auth0_domains=("acme.us.auth0.com", "login.example.org"))


class TestAlgorithm:
    @pytest.mark.parametrize(
        ("directive", "found"),
        [
            ("jwt", {}),
            ("jwt h.alg=none nosig=dot", {"algorithm-none": CERTAIN}),
            ("jwt h.alg=None nosig=dot", {"algorithm-none": CERTAIN}),
            ("jwt h.alg=HS256", {"algorithm-unexpected": CERTAIN}),
            ("jwt h.alg=hs512", {"algorithm-unexpected": CERTAIN}),
            ("jwt h.alg=PS256", {"algorithm-unexpected": LIKELY}),
            ("jwt h.alg=ES256", {"algorithm-unexpected": LIKELY}),
            ("jwt -h.alg", {"algorithm-unexpected": LIKELY}),
            ("jwt h.alg=HS256 iss=https://login.example.org/", {"self-made-token": CERTAIN}),
            ("jwt h.alg=HS256 iss=https://accounts.google.com", {"foreign-token": CERTAIN}),
            ("jwt -h.kid", {"signing-key-unknown": LIKELY}),
            ("jwt -h.kid h.alg=HS256", {"algorithm-unexpected": CERTAIN}),
            ("id -h.kid", {"id-token": CERTAIN}),
        ],
    )
    def test_auth0_signs_with_rs256_and_names_the_key(self, directive: str, found: dict[str, object]) -> None:
        assert found_by(LINE, mint(directive)) == found

    def test_a_pasted_jose_header_counts_as_well(self) -> None:
        text = '{"alg":"HS256","typ":"JWT"}\n' + mint("jwt claims")

        assert found_by(LINE, text) == {"algorithm-unexpected": CERTAIN}

    def test_it_says_which_it_is(self) -> None:
        assert "Its `alg` is `HS256`" in said_by(LINE, "algorithm-unexpected", mint("jwt h.alg=HS256"))
        assert "Its `alg` is `missing`" in said_by(LINE, "algorithm-unexpected", mint("jwt -h.alg"))


class TestIssuer:
    @pytest.mark.parametrize(
        ("issuer", "settings", "found"),
        [
            ("https://acme.us.auth0.com/", DEFAULTS, {}),
            ("https://acme.us.auth0.com/", OURS, {}),
            ("https://other.us.auth0.com/", DEFAULTS, {}),
            ("https://other.us.auth0.com/", OURS, {"issuer-unknown": CERTAIN}),
            ("https://login.example.org/", DEFAULTS, {"issuer-unknown": POSSIBLE}),
            ("https://login.example.org/", OURS, {"issuer-unknown": CERTAIN}),
            ("https://login.example.org/", TWO, {}),
            ("https://rhythmsoftware.auth0.com/", DEFAULTS, {"issuer-unknown": LIKELY}),
            ("https://acme.us.auth0.com", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("https://acme.us.auth0.com", OURS, {"issuer-malformed": CERTAIN}),
            ("http://acme.us.auth0.com/", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("acme.us.auth0.com", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("https://ACME.us.auth0.com/", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("<https://acme.us.auth0.com/>", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("https://acme.us.auth0.com//", DEFAULTS, {"issuer-malformed": CERTAIN}),
            ("https://login.example.org", TWO, {"issuer-malformed": CERTAIN}),
            ("https://acme.us.auth0.com/x/", DEFAULTS, {}),
            ("http://127.0.0.1:9001/", LOCAL, {}),
        ],
    )
    def test_who_issued_it(self, issuer: str, settings: Settings, found: dict[str, object]) -> None:
        assert found_by(LINE, mint(f'jwt iss="{issuer}"'), settings) == found

    @pytest.mark.parametrize(
        "directive", ["jwt iss=https://accounts.google.com", "jwt iss=abc sub=abc", "jwt iss=http://localhost/"]
    )
    def test_tokens_of_others_have_other_findings(self, directive: str) -> None:
        assert not {"issuer-unknown", "issuer-malformed"} & set(found_by(LINE, mint(directive), OURS))

    @pytest.mark.parametrize(
        ("cause", "issuer", "settings", "words"),
        [
            (
                "issuer-unknown",
                "https://other.us.auth0.com/",
                OURS,
                "this workspace expects `https://acme.us.auth0.com/`.",
            ),
            ("issuer-unknown", "https://other.us.auth0.com/", TWO, "`https://acme.us.auth0.com/` or 1 more"),
            ("issuer-unknown", "https://login.example.org/", DEFAULTS, "A custom domain is possible"),
            ("issuer-malformed", "https://acme.us.auth0.com", DEFAULTS, "with the slash at its end"),
        ],
    )
    def test_what_is_said_of_it(self, cause: str, issuer: str, settings: Settings, words: str) -> None:
        assert words in said_by(LINE, cause, mint(f"jwt iss={issuer}"), settings)


class TestSignature:
    def test_a_payload_that_was_written_again_no_longer_fits(self) -> None:
        assert found_by(LINE, mint("jwt spaced")) == {"signature-invalid": LIKELY}

    def test_a_compact_one_may_hold_blanks_in_its_values(self) -> None:
        assert found_by(LINE, mint('jwt note="a, b"')) == {}
        assert found_by(LINE, mint('jwt note="say: x"')) == {}
        assert found_by(LINE, mint("jwt name=Zoë")) == {}

    def test_another_makers_is_its_own(self) -> None:
        assert found_by(LINE, mint("jwt spaced iss=https://accounts.google.com")) == {"foreign-token": CERTAIN}


class TestStated:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("invalid signature", {"signature-invalid": LIKELY}),
            ("jwt signature is required", {"token-truncated": LIKELY}),
            (f"{mint('jwt h.alg=none nosig=dot')}\njwt signature is required", {"algorithm-none": CERTAIN}),
            (f"{mint('jwt')}\njwt signature is required", {}),
            ("Unable to find a signing key that matches", {"signing-key-unknown": LIKELY}),
            ("invalid algorithm", {"algorithm-unexpected": LIKELY}),
            (f"{mint('jwt')}\ninvalid algorithm", {}),
            ("jwt issuer invalid. expected: x", {"issuer-unknown": LIKELY}),
            (f"{mint('jwt')}\njwt issuer invalid. expected: x", {"issuer-unknown": LIKELY}),
            ("jwt malformed", {"token-malformed": LIKELY}),
            (f"{mint('jwt')}\njwt malformed", {}),
            ("Authorization: Bearer undefined\njwt malformed", {}),
        ],
    )
    def test_what_an_error_text_says_is_likely(self, text: str, found: dict[str, object]) -> None:
        assert found_by(LINE, text) == found

    def test_it_names_the_tokens_issuer_beside_it(self) -> None:
        assert "the token names `https://acme.us.auth0.com/`" in said_by(
            LINE, "issuer-unknown", f"{mint('jwt')}\njwt issuer invalid"
        )


def test_a_healthy_call_has_no_finding() -> None:
    assert found_by(LINE, curl(f"Bearer {mint('jwt')}"), OURS) == {}
