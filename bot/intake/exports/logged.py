"""Requests in JSON of no known tool: fragments with a URL and header fields, log lines, clients' errors, echoes."""

import json

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.exports.documents import members_of, objects, text_of
from bot.intake.exports.draft import Draft, response_of
from bot.intake.piece import LooseHeader
from bot.url import read_url

_URLS = ("url", "uri", "requestUrl", "request_url", "endpoint", "requestUri", "request_uri", "URL")
_FIELDS = ("headers", "request_headers", "requestHeaders", "httpHeaders", "reqHeaders", "Headers", "header")
_STATUSES = ("status", "statusCode", "status_code", "responseStatus", "response_status", "httpStatus", "code")
_LOGGED = ("auth", "auth_header", "authheader", "authorization_header", "authorizationheader", "http_authorization")
_ECHOES = ("httpbin.org", "postman-echo.com", "httpbingo.org", "echo.hoppscotch.io", "webhook.site", "beeceptor.com")


def values(value: object) -> list[Exchange | HTTPRequest | LooseHeader]:
    """The requests in a document, with the answers that stand beside them."""
    found: list[Exchange | HTTPRequest | LooseHeader] = []
    outer: dict[int, dict[str, object]] = {}
    for node in objects(value):
        for name in ("request", "config", "req", "http"):
            if isinstance(inner := node.get(name), dict):
                outer[id(inner)] = node
        if (draft := _draft(node)) is not None:
            found.append(_with_answer(draft, node, outer.get(id(node), {})))
    return found[:200]


def _draft(node: dict[str, object]) -> Draft | None:
    fields = _fields(node)
    if fields is None and "://" in text_of(node.get("url")):  # Datadog nests them: http.url, http.request.headers
        fields = _fields(members_of(node.get("request")))
    flat = {} if fields is not None else _flat(node)
    fields = flat or fields
    url = _url(node, fields)
    method, target = _request_line(node)
    url = url or target
    if fields is None or not url:
        return None
    draft = Draft("")
    draft.url = url
    draft.method = text_of(next((node[name] for name in ("method", "httpMethod", "verb") if name in node), method))
    draft.take_fields(fields)
    draft.whole = draft.whole and not flat
    _take_auth(draft, members_of(node.get("auth") or node.get("authentication")))
    body = next((node[name] for name in ("body", "data", "payload", "requestBody") if node.get(name)), "")
    draft.body = body if isinstance(body, str) else json.dumps(body)
    return draft if draft.headers or draft.method else None


def _fields(node: dict[str, object]) -> object:
    """The header fields of a request: an object, a list, or their lines as one text."""
    for name in _FIELDS:
        value = node.get(name)
        if isinstance(value, dict | list) or (isinstance(value, str) and "uthorization:" in value):
            return value
    return None


def _request_line(node: dict[str, object]) -> tuple[str, str]:
    """Method and URL, where they are one text: ``"request": "GET https://..."``."""
    words = text_of(node.get("request")).split(" ", 2)
    is_line = len(words) > 1 and words[0].isalpha() and words[0].isupper() and "://" in words[1]
    return (words[0], words[1]) if is_line else ("", "")


def _flat(node: dict[str, object]) -> dict[str, object]:
    """The field that a log line carries beside its URL, without a list of fields, under a name of the log's own."""
    return {
        "Authorization" if name.lower() in _LOGGED else name: value
        for name, value in node.items()
        if name.lower() == "authorization" or (name.lower() in _LOGGED and text_of(value)[:7].lower() == "bearer ")
    }


def _take_auth(draft: Draft, auth: dict[str, object]) -> None:
    """What the tool itself puts into the Authorization field, by a member beside the fields."""
    if not auth or auth.get("authActive") is False or auth.get("disabled"):
        return
    kind = next((text_of(auth[name]).lower() for name in ("type", "authType", "mode") if name in auth), "")
    own = members_of(auth.get(kind)) or auth
    user = text_of(own.get("username") or own.get("user"))
    if kind == "bearer":
        draft.take_bearer(text_of(own.get("token")) or text_of(auth.get("bearer")))
    elif kind == "basic" or (not kind and user):
        draft.take_basic(user, text_of(own.get("password") or own.get("pass")))
    elif kind not in {"", "none"}:
        draft.whole = False


def _url(node: dict[str, object], fields: object) -> str:
    url = next((text_of(node[name]) for name in _URLS if "://" in text_of(node.get(name))), "")
    base = text_of(node.get("baseURL"))
    if not url and "://" in base:
        return f"{base.rstrip('/')}/{text_of(node.get('url')).lstrip('/')}"
    host = next((text_of(value) for name, value in members_of(fields).items() if name.lower() == "host"), "")
    host = host or text_of(node.get("host") or node.get("hostname"))
    path = text_of(node.get("path") or node.get("url"))
    return url or (f"https://{host}{path}" if host and path.startswith("/") else "")


def _with_answer(
    draft: Draft, node: dict[str, object], outer: dict[str, object]
) -> Exchange | HTTPRequest | LooseHeader:
    target = read_url(draft.url)
    if target is not None and target.host.endswith(_ECHOES):
        field = next((header for header in draft.headers if header.key == "authorization"), Header("Authorization", ""))
        return LooseHeader(field, Source.TRACE)
    answer = None
    for owner in (node, outer):
        inner = members_of(owner.get("response") or owner.get("res"))
        answer = answer or _answer(draft, inner, inner) or _answer(draft, owner, inner)
    if answer is None:
        return draft.request()
    draft.whole = False
    if answer.body == draft.body:
        draft.body = ""
    return Exchange(draft.request(), answer)


def _answer(draft: Draft, holder: dict[str, object], inner: dict[str, object]) -> HTTPResponse | None:
    """The answer whose status a holder names; its body stands beside the status."""
    status = next((holder[name] for name in _STATUSES if name in holder), None)
    body = holder.get("body") or holder.get("data") or inner.get("body") or inner.get("data") or _reason(holder)
    return response_of(status, draft.pairs(inner.get("headers")), body if isinstance(body, str) else json.dumps(body))


def _reason(holder: dict[str, object]) -> dict[str, str] | str:
    """What a log's own line says of a refusal, as a body would; empty where it says nothing."""
    reason = next(
        (holder[name] for name in ("error", "err", "message", "msg") if isinstance(holder.get(name), str)), ""
    )
    return {"message": str(reason)} if reason else ""
