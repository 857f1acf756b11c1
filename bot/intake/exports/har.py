"""HAR logs (HTTP Archive 1.2), whole or single entries, as browsers and proxies write them."""

from bot.evidence import Exchange
from bot.intake.answers import iso_time
from bot.intake.exports.documents import members_of, objects, text_of
from bot.intake.exports.draft import Draft, content_of, response_of

HIDDEN = frozenset({"authorization", "cookie"})


def exchanges(value: object) -> list[Exchange]:
    """The exchanges of a HAR log or entry; empty for any other document."""
    entries = [node for node in objects(value) if _is_entry(node)]
    found = _joined([_exchange(entry) for entry in entries[:400]])
    if _is_sanitised(value, found):
        return [_sanitised(item) for item in found]
    return found


def _is_entry(node: dict[str, object]) -> bool:
    request = members_of(node.get("request"))
    return (
        isinstance(request.get("url"), str)
        and isinstance(request.get("headers"), list)
        and (isinstance(node.get("response"), dict) or "startedDateTime" in node or "httpVersion" in request)
    )


def _exchange(entry: dict[str, object]) -> Exchange:
    request, response = members_of(entry.get("request")), members_of(entry.get("response"))
    draft = Draft("har")
    draft.method = text_of(request.get("method"))
    draft.url = text_of(request.get("url"))
    draft.take_fields(request.get("headers"))
    posted = members_of(request.get("postData"))
    draft.body = text_of(posted.get("text")) or "&".join(
        f"{name}={value}" for name, value in draft.pairs(posted.get("params"))
    )
    draft.at = iso_time(text_of(entry.get("startedDateTime")))
    fields = draft.pairs(response.get("headers"))
    if not any(name.lower() == "location" for name, _ in fields) and (target := text_of(response.get("redirectURL"))):
        fields.append(("Location", target))
    body = content_of(response.get("content"))
    answer = response_of(response.get("status"), fields, body, text_of(response.get("statusText")))
    return Exchange(draft.request(), answer)


def _joined(found: list[Exchange]) -> list[Exchange]:
    """Redirect chains as one exchange each: the first request, the last answer, what stood between."""
    joined: list[Exchange] = []
    for item in found:
        before = joined[-1] if joined else None
        answer = before.response if before else None
        if before is None or answer is None or not 300 <= (answer.status or 0) < 400 or not _leads_to(before, item):
            joined.append(item)
            continue
        joined[-1] = before._replace(response=item.response, hops=(*before.hops, answer), last_request=item.request)
    return joined


def _leads_to(before: Exchange, item: Exchange) -> bool:
    """Whether an answer's Location is what the next request asks for."""
    location = before.response.header("location") if before.response else None
    url = item.request.url if item.request else None
    return bool(location and url) and (url or "").rstrip("/").endswith((location or "").rstrip("/"))


def _is_sanitised(value: object, found: list[Exchange]) -> bool:
    """Whether the log may be one of Chrome's that leave out Authorization and Cookie, its default since version 130."""
    creator = members_of(members_of(members_of(value).get("log")).get("creator"))
    if creator.get("name") != "WebInspector":
        return False
    return not any(header.key in HIDDEN for item in found if item.request for header in item.request.headers)


def _sanitised(item: Exchange) -> Exchange:
    """The exchange with the remark that its log may leave out Authorization."""
    request = item.request
    return item._replace(request=request._replace(flags=request.flags | {"may-be-sanitised"})) if request else item
