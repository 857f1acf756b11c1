"""Nodes of automation tools: n8n's HTTP request, Make's HTTP module, the HTTP action of Power Automate and Logic Apps.

Inside such a node the tool evaluates expressions, so that what they come to is unknown; where the field shows that it
was not in expression mode, the expression is what was sent.
"""

import json

from bot.evidence import HTTPRequest
from bot.intake.exports.documents import members_of, objects, objects_of, text_of
from bot.intake.exports.draft import Draft, evaluated

_N8N_FIELDS = ("headerParameters", "headerParametersUi")


def requests(value: object) -> list[HTTPRequest]:
    """The requests of all nodes in a document; empty where there is no such node."""
    found: list[HTTPRequest] = []
    taken: set[int] = set()
    for node in objects(value):
        parameters = members_of(node.get("parameters"))
        if id(node) in taken:
            continue
        if _is_n8n(parameters, text_of(node.get("type"))):
            found.append(_n8n(parameters, node))
            taken.add(id(parameters))
        elif _is_n8n(node, ""):
            found.append(_n8n(node, {}))
        elif isinstance(members_of(node.get("mapper")).get("url"), str):
            found.append(_make(members_of(node.get("mapper"))))
        elif text_of(node.get("type")).lower() == "http" and isinstance(members_of(node.get("inputs")).get("uri"), str):
            found.append(_flow(members_of(node.get("inputs"))))
    return found[:200]


def _is_n8n(parameters: dict[str, object], kind: str) -> bool:
    if not isinstance(parameters.get("url"), str):
        return False
    return (
        kind.endswith("httpRequest") or "sendHeaders" in parameters or any(name in parameters for name in _N8N_FIELDS)
    )


def _field(text: str) -> str:
    """A field of n8n: in expression mode it begins with ``=``; else it is sent as it stands."""
    return evaluated(text[1:]) if text.startswith("=") else text


def _n8n(parameters: dict[str, object], node: dict[str, object]) -> HTTPRequest:
    draft = Draft("n8n")
    draft.method = text_of(parameters.get("method") or parameters.get("requestMethod")) or "GET"
    draft.url = _field(text_of(parameters.get("url")))
    sends = parameters.get("sendHeaders") is not False
    for name in _N8N_FIELDS if sends else ():
        fields = members_of(parameters.get(name))
        for item in objects_of(fields.get("parameters") or fields.get("parameter")):
            draft.put(_field(text_of(item.get("name"))), _field(text_of(item.get("value"))))
            if "{{" in text_of(item.get("value")) and not text_of(item.get("value")).startswith("="):
                draft.flags.add("expression-as-text")
    for name in ("jsonHeaders", "headerParametersJson"):
        _take_json_headers(draft, text_of(parameters.get(name)) if sends else "")
    authentication = text_of(parameters.get("authentication"))
    draft.whole = authentication in {"", "none"} and not node.get("credentials")
    query = members_of(parameters.get("queryParameters") or parameters.get("queryParametersUi"))
    items = objects_of(query.get("parameters") or query.get("parameter"))
    draft.take_query([(text_of(item.get("name")), _field(text_of(item.get("value")))) for item in items])
    draft.body = _n8n_body(parameters)
    return draft.request()


def _n8n_body(parameters: dict[str, object]) -> str:
    if text := text_of(parameters.get("jsonBody") or parameters.get("body")):
        return _field(text)
    given = members_of(parameters.get("bodyParameters") or parameters.get("bodyParametersUi"))
    pairs = [
        (text_of(item.get("name")), _field(text_of(item.get("value"))))
        for item in objects_of(given.get("parameters") or given.get("parameter"))
    ]
    if text_of(parameters.get("contentType")) == "form-urlencoded":
        return "&".join(f"{name}={value}" for name, value in pairs)
    return json.dumps(dict(pairs)) if pairs else ""


def _take_json_headers(draft: Draft, text: str) -> None:
    text = _field(text)
    if not text.strip().startswith("{"):
        return
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        draft.whole = False
        return
    draft.take_fields(fields)


def _make(mapper: dict[str, object]) -> HTTPRequest:
    draft = Draft("make")
    draft.method = text_of(mapper.get("method")) or "GET"
    draft.url = evaluated(text_of(mapper.get("url")))
    for name, value in draft.pairs(mapper.get("headers")):
        draft.put(name, evaluated(value))
    if mapper.get("authUser"):
        draft.take_basic(text_of(mapper.get("authUser")), text_of(mapper.get("authPass")))
    draft.body = evaluated(text_of(mapper.get("data")))
    return draft.request()


def _flow(inputs: dict[str, object]) -> HTTPRequest:
    draft = Draft("power-automate")
    draft.method = text_of(inputs.get("method"))
    draft.url = evaluated(text_of(inputs.get("uri")))
    for name, value in draft.pairs(inputs.get("headers")):
        draft.put(name, evaluated(value))
    body = inputs.get("body")
    draft.body = evaluated(body if isinstance(body, str) else json.dumps(body) if body else "")
    authentication = members_of(inputs.get("authentication"))
    if text_of(authentication.get("type")).lower() == "raw":
        draft.put("Authorization", evaluated(text_of(authentication.get("value"))))
    elif text_of(authentication.get("type")).lower() == "basic":
        draft.take_basic(text_of(authentication.get("username")), text_of(authentication.get("password")))
    else:
        draft.whole = "authentication" not in inputs
    return draft.request()
