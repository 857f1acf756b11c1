"""Who issued the token and how it is signed: ``iss``, ``alg``, and what error texts say of key and signature."""

import json
from collections.abc import Iterator

from bot.checks.base import Case
from bot.intake.authorization import edits
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.token import UnverifiedJWT
from bot.token.issuer import is_auth0_issuer, is_auth0_shaped, is_known_issuer, issuer_of
from bot.url import read_url

_CONSOLE = (
    "Use the Auth0 domain, Client ID and Secret of one and the same page: Rhythm Console, Security & Settings, API"
    " Keys."
)

_RHYTHMS_OWN = "https://rhythmsoftware.auth0.com/"

_MARKS = " \t\r\n<>\"'"
"""Blanks and marks that stand around an issuer by mistake."""


def find(case: Case) -> Iterator[Finding]:
    """Findings about issuer, algorithm, key and signature."""
    algorithm = case.jose_header.get("alg")
    if case.claims and (isinstance(case.token, UnverifiedJWT) or isinstance(algorithm, str)):
        yield from _algorithm(case, algorithm if isinstance(algorithm, str) else "")
    if isinstance(case.token, UnverifiedJWT):
        if case.kind == "access" and "kid" not in case.token.header and case.token.algorithm == "RS256":
            yield Finding(
                "signing-key-unknown",
                Certainty.LIKELY,
                "Its header names no key (`kid`); Auth0's access tokens always do.",
            )
        yield from _reencoded(case, case.token)
    if case.claims and case.kind not in {"foreign", "client-assertion"}:
        yield from _issuer(case)
    if case.says:
        yield from _stated(case)


def _algorithm(case: Case, algorithm: str) -> Iterator[Finding]:
    if algorithm.lower() == "none":
        yield Finding(
            "algorithm-none",
            Certainty.CERTAIN,
            "Its `alg` is `none`: nobody signed it, and no API may take it (RFC 8725 section 3.2).",
        )
    elif algorithm != "RS256" and case.kind not in {"self-made", "foreign", "client-assertion"}:
        shared = algorithm.upper().startswith("HS")
        yield Finding(
            "algorithm-unexpected",
            Certainty.CERTAIN if shared else Certainty.LIKELY,
            f"Its `alg` is `{quote(algorithm, 20) or 'missing'}`; Rhythm's Auth0 signs access tokens with RS256.",
        )


def _issuer(case: Case) -> Iterator[Finding]:
    issuer = case.claims.get("iss")
    if not isinstance(issuer, str) or (case.kind == "self-made" and not _near_known(issuer, case)):
        return
    domains = case.settings.rhythm_auth0_domains
    is_usual = not domains and is_auth0_issuer(issuer) and issuer != _RHYTHMS_OWN
    if is_usual or is_known_issuer(issuer, case.settings):
        return
    if _is_malformed(issuer, case):
        yield Finding(
            "issuer-malformed",
            Certainty.CERTAIN,
            f"The issuer is `{quote(issuer, 80)}`; Auth0 writes `https://<domain>/`, with the slash at its end. This"
            " token was edited, or another tool made it.",
        )
    elif domains:
        named = f"`{quote(issuer_of(domains[0]), 80)}`" + (f" or {len(domains) - 1} more" if len(domains) > 1 else "")
        yield Finding(
            "issuer-unknown",
            Certainty.CERTAIN,
            f"The issuer is `{quote(issuer, 80)}`; this workspace expects {named}.",
            _CONSOLE,
        )
    elif not is_auth0_shaped(issuer):
        yield Finding(
            "issuer-unknown",
            Certainty.POSSIBLE,
            f"The issuer is `{quote(issuer, 80)}`: no plain Auth0 domain. A custom domain is possible; ask whether the"
            " API trusts it.",
            _CONSOLE,
        )
    elif (url := read_url(issuer)) is not None and f"https://{url.host}/" == _RHYTHMS_OWN:
        yield Finding(
            "issuer-unknown",
            Certainty.LIKELY,
            f"The issuer is `{_RHYTHMS_OWN}`; every Rhythm tenant has an Auth0 domain of its own.",
            _CONSOLE,
        )


def _near_known(issuer: str, case: Case) -> bool:
    return _is_malformed(issuer, case)


def _is_malformed(issuer: str, case: Case) -> bool:
    """Whether only the writing differs from a known or Auth0-shaped domain.

    Slash, scheme, case, blanks, a stray mark.
    """
    plain = issuer.strip(_MARKS).lower().removeprefix("https://").removeprefix("http://").rstrip("./ ")
    known = [issuer_of(domain).partition("://")[2].rstrip("/") for domain in case.settings.rhythm_auth0_domains]
    if "/" in plain:
        return False
    if plain in known:
        return not is_known_issuer(issuer, case.settings)
    if issuer == f"https://{plain}/":
        return False
    if is_auth0_shaped(f"https://{plain}/") and not known:
        return True
    return is_auth0_shaped(f"https://{plain}/") and any(edits(plain, domain, 1) <= 1 for domain in known)


def _reencoded(case: Case, token: UnverifiedJWT) -> Iterator[Finding]:
    """A payload that is not written as compact JSON was taken apart and put together again.

    Its signature cannot fit.
    """
    if case.kind in {"self-made", "foreign", "client-assertion"}:
        return
    text = token.payload
    spaced = '": ' in text or "\n" in text or '", "' in text
    if spaced and text.strip() != json.dumps(token.claims, separators=(",", ":"), ensure_ascii=False):
        yield Finding(
            "signature-invalid",
            Certainty.LIKELY,
            "The payload's JSON has blanks between its members; Auth0 writes none. It was decoded and encoded again, so"
            " the signature no longer fits.",
        )


def _stated(case: Case) -> Iterator[Finding]:
    says = case.says
    if "signature" in says:
        yield Finding(
            "signature-invalid",
            Certainty.LIKELY,
            "The error text says that the signature does not fit the token's text.",
        )
    if "signature-required" in says and not (
        isinstance(case.token, UnverifiedJWT) and case.token.algorithm.lower() != "none"
    ):
        yield Finding(
            "algorithm-none" if isinstance(case.token, UnverifiedJWT) else "token-truncated",
            Certainty.LIKELY,
            "The error text says that the token has no signature.",
        )
    if "key-unknown" in says:
        yield Finding(
            "signing-key-unknown",
            Certainty.LIKELY,
            "The error text says that the issuer's key set does not hold the token's key (`kid`).",
        )
    if "algorithm" in says and not isinstance(case.token, UnverifiedJWT):
        yield Finding(
            "algorithm-unexpected", Certainty.LIKELY, "The error text says that the token's algorithm is not accepted."
        )
    if "issuer" in says:
        yield from _issuer_stated(case)
    if "malformed" in says and case.token is None and not case.authorizations:
        yield Finding(
            "token-malformed",
            Certainty.LIKELY,
            "The error text says that what was sent is no JWT: a placeholder, an opaque token, or a cut one.",
        )


def _issuer_stated(case: Case) -> Iterator[Finding]:
    issuer = case.claims.get("iss")
    seen = f"; the token names `{quote(issuer, 80)}`" if isinstance(issuer, str) else ""
    yield Finding(
        "issuer-unknown",
        Certainty.LIKELY,
        f"The error text says that the issuer is not the expected one{seen}.",
        _CONSOLE,
    )
