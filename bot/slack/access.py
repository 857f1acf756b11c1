"""Who may use the bot: workspaces, channels and user groups of the settings. What cannot be looked up is refused."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

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


class Access(AsyncMiddleware):
    """Turns away, with one polite sentence, whoever the settings do not name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._members: dict[str, tuple[float, frozenset[str]]] = {}

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name
    ) -> BoltResponse | None:
        """Let a request pass, or answer it."""
        if await self._allowed(req):
            return await next()
        turn: Turn = req.context["turn"]
        self._desk.diagnosis.watcher.put_off("not-allowed")
        log.info("a %s was not allowed", kind(req.body), extra={"reference": turn.reference})
        return tell(self._desk, req.body, turn, blocks.not_allowed_message(turn.reference), trigger=True)

    async def _allowed(self, req: AsyncBoltRequest) -> bool:
        settings, context = self._desk.settings, req.context
        if settings.allowed_teams and context.team_id not in settings.allowed_teams:
            return False
        if settings.allowed_channels and _has_place(req.body) and context.channel_id not in settings.allowed_channels:
            return False
        if settings.allowed_user_groups:
            return bool(context.user_id) and await self._in_a_group(str(context.user_id))
        return True

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
