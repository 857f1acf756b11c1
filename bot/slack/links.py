"""The link to a message."""

import asyncio
import logging

from bot.slack.desk import Desk
from bot.slack.failure import describe

PERMALINK_SECONDS = 2.0
"""How long an answer waits for a link; without it, it says the same in words."""

log = logging.getLogger(__name__)


async def permalink(desk: Desk, channel: str, ts: str) -> str:
    """Return the link to a message, empty where Slack gives none in time."""
    try:
        async with asyncio.timeout(PERMALINK_SECONDS):
            answer = await desk.outgoing.client.chat_getPermalink(channel=channel, message_ts=ts)
    except Exception as error:  # noqa: BLE001 - what is to be said is worth more than its link
        log.info("no permalink: %s", describe(error))
        return ""
    return str(answer.get("permalink") or "")
