"""What kind of credential a value is.

Its label decides, then equality with another value of the paste, then its content.

The kinds are the public interface's ``token.kind``. Sources: Auth0's token formats, RFC 9068, RFC 7523 section 3
(client
assertions); what tells neighbours apart is in ``recognised`` of :mod:`bot.causes`.
"""

import re
from collections.abc import Mapping
from functools import cache

from bot.evidence import Credential, Evidence
from bot.settings import Settings
from bot.token import EncryptedJWT, MalformedToken, OpaqueToken, Token
from bot.token.foreign import foreign_issuer, foreign_prefix
from bot.token.issuer import has_public_host, is_auth0_issuer, is_auth0_shaped, is_known_issuer
from bot.token.times import odd_time

_LABEL_KINDS = {
    "refresh_token": "refresh",
    "code": "authorization-code",
    "client_secret": "client-secret",
    "client_id": "client-id",
    "client_assertion": "client-assertion",
    "mfa_token": "mfa",
    "id_token": "id",
}


def label_kind(label: str) -> str | None:
    """The kind that a label alone decides."""
    name = label.rpartition(":")[2]
    return _LABEL_KINDS.get(name)


def kind_of(token: Token, credential: Credential, evidence: Evidence, settings: Settings) -> str:
    """The kind of the judged credential, as ``token.kind`` names it."""
    by_label = label_kind(credential.label) or _kind_of_equal(credential, evidence)
    if isinstance(token, EncryptedJWT):
        return encrypted_kind(token, credential.label)
    if isinstance(token, OpaqueToken):
        return by_label or opaque_kind(credential.token)
    claims = token.claims
    if (
        by_label == "id"
        and claims is not None
        and not {"nonce", "at_hash"} & set(claims)
        and has_legacy_context(evidence)
    ):
        return "legacy"
    if by_label and not (isinstance(token, MalformedToken) and by_label in {"client-secret", "client-id"}):
        return by_label
    if claims is None:
        return "malformed"
    if isinstance(token, MalformedToken) and token.reason == "payload-cut":
        issuer = claims.get("iss")
        return "foreign" if isinstance(issuer, str) and foreign_issuer(issuer) else "malformed"
    header: Mapping[str, object] = token.header or {}
    return claims_kind(claims, header, evidence, settings)


def _kind_of_equal(credential: Credential, evidence: Evidence) -> str | None:
    """The kind of another value of the paste that is the same text and has a telling label."""
    value = credential.token
    for other in evidence.credentials:
        if other.token == value and other.label != credential.label and (kind := label_kind(other.label)):
            return kind
    for request in evidence.token_requests:
        for name, sent in request.parameters:
            if sent == value and (kind := _LABEL_KINDS.get(name)):
                return kind
    claims = evidence.claims or {}
    return "client-id" if value in (claims.get("azp"), claims.get("client_id")) else None


def encrypted_kind(token: EncryptedJWT, label: str) -> str:
    """An encrypted access token names its issuer in the JOSE header.

    A login session's cookie has times there and no issuer.
    """
    names_times = "uat" in token.header or ("iat" in token.header and "exp" in token.header)
    cookie = label.startswith("cookie:") and "access" not in label.lower()
    return "session-cookie" if "iss" not in token.header and (names_times or cookie) else "encrypted"


def opaque_kind(value: str) -> str:
    """The kind of a value without a compact form, by its shape alone."""
    if foreign_prefix(value):
        return "foreign"
    if value.startswith("v1.") and len(value) > 20:
        return "refresh"
    if re.fullmatch(r"[A-Za-z0-9_-]{8,}:[A-Za-z0-9_\-~.+/=]{8,}", value):
        return "client-credentials"
    if re.fullmatch(r"[A-Za-z0-9_-]{64}", value):
        return "client-secret"
    if re.fullmatch(r"[A-Za-z0-9_\-~.]{16,512}", value):
        return "opaque"
    return "unknown"


