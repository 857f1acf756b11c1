"""Telling a person one sentence, in the way that their kind of request can be answered."""

from slack_bolt.response import BoltResponse

from bot.render.elements import Message
from bot.slack.desk import Body, BusyError, Desk, ephemeral, kind


def tell(desk: Desk, body: Body, message: Message) -> BoltResponse:
    """Answer a command, submission, click, shortcut or direct message with ``message``, anything else with nothing."""
    quick = tell_at_once(body, message)
    if quick is not None:
        return quick
    response_url, event = body.get("response_url"), body.get("event") or {}
    try:
        if isinstance(response_url, str) and response_url:
            desk.background.start(desk.outgoing.reply(response_url, {**ephemeral(message), "replace_original": False}))
        elif event.get("type") == "message" and event.get("channel_type") == "im" and not event.get("subtype"):
            desk.background.start(_post(desk, event, message))
    except BusyError:
        return BoltResponse(status=503)
    return BoltResponse(status=200)


def put_off(body: Body, message: Message) -> BoltResponse:
    """Answer a request that is not worked on: a person is told in words, Slack sends an event again after a 503."""
    return tell_at_once(body, message) or BoltResponse(status=503)


def tell_at_once(body: Body, message: Message) -> BoltResponse | None:
    """Answer in the acknowledgement itself, which commands and submissions alone can."""
    if kind(body) == "command":
        return BoltResponse(status=200, body=ephemeral(message))
    if kind(body) == "view_submission":
        return BoltResponse(status=200, body=field_error(body, message.text))
    return None


def field_error(body: Body, text: str) -> Body:
    """Refuse a submission with a text beside its first input."""
    blocks = (body.get("view") or {}).get("blocks") or []
    inputs = [block["block_id"] for block in blocks if block.get("type") == "input"]
    return {"response_action": "errors", "errors": {inputs[0] if inputs else "paste": text}}


async def _post(desk: Desk, event: Body, message: Message) -> None:
    await desk.outgoing.client.chat_postMessage(
        channel=event.get("channel", ""), thread_ts=event.get("thread_ts"), text=message.text, blocks=message.blocks
    )
