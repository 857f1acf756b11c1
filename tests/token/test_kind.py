from collections.abc import Mapping
from typing import Any

import pytest

from bot.evidence import Credential, Evidence, Source, Statement, TokenRequest
from bot.settings import Settings
from bot.token import EncryptedJWT, MalformedToken, OpaqueToken, Token, UnverifiedJWT
from bot.token.kind import (
    audience_of,
    claims_kind,
    encrypted_kind,
    is_client_id,
    is_machine,
    kind_of,
    label_kind,
    opaque_kind,
)
from tests.diagnosing import DEFAULTS, OURS

AUDIENCE = "https://api.rhythmsoftware.com"
ISSUER = "https://acme.us.auth0.com/"
CLIENT = "ExampleClient0000000000000000000"
ACCESS: dict[str, object] = {
    "iss": ISSUER,
    "sub": "auth0|1",
    "aud": [AUDIENCE, f"{ISSUER}userinfo"],
    "iat": 1773140400,
    "exp": 1773226800,
    "scope": "openid",
}
HEADER = {"alg": "RS256", "typ": "JWT", "kid": "k"}
LEGACY = Evidence(statements=(Statement("legacy-endpoint"),))


def kind(header: Mapping[str, object] | None = None, settings: Settings = DEFAULTS, **claims: Any) -> str:
    """The kind of the access token's claims with these over them; None leaves one out."""
    changed = {name: value for name, value in {**ACCESS, **claims}.items() if value is not None}
    return claims_kind(changed, HEADER if header is None else header, Evidence(), settings)


def test_a_token_for_the_api_is_an_access_token() -> None:
    assert kind() == "access"
    assert kind(aud=AUDIENCE) == "access"
    assert kind(scope=None, typ="at+jwt") == "access"


def test_a_token_for_another_api_is_still_an_access_token() -> None:
    assert kind(aud="https://api.example.org") == "access"
    assert kind(aud=None) == "access"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"aud": CLIENT, "scope": None}, "id"),
        ({"aud": CLIENT, "scope": None, "nonce": "n", "email": "a@example.org"}, "id"),
        ({"aud": [CLIENT], "scope": None}, "id"),
        ({"aud": "short-id", "scope": None, "nonce": "n"}, "id"),
        ({"aud": [CLIENT, "other"], "scope": None, "at_hash": "h"}, "id"),
        ({"aud": CLIENT}, "access"),
        ({"aud": "https://app.example.org", "scope": None, "nonce": "n"}, "access"),
        ({"aud": f"{ISSUER}api/v2/"}, "management-api"),
        ({"aud": [f"{ISSUER}api/v2", f"{ISSUER}userinfo"]}, "management-api"),
        ({"aud": f"{ISSUER}userinfo"}, "userinfo"),
        ({"aud": [f"{ISSUER}userinfo/"]}, "userinfo"),
        ({"aud": [f"{ISSUER}userinfo", "https://api.example.org"]}, "access"),
        ({"aud": f"{ISSUER}mfa/"}, "mfa"),
        ({"aud": [AUDIENCE, f"{ISSUER}api/v2/"]}, "access"),
    ],
)
def test_the_audience_tells_kinds_apart(claims: dict[str, Any], expected: str) -> None:
    assert kind(**claims) == expected


def test_an_id_token_is_a_legacy_one_in_the_context_of_a_retired_endpoint_alone() -> None:
    claims = {**ACCESS, "aud": CLIENT}
    del claims["scope"]

    assert claims_kind(claims, HEADER, Evidence(), DEFAULTS) == "id"
    assert claims_kind(claims, HEADER, LEGACY, DEFAULTS) == "legacy"
    assert claims_kind({**claims, "nonce": "n"}, HEADER, LEGACY, DEFAULTS) == "id"


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(token_requests=(TokenRequest(None, "ro", ()),)),
        Evidence(token_requests=(TokenRequest(None, "delegation", ()),)),
        Evidence(urls=("https://acme.us.auth0.com/oauth/ro/",)),
        LEGACY,
    ],
)
def test_a_retired_endpoint_may_stand_in_a_request_a_url_or_words(evidence: Evidence) -> None:
    claims = {**ACCESS, "aud": CLIENT}
    del claims["scope"]

    assert claims_kind(claims, HEADER, evidence, DEFAULTS) == "legacy"


