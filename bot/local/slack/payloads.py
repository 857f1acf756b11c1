"""The bodies that Slack sends to an app for commands and interactions, with all their usual fields."""

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
    def common(self) -> Object:
        """Fields of every interaction."""
        here = self.workspace
        return {
            "team": {"id": here.team_id, "domain": here.team_domain, **enterprise(here)},
            "user": {"id": self.user, "username": self.name, "name": self.name, "team_id": here.team_id},
            "api_app_id": here.app_id,
            "token": VERIFICATION_TOKEN,
            "enterprise": {"id": here.enterprise_id, "name": "Example"} if here.enterprise_id else None,
            "is_enterprise_install": False,
        }

    @property
    def triggering(self) -> Object:
        """Fields of every interaction that may open a modal."""
        return {**self.common, "trigger_id": self.workspace.new_trigger(self.user)}

    def place(self, channel: str) -> Object:
        """A channel as interactions carry it: private ones without their name."""
        here = self.workspace.channels[channel]
        return {"id": channel, "name": "privategroup" if here.is_private else here.name}


def enterprise(workspace: Workspace) -> dict[str, str]:
    """The organisation of a team; empty for a team of its own."""
    if workspace.enterprise_id is None:
        return {}
    return {"enterprise_id": workspace.enterprise_id, "enterprise_name": "Example"}


def command(actor: Actor, name: str, text: str, response_url: str) -> dict[str, str]:
    """The form of a slash command."""
    here = actor.workspace
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": here.team_id,
        "team_domain": here.team_domain,
        **enterprise(here),
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
    ephemeral = bool(message.ephemeral_to)
    container = {"message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": ephemeral}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return {
        "type": "block_actions",
        **actor.triggering,
        "container": {"type": "message", **container},
        "channel": actor.place(message.channel),
        **({} if ephemeral else {"message": written(message, actor.workspace)}),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }


def view_click(actor: Actor, view: View, action: Object, values: Object) -> Object:
    """A click in a modal or on Home; it carries the view with everything typed so far."""
    return {
        "type": "block_actions",
        **actor.triggering,
        "container": {"type": "view", "view_id": view.id},
        "view": described(view, values, actor.workspace),
        "actions": [action],
    }


def submission(actor: Actor, view: View, values: Object, response_urls: Sequence[Object] = ()) -> Object:
    """A modal's submission, with a response_url for each conversation that was chosen where the modal asked for one."""
    described_view = described(view, values, actor.workspace)
    return {"type": "view_submission", **actor.triggering, "view": described_view, "response_urls": [*response_urls]}


def closing(actor: Actor, view: View) -> Object:
    """A modal closed by its user, for a bot that asked to be told."""
    return {"type": "view_closed", **actor.common, "view": described(view, {}, actor.workspace), "is_cleared": False}


def message_shortcut(actor: Actor, callback_id: str, message: Message, response_url: str) -> Object:
    """A shortcut on a message, which it carries whole."""
    return {
        "type": "message_action",
        "callback_id": callback_id,
        **actor.triggering,
        "action_ts": actor.workspace.new_ts(),
        "message_ts": message.ts,
        "channel": actor.place(message.channel),
        "message": written(message, actor.workspace),
        "response_url": response_url,
    }


def global_shortcut(actor: Actor, callback_id: str) -> Object:
    """A shortcut from the search bar or the composer: no channel, no response_url."""
    return {"type": "shortcut", "callback_id": callback_id, **actor.triggering, "action_ts": actor.workspace.new_ts()}


def written(message: Message, workspace: Workspace) -> Object:
    """A message as interactions, changes and the Web API carry it."""
    by_bot = message.user == workspace.bot_user_id
    return {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        **({"bot_id": workspace.bot_id, "app_id": workspace.app_id} if by_bot else {}),
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
    done: Object = {name: element[name] for name in ("type", "action_id", "text", "value", "style") if name in element}
    done.update(block_id=block_id, action_ts=ts)
    if element["type"] == "checkboxes":
        done["selected_options"] = list(chosen)
    elif chosen:
        done["selected_option"] = chosen[0]
    return done
