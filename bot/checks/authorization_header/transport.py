"""What happened to the header on its way: redirects, proxies, browsers, tools that replace it."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import Exchange, HTTPRequest
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.services import service_of_host
from bot.token import UnverifiedJWT, read_token
from bot.token.kind import audience_of, is_machine
from bot.url import URL, read_url


def find(case: Case) -> Iterator[Finding]:
    """Findings about the header's way to the API."""
    yield from _redirect(case)
    yield from _proxy(case)
    yield from _browser(case)
    yield from _netrc(case)
    yield from _old_token(case)


def _redirect(case: Case) -> Iterator[Finding]:
    exchange, response = case.exchange, case.response
    if response is not None and response.status in {301, 302, 303, 307, 308}:
        location = read_url(response.header("location") or "")
        to = f" to `{location.scheme}://{quote(location.host, 60)}`" if location else ""
        fix = (
            f"Call the new address directly: `{location.scheme}://{quote(location.host, 60)}{quote(location.path, 60)}`"
            if location
            else ""
        )
        yield Finding(
            "redirect-not-followed",
            Certainty.CERTAIN,
            f"The answer is {response.status}, a redirect{to}: nothing was refused.",
            fix,
        )
        return
    if exchange is None or not exchange.hops or not (case.is_refused or response is None):
        if "redirect-stripped" in case.says:
            said = "The client says that it took the Authorization header off at a redirect."
            yield Finding("authorization-dropped-on-redirect", Certainty.LIKELY, said)
        elif "redirected" in case.says and case.authorizations and (case.is_refused or response is None):
            yield _told(case)
        return
    certainty, detail = _dropped(exchange, case)
    if certainty:
        final = exchange.last_request.target if exchange.last_request else _location(exchange)
        fix = f"Call the final host directly: `{final.scheme}://{quote(final.host, 60)}`" if final else ""
        yield Finding("authorization-dropped-on-redirect", certainty, detail, fix)


def _told(case: Case) -> Finding:
    """A redirect that the client's history tells of, without showing the hops."""
    detail = "The answer's history tells of a redirect; clients drop the Authorization header where the host changes."
    certainty = Certainty.LIKELY if case.service is None else Certainty.POSSIBLE
    if "header-gone" in case.says:
        certainty, detail = (
            Certainty.CERTAIN,
            "After a redirect, the last request has no Authorization header any more.",
        )
    return Finding("authorization-dropped-on-redirect", certainty, detail)


def _location(exchange: Exchange) -> URL | None:
    return read_url(exchange.hops[-1].header("location") or "") if exchange.hops else None


def _dropped(exchange: Exchange, case: Case) -> tuple[Certainty | None, str]:
    first, last = exchange.request, exchange.last_request
    if first is None or (first.whole and not case.authorizations):
        return None, ""
    if last is not None and last.headers and last.header("authorization") is None:
        return (
            Certainty.CERTAIN,
            "The first request carries the Authorization header; the one after the redirect does not.",
        )
    if last is not None and last.header("authorization") is not None:
        return None, ""
    target, before = (last.target if last else _location(exchange)), first.target
    if (
        target is not None
        and before is not None
        and (target.host, target.port, target.scheme) != (before.host, before.port, before.scheme)
    ):
        return (
            Certainty.LIKELY,
            (
                f"A redirect leads from `{quote(before.host, 60)}` to `{target.scheme}://{quote(target.host, 60)}`;"
                " clients drop the Authorization header there."
            ),
        )
    return Certainty.POSSIBLE, "A redirect stands before the refusal; some clients drop the Authorization header there."


def _proxy(case: Case) -> Iterator[Finding]:
    if case.response is not None and (case.response.status == 407 or "proxy-authentication" in case.response_says):
        yield Finding(
            "proxy-authentication-required",
            Certainty.CERTAIN,
            "The answer is 407: a proxy between you and the API asks for credentials of its own.",
        )
    elif "proxy-authentication" in case.says and (case.response is None or case.response.status is None):
        said = "The error text is a proxy's (407), not the API's."
        yield Finding("proxy-authentication-required", Certainty.CERTAIN, said)
    legs = _two_legs(case)
    if legs is not None:
        incoming, outgoing = legs
        before = incoming.target.host if incoming.target else ""
        after = outgoing.target.host if outgoing.target else ""
        yield Finding(
            "proxy-stripped-authorization",
            Certainty.CERTAIN,
            f"The request to `{quote(before, 60)}` carries the Authorization header; what the proxy sends on to"
            f" `{quote(after, 60)}` does not.",
        )
    elif case.url is not None and case.service is None and case.is_refused and _is_fronted(case):
        yield Finding(
            "proxy-stripped-authorization",
            Certainty.POSSIBLE,
            f"`{quote(case.url.host, 60)}` is no Rhythm host: a proxy of your own stands in between and may not forward"
            " the header.",
        )


