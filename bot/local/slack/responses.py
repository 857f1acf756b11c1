"""Messages to a response_url, and in a slash command's acknowledgement: what they do in the workspace."""

from bot.local.slack.rules import RESPONDED_MOST, RESPONSE_FIELDS, message_breaches
from bot.local.slack.screen import Message
from bot.local.slack.shape import Object
from bot.local.slack.workspace import RESPONSE_URL_SECONDS, RESPONSE_URL_USES, ResponseURL, Workspace, completed


def respond(workspace: Workspace, path: str, body: Object) -> tuple[int, Object]:
    """Carries out one request to a response_url; the HTTP status and Slack's answer."""
    url = workspace.response_urls.get(path)
    if url is None:
        workspace.breaks("response_url", "was never given out")
        return 404, {"ok": False, "error": "no_such_url"}
    if workspace.clock() - url.made_at > RESPONSE_URL_SECONDS:
        workspace.breaks("response_url", "is older than 30 minutes")
        return 404, {"ok": False, "error": "expired_url"}
    if url.uses >= RESPONSE_URL_USES:
        workspace.breaks("response_url", f"was used more than {RESPONSE_URL_USES} times")
        return 404, {"ok": False, "error": "used_url"}
    url.uses += 1
    if body.get("delete_original"):
        error = _delete(workspace, url, body)
    else:
        error = answer(workspace, "response_url", url, body)
    return (400, {"ok": False, "error": error}) if error else (200, {"ok": True})


def answer(workspace: Workspace, where: str, url: ResponseURL, body: Object) -> str:
    """Shows one message, new or in place of the original; Slack's error, empty if there is none."""
    error, _messages = workspace.judged(where, message_breaches(body, RESPONDED_MOST, RESPONSE_FIELDS))
    if error:
        return error
    kind = body.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        workspace.breaks(where, f"/response_type: {kind!r} is neither ephemeral nor in_channel")
        return "invalid_arguments"
    if kind == "in_channel" and url.kind == "commands":
        workspace.breaks(where, "/response_type: in_channel shows the typed command to everybody")
    blocks = tuple(completed({"blocks": body.get("blocks", [])})["blocks"])
    text = str(body.get("text", ""))
    original = _original(workspace, where, url) if body.get("replace_original") else None
    if original is not None:
        workspace.update(original, text, blocks)
    else:
        seen_by = url.user if kind == "ephemeral" else ""
        thread = str(body.get("thread_ts", ""))
        workspace.post(Message(url.channel, workspace.new_ts(), text, blocks, workspace.bot_user_id, seen_by, thread))
    return ""


def _delete(workspace: Workspace, url: ResponseURL, body: Object) -> str:
    if len(body) > 1:
        workspace.breaks("response_url", "delete_original must be the only attribute")
        return "invalid_arguments"
    original = _original(workspace, "response_url", url)
    if original is not None:
        workspace.delete(original)
    return ""


def _original(workspace: Workspace, where: str, url: ResponseURL) -> Message | None:
    if not url.original:
        workspace.breaks(where, "has no original: only a click inside a message can replace or delete it")
        return None
    return workspace.messages.get((url.channel, url.original))
