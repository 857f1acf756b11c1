"""The Web API's methods over a workspace: each takes the arguments of a call and returns Slack's answer."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches, view_breaches
from bot.local.slack.screen import Message, View
from bot.local.slack.shape import Object
from bot.local.slack.workspace import STACK_MOST, Channel, Workspace, completed

SCOPES: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "conversations.open": ("im:write",),
    "users.info": ("users:read",),
    "files.info": ("files:read",),
    "usergroups.users.list": ("usergroups:read",),
}
"""Scopes that a method needs whatever it is called with. Those of conversations depend on the conversation."""


class WebAPI:
    """Answers Web API calls. What breaks a rule is kept as a broken rule, and refused as Slack refuses it."""

    def __init__(self, workspace: Workspace, scopes: set[str], permalinks: str) -> None:
        """Makes the methods; `scopes` are the bot token's, `permalinks` the base URL of the team."""
        self._workspace = workspace
        self._scopes = scopes
        self._permalinks = permalinks
        self.methods: Mapping[str, Callable[[Object], Object]] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post_message,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.getPermalink": self._permalink,
            "conversations.open": self._open,
            "conversations.info": self._info,
            "conversations.members": self._members,
            "conversations.history": self._history,
            "views.open": self._views_open,
            "views.push": self._views_push,
            "views.update": self._views_update,
            "views.publish": self._views_publish,
            "users.info": self._users_info,
            "files.info": self._files_info,
            "usergroups.users.list": self._user_group,
            "apps.connections.open": lambda _arguments: _error("not_allowed_token_type"),
        }

    def call(self, method: str, arguments: Object) -> Object:
        """The answer to one call."""
        if method not in self.methods:
            self._workspace.breaks(method, "is no method that the bot needs")
            return _error("unknown_method")
        missing = [scope for scope in SCOPES.get(method, ()) if scope not in self._scopes]
        return self._missing(missing[0]) if missing else self.methods[method](arguments)

    def _missing(self, scope: str) -> Object:
        return {**_error("missing_scope"), "needed": scope, "provided": ",".join(sorted(self._scopes))}

    def _auth_test(self, _arguments: Object) -> Object:
        here = self._workspace
        return {
            "ok": True,
            "url": self._permalinks,
            "team": "Example",
            "user": "rhythm_auth",
            "is_enterprise_install": False,
            "team_id": here.team_id,
            "user_id": here.bot_user_id,
            "bot_id": here.bot_id,
            **({"enterprise_id": here.enterprise_id} if here.enterprise_id else {}),
        }

    def _message(self, method: str, arguments: Object) -> Object | None:
        """Slack's refusal of a message, if it refuses it."""
        breaches = message_breaches(arguments, POSTED_MOST, POST_FIELDS)
        error, messages = self._workspace.judged(method, breaches)
        return {**_error(error), "errors": messages, "response_metadata": {"messages": messages}} if error else None

    def _channel(self, arguments: Object) -> Channel | None:
        return self._workspace.channels.get(str(arguments.get("channel", "")))

    def _new_message(self, arguments: Object, channel: Channel, ephemeral_to: str = "") -> Message:
        blocks = completed({"blocks": arguments.get("blocks", [])})["blocks"]
        return self._workspace.post(
            Message(
                channel.id,
                self._workspace.new_ts(),
                str(arguments.get("text", "")),
                tuple(blocks),
                self._workspace.bot_user_id,
                ephemeral_to,
                str(arguments.get("thread_ts", "")),
            )
        )

    def _post_message(self, arguments: Object) -> Object:
        if (refusal := self._message("chat.postMessage", arguments)) is not None:
            return refusal
        where = str(arguments.get("channel", ""))
        channel = self._workspace.channels.get(
            self._workspace.direct(where) if where in self._workspace.users else where
        )
        if channel is None:
            return _error("channel_not_found")
        if self._workspace.bot_user_id not in channel.members:
            return _error("not_in_channel")
        message = self._new_message(arguments, channel)
        return {"ok": True, "channel": channel.id, "ts": message.ts, "message": self._written(message)}

    def _post_ephemeral(self, arguments: Object) -> Object:
        if (refusal := self._message("chat.postEphemeral", arguments)) is not None:
            return refusal
        channel, user = self._channel(arguments), str(arguments.get("user", ""))
        if channel is None:
            return _error("channel_not_found")
        if self._workspace.bot_user_id not in channel.members:
            return _error("not_in_channel")
        if user not in channel.members:
            return _error("user_not_in_channel")
        return {"ok": True, "message_ts": self._new_message(arguments, channel, user).ts}

    def _own(self, arguments: Object, refusal: str) -> Message | Object:
        """The bot's message that is meant, or why it cannot be changed. Ephemeral messages cannot be found."""
        message = self._workspace.messages.get((str(arguments.get("channel", "")), str(arguments.get("ts", ""))))
        if self._channel(arguments) is None:
            return _error("channel_not_found")
        if message is None or message.ephemeral_to:
            return _error("message_not_found")
        return message if message.user == self._workspace.bot_user_id else _error(refusal)

    def _update(self, arguments: Object) -> Object:
        if (refusal := self._message("chat.update", arguments)) is not None:
            return refusal
        message = self._own(arguments, "cant_update_message")
        if not isinstance(message, Message):
            return message
        blocks = completed({"blocks": arguments.get("blocks", [])})["blocks"]
        changed = self._workspace.update(message, str(arguments.get("text", "")), tuple(blocks))
        return {
            "ok": True,
            "channel": changed.channel,
            "ts": changed.ts,
            "text": changed.text,
            "message": self._written(changed),
        }

    def _delete(self, arguments: Object) -> Object:
        message = self._own(arguments, "cant_delete_message")
        if not isinstance(message, Message):
            return message
        self._workspace.delete(message)
        return {"ok": True, "channel": message.channel, "ts": message.ts}

    def _permalink(self, arguments: Object) -> Object:
        channel, ts = str(arguments.get("channel", "")), str(arguments.get("message_ts", ""))
        if (channel, ts) not in self._workspace.messages:
            return _error("message_not_found")
        return {
            "ok": True,
            "channel": channel,
            "permalink": f"{self._permalinks}archives/{channel}/p{ts.replace('.', '')}",
        }

    def _open(self, arguments: Object) -> Object:
        user = str(arguments.get("users", ""))
        if user not in self._workspace.users:
            return _error("user_not_found")
        return {"ok": True, "channel": {"id": self._workspace.direct(user)}}

    def _readable(self, arguments: Object, what: str) -> Channel | Object:
        """The conversation that is meant, or why it cannot be read; `what` is `read` or `history`."""
        channel = self._channel(arguments)
        if channel is None:
            return _error("channel_not_found")
        kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
        if f"{kind}:{what}" not in self._scopes:
            return self._missing(f"{kind}:{what}")
        if channel.is_private and self._workspace.bot_user_id not in channel.members:
            return _error("channel_not_found")
        return channel

    def _info(self, arguments: Object) -> Object:
        channel = self._readable(arguments, "read")
        if not isinstance(channel, Channel):
            return channel
        described: Object = {
            "id": channel.id,
            "is_im": channel.is_im,
            "is_channel": not channel.is_im and not channel.is_private,
            "is_group": channel.is_private,
            "is_private": channel.is_private or channel.is_im,
            "is_mpim": False,
            "is_ext_shared": channel.is_ext_shared,
            "is_member": self._workspace.bot_user_id in channel.members,
        }
        if not channel.is_im:
            described["name"] = channel.name
        if arguments.get("include_num_members") in {True, "1", "true"}:
            described["num_members"] = len(channel.members)
        return {"ok": True, "channel": described}

    def _members(self, arguments: Object) -> Object:
        channel = self._readable(arguments, "read")
        if not isinstance(channel, Channel):
            return channel
        return {"ok": True, "members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}

    def _history(self, arguments: Object) -> Object:
        channel = self._readable(arguments, "history")
        if not isinstance(channel, Channel):
            return channel
        said = [m for m in self._workspace.messages.values() if m.channel == channel.id and not m.ephemeral_to]
        newest_first = sorted(said, key=lambda message: message.ts, reverse=True)
        return {"ok": True, "messages": [self._written(message) for message in newest_first], "has_more": False}

    def _written(self, message: Message) -> Object:
        own = {"bot_id": self._workspace.bot_id} if message.user == self._workspace.bot_user_id else {}
        return {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": message.text,
            "blocks": list(message.blocks),
            **own,
        }

    def _view(self, method: str, arguments: Object) -> tuple[Object, Object | None]:
        """The view sent and Slack's refusal of it, if it refuses it."""
        view: Any = arguments.get("view")
        error, messages = self._workspace.judged(method, view_breaches(view))
        return view, ({**_error(error), "response_metadata": {"messages": messages}} if error else None)

    def _views_open(self, arguments: Object, *, push: bool = False) -> Object:
        method = "views.push" if push else "views.open"
        content, refusal = self._view(method, arguments)
        if refusal is not None:
            return refusal
        user, error = self._workspace.spend_trigger(arguments.get("trigger_id"))
        if error:
            self._workspace.breaks(method, f"trigger_id: {error}")
            return _error(error)
        if content["type"] != "modal":
            return _error("invalid_arguments")
        if push and len(self._workspace.stacks.get(user, [])) >= STACK_MOST:
            self._workspace.breaks(method, f"at most {STACK_MOST} views lie on one another")
            return _error("push_limit_reached")
        return self._view_answer(self._workspace.open_view(user, content, push=push))

    def _views_push(self, arguments: Object) -> Object:
        return self._views_open(arguments, push=True)

    def _views_update(self, arguments: Object) -> Object:
        content, refusal = self._view("views.update", arguments)
        if refusal is not None:
            return refusal
        named = (arguments.get("view_id"), arguments.get("external_id"))
        view = next(
            (
                v
                for v in self._workspace.views.values()
                if v.id == named[0] or v.content.get("external_id", v) == named[1]
            ),
            None,
        )
        if view is None:
            return _error("not_found")
        if arguments.get("hash") not in {None, view.hash}:
            return _error("hash_conflict")
        return self._view_answer(self._workspace.update_view(view, content))

    def _views_publish(self, arguments: Object) -> Object:
        content, refusal = self._view("views.publish", arguments)
        if refusal is not None:
            return refusal
        user = str(arguments.get("user_id", ""))
        if user not in self._workspace.users:
            return _error("user_not_found")
        if content["type"] != "home":
            return _error("invalid_arguments")
        view = self._workspace.views.get(self._workspace.homes.get(user, ""))
        if view is not None and arguments.get("hash") not in {None, view.hash}:
            return _error("hash_conflict")
        return self._view_answer(self._workspace.publish_home(user, content))

    def _view_answer(self, view: View) -> Object:
        return {
            "ok": True,
            "view": {"id": view.id, "team_id": self._workspace.team_id, "hash": view.hash, **view.content},
        }

    def _users_info(self, arguments: Object) -> Object:
        user = str(arguments.get("user", ""))
        if user not in self._workspace.users:
            return _error("user_not_found")
        name = self._workspace.users[user]
        locale = {"locale": "en-US"} if arguments.get("include_locale") in {True, "1", "true"} else {}
        return {
            "ok": True,
            "user": {
                "id": user,
                "name": name,
                "real_name": name.title(),
                "is_bot": False,
                "tz": "UTC",
                "tz_offset": 0,
                **locale,
            },
        }

    def _files_info(self, arguments: Object) -> Object:
        found = self._workspace.files.get(str(arguments.get("file", "")))
        return {"ok": True, "file": found[0]} if found else _error("file_not_found")

    def _user_group(self, arguments: Object) -> Object:
        members = self._workspace.user_groups.get(str(arguments.get("usergroup", "")))
        return _error("no_such_subteam") if members is None else {"ok": True, "users": sorted(members)}


def _error(error: str) -> Object:
    return {"ok": False, "error": error}
