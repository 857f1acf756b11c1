"""Who can read a message: the kind and size of its conversation, as far as the scopes let us see."""

import asyncio
import logging

from slack_sdk.errors import SlackApiError

from bot.render.exposure import Origin
from bot.slack.desk import Body, Desk
from bot.slack.failure import describe, slack_code

LOOK_UP_SECONDS = 0.8
"""The modal waits for it, and its trigger is good for 3 s."""

log = logging.getLogger(__name__)


async def origin(desk: Desk, body: Body) -> Origin:
    """Say where the message of a shortcut stands."""
    channel, message = body.get("channel") or {}, body.get("message") or {}
    own = bool(message.get("user")) and message.get("user") == (body.get("user") or {}).get("id")
    guess = by_name(str(channel.get("id") or ""), str(channel.get("name") or ""))._replace(own=own)
    if guess.kind == "direct":
        return guess
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            answer = await desk.outgoing.client.conversations_info(
                channel=channel.get("id", ""), include_num_members=True
            )
        return described(answer.get("channel") or {}, guess)
    except SlackApiError as error:
        log.info("a conversation could not be looked up: %s", describe(error))
        # Public ones can be looked up by everybody, private ones by their members alone.
        return guess._replace(kind="private") if slack_code(error) == "channel_not_found" else guess
    except Exception as error:  # noqa: BLE001 - without the scope, as without an answer, the name must do
        log.info("a conversation could not be looked up: %s", describe(error))
        return guess


def by_name(channel_id: str, name: str) -> Origin:
    """What Slack's own words in an interaction tell: a private conversation mostly has no name there."""
    if name == "directmessage" or channel_id.startswith("D"):
        return Origin("direct")
    if name.startswith("mpdm-"):
        return Origin("group")
    return Origin("private" if name == "privategroup" or channel_id.startswith("G") else "channel")


def described(channel: Body, guess: Origin) -> Origin:
    """What ``conversations.info`` tells of a conversation."""
    kind = guess.kind
    if channel.get("is_im"):
        kind = "direct"
    elif channel.get("is_mpim"):
        kind = "group"
    elif "is_private" in channel:
        kind = "private" if channel["is_private"] else "public"
    people = channel.get("num_members")
    shared = bool(channel.get("is_ext_shared"))
    return Origin(kind, people if isinstance(people, int) and people > 0 else None, shared, guess.own)