def _two_legs(case: Case) -> tuple[HTTPRequest, HTTPRequest] | None:
    """The request to the proxy with the header, and the proxy's own to a service host without it."""
    requests = [
        exchange.request for exchange in case.evidence.exchanges if exchange.request and exchange.request.headers
    ]
    for outgoing in requests if len(requests) > 1 else ():
        target = outgoing.target
        if target is None or service_of_host(target.host, case.settings) is None or outgoing.header("authorization"):
            continue
        for incoming in requests:
            host = incoming.target.host if incoming.target else ""
            if host and service_of_host(host, case.settings) is None and incoming.header("authorization"):
                return incoming, outgoing
    return None


def _is_fronted(case: Case) -> bool:
    response = case.response
    if response is None:
        return False
    return any(response.header(name) for name in ("via", "x-cache", "x-amz-cf-id", "x-forwarded-by", "x-proxy")) or any(
        name in (response.header("server") or "").lower()
        for name in ("nginx", "apache", "cloudfront", "haproxy", "envoy")
    )


def _browser(case: Case) -> Iterator[Finding]:
    fix = "Call the API from your server: a browser's preflight carries no token, and the API answers it with 401."
    is_options = case.request is not None and case.request.method == "OPTIONS"
    if is_options and (case.is_refused or "preflight" in case.says):
        yield Finding(
            "cors-preflight-blocked",
            Certainty.CERTAIN,
            "The refused request is the browser's `OPTIONS` preflight, which never carries the token.",
            fix,
        )
    elif "preflight" in case.says:
        yield Finding(
            "cors-preflight-blocked",
            Certainty.LIKELY,
            "The error text is the browser's, about CORS and its preflight, not the API's.",
            fix,
        )
    elif "browser-hides" in case.says:
        yield Finding(
            "cors-preflight-blocked",
            Certainty.LIKELY,
            "The browser hides the real answer (`Failed to fetch`): an answer without CORS headers looks like that.",
            f"{fix}\nRepeat the call with curl to see the real answer.",
        )


def _netrc(case: Case) -> Iterator[Finding]:
    if "netrc" not in case.says:
        return
    sends_basic = any(header.scheme.lower() == "basic" for header in case.authorizations) or any(
        header.scheme.lower() == "basic" for header in case.evidence.headers
    )
    if case.request is not None and not sends_basic:
        sends_basic = any(header.value.lower().startswith("basic ") for header in case.request.headers)
    shown = "basic-shown" in case.says
    if sends_basic or shown:
        yield Finding(
            "netrc-override",
            Certainty.CERTAIN if sends_basic else Certainty.LIKELY,
            "A `.netrc` is named, and the request that was sent carries `Basic` credentials instead of your `Bearer`"
            " ones.",
        )
    else:
        yield Finding(
            "netrc-override",
            Certainty.POSSIBLE,
            "A `.netrc` is named; Python's requests takes an entry for the host and replaces your header by `Basic`.",
        )


def _old_token(case: Case) -> Iterator[Finding]:
    newer = _newer_token(case) if case.others else None
    if newer is not None:
        yield Finding(
            "client-kept-old-token",
            Certainty.CERTAIN,
            "The paste shows a newer token for the same user, and the request sends the older one.",
        )
    elif "kept-old" in case.says:
        yield Finding(
            "client-kept-old-token",
            Certainty.POSSIBLE,
            "The text speaks of an old value; tools keep tokens in several places.",
        )


def _newer_token(case: Case) -> UnverifiedJWT | None:
    """A newer token of the same issuer that is still good and that no other shown request sends."""
    credential, sent = case.credential, case.token
    if not isinstance(sent, UnverifiedJWT) or credential is None or credential.label != "authorization":
        return None
    if case.request is None:
        return None
    elsewhere = _sent_elsewhere(case)
    for other in case.others:
        if other.label.rpartition(":")[2] in {"id_token", "refresh_token"} or other.token in elsewhere:
            continue
        token = read_token(other.token)
        if isinstance(token, UnverifiedJWT) and _is_newer(token, sent, case):
            return token
    return None


def _is_newer(token: UnverifiedJWT, sent: UnverifiedJWT, case: Case) -> bool:
    issued, later, expiry = sent.claims.get("iat"), token.claims.get("iat"), token.claims.get("exp")
    if not (isinstance(issued, int | float) and isinstance(later, int | float) and isinstance(expiry, int | float)):
        return False
    same = token.claims.get("iss") == sent.claims.get("iss") and is_machine(token.claims) == case.is_machine
    right = case.settings.rhythm_audience in audience_of(token.claims)
    return same and right and later > issued and expiry > case.now


def _sent_elsewhere(case: Case) -> str:
    """The Authorization values of the other shown requests, one text."""
    requests = [exchange.request for exchange in case.evidence.exchanges if exchange.request is not case.request]
    headers = [request.header("authorization") for request in requests if request is not None]
    return "\n".join(header.value for header in headers if header is not None)
