import base64
import json

import pytest

from bot.token import (
    MAX_LENGTH,
    EncryptedJWT,
    MalformedToken,
    OpaqueToken,
    UnverifiedJWT,
    claims_before_cut,
    decode_bytes,
    decode_object,
    read_token,
    signature_is_cut,
)
from tests.diagnosing import mint

HEADER = {"alg": "RS256", "typ": "JWT", "kid": "k"}
CLAIMS = {"iss": "https://acme.us.auth0.com/", "sub": "auth0|1", "exp": 1773144000}


def part(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def jwt(header: object = HEADER, claims: object = CLAIMS, signature: str = "c2ln") -> str:
    return f"{part(header)}.{part(claims)}.{signature}"


def test_a_signed_token_is_read_and_not_verified() -> None:
    token = read_token(jwt())

    assert isinstance(token, UnverifiedJWT)
    assert (token.header, token.claims, token.signature, token.algorithm) == (HEADER, CLAIMS, "c2ln", "RS256")


def test_an_unsigned_token_is_one_that_says_so() -> None:
    token = read_token(jwt({"alg": "None"}, signature=""))

    assert isinstance(token, UnverifiedJWT)
    assert token.algorithm == "None"


@pytest.mark.parametrize("alg", [None, 5, ["RS256"]])
def test_an_alg_that_is_no_text_reads_as_none_at_all(alg: object) -> None:
    token = read_token(jwt({"alg": alg}))

    assert isinstance(token, UnverifiedJWT)
    assert token.algorithm == ""


def test_an_encrypted_token_shows_its_header_alone() -> None:
    token = read_token(f"{part({'alg': 'dir', 'enc': 'A256GCM'})}..aXY.Y3Q.dGFn")

    assert token == EncryptedJWT(token.value, {"alg": "dir", "enc": "A256GCM"})


@pytest.mark.parametrize("rest", [".", "..aXY", "..aXY.Y3Q", "..aXY.Y3Q.dGFn"])
def test_an_encrypted_token_that_was_cut_is_an_encrypted_token(rest: str) -> None:
    value = part({"alg": "dir", "enc": "A256GCM"}) + rest

    assert read_token(value) == EncryptedJWT(value, {"alg": "dir", "enc": "A256GCM"})


@pytest.mark.parametrize("value", ["", "abc", "a.b", "W7Zt-Qk29vLmN0pRsTuVwXyZ", "example.org", "v1.Mabc"])
def test_a_value_without_a_compact_form_is_opaque(value: str) -> None:
    assert read_token(value) == OpaqueToken(value)


HALF = part(CLAIMS)[:40]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param(part(HEADER), "one-part", id="header alone"),
        pytest.param(part(CLAIMS), "one-part", id="payload alone"),
        pytest.param("eyJhbGciOiJSUz", "one-part", id="a piece of a header"),
        pytest.param(f"{part(HEADER)}.{part(CLAIMS)}", "signature-missing", id="two parts"),
        pytest.param(jwt(signature=""), "signature-missing", id="two parts and a dot"),
        pytest.param(f"{part(HEADER)}.{HALF}", "payload-cut", id="ends in the payload"),
        pytest.param(f"{part(HEADER)}.{HALF}.c2ln", "payload-cut", id="payload cut, signature there"),
        pytest.param(f"{part(HEADER)}..c2ln", "detached", id="detached"),
        pytest.param(f"{part(HEADER)}.{part('[1]')}.c2ln", "payload", id="payload is a list"),
        pytest.param(f"{part(HEADER)}.@@@@.c2ln", "payload", id="payload is no base64url"),
        pytest.param(f"{part(HEADER)}.{part('{x}')}.c2ln", "payload", id="payload is broken JSON"),
        pytest.param(jwt() + "." + jwt(), "two-tokens", id="twice with a dot: six parts"),
        pytest.param(jwt() + jwt(), "two-tokens", id="twice without a gap"),
        pytest.param(jwt() + ".x", "too-many-parts", id="four parts"),
        pytest.param(jwt()[1:], "first-letters-cut", id="e missing"),
        pytest.param(jwt()[2:], "first-letters-cut", id="ey missing"),
        pytest.param(jwt()[3:], "first-letters-cut", id="eyJ missing"),
        pytest.param(jwt()[4:], "first-letters-cut", id="eyJh missing"),
        pytest.param(jwt().lower(), "lower-case", id="lower case"),
        pytest.param(f"AAAA.{part(CLAIMS)}.c2ln", "header", id="readable payload behind a broken header"),
        pytest.param("eyJhbGciOiJSUzI1NiJ9X.abc.def", "header", id="header with a letter too many"),
        pytest.param(".".join(["a" * 20] * 6), "too-many-parts", id="six parts of nothing"),
        pytest.param("e" * (MAX_LENGTH + 1), "too-long", id="longer than any header"),
    ],
)
def test_a_malformed_token_says_what_is_wrong(value: str, reason: str) -> None:
    token = read_token(value)

    assert isinstance(token, MalformedToken)
    assert token.reason == reason
    assert token.value == value


def test_the_longest_token_that_is_read_is_read() -> None:
    filler = "x" * 40_000
    token = read_token(jwt(claims={"filler": filler}))

    assert isinstance(token, UnverifiedJWT)
    assert len(token.value) < MAX_LENGTH


