"""Postman: collections (formats 2.0 and 2.1), single requests, environments. Folders hand down their authorization."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.evidence import HTTPRequest, Source, TokenRequest
from bot.intake.exports.documents import MAX_DEPTH, members_of, objects, objects_of, text_of
from bot.intake.exports.draft import Draft, resolved

MAX_REQUESTS = 200
_GRANTS = {"password_credentials": "password", "authorization_code_with_pkce": "authorization_code"}


class _Found(NamedTuple):
    """What a collection holds: requests, and the token requests that its OAuth settings make.

    ``has_root`` tells that the collection itself is shown, so that nothing is handed down from elsewhere.
    """

    requests: list[HTTPRequest]
    token_requests: list[TokenRequest]
    has_root: bool


def variables(value: object) -> dict[str, str]:
    """The variables that an environment or a collection defines."""
    found: dict[str, str] = {}
    for node in objects(value):
        for name in ("values", "variable"):
            for item in objects_of(node.get(name)):
                key, content = text_of(item.get("key")), text_of(item.get("value"))
                if key and content and item.get("enabled") is not False and not item.get("disabled"):
                    found.setdefault(key, content)
    return found


def requests(value: object, defined: Mapping[str, str]) -> list[HTTPRequest | TokenRequest]:
    """The requests of a collection, an item or a single request; empty for any other document."""
    found = _Found([], [], has_root="item" in members_of(value) and "info" in members_of(value))
    _walk(value, None, defined, found, 0)
    return [*found.token_requests[:8], *found.requests]


def _walk(node: object, auth: object, defined: Mapping[str, str], found: _Found, depth: int) -> None:
    """Go through folders; ``auth`` is what they hand down."""
    if depth > MAX_DEPTH or len(found.requests) >= MAX_REQUESTS:
        return
    if isinstance(node, list):
        for item in node:
            _walk(item, auth, defined, found, depth + 1)
        return
    if not isinstance(node, dict):
        return
    members = node
    own = members["auth"] if isinstance(members.get("auth"), dict) else auth
    request = members.get("request")
    if isinstance(request, str) and "://" in request and " " not in request and "headers" not in members:
        _add({"url": request, "method": "GET"}, own, defined, found)
    elif _is_request(request):
        _add(members_of(request), own, defined, found)
    elif _is_request(members):
        _add(members, own, defined, found)
    else:
        for name in ("item", "collection", "requests", "request"):
            _walk(members.get(name), own, defined, found, depth + 1)


def _is_request(value: object) -> bool:
    members = members_of(value)
    url = members.get("url")
    raw = text_of(members_of(url).get("raw")) if isinstance(url, dict) else text_of(url)
    shape = isinstance(members.get("header"), list | str) or (isinstance(url, dict) and ("raw" in url or "host" in url))
    return (
        bool(raw or isinstance(url, dict))
        and shape
        and ("method" in members or "header" in members or "auth" in members)
    )


def _add(members: dict[str, object], inherited: object, defined: Mapping[str, str], found: _Found) -> None:
    draft = Draft("postman", defined)
    draft.method = draft.text(members.get("method")) or "GET"
    draft.url = _url(draft, members.get("url"))
    draft.whole = found.has_root or isinstance(members.get("auth"), dict) or inherited is not None
    auth = members_of(members["auth"] if isinstance(members.get("auth"), dict) else inherited)
    _take_auth(draft, auth, defined, found)
    shown = {(header.key, header.value) for header in draft.headers}
    for name, value in draft.pairs(members.get("header")):
        if (name.strip().lower(), value) not in shown:
            draft.put(name, value)
    draft.body = _body(draft, members_of(members.get("body")))
    found.requests.append(draft.request())


def _url(draft: Draft, url: object) -> str:
    if not isinstance(url, dict):
        return draft.text(url)
    if raw := draft.text(url.get("raw")):
        return raw
    host, path = url.get("host"), url.get("path")
    name = ".".join(map(text_of, host)) if isinstance(host, list) else text_of(host)
    segments = "/".join(map(text_of, path)) if isinstance(path, list) else text_of(path).lstrip("/")
    written = resolved(f"{text_of(url.get('protocol')) or 'https'}://{name}/{segments}", {})
    draft.url = draft.text(written)
    draft.take_query(draft.pairs(url.get("query")))
    return draft.url


def _body(draft: Draft, body: dict[str, object]) -> str:
    if text_of(body.get("mode")) in {"urlencoded", "formdata"}:
        return "&".join(f"{name}={value}" for name, value in draft.pairs(body.get(text_of(body.get("mode")))))
    return draft.text(body.get("raw"))


def _take_auth(draft: Draft, auth: dict[str, object], defined: Mapping[str, str], found: _Found) -> None:
    """The header field that an authorization helper sends."""
    kind = text_of(auth.get("type"))
    settings = auth.get(kind)
    fields = {text_of(item.get("key")): item.get("value") for item in objects_of(settings)} or members_of(settings)
    if kind == "bearer":
        draft.take_bearer(draft.text(fields.get("token")))
    elif kind == "basic":
        draft.take_basic(draft.text(fields.get("username")), draft.text(fields.get("password")))
    elif kind == "apikey" and fields.get("in") == "query":
        draft.take_query([(draft.text(fields.get("key")), draft.text(fields.get("value")))])
    elif kind == "apikey":
        draft.put(draft.text(fields.get("key")), draft.text(fields.get("value")))
    elif kind == "oauth2":
        _take_oauth(draft, fields, defined, found)
    elif kind not in {"", "noauth"}:
        draft.whole = False


def _take_oauth(draft: Draft, fields: dict[str, object], defined: Mapping[str, str], found: _Found) -> None:
    """OAuth settings: the token that was kept, if any, and the token request that they make."""
    token = draft.text(fields.get("accessToken"))
    if token and fields.get("addTokenTo") != "queryParams":
        draft.take_bearer(token, draft.text(fields.get("headerPrefix")).strip())
    else:
        draft.whole = False
    grant = text_of(fields.get("grant_type")) or "authorization_code"
    grant = _GRANTS.get(grant, grant)
    is_token = grant in {"client_credentials", "password"}
    url = draft.text(fields.get("accessTokenUrl" if is_token else "authUrl"))
    parameters = {"grant_type": grant} if is_token else {"response_type": "code"}
    names = {
        "clientId": "client_id",
        "clientSecret": "client_secret",
        "scope": "scope",
        "audience": "audience",
        "resource": "resource",
    }
    for name, parameter in names.items():
        if text := resolved(text_of(fields.get(name)), defined):
            parameters[parameter] = text
    for name in ("tokenRequestParams",) if is_token else ("authRequestParams",):
        parameters |= dict(draft.pairs(fields.get(name)))
    request = TokenRequest(url, "token" if is_token else "authorize", tuple(parameters.items()), source=Source.EXPORT)
    if "://" in url and request not in found.token_requests:
        found.token_requests.append(request)
