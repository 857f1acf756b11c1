"""Web API: views methods."""

from typing import Any

from bot.local.slack.rules import view_breaches
from bot.local.slack.screen import View
from bot.local.slack.shape import Object, refusal
from bot.local.slack.workspace import STACK_MOST, Workspace


def _refused(workspace: Workspace, method: str, content: object, kind: str = "") -> Object | None:
    """Slack's refusal of a view, if it refuses it; `kind` is the type it must have, if one alone will do."""
    error, messages = workspace.judged(method, view_breaches(content))
    if not error and kind and (not isinstance(content, dict) or content["type"] != kind):
        workspace.breaks(method, f"/view: must be a {kind}")
        error = "invalid_arguments"
    return refusal(error, response_metadata={"messages": messages}) if error else None


def _opened(workspace: Workspace, method: str, arguments: Object) -> Object:
    content: Any = arguments.get("view")
    if (refused := _refused(workspace, method, content, "modal")) is not None:
        return refused
    user, error = workspace.spend_trigger(arguments.get("trigger_id"))
    if error:
        workspace.breaks(method, f"/trigger_id: {error}")
        return refusal(error)
    push = method == "views.push"
    if push and len(workspace.stacks.get(user, [])) >= STACK_MOST:
        workspace.breaks(method, f"at most {STACK_MOST} views lie on one another")
        return refusal("push_limit_reached")
    return _answer(workspace, workspace.open_view(user, content, push=push))


def _open(workspace: Workspace, arguments: Object) -> Object:
    return _opened(workspace, "views.open", arguments)


def _push(workspace: Workspace, arguments: Object) -> Object:
    return _opened(workspace, "views.push", arguments)


def _update(workspace: Workspace, arguments: Object) -> Object:
    content: Any = arguments.get("view")
    if (refused := _refused(workspace, "views.update", content)) is not None:
        return refused
    view = _named(workspace, arguments)
    if view is None:
        return refusal("not_found")
    if arguments.get("hash") not in {None, view.hash}:
        return refusal("hash_conflict")
    return _answer(workspace, workspace.update_view(view, content))


def _named(workspace: Workspace, arguments: Object) -> View | None:
    view_id, external_id = arguments.get("view_id"), arguments.get("external_id")
    for view in workspace.views.values():
        if view.id == view_id or (external_id is not None and view.content.get("external_id") == external_id):
            return view
    return None


def _publish(workspace: Workspace, arguments: Object) -> Object:
    content: Any = arguments.get("view")
    if (refused := _refused(workspace, "views.publish", content, "home")) is not None:
        return refused
    user = str(arguments.get("user_id", ""))
    if user not in workspace.users:
        return refusal("user_not_found")
    view = workspace.views.get(workspace.homes.get(user, ""))
    if view is not None and arguments.get("hash") not in {None, view.hash}:
        return refusal("hash_conflict")
    return _answer(workspace, workspace.publish_home(user, content))


def _answer(workspace: Workspace, view: View) -> Object:
    return {"ok": True, "view": {"id": view.id, "team_id": workspace.team_id, "hash": view.hash, **view.content}}


METHODS = {"views.open": _open, "views.push": _push, "views.update": _update, "views.publish": _publish}
