"""The bodies of the Events API: the envelope, messages and what happens to them, Home."""

from bot.local.slack.payloads import VERIFICATION_TOKEN, described, written
from bot.local.slack.screen import Message, View
from bot.local.slack.shape import Object
from bot.local.slack.workspace import Workspace


def envelope(workspace: Workspace, event: Object, event_id: str) -> Object:
    """An event as it is sent. A retry has the same `event_id`."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": workspace.enterprise_id,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": workspace.enterprise_id,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def message(workspace: Workspace, message: Message) -> Object:
    """A message in a direct message channel, a person's or the bot's own."""
    return {
        **written(message, workspace),
        **({"subtype": "file_share", "upload": False} if message.files else {}),
        "client_msg_id": f"local-{message.ts}",
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": "im",
    }


def message_changed(workspace: Workspace, before: Message, after: Message, more: Object) -> Object:
    """A message that changed; `more` is `edited` where somebody edited it, `attachments` for a link preview."""
    return {
        **_hidden(workspace, "message_changed", after.channel),
        "message": {**written(after, workspace), **more},
        "previous_message": written(before, workspace),
    }


def message_deleted(workspace: Workspace, gone: Message) -> Object:
    """A message that was deleted."""
    return {
        **_hidden(workspace, "message_deleted", gone.channel),
        "deleted_ts": gone.ts,
        "previous_message": written(gone, workspace),
    }


def app_home_opened(workspace: Workspace, user: str, channel: str, tab: str, home: View | None) -> Object:
    """Somebody opened the bot's Home (`home`) or its `messages` tab."""
    known = {"view": described(home, {}, workspace)} if home is not None and tab == "home" else {}
    about = {"user": user, "channel": channel, "tab": tab, "event_ts": workspace.new_ts()}
    return {"type": "app_home_opened", **about, **known}


def _hidden(workspace: Workspace, subtype: str, channel: str) -> Object:
    ts = workspace.new_ts()
    place = {"channel": channel, "channel_type": "im", "ts": ts, "event_ts": ts}
    return {"type": "message", "subtype": subtype, "hidden": True, **place}
