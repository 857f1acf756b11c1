"""What happens when a listener fails: one sentence and a reference id for the person, the error's type for the log."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.render import blocks
from bot.slack.desk import Body, BusyError, Desk, kind
from bot.slack.failure import describe
from bot.slack.modals import NotOpenedError
from bot.slack.telling import put_off, tell
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Handle what listeners and middleware raise."""

    @bolt.error
    async def failed(error: Exception, body: Body, turn: Turn) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.info("no listener for this %s", kind(body))
            return BoltResponse(status=200)
        return answer(desk, error, body, turn)


def answer(desk: Desk, error: Exception, body: Body, turn: Turn) -> BoltResponse:
    """Answer a request whose answering failed."""
    if isinstance(error, BusyError):
        desk.diagnosis.watcher.put_off("busy")
        turn.answered("busy")
        return put_off(body, turn, blocks.busy_message(turn.reference))
    log.error("answering a %s failed: %s", kind(body), describe(error), extra={"reference": turn.reference})
    wrong = blocks.not_opened_message if isinstance(error, NotOpenedError) else blocks.error_message
    return tell(desk, body, turn, wrong(turn.reference))
