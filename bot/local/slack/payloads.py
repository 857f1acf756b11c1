"""The bodies that Slack sends to an app: commands, interactions and events, with all their usual fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.local.slack.screen import Message, View
from bot.local.slack.shape import Object
from bot.local.slack.workspace import Workspace

VERIFICATION_TOKEN = "local-verification"
"""The deprecated token in every body."""


@dataclass(frozen=True)
class Actor:
    """Who does something, and where."""

    workspace: Workspace
    user: str
    name: str
    channel: str

    @property
    def team(self) -> Object:
        """The team as interactions carry it."""
        here = self.workspace
        enterprise = {"enterprise_id": here.enterprise_id, "enterprise_name": "Example"} if here.enterprise_id else {}
        return {"id": here.team_id, "domain": here.team_domain, **enterprise}

    @property
    def common(self) -> Object:
        """Fields of every interaction."""
        here = self.workspace
        return {
            "team": self.team,
            "user": {"id": self.user, "username": self.name, "name": self.name, "team_id": here.team_id},
            "api_app_id": here.app_id,
            "token": VERIFICATION_TOKEN,
            "trigger_id": here.new_trigger(self.user),
            "enterprise": {"id": here.enterprise_id, "name": "Example"} if here.enterprise_id else None,
            "is_enterprise_install": False,
        }

    def place(self, channel: str) -> Object:
        """A channel as interactions carry it."""
        return {"id": channel, "name": self.workspace.channels[channel].name}


def command(actor: Actor, name: str, text: str, response_url: str) -> dict[str, str]:
    """The form of a slash command."""
    here = actor.workspace
    enterprise = {"enterprise_id": here.enterprise_id, "enterprise_name": "Example"} if here.enterprise_id else {}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": here.team_id,
        "team_domain": here.team_domain,
        **enterprise,
        "channel_id": actor.channel,
        "channel_name": here.channels[actor.channel].name,
        "user_id": actor.user,
        "user_name": actor.name,
        "command": name,
        "text": text,
        "api_app_id": here.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": here.new_trigger(actor.user),
    }


def message_click(actor: Actor, message: Message, action: Object, response_url: str) -> Object:
    """A click in a message. One in an ephemeral message does not carry its text and blocks."""
    own = {} if message.ephemeral_to else {"message": written(message, actor.workspace)}
    return {
        "type": "block_actions",
        **actor.common,
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.ephemeral_to),
        },
        "channel": actor.place(message.channel),
        **own,
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }


def view_click(actor: Actor, view: View, action: Object, values: Object) -> Object:
    """A click in a modal or on Home; it carries the view with everything typed so far."""
    return {
        "type": "block_actions",
        **actor.common,
        "container": {"type": "view", "view_id": view.id},
        "view": described(view, values, actor.workspace),
        "actions": [action],
    }


def submission(actor: Actor, view: View, values: Object) -> Object:
    """A modal's submission."""
    return {
        "type": "view_submission",
        **actor.common,
        "view": described(view, values, actor.workspace),
        "response_urls": [],
    }


def closing(actor: Actor, view: View) -> Object:
    """A modal closed by its user, for a bot that asked to be told."""
    common = actor.common
    del common["trigger_id"]
    return {"type": "view_closed", **common, "view": described(view, {}, actor.workspace), "is_cleared": False}


def message_shortcut(actor: Actor, callback_id: str, message: Message, response_url: str) -> Object:
    """A shortcut on a message, which it carries whole."""
    return {
        "type": "message_action",
        "callback_id": callback_id,
        **actor.common,
        "action_ts": actor.workspace.new_ts(),
        "message_ts": message.ts,
        "channel": actor.place(message.channel),
        "message": written(message, actor.workspace),
        "response_url": response_url,
    }


def global_shortcut(actor: Actor, callback_id: str) -> Object:
    """A shortcut from the search bar or the composer: no channel, no response_url."""
    return {"type": "shortcut", "callback_id": callback_id, **actor.common, "action_ts": actor.workspace.new_ts()}


def event(workspace: Workspace, inner: Object, event_id: str) -> Object:
    """The envelope of an event."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": workspace.enterprise_id,
        "api_app_id": workspace.app_id,
        "event": inner,
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


def message_event(message: Message, team: str, subtype: str = "") -> Object:
    """A message that a person wrote to the bot."""
    return {
        "type": "message",
        **({"subtype": subtype} if subtype else {}),
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": f"local-{message.ts}",
        "text": message.text,
        "team": team,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        **({"blocks": list(message.blocks)} if message.blocks else {}),
        **({"files": list(message.files), "upload": False} if message.files else {}),
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": "im",
    }


def written(message: Message, workspace: Workspace) -> Object:
    """A message as interactions and changes carry it."""
    bot = {"bot_id": workspace.bot_id, "app_id": workspace.app_id} if message.user == workspace.bot_user_id else {}
    return {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        **bot,
        "text": message.text,
        "team": workspace.team_id,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        **({"blocks": list(message.blocks)} if message.blocks else {}),
        **({"files": list(message.files)} if message.files else {}),
    }


def described(view: View, values: Object, workspace: Workspace) -> Object:
    """A view as Slack describes it to the bot, with the state of its inputs."""
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "private_metadata": "",
        "callback_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "external_id": "",
        **view.content,
        "state": {"values": values},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }


def action(element: Object, block_id: str, ts: str, chosen: Sequence[Object] = ()) -> Object:
    """What was clicked, as `actions` of an interaction names it; `chosen` are the options of a menu."""
    named = {name: element[name] for name in ("type", "action_id", "text", "value", "style") if name in element}
    done: Object = {**named, "block_id": block_id, "action_ts": ts}
    if element["type"] == "checkboxes":
        done["selected_options"] = list(chosen)
    elif chosen:
        done["selected_option"] = chosen[0]
    return done
