"""``POST /slack/events``: what Slack sends is taken in, answered, and counted."""

import logging
import time
from functools import partial

from slack_bolt.response import BoltResponse
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.server.bad_signatures import BadSignatures
from bot.server.front import FrontDoor, TurnedAwayError
from bot.server.headers import Ending, WithEnding
from bot.server.metrics import Metrics
from bot.server.moment import Moment
from bot.slack.app import Encoded, SlackApp
from bot.slack.desk import kind
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


class Events:
    """An ASGI application for one route. It speaks ASGI itself: each layer costs every request its share."""

    def __init__(self, front: FrontDoor, slack: SlackApp, moment: Moment, metrics: Metrics, ending: Ending) -> None:
        self._front = front
        self._slack = slack
        self._moment = moment
        self._metrics = metrics
        self._ending = ending
        self._signatures = BadSignatures()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = time.perf_counter()
        try:
            body = await self._front.take_in(scope, receive)
        except TurnedAwayError as away:
            self._note(away)
            close = {"connection": "close"} if away.status == 408 else None
            answer = PlainTextResponse(away.reason + "\n", away.status, close)
            await WithEnding(answer, self._ending)(scope, receive, send)
            return
        self._signatures.good()
        turn = Turn()
        await self._moment.gather()
        response = await self._slack.dispatch(body, turn)
        self._moment.later(partial(self._metrics.answered, kind(body), time.perf_counter() - began))
        try:
            await self._send(response, send)
        finally:
            turn.sent.set()

    def _note(self, away: TurnedAwayError) -> None:
        log.debug("turned away with %d: %s", away.status, away.reason)
        self._metrics.turned_away(away.status)
        if away.status == 401:
            self._signatures.bad()

    async def _send(self, response: BoltResponse, send: Send) -> None:
        body = response.body if isinstance(response, Encoded) else response.body.encode()
        headers = [(name.encode("latin-1"), values[0].encode("latin-1")) for name, values in response.headers.items()]
        headers += ((b"content-length", b"%d" % len(body)), *self._ending.headers())
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
