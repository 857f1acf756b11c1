"""Which evidence counts: the judged request, token, answer and time out of everything in a paste.

The rules are the public interface's, "Which evidence counts".
"""

from collections.abc import Mapping

from bot.checks.base import EMPTY, Case
from bot.evidence import AuthorizationHeader, Credential, Evidence, Exchange, HTTPRequest, HTTPResponse, Source
from bot.intake.authorization import read_authorization
from bot.intake.gaps import leading_part
from bot.intake.piece import is_unknown
from bot.selection.credential import has_gap, is_shortened, judged_credential, printed, reality, whole_of
from bot.selection.plain import is_plain
from bot.services import CLAIM_PREFIX, resource_path
from bot.settings import Settings
from bot.token import MalformedToken, Token, UnverifiedJWT, claims_before_cut, decode_object, read_token
from bot.token.kind import audience_of, claims_kind, is_machine, kind_of
from bot.token.times import seconds_of
from bot.url import URL, read_url

_NOTHING = frozenset({"", "undefined", "null", "none"})
"""What a claim's text says where a program had nothing to put in."""


def select(evidence: Evidence, settings: Settings, at: float | None, url: str | None, now: float) -> Case:
    """Choose what is judged. ``at`` is the moment to judge by, ``url`` the request's URL where the paste has none."""
    exchange = judged_exchange(evidence)
    request = exchange.request if exchange else None
    response = exchange.response if exchange else None
    target, path = _target(evidence, request, url, settings)
    service, segments = _service(target, path, settings)
    authorizations = _authorizations(evidence, request)
    credential = judged_credential(evidence, request, authorizations)
    if credential is not None and has_gap(credential):
        credential = whole_of(credential, evidence)
    if credential is not None and _is_of_token_endpoint(response, request, credential):
        exchange = response = None
    token = _token(credential) if credential else None
    kind = None
    if token is not None and credential is not None:
        kind = kind_of(token, credential, evidence, settings)
    elif evidence.claims:
        kind = claims_kind(evidence.claims, evidence.jose_header or {}, evidence, settings, decoded=True)
    moment, time_source = _time(evidence, exchange, at, now)
    others = evidence.credentials
    if credential is not None:
        token_text = credential.token
        others = tuple([item for item in others if item.token != token_text and not is_shortened(item, token_text)])
    claims = _claims(token, evidence)
    statements = (*(response.says if response else ()), *evidence.statements)
    return Case(
        evidence,
        settings,
        moment,
        now,
        time_source,
        exchange,
        request,
        response,
        target,
        path,
        service,
        segments,
        authorizations,
        credential,
        token,
        kind,
        others,
        claims,
        audience_of(claims),
        _rhythm_claims(claims),
        is_machine(claims),
        seconds_of(claims, "exp"),
        seconds_of(claims, "iat"),
        frozenset(statement.says for statement in statements),
        is_plain(evidence, request, response, authorizations, credential, token),
    )


def _is_of_token_endpoint(response: HTTPResponse | None, request: HTTPRequest | None, credential: Credential) -> bool:
    """Whether a success that answers no shown request is the one that handed out the token, not one that took it."""
    return (
        response is not None
        and request is None
        and response.status is not None
        and 200 <= response.status < 300
        and credential.label in {"access_token", "id_token", "refresh_token"}
    )


def _claims(token: Token | None, evidence: Evidence) -> Mapping[str, object]:
    if isinstance(token, UnverifiedJWT):
        return token.claims
    if isinstance(token, MalformedToken):
        return token.claims or EMPTY
    return EMPTY if token is not None else evidence.claims or EMPTY


def _rhythm_claims(claims: Mapping[str, object]) -> Mapping[str, object]:
    """Rhythm's own claims by their names without the prefix; without those that hold nothing, or a word for it."""
    found: dict[str, object] = {}
    for name in ("tenant_id", "customer_id", "contact_id"):
        value = claims.get(CLAIM_PREFIX + name)
        if not isinstance(value, str) or value.strip().lower() not in _NOTHING:
            found[name] = value
    return found


