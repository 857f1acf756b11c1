"""Web API: chat methods."""

from bot.local.slack.payloads import written
from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches
from bot.local.slack.screen import Message
from bot.local.slack.shape import Object, refusal
from bot.local.slack.workspace import Channel, Workspace, completed


def _refused(workspace: Workspace, method: str, arguments: Object) -> Object | None:
    """Slack's refusal of what a message holds, if it refuses it."""
    error, messages = workspace.judged(method, message_breaches(arguments, POSTED_MOST, POST_FIELDS))
    return refusal(error, errors=messages, response_metadata={"messages": messages}) if error else None


def _blocks(arguments: Object) -> tuple[Object, ...]:
    return tuple(completed({"blocks": arguments.get("blocks", [])})["blocks"])


def _posted(workspace: Workspace, arguments: Object, channel: Channel, ephemeral_to: str = "") -> Message:
    text, thread = str(arguments.get("text", "")), str(arguments.get("thread_ts", ""))
    made = (channel.id, workspace.new_ts(), text, _blocks(arguments), workspace.bot_user_id, ephemeral_to, thread)
    return workspace.post(Message(*made))


def _post_message(workspace: Workspace, arguments: Object) -> Object:
    if (refused := _refused(workspace, "chat.postMessage", arguments)) is not None:
        return refused
    where = str(arguments.get("channel", ""))
    channel = workspace.channels.get(workspace.direct(where) if where in workspace.users else where)
    if channel is None:
        return refusal("channel_not_found")
    if workspace.bot_user_id not in channel.members:
        return refusal("not_in_channel")
    message = _posted(workspace, arguments, channel)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": written(message, workspace)}


def _post_ephemeral(workspace: Workspace, arguments: Object) -> Object:
    if (refused := _refused(workspace, "chat.postEphemeral", arguments)) is not None:
        return refused
    channel = workspace.channels.get(str(arguments.get("channel", "")))
    user = str(arguments.get("user", ""))
    if channel is None:
        return refusal("channel_not_found")
    if workspace.bot_user_id not in channel.members:
        return refusal("not_in_channel")
    if user not in channel.members:
        return refusal("user_not_in_channel")
    return {"ok": True, "message_ts": _posted(workspace, arguments, channel, user).ts}


def _own(workspace: Workspace, arguments: Object, error: str) -> Message | Object:
    """The bot's message that is meant, or why it cannot be changed: an ephemeral one cannot even be found."""
    channel = str(arguments.get("channel", ""))
    message = workspace.messages.get((channel, str(arguments.get("ts", ""))))
    if channel not in workspace.channels:
        return refusal("channel_not_found")
    if message is None or message.ephemeral_to:
        return refusal("message_not_found")
    return message if message.user == workspace.bot_user_id else refusal(error)


def _update(workspace: Workspace, arguments: Object) -> Object:
    if (refused := _refused(workspace, "chat.update", arguments)) is not None:
        return refused
    message = _own(workspace, arguments, "cant_update_message")
    if not isinstance(message, Message):
        return message
    # Slack keeps the blocks of a message that is updated without any.
    blocks = _blocks(arguments) if "blocks" in arguments else message.blocks
    changed = workspace.update(message, str(arguments.get("text", "")), blocks)
    about = {"channel": changed.channel, "ts": changed.ts, "text": changed.text}
    return {"ok": True, **about, "message": written(changed, workspace)}


def _delete(workspace: Workspace, arguments: Object) -> Object:
    message = _own(workspace, arguments, "cant_delete_message")
    if not isinstance(message, Message):
        return message
    workspace.delete(message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def _get_permalink(workspace: Workspace, arguments: Object) -> Object:
    channel, ts = str(arguments.get("channel", "")), str(arguments.get("message_ts", ""))
    if (channel, ts) not in workspace.messages:
        return refusal("message_not_found")
    link = f"{workspace.url}archives/{channel}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel, "permalink": link}


WRITING = {
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
}
METHODS = {**WRITING, "chat.getPermalink": _get_permalink}
