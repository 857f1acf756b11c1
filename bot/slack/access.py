"""Who may use the bot: workspaces, channels and user groups of the settings. What cannot be looked up is refused."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.render import blocks
from bot.slack.desk import Body, Desk, kind
from bot.slack.failure import describe
from bot.slack.telling import tell
from bot.slack.turn import Turn

LOOK_UP_SECONDS = 1.5
"""Slack waits 3 s for the whole answer."""

KEPT_SECONDS = 300.0
"""How long a user group's members are remembered."""

log = logging.getLogger(__name__)


class Asks(NamedTuple):
    """Who asks, and where; a submitted form has no place of its own."""

    team_id: str | None
    channel_id: str | None
    user_id: str | None
    has_place: bool = True


class Access(AsyncMiddleware):
    """Turns away, with one polite sentence, whoever the settings do not name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        settings = desk.settings
        self._is_open = not (settings.allowed_teams or settings.allowed_channels or settings.allowed_user_groups)
        self._members: dict[str, tuple[float, frozenset[str]]] = {}

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Let a request pass, or answer it."""
        context = req.context
        asks = Asks(context.team_id, context.channel_id, context.user_id, has_place=_has_place(req.body))
        return await self.refusal(asks, req.body, context["turn"]) or await next()

    async def refusal(self, asks: Asks, body: Body, turn: Turn) -> BoltResponse | None:
        """Answer a request of somebody who is not allowed; None for everybody else."""
        reason = "" if self._is_open else await self._reason(asks)
        if not reason:
            return None
        self._desk.diagnosis.watcher.put_off("not-allowed")
        log.info("a %s was not allowed", kind(body), extra={"reference": turn.reference, "reason": reason})
        return tell(self._desk, body, turn, blocks.not_allowed_message(turn.reference), trigger=True)

    async def _reason(self, asks: Asks) -> str:
        """Say which rule forbids it, in a word for the log; nothing where none does."""
        settings = self._desk.settings
        if settings.allowed_teams and asks.team_id not in settings.allowed_teams:
            return "team"
        if settings.allowed_channels and asks.has_place and asks.channel_id not in settings.allowed_channels:
            return "channel"
        if settings.allowed_user_groups and not (asks.user_id and await self._in_a_group(asks.user_id)):
            return "user-group"
        return ""

    async def _in_a_group(self, user_id: str) -> bool:
        for group in self._desk.settings.allowed_user_groups:
            if user_id in await self._group(group):
                return True
        return False

    async def _group(self, group: str) -> frozenset[str]:
        until, members = self._members.get(group, (0.0, frozenset[str]()))
        if until > time.monotonic():
            return members
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                answer = await self._desk.outgoing.client.usergroups_users_list(usergroup=group)
        except Exception as error:  # noqa: BLE001 - whatever keeps us from knowing, the answer is no
            log.warning("a user group could not be looked up: %s", describe(error))
            return frozenset()
        members = frozenset(str(user) for user in answer.get("users") or ())
        self._members[group] = (time.monotonic() + KEPT_SECONDS, members)
        return members


def _has_place(body: Body) -> bool:
    """Tell whether a request comes from a place that can be allowed; a modal comes from where it was opened."""
    return (body.get("view") or {}).get("type") != "modal"
