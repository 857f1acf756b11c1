"""Insomnia: exports of format 4 (JSON) and 5 (YAML), which differ in how requests are nested alone."""

from collections.abc import Mapping

from bot.evidence import HTTPRequest, Source, TokenRequest
from bot.intake.exports.documents import members_of, objects, text_of
from bot.intake.exports.draft import Draft


def is_export(value: object) -> bool:
    """Whether a document is an export of Insomnia, or a resource of one."""
    members = members_of(value)
    kind = text_of(members.get("type"))
    return (
        "__export_format" in members
        or text_of(members.get("_type")) in {"request", "export"}
        or kind.startswith("collection.insomnia.rest")
    )


def variables(value: object) -> dict[str, str]:
    """The variables that environments and folders define."""
    found: dict[str, str] = {}
    for node in objects(value):
        data = members_of(node.get("data") if node.get("_type") == "environment" else node.get("environment"))
        data = data or members_of(members_of(node.get("environments")).get("data"))
        for name, content in data.items():
            if text := text_of(content):
                found.setdefault(name, text)
    return found


def requests(value: object, defined: Mapping[str, str]) -> list[HTTPRequest | TokenRequest]:
    """The requests of an export; empty for any other document."""
    if not is_export(value):
        return []
    found: list[HTTPRequest | TokenRequest] = []
    nodes = list(objects(value))
    inherits = any(_is_folder(node) and text_of(members_of(node.get("authentication")).get("type")) for node in nodes)
    for node in nodes:
        if isinstance(node.get("url"), str) and ("method" in node or node.get("_type") == "request"):
            found += _request(node, defined, inherits=inherits)
    return found[:200]


def _is_folder(node: dict[str, object]) -> bool:
    return node.get("_type") == "request_group" or isinstance(node.get("children"), list)


def _request(
    node: dict[str, object], defined: Mapping[str, str], *, inherits: bool
) -> list[HTTPRequest | TokenRequest]:
    """One request; ``inherits`` tells that a folder has an authentication, which requests without one take over."""
    draft = Draft("insomnia", defined)
    draft.method = text_of(node.get("method")) or "GET"
    draft.url = draft.text(node.get("url"))
    draft.take_query(draft.pairs(node.get("parameters")))
    auth = members_of(node.get("authentication"))
    draft.whole = bool(auth) or not inherits
    token_requests: list[HTTPRequest | TokenRequest] = []
    if not auth.get("disabled"):
        token_requests += _take_auth(draft, auth)
    draft.take_fields(node.get("headers"))
    body = members_of(node.get("body"))
    draft.body = draft.text(body.get("text")) or "&".join(
        f"{name}={value}" for name, value in draft.pairs(body.get("params"))
    )
    return [*token_requests, draft.request()]


def _take_auth(draft: Draft, auth: dict[str, object]) -> list[TokenRequest]:
    kind = text_of(auth.get("type"))
    if kind == "bearer":
        draft.take_bearer(draft.text(auth.get("token")), draft.text(auth.get("prefix")))
    elif kind == "basic":
        draft.take_basic(draft.text(auth.get("username")), draft.text(auth.get("password")))
    elif kind == "apikey" and text_of(auth.get("addTo")) in {"", "header"}:
        draft.put(draft.text(auth.get("key")), draft.text(auth.get("value")))
    elif kind == "oauth2":
        draft.whole = False
        return _oauth(draft, auth)
    elif kind not in {"", "none"}:
        draft.whole = False
    return []


def _oauth(draft: Draft, auth: dict[str, object]) -> list[TokenRequest]:
    grant = text_of(auth.get("grantType")) or "authorization_code"
    is_token = grant in {"client_credentials", "password"}
    url = draft.text(auth.get("accessTokenUrl" if is_token else "authorizationUrl"))
    parameters = {"grant_type": grant} if is_token else {"response_type": "code"}
    names = {
        "clientId": "client_id",
        "clientSecret": "client_secret",
        "scope": "scope",
        "audience": "audience",
        "resource": "resource",
    }
    parameters |= {parameter: text for name, parameter in names.items() if (text := draft.text(auth.get(name)))}
    if "://" not in url:
        return []
    return [TokenRequest(url, "token" if is_token else "authorize", tuple(parameters.items()), source=Source.EXPORT)]
