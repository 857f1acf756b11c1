"""The stand-in mints what Auth0 mints: judged by PyJWT, which the stand-in does not use."""

import base64
import json
from typing import Any

import jwt
import pytest

from bot.local.auth0 import CONTACT_ID, CUSTOMER_ID, TENANT_ID, Issuer, Kind

AUDIENCE = "https://api.rhythmsoftware.com"
NOW = 1_790_000_000


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


def verified(issuer: Issuer, token: str, audience: str = AUDIENCE) -> dict[str, Any]:
    key_id = jwt.get_unverified_header(token)["kid"]
    key = jwt.PyJWKSet.from_dict(issuer.jwks())[key_id]
    options: Any = {"verify_exp": False, "verify_iat": False}
    return jwt.decode(token, key, algorithms=["RS256"], audience=audience, issuer=issuer.url, options=options)


def test_an_access_token_verifies_against_the_key_set_and_holds_what_auth0_writes(issuer: Issuer) -> None:
    token = issuer.mint(now=NOW)

    assert jwt.get_unverified_header(token) == {"alg": "RS256", "typ": "JWT", "kid": issuer.key_id}
    assert verified(issuer, token) == {
        TENANT_ID: "example.org",
        CUSTOMER_ID: "cus_example_ada",
        CONTACT_ID: "con_example_ada",
        "iss": "https://example-org.us.auth0.com/",
        "sub": "auth0|example0000000000000ada",
        "aud": [AUDIENCE, "https://example-org.us.auth0.com/userinfo"],
        "iat": NOW,
        "exp": NOW + 86_400,
        "scope": "openid profile email",
        "azp": issuer.client_id,
    }


def test_json_is_compact_and_base64_is_unpadded(issuer: Issuer) -> None:
    header, payload, signature = issuer.mint(now=NOW).split(".")

    assert base64.urlsafe_b64decode(header + "==").startswith(b'{"alg":"RS256","typ":"JWT","kid":"')
    assert b'","' in base64.urlsafe_b64decode(payload + "==")
    assert b": " not in base64.urlsafe_b64decode(payload + "==")
    assert "=" not in header + payload + signature


def test_a_machine_token_has_one_audience_and_no_contact(issuer: Issuer) -> None:
    claims = verified(issuer, issuer.mint("machine", now=NOW))

    assert claims["aud"] == AUDIENCE
    assert claims["gty"] == "client-credentials"
    assert claims["sub"] == f"{issuer.client_id}@clients"
    assert CONTACT_ID not in claims


def test_an_id_token_is_for_the_client(issuer: Issuer) -> None:
    claims = verified(issuer, issuer.mint("id", now=NOW), issuer.client_id)

    assert claims["aud"] == issuer.client_id
    assert "scope" not in claims


def test_claims_and_header_are_changed_and_left_out(issuer: Issuer) -> None:
    token = issuer.mint(claims={"aud": "https://api.example.org", CONTACT_ID: None}, header={"typ": "at+jwt"}, now=NOW)
    claims = verified(issuer, token, "https://api.example.org")

    assert CONTACT_ID not in claims
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"


@pytest.mark.parametrize(("kind", "algorithm"), [("hs256", "HS256"), ("unsigned", "none")])
def test_other_algorithms(issuer: Issuer, kind: Kind, algorithm: str) -> None:
    token = issuer.mint(kind, now=NOW)

    assert jwt.get_unverified_header(token) == {"alg": algorithm, "typ": "JWT"}
    assert token.endswith(".") == (kind == "unsigned")
    assert jwt.decode(token, options={"verify_signature": False})["iss"] == issuer.url


def test_an_opaque_token_is_32_letters_and_digits(issuer: Issuer) -> None:
    token = issuer.mint("opaque", now=NOW)

    assert len(token) == 32
    assert token.isalnum()


def test_an_encrypted_token_has_five_parts_the_second_of_them_empty(issuer: Issuer) -> None:
    header, key, *rest = issuer.mint("encrypted", now=NOW).split(".")

    sealed = json.loads(base64.urlsafe_b64decode(header + "=="))
    assert sealed == {"alg": "dir", "enc": "A256GCM", "iss": issuer.url}
    assert key == ""
    assert [bool(part) for part in rest] == [True, True, True]


def test_two_issuers_have_two_keys(issuer: Issuer) -> None:
    other = Issuer("example-com.us.auth0.com")

    assert other.key_id != issuer.key_id
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(other.mint(now=NOW), jwt.PyJWKSet.from_dict(issuer.jwks())[issuer.key_id], algorithms=["RS256"])
