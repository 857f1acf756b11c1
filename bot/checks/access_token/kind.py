"""Whether the value is an access token at all, by the kind that :mod:`bot.token.kind` gives it."""

from collections.abc import Iterator

from bot.checks.base import Case, renewal
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.token.foreign import foreign_issuer, foreign_prefix
from bot.token.issuer import is_auth0_shaped
from bot.token.times import odd_time


def find(case: Case) -> Iterator[Finding]:
    """One finding for each kind that is no access token, and for tokens bound to a key."""
    finder = _FINDERS.get(case.kind or "")
    if finder is not None and not _is_at_home(case):
        yield from finder(case)
    if case.kind in {"access", "unknown", "self-made"} or case.kind is None:
        yield from _bound(case)


def _is_at_home(case: Case) -> bool:
    """Whether the value stands where it belongs.

    In a token request, a form of the answer, or a cookie beside a real token.
    """
    credential = case.credential
    if credential is None:
        return False
    where, _, name = credential.label.partition(":")
    return (
        where == "parameter"
        or (where == "cookie" and case.authorization is not None)
        or (
            where == "query"
            and name in {"code", "state"}
            and case.request is None
            and bool(case.evidence.token_requests)
        )
    )


def _opaque(case: Case) -> Iterator[Finding]:
    length = len(case.credential.token) if case.credential else 0
    yield Finding(
        "opaque-token",
        Certainty.LIKELY,
        f"The value has {length} characters and no dots: no JWT. Auth0 issues such tokens when the token request names"
        " no audience.",
        renewal(case),
    )


def _encrypted(case: Case) -> Iterator[Finding]:
    encryption = case.jose_header.get("enc")
    named = f" (`enc` is `{quote(encryption, 20)}`)" if isinstance(encryption, str) else ""
    dots = case.credential.token.count(".") if case.credential else 0
    seen = "has five parts and is encrypted" if dots == 4 else "is a part of an encrypted token"
    yield Finding(
        "encrypted-token",
        Certainty.CERTAIN,
        f"The value {seen}{named}; only Auth0 can read it. It comes from a token request without an audience.",
        renewal(case),
    )


def _session(_case: Case) -> Iterator[Finding]:
    yield Finding(
        "session-cookie",
        Certainty.CERTAIN,
        "The value is encrypted, carries times and no issuer in its header: a login session's cookie.",
        "Take the access token out of the session with the SDK's `getAccessToken()`, and send that.",
    )


def _id(case: Case) -> Iterator[Finding]:
    audience = f"`{quote(case.audience[0], 60)}`" if case.audience else "missing"
    named = (
        "The paste calls it `id_token`"
        if case.credential and case.credential.label.rpartition(":")[2] == "id_token"
        else f"Its audience is {audience}, a client id, and it carries no scope"
    )
    yield Finding(
        "id-token",
        Certainty.CERTAIN,
        f"{named}: an ID token tells your application who signed in; the API does not take it.",
        "Send the `access_token` of the same answer.\nIf that one is short or has five parts, request it again with"
        f" `audience={case.settings.rhythm_audience}`.",
    )


def _refresh(case: Case) -> Iterator[Finding]:
    labelled = bool(case.credential and case.credential.label.rpartition(":")[2] == "refresh_token")
    yield Finding(
        "refresh-token",
        Certainty.LIKELY,
        (
            "The paste calls it `refresh_token`."
            if labelled
            else "It begins like Auth0's refresh tokens (`v1.`) and is no JWT."
        ),
    )


def _code(_case: Case) -> Iterator[Finding]:
    yield Finding(
        "authorization-code",
        Certainty.LIKELY,
        "The paste calls it `code`: it is exchanged once for tokens and opens nothing itself.",
    )


def _secret(case: Case) -> Iterator[Finding]:
    labelled = bool(case.credential and case.credential.label.rpartition(":")[2] == "client_secret")
    yield Finding(
        "client-secret-as-token",
        Certainty.LIKELY,
        (
            "The paste calls it a client secret."
            if labelled
            else "It has 64 characters and no dots, like a client secret."
        ),
    )


def _client_id(_case: Case) -> Iterator[Finding]:
    yield Finding("client-id-as-token", Certainty.POSSIBLE, "The same value stands in the paste as a client id.")


def _pair(_case: Case) -> Iterator[Finding]:
    yield Finding(
        "client-credentials-as-token", Certainty.CERTAIN, "The value is two parts with a colon: an id and its secret."
    )


