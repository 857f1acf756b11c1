"""The Slack app: all listeners on one Bolt app, and the one door through which requests reach it."""

import json
import logging
from collections.abc import Sequence

import orjson
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.render import blocks
from bot.settings import Settings
from bot.slack import actions, commands, errors, home, messages, modals, others, sharing, shortcuts
from bot.slack.access import Access, Asks
from bot.slack.desk import Background, Body, BusyError, Desk, Hosts, kind
from bot.slack.diagnosis import Diagnosis
from bot.slack.failure import describe
from bot.slack.identity import Identity
from bot.slack.once import Once
from bot.slack.outgoing import Outgoing
from bot.slack.telling import put_off
from bot.slack.turn import Turn

_OBJECTS = ("event", "message", "view", "channel", "user", "team", "enterprise", "container")

_JSON_HEADERS: dict[str, Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}

log = logging.getLogger(__name__)


class SlackApp:
    """The Bolt app with what it works with. Call ``open`` in the running loop, ``close`` at the end."""

    def __init__(self, settings: Settings, diagnosis: Diagnosis, background: Background, hosts: Hosts) -> None:
        self._watcher = diagnosis.watcher
        self.outgoing = Outgoing(settings, self._watcher)
        self.identity = Identity(self.outgoing.client)
        self._background = background
        self._once = Once()
        self._desk = Desk(settings, diagnosis, background, self.outgoing, self.identity, hosts)
        self._access = Access(self._desk)
        self.bolt = create_bolt(self._desk, self._access)

    def open(self) -> None:
        """Open the session to Slack."""
        self.outgoing.open()

    async def close(self) -> None:
        """Close it."""
        await self.outgoing.close()

    async def dispatch(self, body: Body, turn: Turn) -> BoltResponse:
        """Answer one verified request, unless it came before, the process is ending, or there is too much to do.

        Whoever sends the response sets ``turn.sent`` afterwards.
        """
        if body.get("ssl_check"):
            return BoltResponse(status=200)
        if body.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": str(body.get("challenge", ""))})
        if self._background.draining:
            self._watcher.put_off("restarting")
            turn.answered("restarting")
            return put_off(body, turn, blocks.restarting_message(turn.reference))
        key = str(body.get("event_id") or body.get("trigger_id") or "")
        if key and not self._once.first(key):
            self._watcher.put_off("repeated")
            return BoltResponse(status=200)
        try:
            with self._background.answering():
                response = await self._answer(body, turn)
        except BusyError:
            self._watcher.put_off("busy")
            turn.answered("busy")
            response = put_off(body, turn, blocks.busy_message(turn.reference))
        if response.status == 503:
            self._once.forget(key)
        return response

    async def _answer(self, body: Body, turn: Turn) -> BoltResponse:
        self.open()
        if body.get("command") == commands.COMMAND:
            return await self._command(body, turn)
        if not is_one_of_slacks(body):
            return BoltResponse(status=400, body="not a request of Slack")
        try:
            # "socket_mode" means that the body is parsed already, and that its signature is not Bolt's business.
            request = AsyncBoltRequest(body=body, context={"turn": turn}, mode="socket_mode")
            return await self.bolt.async_dispatch(request)
        except Exception as error:  # noqa: BLE001 - Bolt trusts the types of what it reads before its own handlers
            log.error("dispatching a %s failed: %s", kind(body), describe(error))
            return BoltResponse(status=500)

    async def _command(self, body: Body, turn: Turn) -> BoltResponse:
        """Answer the command without Bolt, which would need as long as a diagnosis to tell us what the body says."""
        asks = Asks(body.get("team_id"), body.get("channel_id"), body.get("user_id"))
        try:
            refusal = await self._access.refusal(asks, body, turn)
            if refusal:
                return refusal
            answer = await commands.answer(self._desk, body, turn)
            return BoltResponse(status=200) if answer is None else Encoded(answer)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person is told
            return errors.answer(self._desk, error, body, turn)


class Encoded(BoltResponse):
    """The answer to a command, as JSON in UTF-8: text, which Bolt's responses hold, would be encoded once more."""

    body: bytes  # type: ignore[assignment]  # Socket Mode's sender reads it with json.loads, which takes both

    def __init__(self, answer: Body) -> None:  # Bolt's own would look through the body for what it is
        self.status, self.body, self.headers = 200, encoded(answer), _JSON_HEADERS


def encoded(answer: Body) -> bytes:
    """Write an answer as JSON, which the standard library would need ten times as long for."""
    try:
        return orjson.dumps(answer)
    except orjson.JSONEncodeError:  # half of a surrogate pair, out of a paste
        return json.dumps(answer).encode()


def is_one_of_slacks(body: Body) -> bool:
    """Tell whether a body's parts are what Slack makes them, so that whoever reads them needs no doubts."""
    lists = (body.get(name) or [] for name in ("actions", "response_urls"))
    return all(isinstance(body.get(name) or {}, dict) for name in _OBJECTS) and all(
        isinstance(items, list) and all(isinstance(item, dict) for item in items) for items in lists
    )


def create_bolt(desk: Desk, access: Access) -> AsyncApp:
    """Make the Bolt app with every listener. The command has none: it is answered before Bolt.

    Signatures are verified before Bolt (by the front door; a socket needs none). ``authorize`` is our own: else Bolt
    reads the environment. ``process_before_response`` spares each request 10 ms of polling; long work therefore goes to
    ``desk.background``.
    """
    quiet = logging.getLogger("slack_bolt")
    quiet.setLevel(logging.ERROR)  # Bolt gives its loggers this level; below it they print bodies
    bolt = AsyncApp(
        name="rhythm-auth",
        logger=quiet,
        client=desk.outgoing.client,
        authorize=desk.identity,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    bolt.use(access)
    for room in (errors, modals, messages, shortcuts, sharing, others, home, actions):
        room.register(bolt, desk)
    return bolt
