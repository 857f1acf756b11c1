"""What a report says of token, request and answer, masked: no fact holds more of a secret than its ends."""

from collections.abc import Mapping

from bot.checks.base import Case
from bot.redact import fingerprint, quote, shorten
from bot.report import RequestFacts, ResponseFacts, TokenFacts
from bot.url import URL

_SHOWN_PARAMETERS = frozenset({"audience", "grant_type", "response_type", "scope", "fields", "exclusiveStartKey"})
_SECRET_KINDS = frozenset({"client-secret", "client-credentials"})


def token_facts(case: Case) -> TokenFacts | None:
    """The facts of the judged credential or of pasted claims; None where the paste holds neither."""
    claims = case.claims
    if case.credential is None:
        if not case.evidence.claims:
            return None
        redacted = mark = None
    else:
        redacted = shorten(case.credential.token)
        mark = None if case.kind in _SECRET_KINDS else fingerprint(case.credential.token)
    subject = "unknown"
    if "sub" in claims or "gty" in claims:
        subject = "machine" if case.is_machine or case.kind == "client-assertion" else "user"
    issued, expires = case.issued, case.expires
    return TokenFacts(
        case.kind or "unknown",
        redacted,
        mark,
        subject,
        _text(claims, "iss"),
        tuple([quote(item, 200) for item in case.audience]),
        int(issued) if issued is not None else None,
        int(expires) if expires is not None else None,
        _claim(case, "tenant_id"),
        _claim(case, "customer_id"),
        _claim(case, "contact_id"),
    )


def _text(claims: Mapping[str, object], name: str) -> str | None:
    value = claims.get(name)
    return quote(value, 200) if isinstance(value, str) and value else None


def _claim(case: Case, name: str) -> str | None:
    value = case.rhythm_claim(name)
    if isinstance(value, str):
        return quote(value, 120)
    return quote(str(value), 120) if type(value) is int else None  # no bool, though that is an int


def request_facts(case: Case) -> RequestFacts | None:
    """The judged request; None where the paste shows none and no URL was given."""
    if case.request is None and case.url is None:
        return None
    method = case.request.method if case.request else None
    url = shown_url(case.url) if case.url else quote(case.path, 300) or None
    return RequestFacts(quote(method, 12) if method else None, url, case.service)


def shown_url(url: URL) -> str:
    """A URL without user information and fragment, its query values masked but for a few that never hold a secret."""
    query = "&".join(
        [
            f"{quote(name, 40)}={quote(value, 80) if name in _SHOWN_PARAMETERS else '…'}"
            for name, value in url.parameters[:20]
        ]
    )
    port = f":{url.port}" if url.port else ""
    if not query and len(plain := f"{url.scheme}://{url.host}{port}{url.path}") <= 100 and quote(plain, 100) == plain:
        return plain
    path = quote(url.path, 300) if url.path else ""
    return f"{quote(url.scheme, 10)}://{quote(url.host, 120)}{port}{path}" + (f"?{query}" if query else "")


def response_facts(case: Case) -> ResponseFacts | None:
    """The shown answer; None where there is none."""
    if case.response is None:
        return None
    message = quote(case.response.message, 160) or None
    return ResponseFacts(case.response.status, message)