def claims_kind(
    claims: Mapping[str, object],
    header: Mapping[str, object],
    evidence: Evidence,
    settings: Settings,
    *,
    decoded: bool = False,
) -> str:
    """The kind of a JWT by its unverified claims.

    Of ``decoded`` claims people paste a part: what is missing says nothing.
    """
    if decoded:
        claims = {"iss": "https://unknown.auth0.com/", "exp": 0, **claims}
    issuer = claims.get("iss")
    audiences = audience_of(claims)
    if isinstance(issuer, str):
        is_usual = is_auth0_issuer(issuer) or is_known_issuer(issuer, settings)
        if not is_usual and foreign_issuer(issuer):
            return "foreign"
        if issuer and issuer == claims.get("sub"):
            return "client-assertion"
        if not is_usual and not has_public_host(issuer):
            return "self-made"
    if settings.rhythm_audience not in audiences:
        kind = _kind_of_audience(claims, audiences, evidence)
        if kind:
            return kind
    if is_self_made(claims, header, settings):
        return "self-made"
    return "access"


def _kind_of_audience(claims: Mapping[str, object], audiences: tuple[str, ...], evidence: Evidence) -> str | None:
    if any(audience.endswith(("/api/v2", "/api/v2/")) for audience in audiences):
        return "management-api"
    if audiences and all(audience.endswith(("/userinfo", "/userinfo/")) for audience in audiences):
        return "userinfo"
    if any(audience.endswith(("/mfa", "/mfa/")) for audience in audiences):
        return "mfa"
    if len(audiences) == 1 and is_client_id(audiences[0]) and "scope" not in claims and not is_machine(claims):
        profile = {"nonce", "at_hash", "c_hash", "email", "name", "nickname", "sid", "picture", "given_name"} & set(
            claims
        )
        if not {"nonce", "at_hash"} & profile and has_legacy_context(evidence):
            return "legacy"
        return "id"
    if (
        {"nonce", "at_hash"} & set(claims)
        and "scope" not in claims
        and audiences
        and not any("://" in item for item in audiences)
    ):
        return "id"
    return None


def has_legacy_context(evidence: Evidence) -> bool:
    """Whether the paste names one of Auth0's retired endpoints, in a request or in words."""
    return (
        any(request.endpoint in {"ro", "delegation"} for request in evidence.token_requests)
        or any(statement.says == "legacy-endpoint" for statement in evidence.statements)
        or any(url.rstrip("/").endswith(("/oauth/ro", "/delegation")) for url in evidence.urls)
    )


def is_self_made(claims: Mapping[str, object], header: Mapping[str, object], settings: Settings) -> bool:
    """Whether Auth0 cannot have made the token, whose issuer names a host of the net if it has one.

    It has none, its times are not written as Auth0 writes them, or it is signed with a shared secret and names no
    Rhythm issuer.
    """
    issuer = claims.get("iss")
    if isinstance(issuer, str) and is_known_issuer(issuer, settings):
        return odd_time(claims) is not None
    if odd_time(claims) is not None or not isinstance(issuer, str):
        return True
    algorithm = header.get("alg")
    shared_secret = isinstance(algorithm, str) and algorithm.upper().startswith("HS")
    return shared_secret and not is_auth0_shaped(issuer)


def is_client_id(value: str) -> bool:
    """Whether a value is written like a client id: letters and digits alone, no URL."""
    return 20 <= len(value) <= 48 and _client_id().fullmatch(value) is not None


@cache
def _client_id() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9_-]+")


def audience_of(claims: Mapping[str, object]) -> tuple[str, ...]:
    """The audience as a tuple (RFC 7519 section 4.1.3): one text or a list of them; anything else is left out."""
    audience = claims.get("aud")
    if isinstance(audience, str):
        return (audience,) if audience.strip() else ()
    if isinstance(audience, list):
        return tuple([item for item in audience[:50] if isinstance(item, str) and item.strip()])
    return ()


def is_machine(claims: Mapping[str, object]) -> bool:
    """Whether a token was issued to a machine: the client credentials grant, which names no person."""
    subject = claims.get("sub")
    return claims.get("gty") == "client-credentials" or (isinstance(subject, str) and subject.endswith("@clients"))