def test_an_assertion_names_its_client_as_issuer_and_subject() -> None:
    assert kind(iss=CLIENT, sub=CLIENT) == "client-assertion"


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({"iss": None}, None),
        ({"iss": 5}, None),
        ({"iss": "http://localhost:8080"}, None),
        ({"iss": "http://127.0.0.1/"}, None),
        ({"iss": "my-app"}, None),
        ({"iss": "https://auth.acme.local/"}, None),
        ({"exp": None}, None),
        ({"exp": 1773226800000}, None),
        ({"exp": "1773226800"}, None),
        ({"exp": True}, None),
        ({"iat": 1773140400000}, None),
        ({"nbf": "soon"}, None),
        ({"iss": "https://login.example.org/"}, {"alg": "HS256"}),
    ],
)
def test_what_auth0_cannot_have_written_is_self_made(claims: dict[str, Any], header: dict[str, object] | None) -> None:
    assert kind(header, **claims) == "self-made"


def test_a_shared_secret_with_a_rhythm_issuer_is_no_self_made_token() -> None:
    assert kind({"alg": "HS256"}) == "access"
    assert kind({"alg": "HS256"}, OURS) == "access"


def test_an_issuer_of_the_settings_is_known_even_on_loopback() -> None:
    local = Settings(rhythm_auth0_domains=("http://127.0.0.1:9001",))

    assert kind(iss="http://127.0.0.1:9001/", settings=local) == "access"
    assert kind(iss="http://127.0.0.1:9001/") == "self-made"
    assert kind(iss="http://127.0.0.1:9001/", settings=local, exp="soon") == "self-made"


def test_a_known_provider_is_foreign_unless_the_settings_name_it() -> None:
    google = "https://accounts.google.com"
    okta = Settings(rhythm_auth0_domains=("acme.okta.com",))

    assert kind(iss=google) == "foreign"
    assert kind(iss="https://acme.okta.com/") == "foreign"
    assert kind(iss="https://acme.okta.com/", settings=okta) == "access"


def test_of_decoded_claims_what_is_missing_says_nothing() -> None:
    part = {"aud": AUDIENCE, "sub": "auth0|1"}

    assert claims_kind(part, {}, Evidence(), DEFAULTS, decoded=True) == "access"
    assert claims_kind(part, {}, Evidence(), DEFAULTS) == "self-made"


SECRET = "A" * 32 + "b_" * 16


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ghp_0123456789abcdefghij", "foreign"),
        ("v1.M0123456789abcdefghij", "refresh"),
        ("v1.short", "unknown"),
        (f"{CLIENT}:{SECRET}", "client-credentials"),
        (SECRET, "client-secret"),
        (SECRET[:-1], "opaque"),
        (SECRET + "x", "opaque"),
        (CLIENT, "opaque"),
        ("W7Zt-Qk29vLmN0pRsTuVwXyZ_~.", "opaque"),
        ("a" * 15, "unknown"),
        ("short", "unknown"),
        ("a" * 513, "unknown"),
        ("two words of something", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_shape_of_an_opaque_value_tells_its_kind(value: str, expected: str) -> None:
    assert opaque_kind(value) == expected


@pytest.mark.parametrize(
    ("header", "label", "expected"),
    [
        ({"alg": "dir", "enc": "A256GCM", "iss": ISSUER}, "", "encrypted"),
        ({"alg": "dir", "enc": "A256GCM"}, "", "encrypted"),
        ({"alg": "dir", "enc": "A256GCM", "iat": 1, "uat": 1, "exp": 2}, "", "session-cookie"),
        ({"alg": "dir", "enc": "A256GCM", "iat": 1, "exp": 2}, "authorization", "session-cookie"),
        ({"alg": "dir", "enc": "A256GCM", "iss": ISSUER, "iat": 1, "exp": 2}, "", "encrypted"),
        ({"alg": "dir", "enc": "A256GCM"}, "cookie:appSession", "session-cookie"),
        ({"alg": "dir", "enc": "A256GCM"}, "cookie:access_token", "encrypted"),
    ],
)
def test_an_encrypted_access_token_and_a_session_cookie_are_told_apart(
    header: dict[str, object], label: str, expected: str
) -> None:
    assert encrypted_kind(EncryptedJWT("x", header), label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("refresh_token", "refresh"),
        ("body:refresh_token", "refresh"),
        ("code", "authorization-code"),
        ("query:code", "authorization-code"),
        ("client_secret", "client-secret"),
        ("client_id", "client-id"),
        ("client_assertion", "client-assertion"),
        ("mfa_token", "mfa"),
        ("id_token", "id"),
        ("access_token", None),
        ("authorization", None),
        ("", None),
    ],
)
def test_a_label_alone_decides_some_kinds(label: str, expected: str | None) -> None:
    assert label_kind(label) == expected


