"""A stand-in for an Auth0 tenant: it mints tokens as Auth0 writes them, with a key made when it is first needed.

All names it uses are invented and belong to example.org.
"""

import base64
import hashlib
import hmac
import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bot.services import CLAIM_PREFIX
from bot.token.issuer import issuer_of

TENANT_ID = f"{CLAIM_PREFIX}tenant_id"
CUSTOMER_ID = f"{CLAIM_PREFIX}customer_id"
CONTACT_ID = f"{CLAIM_PREFIX}contact_id"
LIFETIME_SECONDS = 24 * 60 * 60
"""How long a Rhythm token is good."""

Kind: TypeAlias = Literal["access", "id", "machine", "hs256", "unsigned", "opaque", "encrypted"]
"""What can be minted: an access token of a person or a machine, an ID token, an access token with a shared secret or
not at all, and what Auth0 gives out when no audience was requested: an opaque or an encrypted token."""


@dataclass(frozen=True)
class Issuer:
    """One Auth0 tenant, with one signing key for its life. Making one costs nothing; the key, about 0.1 s, once.

    `domain` is as in the settings: a plain domain, or an address with its scheme.
    """

    domain: str = "example-org.us.auth0.com"
    audience: str = "https://api.rhythmsoftware.com"
    client_id: str = "ExampleOrgClient00000000000000aa"
    tenant_id: str = "example.org"
    contact_id: str = "con_example_ada"
    customer_id: str = "cus_example_ada"

    @property
    def url(self) -> str:
        """The issuer identifier, which ends in a slash."""
        return issuer_of(self.domain)

    def at(self, domain: str) -> "Issuer":
        """The same tenant with the same key, at another domain."""
        moved = replace(self, domain=domain)
        vars(moved)["_key"] = self._key
        return moved

    @cached_property
    def key_id(self) -> str:
        """The key's id, which stands in the header of each token."""
        return self.jwks()["keys"][0]["kid"]

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The JWK Set that the tenant publishes (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()
        n, e = (_base64url(number.to_bytes((number.bit_length() + 7) // 8)) for number in (numbers.n, numbers.e))
        key_id = _base64url(hashlib.sha256(n.encode()).digest())[:21]
        return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": key_id, "n": n, "e": e}]}

    def mint(
        self,
        kind: Kind = "access",
        claims: Mapping[str, object] | None = None,
        *,
        now: float,
        header: Mapping[str, object] | None = None,
    ) -> str:
        """A token in compact form, issued at `now` (Unix seconds).

        `claims` and `header` are set over what Auth0 writes, in its order; None leaves a member out. Opaque and
        encrypted tokens have no claims to set.
        """
        if kind == "opaque":
            return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))
        if kind == "encrypted":
            sealed = {"alg": "dir", "enc": "A256GCM", "iss": self.url, **(header or {})}
            parts = (b"", secrets.token_bytes(12), secrets.token_bytes(220), secrets.token_bytes(16))
            return ".".join((_json(sealed), *map(_base64url, parts)))
        written = {"alg": "RS256", "typ": "JWT", "kid": self.key_id}
        if kind == "hs256":
            written = {"alg": "HS256", "typ": "JWT"}
        elif kind == "unsigned":
            written = {"alg": "none", "typ": "JWT"}
        signed = f"{_json(_over(written, header))}.{_json(_over(self._claims(kind, int(now)), claims))}"
        return f"{signed}.{_base64url(self._signature(kind, signed.encode()))}"

    def _claims(self, kind: Kind, now: int) -> dict[str, object]:
        times = {"iat": now, "exp": now + LIFETIME_SECONDS}
        rhythm = {TENANT_ID: self.tenant_id, CUSTOMER_ID: self.customer_id, CONTACT_ID: self.contact_id}
        subject = "auth0|example0000000000000ada"
        if kind == "machine":
            return {
                TENANT_ID: self.tenant_id,
                "iss": self.url,
                "sub": f"{self.client_id}@clients",
                "aud": self.audience,
                **times,
                "gty": "client-credentials",
                "azp": self.client_id,
            }
        if kind == "id":
            person = {"nickname": "ada", "name": "Ada Example", "email": "ada@example.org", "email_verified": True}
            about = {**person, "iss": self.url, "aud": self.client_id, "sub": subject}
            return {**rhythm, **about, **times, "sid": "example-session", "nonce": "example-nonce"}
        return {
            **rhythm,
            "iss": self.url,
            "sub": subject,
            "aud": [self.audience, f"{self.url}userinfo"],
            **times,
            "scope": "openid profile email",
            "azp": self.client_id,
        }

    def _signature(self, kind: Kind, signed: bytes) -> bytes:
        if kind == "unsigned":
            return b""
        if kind == "hs256":
            return hmac.digest(b"an-invented-shared-secret-of-32-bytes", signed, "sha256")
        return self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256())

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _over(written: Mapping[str, object], changes: Mapping[str, object] | None) -> dict[str, Any]:
    return {name: value for name, value in {**written, **(changes or {})}.items() if value is not None}


def _json(value: Mapping[str, object]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
