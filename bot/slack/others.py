"""Buttons under the diagnosis of somebody's message: run live checks, tell its author."""

import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.render import blocks, texts
from bot.render.elements import RUN_LIVE, TELL_AUTHOR
from bot.slack.asking import Asking
from bot.slack.desk import Body, Desk, Offered, clicked_value
from bot.slack.failure import describe
from bot.slack.links import permalink
from bot.slack.modals import complete
from bot.slack.once import Once
from bot.slack.telling import or_say, tell_later
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to these buttons, and to the modal being closed."""
    run = Once()

    @bolt.action(RUN_LIVE)
    async def run_live(ack: AsyncAck, body: Body, turn: Turn) -> None:
        handle = clicked_value(body)
        offered = desk.offered.take(handle)
        is_first = run.first(handle)
        if offered is None and not is_first:
            turn.answered("clicked twice")
        elif offered is None:
            run.forget(handle)
            turn.answered("forgotten")
            message = blocks.forgotten_message(turn.reference)
            desk.background.start(tell_later(desk, body, message, trigger=True))
        else:
            desk.background.start(or_say(desk, body, turn, _run_live(desk, body, offered, turn)))
        await ack()

    @bolt.view_closed("result")
    async def closed(ack: AsyncAck, view: Body) -> None:
        forget(desk, view)
        await ack()

    told = Once()

    @bolt.action(TELL_AUTHOR)
    async def tell_author(ack: AsyncAck, body: Body, turn: Turn) -> None:
        gist = blocks.read_gist(clicked_value(body))
        if gist is None or not gist.more.get("author"):
            turn.answered("old button")
            old = blocks.old_button_message(turn.reference)
            desk.background.start(tell_later(desk, body, old, trigger=True))
        elif told.first(gist.reference):
            desk.background.start(or_say(desk, body, turn, _tell_author(desk, body, gist)))
        await ack()


def forget(desk: Desk, view: Body) -> None:
    """Drop the case whose live checks a modal offers, when the modal goes."""
    for block in view.get("blocks") or []:
        for element in block.get("elements") or []:
            if element.get("action_id") == RUN_LIVE:
                desk.offered.drop(str(element.get("value") or ""))


async def _run_live(desk: Desk, body: Body, offered: Offered, turn: Turn) -> None:
    view_id, found = str((body.get("view") or {}).get("id") or ""), offered.found
    around = offered.around._replace(live="")
    asking = Asking(desk, found, str((body.get("user") or {}).get("id") or ""), "message-shortcut")
    async with desk.shown.changing(view_id, found.reference) as shown:
        if shown is not None:
            pending = around._replace(pending=asking.probes)
            if shown.note:
                pending = pending._replace(author="", notes=(shown.note,))
            view = blocks.result_modal(found.report, found.reference, pending)
            await desk.outgoing.client.views_update(view_id=view_id, view=view)
    await complete(desk, view_id, found, asking, turn, around)


async def _tell_author(desk: Desk, body: Body, gist: blocks.Gist) -> None:
    client, view = desk.outgoing.client, body.get("view") or {}
    asker = str((body.get("user") or {}).get("id") or "")
    link = await permalink(desk, gist.more.get("channel", ""), gist.more.get("ts", ""))
    message = blocks.author_message(gist, asker, link)
    note = texts.TOLD
    try:
        await desk.outgoing.once.chat_postMessage(
            channel=gist.more["author"],
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:
        log.info("the author could not be told: %s", describe(error), extra={"reference": gist.reference})
        note = texts.TOLD_FAILED
    except (aiohttp.ClientError, TimeoutError) as error:
        log.info("no answer to a word to the author: %s", describe(error), extra={"reference": gist.reference})
        note = texts.TOLD_PERHAPS
    view_id = str(view.get("id") or "")
    async with desk.shown.changing(view_id, gist.reference) as shown:
        if shown is None:
            return
        shown.note = note
        try:
            without = blocks.without_button(view, TELL_AUTHOR, note)
            await client.views_update(view_id=view_id, hash=view.get("hash"), view=without)
        except SlackApiError as error:  # closed, or its live checks came in between and will show the note
            log.info("a modal could not be changed: %s", describe(error), extra={"reference": gist.reference})