def judged_exchange(evidence: Evidence) -> Exchange | None:
    """Of several exchanges the last one answered 401 or 403, else the last.

    An answer alone joins an unanswered request.
    """
    exchanges = evidence.exchanges
    if not exchanges:
        return None
    refused = [exchange for exchange in exchanges if exchange.response and exchange.response.status in {401, 403}]
    judged = refused[-1] if refused else exchanges[-1]
    if judged.request is None:
        open_ones = [exchange for exchange in exchanges if exchange.request and exchange.response is None]
        if open_ones:
            return open_ones[-1]._replace(response=judged.response)
        asked = [exchange for exchange in exchanges if exchange.request]
        if asked and judged.response is not None and judged.response.status is None:
            return asked[-1]
    elif judged.response is None:
        loose = [exchange.response for exchange in exchanges if exchange.request is None and exchange.response]
        if loose and not any(exchange.request and exchange.response for exchange in exchanges):
            return judged._replace(response=loose[-1])
    return judged


def _target(
    evidence: Evidence, request: HTTPRequest | None, url: str | None, settings: Settings
) -> tuple[URL | None, str]:
    """The judged URL and its raw path: the request's, else the one given beside the paste, else a lone one in prose."""
    if request and request.url:
        target = request.target
        if target is not None:
            return target, target.path
        given = read_url(url) if url else _lone_base(evidence)
        path = request.url.partition("?")[0]
        return (given._replace(path=path) if given and path.startswith("/") else given), (
            path if path.startswith("/") else ""
        )
    given = read_url(url if "://" in url else f"https://{url}") if url else None
    if given:
        return given, given.path
    if evidence.urls and (request is None or request.source is not Source.COMMAND):
        from bot.selection.addresses import counts_in_prose

        for text in evidence.urls:
            lone = read_url(text)
            if lone and counts_in_prose(lone, settings):
                return lone, lone.path
    return None, ""


def _lone_base(evidence: Evidence) -> URL | None:
    if not evidence.urls:
        return None
    from bot.selection.addresses import lone_base

    return lone_base(evidence)


def _service(target: URL | None, path: str, settings: Settings) -> tuple[str | None, tuple[str, ...]]:
    segments = tuple([part for part in path.split("/") if part])
    if target is None:
        return None, segments
    return resource_path(target.host, segments, settings)


def _authorizations(evidence: Evidence, request: HTTPRequest | None) -> tuple[AuthorizationHeader, ...]:
    """The Authorization fields of the judged request.

    Without one that shows headers, the loose ones, the best first.
    """
    if request is not None:
        own = tuple(
            [read_authorization(header, request.source) for header in request.headers if header.key == "authorization"]
        )
        if own and is_unknown(own[0].credentials):
            return printed(evidence) or own
        if own or request.whole:
            return own
    loose = [header for header in evidence.headers if header.key in {"authorization", ""}]
    return tuple(sorted(loose, key=reality))


def _token(credential: Credential) -> Token:
    """Parse the judged value; of one with a gap, whatever stands before the gap."""
    value = credential.token
    if credential.label == "json-serialization":
        return MalformedToken(value, "json-serialization")
    if "ellipsis" in credential.damage or "redacted" in credential.damage:
        parts = leading_part(value).split(".")
        header = decode_object(parts[0])
        claims = decode_object(parts[1]) if len(parts) > 1 else None
        return MalformedToken(value, "gap", header, claims)
    token = read_token(value)
    if isinstance(token, MalformedToken) and token.reason == "payload-cut" and token.claims is None:
        parts = value.split(".")
        return token._replace(claims=claims_before_cut(parts[1]) or None)
    return token


def _time(evidence: Evidence, exchange: Exchange | None, at: float | None, now: float) -> tuple[float, str]:
    """The moment to judge by: the given one, the judged answer's Date, the export's time, else the present."""
    if at is not None:
        return at, "given"
    if exchange is not None:
        response, request = exchange.response, exchange.request
        if isinstance(response, HTTPResponse) and response.date is not None and _belongs(evidence, exchange):
            return response.date, "answer"
        if request is not None and request.at is not None:
            return request.at, "export"
    return now, "present"


def _belongs(evidence: Evidence, exchange: Exchange) -> bool:
    """Whether the answer's date belongs to the exchange that holds the token."""
    request = exchange.request
    if request is None:
        return False
    return bool(request.headers) or not any(item.label == "authorization" for item in evidence.credentials)
