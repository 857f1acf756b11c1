"""The bot's answers to Slack's requests: which are valid, and what each does to what a person sees."""

import json

import httpx

from bot.local.slack.responses import answer
from bot.local.slack.rules import view_breaches
from bot.local.slack.screen import Shown, View
from bot.local.slack.shape import Object
from bot.local.slack.workspace import STACK_MOST, ResponseURL, Workspace

TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack says in a modal whose submission was not answered as it should be."""


def of_command(workspace: Workspace, response: httpx.Response, url: ResponseURL) -> None:
    """A slash command's: empty, or one message to the caller alone."""
    body = _json(workspace, "slash ack", response)
    if body is None:
        return
    for name in ("replace_original", "delete_original"):
        if body.get(name):
            workspace.breaks("slash ack", f"/{name}: there is no original to a slash command")
    told = {name: value for name, value in body.items() if name not in {"replace_original", "delete_original"}}
    if error := answer(workspace, "slash ack", url, told):
        workspace.screen.show(Shown("failed", error))


def of_submission(workspace: Workspace, response: httpx.Response, view: View) -> None:
    """A modal's submission: empty closes the view; `response_action` updates, pushes, clears or shows errors."""
    body = _json(workspace, "view_submission ack", response)
    if view.id not in workspace.views:
        return
    action = body.get("response_action") if body is not None else None
    if body is None:
        workspace.close_view(view)
    elif action == "clear":
        workspace.close_view(view, all_of_them=True)
    elif action == "errors":
        _errors(workspace, body.get("errors"), view)
    elif action in {"update", "push"}:
        _next_view(workspace, str(action), body.get("view"), view)
    else:
        workspace.breaks("view_submission ack", f"/response_action: {action!r} is none")
        workspace.screen.show(Shown("failed", TROUBLE))


def of_interaction(workspace: Workspace, what: str, response: httpx.Response) -> None:
    """A click's or a shortcut's: Slack reads nothing in it."""
    if response.content:
        workspace.breaks(f"{what} ack", "must be empty: Slack shows nothing of it")


def _errors(workspace: Workspace, errors: object, view: View) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if (
        not isinstance(errors, dict)
        or not errors
        or not set(errors) <= inputs
        or not all(isinstance(e, str) and e for e in errors.values())
    ):
        workspace.breaks(
            "view_submission ack",
            f"/errors: must name inputs of the view ({', '.join(sorted(inputs))}) and say what is wrong",
        )
        return
    workspace.screen.show(Shown("modal-errors", view.title, view.blocks, view=view, errors=tuple(errors.items())))


def _next_view(workspace: Workspace, action: str, content: object, view: View) -> None:
    error, _messages = workspace.judged("view_submission ack", view_breaches(content))
    if error or not isinstance(content, dict):
        workspace.screen.show(Shown("failed", TROUBLE))
    elif action == "update":
        workspace.update_view(workspace.views[view.id], content)
    elif len(workspace.stacks[view.user]) >= STACK_MOST:
        workspace.breaks("view_submission ack", f"at most {STACK_MOST} views lie on one another")
    else:
        workspace.open_view(view.user, content, push=True)


def _json(workspace: Workspace, where: str, response: httpx.Response) -> Object | None:
    """The body as an object; None where it is empty or breaks the rule that it be JSON."""
    if not response.content:
        return None
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    if not isinstance(body, dict) or not response.headers.get("content-type", "").startswith("application/json"):
        workspace.breaks(where, "must be empty or a JSON object that says it is application/json")
        return None
    return body
