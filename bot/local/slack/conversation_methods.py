"""Web API: conversations methods."""

from bot.local.slack.payloads import written
from bot.local.slack.screen import Message
from bot.local.slack.shape import Object, refusal
from bot.local.slack.workspace import Channel, Workspace


def _open(workspace: Workspace, arguments: Object) -> Object:
    user = str(arguments.get("users", ""))
    if user not in workspace.users:
        return refusal("user_not_found")
    return {"ok": True, "channel": {"id": workspace.direct(user)}}


def _readable(workspace: Workspace, arguments: Object, what: str) -> Channel | Object:
    """The conversation that is meant, or why the bot cannot see it; `what` is `read` or `history`."""
    channel = workspace.channels.get(str(arguments.get("channel", "")))
    if channel is None:
        return refusal("channel_not_found")
    scope = f"{'im' if channel.is_im else 'groups' if channel.is_private else 'channels'}:{what}"
    if scope not in workspace.scopes:
        return workspace.lacks(scope)
    if channel.is_private and workspace.bot_user_id not in channel.members:
        return refusal("channel_not_found")
    return channel


def _info(workspace: Workspace, arguments: Object) -> Object:
    channel = _readable(workspace, arguments, "read")
    if not isinstance(channel, Channel):
        return channel
    described: Object = {
        "id": channel.id,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_group": channel.is_private,
        "is_channel": not channel.is_im and not channel.is_private,
        "is_private": channel.is_private or channel.is_im,
        "is_ext_shared": channel.is_ext_shared,
        "is_member": workspace.bot_user_id in channel.members,
    }
    if not channel.is_im:
        described["name"] = channel.name
    if arguments.get("include_num_members") in {True, "1", "true"}:
        described["num_members"] = len(channel.members)
    return {"ok": True, "channel": described}


def _members(workspace: Workspace, arguments: Object) -> Object:
    channel = _readable(workspace, arguments, "read")
    if not isinstance(channel, Channel):
        return channel
    return {"ok": True, "members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def _history(workspace: Workspace, arguments: Object) -> Object:
    channel = _readable(workspace, arguments, "history")
    if not isinstance(channel, Channel):
        return channel
    said = [message for message in _said(workspace, channel, arguments) if message.thread_ts in {"", message.ts}]
    return {"ok": True, "messages": [written(message, workspace) for message in reversed(said)], "has_more": False}


def _replies(workspace: Workspace, arguments: Object) -> Object:
    channel = _readable(workspace, arguments, "history")
    if not isinstance(channel, Channel):
        return channel
    thread = str(arguments.get("ts", ""))
    said = [message for message in _said(workspace, channel, arguments) if thread in {message.ts, message.thread_ts}]
    if not said:
        return refusal("thread_not_found")
    return {"ok": True, "messages": [written(message, workspace) for message in said], "has_more": False}


def _said(workspace: Workspace, channel: Channel, arguments: Object) -> list[Message]:
    """What stands in a conversation for everybody and is newer than `oldest`, the oldest first."""
    oldest = str(arguments.get("oldest", ""))
    said = [m for m in workspace.messages.values() if m.channel == channel.id and not m.ephemeral_to]
    return sorted((message for message in said if message.ts > oldest), key=lambda message: message.ts)


METHODS = {
    "conversations.open": _open,
    "conversations.info": _info,
    "conversations.members": _members,
    "conversations.history": _history,
    "conversations.replies": _replies,
}
