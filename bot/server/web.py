"""The web process: the routes, and the Slack app behind the front door."""

import asyncio
import logging
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvloop
from slack_bolt.response import BoltResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.server.bad_signatures import BadSignatures
from bot.server.front import FrontDoor, TurnedAwayError
from bot.server.logs import configure, watch_loop
from bot.server.serving import listen, serve_until, stop_on_signals
from bot.server.tasks import Tasks
from bot.services import SERVICES, base_url
from bot.settings import Settings
from bot.slack.app import SlackApp
from bot.slack.diagnosis import Diagnosis
from bot.slack.identity import TokenRefusedError

log = logging.getLogger(__name__)

SECURITY_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
)


class Web:
    """The Slack app, its tasks, and the routes that lead to them."""

    def __init__(self, settings: Settings, diagnosis: Diagnosis, clock: Callable[[], float]) -> None:
        self.tasks = Tasks()
        hosts = tuple((service.title, base_url(service.name, settings)) for service in SERVICES)
        self.slack = SlackApp(settings, diagnosis, self.tasks, hosts)
        self.stop = asyncio.Event()
        self.refused: TokenRefusedError | None = None
        self._front = FrontDoor(settings.slack_signing_secret, clock)
        self._bad_signatures = BadSignatures()

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Open the session to Slack and find out who the bot is, while requests are answered already."""
        self.slack.open()
        finding = asyncio.create_task(self._find())
        try:
            yield
        finally:
            finding.cancel()
            await asyncio.gather(finding, return_exceptions=True)
            await self.tasks.drain(0)
            await self.slack.close()

    async def _find(self) -> None:
        try:
            await self.slack.identity.find()
        except TokenRefusedError as refused:
            self.refused = refused
            self.stop.set()

    async def events(self, request: Request) -> Response:
        """``POST /slack/events``: commands, interactions and events."""
        try:
            body = await self._front.take_in(request)
        except TurnedAwayError as away:
            if away.status == 401:
                self._bad_signatures.bad()
            close = {"connection": "close"} if away.status == 408 else None
            return PlainTextResponse(away.reason + "\n", away.status, close)
        self._bad_signatures.good()
        answer: BoltResponse = await self.slack.dispatch(body)
        return Response(answer.body, answer.status, answer.first_headers())

    async def ready(self, _request: Request) -> Response:
        """``GET /readyz``: 200 once Slack took the bot token; before that and while stopping 503 with the reason."""
        problem = "shutting down" if self.tasks.draining else self.slack.identity.problem
        return PlainTextResponse(f"not ready: {problem}\n" if problem else "ready\n", 503 if problem else 200)


async def healthy(_request: Request) -> Response:
    """``GET /healthz``: the process is up."""
    return PlainTextResponse("ok\n")


async def front_page(_request: Request) -> Response:
    """``GET /``: one line."""
    return PlainTextResponse("Rhythm Auth: a Slack bot that finds the root cause of a 401 from the Rhythm API.\n")


def create_app(settings: Settings, diagnosis: Diagnosis, *, clock: Callable[[], float] = time.time) -> Starlette:
    """Make the ASGI app. ``clock`` gives Unix seconds, by which requests are fresh; ``app.state.web`` is the ``Web``.

    Raises:
        ValueError: the settings hold no signing secret.
    """
    web = Web(settings, diagnosis, clock)
    routes = [
        Route("/slack/events", web.events, methods=["POST"]),
        Route("/healthz", healthy, methods=["GET"]),
        Route("/readyz", web.ready, methods=["GET"]),
        Route("/", front_page, methods=["GET"]),
    ]
    app = Starlette(routes=routes, lifespan=web.lifespan)
    app.router.redirect_slashes = False
    app.add_middleware(SecurityHeaders)
    app.state.web = web
    return app


def serve(settings: Settings, diagnosis: Diagnosis) -> int:
    """Run the web process until it is told to stop; return its exit status.

    0 after SIGTERM or SIGINT; 2, and why on standard error, where Slack refuses the bot token or the address is taken.
    """
    configure(settings)
    try:
        listening = listen(settings.host, settings.port)
    except OSError as error:
        print(f"Cannot listen on {settings.host}, port {settings.port}: {error.strerror}.", file=sys.stderr)  # noqa: T201 - one message
        return 2
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, diagnosis, listening))


async def _serve(settings: Settings, diagnosis: Diagnosis, listening: socket.socket) -> int:
    watch_loop(asyncio.get_running_loop())
    app = create_app(settings, diagnosis)
    web: Web = app.state.web
    stop_on_signals(web.stop)
    log.info("listening on port %d", listening.getsockname()[1])
    await serve_until(web.stop, app, listening, web.tasks)
    if web.refused is not None:
        print(web.refused, file=sys.stderr)  # noqa: T201 - the one message that the interface promises
        return 2
    return 0


class SecurityHeaders:
    """Adds the same security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, with headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *SECURITY_HEADERS]
            await send(message)

        await self._app(scope, receive, with_headers)
