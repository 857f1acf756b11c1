"""The paste modal: opened by several ways in, diagnosed on submission, its result shown in place."""

import asyncio
import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.render import blocks, texts
from bot.report import Verdict
from bot.slack.asking import WAIT_SECONDS, Asking
from bot.slack.desk import Body, BusyError, Desk
from bot.slack.diagnosis import Diagnosed
from bot.slack.failure import describe
from bot.slack.telling import field_errors
from bot.slack.turn import Turn
from bot.slack.urls import is_url

PASTE, URL, ANSWER = "paste", "url", "answer"
"""Block ids of the modal's inputs; ``paste`` is its callback id too."""

OPENING_SECONDS = 2.5
"""A trigger id is good for 3 s."""

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to submissions of the paste modal."""

    @bolt.view(PASTE)
    async def submitted(ack: AsyncAck, body: Body, view: Body, turn: Turn) -> None:
        text, url, answer = (typed(view, field).strip() for field in (PASTE, URL, ANSWER))
        errors = {} if text or answer else {PASTE: texts.PASTE_EMPTY}
        if url and not is_url(url):
            errors[URL] = texts.URL_WRONG
        if errors:
            await ack(field_errors(turn, errors))
            return
        whole = "\n\n".join(part for part in (text, answer) if part)
        found = await desk.diagnosis.diagnose(whole, url or None, "modal", turn.reference)
        if found.report.verdict is Verdict.NOTHING_TO_CHECK:
            await ack(field_errors(turn, {PASTE: f"{texts.NOTHING_TITLE}. {texts.NOTHING_FIX}"}))
            return
        user = str((body.get("user") or {}).get("id") or "")
        await ack({"response_action": "update", "view": await _result(desk, found, user, view["id"], turn)})


async def _result(desk: Desk, found: Diagnosed, user: str, view_id: str, turn: Turn) -> blocks.Block:
    """The result in place of the form, with a word on what is still being checked if that takes longer."""
    asking = Asking(desk, found, user, "modal")
    desk.shown.shows(view_id, turn.reference)
    report = await asking.within(turn.left(WAIT_SECONDS))
    if report is not None:
        return blocks.result_modal(report, turn.reference)
    try:
        desk.background.start(complete(desk, view_id, found, asking, turn, blocks.Around()))
    except BusyError:  # then the offline answer is all there is
        return blocks.result_modal(found.report, turn.reference)
    return blocks.result_modal(found.report, turn.reference, blocks.Around(pending=asking.probes))


async def complete(
    desk: Desk, view_id: str, found: Diagnosed, asking: Asking, turn: Turn, around: blocks.Around
) -> None:
    """Show the result with live checks in place of the one without, unless the modal shows something else by now."""
    report = await asking.report()
    await turn.settled()
    if report is found.report:
        around = around._replace(notes=(texts.LIVE_FAILED,))
    async with desk.shown.changing(view_id, found.reference) as shown:
        if shown is None:
            return
        if shown.note:
            around = around._replace(author="", notes=(*around.notes, shown.note))
        try:
            view = blocks.result_modal(report, found.reference, around)
            await desk.outgoing.client.views_update(view_id=view_id, view=view)
        except Exception as error:  # noqa: BLE001 - mostly the modal was closed; else it goes on showing what it shows
            log.info("a modal could not be completed: %s", describe(error), extra={"reference": found.reference})


class NotOpenedError(Exception):
    """A form could not be opened: mostly its trigger id had expired."""


async def open_paste(desk: Desk, body: Body) -> None:
    """Open the paste modal for whoever sent this command, shortcut or click; in a modal it takes that one's place.

    Raises:
        NotOpenedError: Slack did not open it, or not in time.
    """
    client = desk.outgoing.client
    try:
        async with asyncio.timeout(OPENING_SECONDS):
            if (body.get("view") or {}).get("type") == "modal":
                view_id = body["view"]["id"]
                async with desk.shown.replacing(view_id):
                    await client.views_update(view_id=view_id, view=blocks.paste_modal())
            else:
                await client.views_open(trigger_id=body.get("trigger_id", ""), view=blocks.paste_modal())
    except (SlackApiError, TimeoutError, aiohttp.ClientError) as error:
        raise NotOpenedError from error


def typed(view: Body, block_id: str) -> str:
    """Return what was typed into one input; empty where nothing was, or there is no such input."""
    values: dict[str, Body] = view.get("state", {}).get("values", {})
    return next((str(field.get("value") or "") for field in values.get(block_id, {}).values()), "")