def of(token: Token, label: str = "", evidence: Evidence = Evidence()) -> str:  # noqa: B008 - a NamedTuple never changes
    return kind_of(token, Credential(token.value, label, Source.LOOSE), evidence, DEFAULTS)


SIGNED = UnverifiedJWT("a.b.c", HEADER, ACCESS, "c", "{}")


def test_the_label_decides_before_the_content() -> None:
    assert of(SIGNED) == "access"
    assert of(SIGNED, "id_token") == "id"
    assert of(SIGNED, "refresh_token") == "refresh"
    assert of(OpaqueToken(SECRET), "code") == "authorization-code"
    assert of(EncryptedJWT("x", {"enc": "A"}), "id_token") == "encrypted"


def test_a_label_that_means_legacy_in_its_context() -> None:
    assert of(SIGNED, "id_token", LEGACY) == "legacy"
    assert of(SIGNED._replace(claims={**ACCESS, "nonce": "n"}), "id_token", LEGACY) == "id"


def test_an_equal_value_with_a_telling_label_decides_next() -> None:
    value = OpaqueToken(CLIENT)
    by_credential = Evidence(credentials=(Credential(CLIENT, "client_id", Source.LOOSE),))
    by_request = Evidence(token_requests=(TokenRequest(None, "token", (("client_secret", CLIENT),)),))
    by_claims = Evidence(claims={"azp": CLIENT})

    assert of(value, "access_token") == "opaque"
    assert of(value, "access_token", by_credential) == "client-id"
    assert of(value, "access_token", by_request) == "client-secret"
    assert of(value, "access_token", by_claims) == "client-id"
    assert of(value, "access_token", Evidence(claims={"client_id": CLIENT})) == "client-id"
    assert of(value, "access_token", Evidence(claims={"azp": "another"})) == "opaque"


@pytest.mark.parametrize(
    ("token", "label", "expected"),
    [
        (MalformedToken("x", "header"), "", "malformed"),
        (MalformedToken("x", "header"), "client_secret", "malformed"),
        (MalformedToken("x", "header"), "id_token", "id"),
        (MalformedToken("x", "signature-missing", HEADER, ACCESS), "", "access"),
        (MalformedToken("x", "payload-cut", HEADER, {"iss": ISSUER}), "", "malformed"),
        (MalformedToken("x", "payload-cut", HEADER, {"iss": "https://accounts.google.com"}), "", "foreign"),
        (MalformedToken("x", "one-part", None, ACCESS), "", "access"),
    ],
)
def test_a_malformed_token_has_a_kind_where_its_claims_are_whole(token: Token, label: str, expected: str) -> None:
    assert of(token, label) == expected


@pytest.mark.parametrize(
    ("aud", "expected"),
    [
        (AUDIENCE, (AUDIENCE,)),
        (["a", "b"], ("a", "b")),
        (["a", 5, None, " "], ("a",)),
        ("", ()),
        (" ", ()),
        (5, ()),
        ({"a": 1}, ()),
        (None, ()),
    ],
)
def test_an_audience_is_a_text_or_a_list_of_texts(aud: object, expected: tuple[str, ...]) -> None:
    assert audience_of({"aud": aud}) == expected
    assert audience_of({}) == ()


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"gty": "client-credentials"}, True),
        ({"sub": f"{CLIENT}@clients"}, True),
        ({"gty": "password", "sub": "auth0|1"}, False),
        ({"sub": "someone@clients.example.org"}, False),
        ({"sub": 5}, False),
        ({}, False),
    ],
)
def test_a_machine_has_the_client_credentials_grant(claims: dict[str, object], expected: bool) -> None:
    assert is_machine(claims) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [(CLIENT, True), ("a" * 20, True), ("a" * 19, False), ("a" * 65, False), (AUDIENCE, False)]
)
def test_client_ids_are_letters_and_digits(value: str, expected: bool) -> None:
    assert is_client_id(value) is expected
