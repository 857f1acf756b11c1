"""Posting a message that must not stand there twice: where it may have arrived, we look before we post it again."""

import asyncio
import json
import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.render.elements import Message
from bot.slack.failure import describe, slack_code
from bot.slack.outgoing import TROUBLES, Outgoing
from bot.slack.said import Said

TRIES = 3
PAUSE_SECONDS = 0.5
"""How long Slack is given between a try and the look for what came of it."""

log = logging.getLogger(__name__)


async def post(outgoing: Outgoing, said: Said, message: Message, reference: str) -> str:
    """Post the answer to a direct message, which carries ``reference``; return its ``ts``.

    Raises:
        SlackApiError: Slack did not take it.
        TimeoutError, aiohttp.ClientError: Slack gave no answer, several times.
    """
    for left in reversed(range(TRIES)):
        try:
            posted = await outgoing.once.chat_postMessage(
                channel=said.channel,
                thread_ts=said.thread_ts,
                text=message.text,
                blocks=message.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
            return str(posted["ts"])
        except (SlackApiError, TimeoutError, aiohttp.ClientError) as error:
            if not may_have_arrived(error):
                raise
            log.warning(
                "it is not known whether an answer arrived: %s", describe(error), extra={"reference": reference}
            )
            await asyncio.sleep(PAUSE_SECONDS)
            if found := await _found(outgoing, said, reference):
                return found
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def may_have_arrived(error: Exception) -> bool:
    """Tell whether a call that failed may have been carried out all the same."""
    if not isinstance(error, SlackApiError):
        return True
    status = getattr(error.response, "status_code", 200)
    return status >= 500 or slack_code(error) in TROUBLES


async def _found(outgoing: Outgoing, said: Said, reference: str) -> str:
    """The ``ts`` of the message that carries this reference, below what was said; empty where there is none to see."""
    since: dict[str, Any] = {"channel": said.channel, "oldest": said.ts, "limit": 50}
    try:
        if said.thread_ts:
            answer = await outgoing.client.conversations_replies(ts=said.thread_ts, **since)
        else:
            answer = await outgoing.client.conversations_history(**since)
    except (SlackApiError, TimeoutError, aiohttp.ClientError) as error:
        log.info("what was posted could not be looked up: %s", describe(error), extra={"reference": reference})
        return ""
    messages: list[dict[str, Any]] = answer.get("messages") or []
    return next((str(item["ts"]) for item in messages if reference in json.dumps(item.get("blocks") or [])), "")