def test_what_can_be_read_of_a_malformed_token_is_kept() -> None:
    missing = read_token(f"{part(HEADER)}.{part(CLAIMS)}")
    alone = read_token(part(CLAIMS))
    header = read_token(part(HEADER))
    first = read_token(jwt()[3:])

    assert isinstance(missing, MalformedToken)
    assert (missing.header, missing.claims) == (HEADER, CLAIMS)
    assert isinstance(alone, MalformedToken)
    assert (alone.header, alone.claims) == (None, CLAIMS)
    assert isinstance(header, MalformedToken)
    assert (header.header, header.claims) == (HEADER, None)
    assert isinstance(first, MalformedToken)
    assert (first.header, first.claims) == (HEADER, CLAIMS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a":1,"a":1}', id="a name twice"),
        pytest.param('{"a":NaN}', id="NaN"),
        pytest.param('{"a":-Infinity}', id="Infinity"),
        pytest.param('{"a":1e999}', id="a number beyond every number"),
        pytest.param('{"a":' + "[" * 17 + "]" * 17 + "}", id="too deep"),
        pytest.param("[]", id="a list"),
        pytest.param('"text"', id="a text"),
        pytest.param("{'a':1}", id="single quotes"),
        pytest.param('{"a":1}{', id="more behind it"),
        pytest.param("", id="nothing"),
    ],
)
def test_json_that_is_not_of_the_strict_kind_is_no_object(text: str) -> None:
    assert decode_object(part(text)) is None


def test_bytes_that_are_no_utf_8_are_no_object() -> None:
    assert decode_object(base64.urlsafe_b64encode(b'{"a":"\xff"}').rstrip(b"=").decode()) is None


@pytest.mark.parametrize("text", ["e", "eyJh=", "ey+J", "ey/J", "ey J", "eyJé", "eyJ\n"])
def test_what_is_no_base64url_without_padding_decodes_to_nothing(text: str) -> None:
    assert decode_bytes(text) is None


def test_base64url_letters_decode() -> None:
    assert decode_bytes("eyJ") == b'{"'
    assert decode_bytes("-_8") == b"\xfb\xff"
    assert decode_bytes("") == b""


def test_of_a_cut_payload_the_whole_members_count() -> None:
    text = json.dumps({"iss": "https://a/", "n": {"x": 1, "y": 2}, "exp": 12345}, separators=(",", ":"))
    cut = part(text[:-3])

    assert claims_before_cut(cut) == {"iss": "https://a/", "n": {"x": 1, "y": 2}}
    assert claims_before_cut(part(text[:34])) == {"iss": "https://a/"}


def test_a_comma_inside_a_value_is_no_end_of_a_member() -> None:
    assert claims_before_cut(part('{"iss":"https://a/","scope":"a,b,c,d')) == {"iss": "https://a/"}


@pytest.mark.parametrize("cut", ["", "e", "@@@@", part("[1,2"), part('{"iss":"https://a')])
def test_of_a_payload_without_a_whole_member_nothing_counts(cut: str) -> None:
    assert claims_before_cut(cut) == {}


def test_a_letter_cut_in_half_does_not_hide_the_members_before_it() -> None:
    raw = '{"iss":"a","name":"é'.encode()[:-1]

    assert claims_before_cut(base64.urlsafe_b64encode(raw).rstrip(b"=").decode()) == {"iss": "a"}


def signed(algorithm: str, signature: str) -> UnverifiedJWT:
    return UnverifiedJWT("", {"alg": algorithm}, {}, signature, "{}")


@pytest.mark.parametrize(
    ("algorithm", "signature", "is_cut"),
    [
        ("RS256", "a" * 341 + "A", False),
        ("RS256", "a" * 341 + "w", False),
        ("RS256", "a" * 341 + "b", True),
        ("RS256", "a" * 341, True),
        ("RS256", "a" * 340 + "A", True),
        ("RS256", "a" * 683, False),
        ("RS256", "a" * 345, True),
        ("HS256", "a" * 43, False),
        ("HS256", "a" * 42, True),
        ("ES256", "a" * 86, False),
        ("ES256", "a" * 85, True),
        ("PS512", "a" * 342, False),
        ("EdDSA", "a" * 4, False),
        ("EdDSA", "a" * 5, True),
    ],
)
def test_a_cut_signature_is_told_by_its_length_and_last_letter(algorithm: str, signature: str, is_cut: bool) -> None:
    assert signature_is_cut(signed(algorithm, signature)) is is_cut


def test_every_cut_of_a_real_signature_is_seen() -> None:
    whole = mint("jwt")
    start = whole.rindex(".") + 1
    for end in range(start + 1, len(whole)):
        token = read_token(whole[:end])
        assert isinstance(token, UnverifiedJWT)
        assert signature_is_cut(token), end
    token = read_token(whole)
    assert isinstance(token, UnverifiedJWT)
    assert not signature_is_cut(token)


@pytest.mark.parametrize("value", [jwt(), jwt()[:60], "W7Zt-Qk29vLmN0pRsTuVwXyZ", f"{part({'enc': 'x'})}....."])
def test_the_representation_shows_nothing_of_the_value(value: str) -> None:
    token = read_token(value)

    assert value[:6] not in repr(token)
    assert value[-6:] not in repr(token)


def test_representations_name_the_kind_of_value() -> None:
    assert repr(read_token(jwt())) == "UnverifiedJWT(...)"
    assert repr(read_token(jwt()[:60])) == "MalformedToken(payload-cut)"
    assert repr(read_token("opaque")) == "OpaqueToken(...)"
    assert repr(EncryptedJWT("secret", {})) == "EncryptedJWT(...)"