def _assertion(_case: Case) -> Iterator[Finding]:
    yield Finding(
        "client-assertion",
        Certainty.CERTAIN,
        "Issuer and subject are the same client id: a client assertion (RFC 7523), which only the token endpoint"
        " takes.",
    )


def _management(case: Case) -> Iterator[Finding]:
    yield Finding(
        "management-api-token",
        Certainty.CERTAIN,
        f"Its audience is Auth0's Management API, {_audiences(case)}.",
        renewal(case),
    )


def _userinfo(case: Case) -> Iterator[Finding]:
    yield Finding("userinfo-token", Certainty.CERTAIN, f"Its only audience is {_audiences(case)}.", renewal(case))


def _mfa(case: Case) -> Iterator[Finding]:
    seen = f"Its audience is {_audiences(case)}" if case.audience else "The paste calls it `mfa_token`"
    yield Finding("mfa-token", Certainty.CERTAIN, f"{seen}: it only finishes a login with a second factor.")


def _legacy(_case: Case) -> Iterator[Finding]:
    yield Finding(
        "legacy-token",
        Certainty.LIKELY,
        "It comes from `/oauth/ro` or `/delegation`: its audience is a client id, and it has no scope.",
    )


def _foreign(case: Case) -> Iterator[Finding]:
    issuer = case.claims.get("iss")
    provider = (
        foreign_issuer(issuer)
        if isinstance(issuer, str)
        else foreign_prefix(case.credential.token if case.credential else "")
    )
    seen = f"its issuer is `{quote(issuer, 80)}`" if isinstance(issuer, str) else "its first letters say so"
    yield Finding(
        "foreign-token",
        Certainty.CERTAIN,
        f"This is a token of {provider or 'another provider'}: {seen}.",
        "Sign in through your tenant's Rhythm Auth0 domain (Rhythm Console, Security & Settings, API Keys), and send"
        " the `access_token` that comes back.",
    )


def _self_made(case: Case) -> Iterator[Finding]:
    issuer = case.claims.get("iss")
    time = odd_time(case.claims)
    if isinstance(issuer, str) and not is_auth0_shaped(issuer):
        seen = f"Its issuer is `{quote(issuer, 80)}`, which is no Auth0 domain"
        algorithm = str(case.jose_header.get("alg"))
        if algorithm.upper().startswith("HS"):
            seen += f", and it is signed with a shared secret (`{quote(algorithm, 12)}`)"
    elif time is not None:
        wrong = "missing" if time not in case.claims else "not written in whole seconds"
        seen = f"Its `{time}` is {wrong}; Auth0 always writes it so"
    else:
        seen = "It names no issuer"
    yield Finding("self-made-token", Certainty.CERTAIN, f"{seen}.")


def _audiences(case: Case) -> str:
    return ", ".join(f"`{quote(item, 80)}`" for item in case.audience[:3]) or "missing"


def _bound(case: Case) -> Iterator[Finding]:
    confirmation = case.claims.get("cnf")
    scheme = case.authorization.scheme.lower() if case.authorization else ""
    if isinstance(confirmation, dict) and ({"jkt", "x5t#S256"} & set(confirmation)):
        what = "DPoP key" if "jkt" in confirmation else "client certificate"
        yield Finding(
            "sender-constrained-token",
            Certainty.CERTAIN,
            f"Its `cnf` claim binds it to a {what} (RFC 7800): as a plain Bearer token it is refused.",
        )
    elif _token_type_is_dpop(case) and scheme != "dpop":
        yield Finding(
            "sender-constrained-token",
            Certainty.CERTAIN,
            "The token endpoint answered `token_type: DPoP`: the token is bound to a key (RFC 9449).",
        )


def _token_type_is_dpop(case: Case) -> bool:
    bodies = [request.response.body for request in case.evidence.token_requests if request.response]
    return any('"token_type":"dpop"' in body.lower().replace(" ", "") for body in bodies) or (
        case.response is not None and (case.response.header("www-authenticate") or "").lower().startswith("dpop")
    )


_FINDERS = {
    "opaque": _opaque,
    "encrypted": _encrypted,
    "session-cookie": _session,
    "id": _id,
    "refresh": _refresh,
    "authorization-code": _code,
    "client-secret": _secret,
    "client-id": _client_id,
    "client-credentials": _pair,
    "client-assertion": _assertion,
    "management-api": _management,
    "userinfo": _userinfo,
    "mfa": _mfa,
    "legacy": _legacy,
    "foreign": _foreign,
    "self-made": _self_made,
}
