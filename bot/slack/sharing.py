"""Sharing a redacted summary, which its reader sees first, and the text for support to copy."""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.render import blocks
from bot.render.elements import COPY, SHARE, SHARE_POST
from bot.slack.desk import Body, Desk, clicked_value
from bot.slack.failure import describe
from bot.slack.once import Once
from bot.slack.outgoing import ReplyRefusedError
from bot.slack.reaching import Way, reach, remove, way
from bot.slack.telling import or_say, tell_later
from bot.slack.turn import Turn

POSTING_SECONDS = 2.2
"""A modal waits for the summary to be posted; Slack waits 3 s for its answer."""

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to the buttons, and to the preview in a modal being submitted."""

    @bolt.action(SHARE)
    async def share(ack: AsyncAck, body: Body, turn: Turn) -> None:
        _with_gist(desk, body, turn, _preview)
        await ack()

    posted = Once()

    @bolt.action(SHARE_POST)
    async def share_post(ack: AsyncAck, body: Body, turn: Turn) -> None:
        preview = str((body.get("container") or {}).get("message_ts") or turn.reference)

        async def post(desk: Desk, body: Body, gist: blocks.Gist) -> None:
            if not await _post_and_remove(desk, body, gist):
                posted.forget(preview)

        if posted.first(preview):  # a second click comes before the preview is gone
            _with_gist(desk, body, turn, post)
        await ack()

    @bolt.action(COPY)
    async def copy(ack: AsyncAck, body: Body, turn: Turn) -> None:
        _with_gist(desk, body, turn, _copy)
        await ack()

    @bolt.view("share")
    async def submitted(ack: AsyncAck, body: Body, view: Body, turn: Turn) -> None:
        gist = blocks.read_gist(str(view.get("private_metadata") or ""))
        if gist is None:
            message = blocks.old_button_message(turn.reference)
        else:
            try:
                async with asyncio.timeout(turn.left(POSTING_SECONDS)):
                    posted = await _post(desk, _target(desk, body, gist), gist)
            except TimeoutError:
                posted = False
            message = blocks.shared_note(gist.reference, posted=posted)
        await ack({"response_action": "update", "view": blocks.message_modal(message)})


def _with_gist(desk: Desk, body: Body, turn: Turn, work: Any) -> None:  # noqa: ANN401 - one of the functions below
    """Start what a button asks for with the gist in its value; a value of an older version gets a polite answer."""
    gist = blocks.read_gist(clicked_value(body))
    if gist is None:
        turn.answered("old button")
        message = blocks.old_button_message(turn.reference)
        desk.background.start(tell_later(desk, body, message, trigger=True))
    else:
        desk.background.start(or_say(desk, body, turn, work(desk, body, gist)))


async def _preview(desk: Desk, body: Body, gist: blocks.Gist) -> None:
    back, client, trigger_id = way(body), desk.outgoing.client, body.get("trigger_id", "")
    if _in_modal(body):
        await client.views_push(trigger_id=trigger_id, view=blocks.share_modal(gist, back.user))
    elif blocks.is_elsewhere(gist):
        await client.views_open(trigger_id=trigger_id, view=blocks.share_modal(gist, back.user))
    else:
        await reach(desk, back, blocks.share_preview(gist, back.user, thread=bool(back.thread_ts)))


async def _post_and_remove(desk: Desk, body: Body, gist: blocks.Gist) -> bool:
    """Post the summary in place of its preview, or say that it could not be posted; tell which."""
    back = way(body)
    posted = await _post(desk, back, gist)
    if posted:
        await remove(desk, back, str((body.get("container") or {}).get("message_ts") or ""))
    else:
        await reach(desk, back, blocks.shared_note(gist.reference, posted=False))
    return posted


async def _post(desk: Desk, target: Way, gist: blocks.Gist) -> bool:
    """Post the summary for everybody: by a response_url, which works where the bot is no member, else as a member."""
    message = blocks.shared_message(gist, target.user)
    shown: Body = {"text": message.text, "blocks": message.blocks, "unfurl_links": False, "unfurl_media": False}
    if target.thread_ts:
        shown["thread_ts"] = target.thread_ts
    if target.response_url:
        try:
            answer = {"response_type": "in_channel", "replace_original": False, **shown}
            await desk.outgoing.reply(target.response_url, answer, once=True)
        except ReplyRefusedError as error:
            log.info("a response_url was of no use: %s", describe(error), extra={"reference": gist.reference})
        except (
            aiohttp.ClientError,
            TimeoutError,
        ) as error:  # it may stand there by now, and must not stand there twice
            log.info("no answer to a summary: %s", describe(error), extra={"reference": gist.reference})
            return False
        else:
            return True
    try:
        await desk.outgoing.once.chat_postMessage(channel=target.channel, **shown)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("a summary could not be posted: %s", describe(error), extra={"reference": gist.reference})
        return False
    return True


async def _copy(desk: Desk, body: Body, gist: blocks.Gist) -> None:
    message = blocks.support_message(gist)
    if _in_modal(body):
        view = blocks.message_modal(message)
        await desk.outgoing.client.views_push(trigger_id=body.get("trigger_id", ""), view=view)
    else:
        await reach(desk, way(body), message)


def _target(desk: Desk, body: Body, gist: blocks.Gist) -> Way:
    """Where a modal's summary goes: the chosen conversation, or the thread of the message that was diagnosed."""
    user = str((body.get("user") or {}).get("id") or "")
    chosen = next(iter(body.get("response_urls") or []), None)
    if chosen:
        return Way(str(chosen.get("response_url") or ""), str(chosen.get("channel_id") or ""), user)
    if gist.more.get("channel"):
        url = desk.response_urls.get(gist.reference) or ""
        return Way(url, gist.more["channel"], user, gist.more.get("thread_ts", ""))
    values = (body.get("view") or {}).get("state", {}).get("values", {})
    where = values.get("where", {}).get("conversation", {}).get("selected_conversation")
    return Way("", str(where or ""), user)


def _in_modal(body: Body) -> bool:
    return (body.get("view") or {}).get("type") == "modal"
