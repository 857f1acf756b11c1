"""Telling a person one sentence, in the way that their kind of request can be answered."""

import logging
from collections.abc import Coroutine, Mapping
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.render import blocks
from bot.render.elements import Message
from bot.slack.desk import Body, BusyError, Desk, ephemeral, kind
from bot.slack.failure import describe
from bot.slack.reaching import reach, way
from bot.slack.said import said
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


def tell(desk: Desk, body: Body, turn: Turn, message: Message, *, trigger: bool = False) -> BoltResponse:
    """Answer a command, submission, click, shortcut or direct message with ``message``, anything else with nothing.

    ``trigger`` says that the request's trigger id was not used yet: what came from a view is then answered in one.
    """
    quick = tell_at_once(body, turn, message)
    if quick is not None:
        return quick
    try:
        if kind(body) == "event":
            written = said(body.get("event") or {})
            if written is not None and not written.edited:
                desk.background.start(_post(desk, written.channel, written.thread_ts, message))
        elif kind(body) != "view_closed":
            desk.background.start(tell_later(desk, body, message, trigger=trigger))
    except BusyError:
        return BoltResponse(status=503)
    return BoltResponse(status=200)


async def tell_later(desk: Desk, body: Body, message: Message, *, trigger: bool) -> None:
    """Show a message to whoever clicked or picked a shortcut: where they did, in a modal, or in a direct message."""
    trigger_id = str(body.get("trigger_id") or "")
    if trigger and trigger_id and not body.get("response_url"):
        client, view = desk.outgoing.client, blocks.message_modal(message)
        in_modal = (body.get("view") or {}).get("type") == "modal"
        try:
            await (client.views_push if in_modal else client.views_open)(trigger_id=trigger_id, view=view)
        except SlackApiError:
            pass
        else:
            return
    await reach(desk, way(body), message)


async def or_say(desk: Desk, body: Body, turn: Turn, work: Coroutine[Any, Any, None]) -> None:
    """Do what a click asked for; where that fails, say so in one sentence, since nothing else would be seen of it."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
        log.error("doing what was clicked failed: %s", describe(error), extra={"reference": turn.reference})
        await tell_later(desk, body, blocks.error_message(turn.reference), trigger=False)


def put_off(body: Body, turn: Turn, message: Message) -> BoltResponse:
    """Answer a request that is not worked on: a person is told in words, Slack sends an event again after a 503."""
    return tell_at_once(body, turn, message) or BoltResponse(status=503)


def tell_at_once(body: Body, turn: Turn, message: Message) -> BoltResponse | None:
    """Answer in the acknowledgement itself, which commands and submissions alone can."""
    if kind(body) == "command":
        return BoltResponse(status=200, body=ephemeral(message))
    if kind(body) != "view_submission":
        return None
    inputs = [
        block["block_id"] for block in (body.get("view") or {}).get("blocks") or [] if block.get("type") == "input"
    ]
    if inputs:
        return BoltResponse(status=200, body=field_errors(turn, {inputs[0]: message.text}))
    return BoltResponse(status=200, body={"response_action": "update", "view": blocks.message_modal(message)})


def field_errors(turn: Turn, errors: Mapping[str, str]) -> Body:
    """Refuse a submission with a text beside each input that is wrong; Slack shows these without any markup."""
    told = {field: blocks.beside_field(text, turn.reference) for field, text in errors.items()}
    return {"response_action": "errors", "errors": told}


async def _post(desk: Desk, channel: str, thread_ts: str | None, message: Message) -> None:
    await desk.outgoing.client.chat_postMessage(
        channel=channel, thread_ts=thread_ts, text=message.text, blocks=message.blocks
    )
