"""Calls to an authorization server.

Which endpoint a URL is, with which parameters, and what came back (RFC 6749 section 3).
"""

import json

from bot.evidence import HTTPRequest, HTTPResponse, TokenRequest
from bot.intake.documents import TOKEN_ERRORS
from bot.url import URL, parameters, read_url


def is_auth0_host(host: str, domains: tuple[str, ...]) -> bool:
    """Whether a host is an Auth0 tenant's, by its shape or by the operator's word."""
    return host.endswith(".auth0.com") or any(_host_of(domain) == host for domain in domains)


def _host_of(domain: str) -> str:
    url = read_url(domain if "://" in domain else f"https://{domain}")
    return url.host if url else ""


def token_endpoint(url: URL | None, domains: tuple[str, ...]) -> str | None:
    """Which endpoint of an authorization server a URL calls; None where it calls something else."""
    if url is None or url.host.endswith(".rhythmsoftware.com"):
        return None
    path = url.path.rstrip("/").lower()
    auth0 = is_auth0_host(url.host, domains)
    if path.endswith("/oauth/token"):
        return "token"
    if auth0 and path == "/oauth/ro":
        return "ro"
    if auth0 and path == "/delegation":
        return "delegation"
    if auth0 and path.startswith("/.well-known/"):
        return "well-known"
    names = {name for name, _ in url.parameters}
    if path.endswith("/authorize") and (auth0 or {"client_id", "response_type"} <= names):
        return "authorize"
    return None


def endpoint_of(request: HTTPRequest, domains: tuple[str, ...]) -> str | None:
    """Which endpoint a request calls, by its path alone where it shows no host; None where it calls something else."""
    target = request.target
    if target is None and (request.url or "").partition("?")[0] == "/oauth/token":
        return "token"
    return token_endpoint(target, domains)


def as_token_request(request: HTTPRequest, response: HTTPResponse | None, endpoint: str) -> TokenRequest:
    """A request to an authorization server with its parameters, from the query and from a form or JSON body."""
    target = request.target
    pairs = target.parameters if target else ()
    return TokenRequest(
        request.url, endpoint, (*pairs, *body_parameters(request.body)), response, *error_of(response), request.source
    )


def body_parameters(body: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a request's body, whether it is a form or JSON."""
    body = body.strip()
    if body.startswith("{"):
        try:
            members = json.loads(body[:65_536])
        except (ValueError, RecursionError):
            members = None
        if isinstance(members, dict):
            return tuple((name, value) for name, value in members.items() if isinstance(value, str))
    return parameters(body) if "=" in body else ()


def error_of(response: HTTPResponse | None) -> tuple[str, str]:
    """The error code and description of a token endpoint's answer (RFC 6749 section 5.2)."""
    if response is None:
        return "", ""
    start = response.body.find("{")
    if start >= 0:
        try:
            members, _ = json.JSONDecoder().raw_decode(response.body[start : start + 20_000])
        except (ValueError, RecursionError):
            members = None
        if isinstance(members, dict):
            error = members.get("error") or members.get("code") or ""
            return (
                str(error).lower()[:80],
                str(members.get("error_description") or members.get("description") or "")[:500],
            )
    return "", response.message


def is_token_response(response: HTTPResponse) -> bool:
    """Whether an answer hands out a token (RFC 6749 section 5.1): the API never does, only a token endpoint."""
    return '"access_token"' in response.body and (response.status is None or is_success(response))


def is_authorization_servers(response: HTTPResponse) -> bool:
    """Whether an answer to no shown request is an authorization server's: by Auth0's fields or an OAuth error code."""
    if any(header.key.startswith(("auth0-", "x-auth0-")) for header in response.headers):
        return True
    return '"error_description"' in response.body and error_of(response)[0] in TOKEN_ERRORS


def is_gateways(response: HTTPResponse) -> bool:
    """Whether an answer is the API's gateway's: its bodies hold a message alone, those of Auth0 an error code."""
    body = response.body.strip()
    if not body.startswith(('{"message"', '{"Message"')):
        return False
    try:
        members = json.loads(body[:2_000])
    except (ValueError, RecursionError):
        return False
    message = next(iter(members.values()), None) if isinstance(members, dict) and len(members) == 1 else None
    return message in {"Unauthorized", "Forbidden", "Missing Authentication Token"} or (
        isinstance(message, str) and message.startswith("User is not authorized to access this resource")
    )


def is_success(response: HTTPResponse) -> bool:
    """Whether the status of an answer is one of success (RFC 9110 section 15.3)."""
    return response.status is not None and 200 <= response.status < 300
