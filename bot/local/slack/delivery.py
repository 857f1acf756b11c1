"""Delivers requests to the bot as Slack does: signed, once, and waited for no longer than Slack waits."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from bot.local.slack.payloads import VERIFICATION_TOKEN
from bot.local.slack.screen import Message, Screen, Shown
from bot.local.slack.signing import signed
from bot.local.slack.transcript import Transcript
from bot.local.slack.workspace import Workspace

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """What was sent, so that it can be sent again. `message` is the direct message it tells of, if it does."""

    what: str
    body: bytes
    content_type: str = FORM
    message: Message | None = None


@dataclass(frozen=True)
class Answer:
    """What came of an action: HTTP status (0: none in time), body and seconds of the acknowledgement, what appeared."""

    status: int
    body: str
    seconds: float
    request: Request
    screen: Screen
    turn: int

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What has appeared since the action, in order, up to now or to the next action."""
        return self.screen.of(self.turn)

    @property
    def only(self) -> Shown:
        """The one thing that appeared.

        Raises:
            LookupError: none or several did.
        """
        if len(self.shown) != 1:
            raise LookupError(f"expected one thing to appear, saw {[shown.kind for shown in self.shown]}")
        return self.shown[0]


@dataclass
class Delivery:
    """The line to a bot: `client` reaches it at `path`, and it has `ack_seconds` to acknowledge."""

    workspace: Workspace
    transcript: Transcript
    client: httpx.AsyncClient
    path: str
    signing_secret: str
    ack_seconds: float
    late: set[asyncio.Task[httpx.Response]] = field(default_factory=set)

    async def send(self, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Sends anything, signed unless `headers` say otherwise, and judges nothing."""
        own = {"Content-Type": FORM, **signed(self.signing_secret, int(self.workspace.clock()), body)}
        response = await self.client.post(self.path, content=body, headers={**own, **(headers or {})})
        self.transcript.keep("ack", response.content, response.headers)
        return response

    async def deliver(
        self, request: Request, status: int, headers: Mapping[str, str] | None = None
    ) -> tuple[Answer, httpx.Response | None]:
        """Sends a request; its answer, and the response if it came in time and has the HTTP `status` expected."""
        screen = self.workspace.screen
        turn = screen.begin()
        began = time.perf_counter()
        sending = asyncio.create_task(
            self.send(request.body, {"Content-Type": request.content_type, **(headers or {})})
        )
        await asyncio.wait([sending], timeout=self.ack_seconds)
        seconds = time.perf_counter() - began
        if not sending.done():
            self.late.add(sending)
            sending.add_done_callback(self.late.discard)
            self.workspace.breaks(request.what, f"was not acknowledged within {self.ack_seconds} s")
            screen.show(Shown("failed", "operation_timeout"))
            return Answer(0, "", seconds, request, screen, turn), None
        response = sending.result()
        answer = Answer(response.status_code, response.text, seconds, request, screen, turn)
        if response.status_code != status:
            self.workspace.breaks(request.what, f"was answered with HTTP status {response.status_code}, not {status}")
            screen.show(Shown("failed", "dispatch_failed"))
            return answer, None
        return answer, response if status == 200 else None

    async def ssl_check(self) -> Answer:
        """Slack's own look whether the address is there."""
        form = {"token": VERIFICATION_TOKEN, "ssl_check": "1"}
        return (await self.deliver(Request("ssl_check", urlencode(form).encode()), 200))[0]

    async def url_verification(self) -> Answer:
        """Slack's question when an address is set for events; the answer must hold the challenge."""
        challenge = self.workspace.new_id("challenge")
        body = {"type": "url_verification", "token": VERIFICATION_TOKEN, "challenge": challenge}
        answer, _response = await self.deliver(Request("url_verification", json.dumps(body).encode(), JSON), 200)
        if challenge not in answer.body:
            self.workspace.breaks("url_verification", "the answer does not hold the challenge")
        return answer
