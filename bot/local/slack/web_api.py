"""The Web API: which methods there are, the scopes they need, and those that only look something up."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.local.slack import chat_methods, conversation_methods, view_methods
from bot.local.slack.shape import Object, refusal
from bot.local.slack.workspace import Workspace

Method: TypeAlias = Callable[[Workspace, Object], Object]

SCOPES: Mapping[str, str] = {
    **dict.fromkeys(chat_methods.WRITING, "chat:write"),
    "conversations.open": "im:write",
    "users.info": "users:read",
    "files.info": "files:read",
    "usergroups.users.list": "usergroups:read",
}
"""The scope that a method needs whatever it is called with. Reading a conversation needs one for its kind."""


def call(workspace: Workspace, method: str, arguments: Object) -> Object:
    """Slack's answer to one call, carried out in the workspace."""
    if method not in METHODS:
        workspace.breaks(method, "is no method that the bot needs")
        return refusal("unknown_method")
    if (scope := SCOPES.get(method)) is not None and scope not in workspace.scopes:
        return workspace.lacks(scope)
    return METHODS[method](workspace, arguments)


def _auth_test(workspace: Workspace, _arguments: Object) -> Object:
    return {
        "ok": True,
        "url": workspace.url,
        "team": "Example",
        "user": "rhythm_auth",
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
        **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
    }


def _users_info(workspace: Workspace, arguments: Object) -> Object:
    user = str(arguments.get("user", ""))
    if user not in workspace.users:
        return refusal("user_not_found")
    name = workspace.users[user]
    described = {"id": user, "name": name, "real_name": name.title(), "is_bot": False, "tz": "UTC", "tz_offset": 0}
    if arguments.get("include_locale") in {True, "1", "true"}:
        described["locale"] = "en-US"
    return {"ok": True, "user": described}


def _files_info(workspace: Workspace, arguments: Object) -> Object:
    found = workspace.files.get(str(arguments.get("file", "")))
    return {"ok": True, "file": found[0]} if found else refusal("file_not_found")


def _usergroups_users_list(workspace: Workspace, arguments: Object) -> Object:
    members = workspace.user_groups.get(str(arguments.get("usergroup", "")))
    return refusal("no_such_subteam") if members is None else {"ok": True, "users": sorted(members)}


def _apps_connections_open(_workspace: Workspace, _arguments: Object) -> Object:
    return refusal("not_allowed_token_type")


METHODS: Mapping[str, Method] = {
    "auth.test": _auth_test,
    **chat_methods.METHODS,
    **conversation_methods.METHODS,
    **view_methods.METHODS,
    "users.info": _users_info,
    "files.info": _files_info,
    "usergroups.users.list": _usergroups_users_list,
    "apps.connections.open": _apps_connections_open,
}
"""Every method that the stand-in knows."""
