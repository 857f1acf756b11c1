"""The web process: the routes, and the Slack app behind the front door."""

import asyncio
import gc
import logging
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import uvloop
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.server.events import Events
from bot.server.front import FrontDoor
from bot.server.headers import Ending, WithEnding
from bot.server.logs import configure, watch_loop
from bot.server.metrics import Metrics, MetricsPage
from bot.server.moment import Moment
from bot.server.running import Running
from bot.server.serving import listen, serve_until_stopped
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis

EVENTS = "/slack/events"

log = logging.getLogger(__name__)


class Web:
    """The routes and what they lead to."""

    def __init__(self, settings: Settings, diagnosis: Diagnosis, clock: Callable[[], float]) -> None:
        self.metrics = Metrics()
        self.moment = Moment()
        self.running = Running(settings, replace(diagnosis, watcher=self.metrics, pace=self.moment))
        self.metrics.watch(self.running.tasks, lambda: not self._problem())
        self.ending = Ending(lambda: self.running.tasks.draining)
        front = FrontDoor(settings.slack_signing_secret, clock)
        self.events = Events(front, self.running.slack, self.moment, self.metrics, self.ending)

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Keep the Slack app open while the application runs."""
        async with self.running.opened():
            yield

    async def ready(self, _request: Request) -> Response:
        """``GET /readyz``: 200 once Slack took the bot token; before that and while stopping 503 with the reason."""
        problem = self._problem()
        return PlainTextResponse(f"not ready: {problem}\n" if problem else "ready\n", 503 if problem else 200)

    def _problem(self) -> str:
        return "shutting down" if self.running.tasks.draining else self.running.slack.identity.problem


class Application(Starlette):
    """The routes. What Slack sends skips the layers that serve the others."""

    def __init__(self, web: Web, routes: list[Route]) -> None:
        middleware = [Middleware(WithEnding, ending=web.ending)]
        super().__init__(routes=routes, middleware=middleware, lifespan=web.lifespan)
        self.router.redirect_slashes = False
        self._events = web.events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] == EVENTS and scope["method"] == "POST":
            await self._events(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def healthy(_request: Request) -> Response:
    """``GET /healthz``: the process is up."""
    return PlainTextResponse("ok\n")


async def front_page(_request: Request) -> Response:
    """``GET /``: one line."""
    return PlainTextResponse("Rhythm Auth: a Slack bot that finds the root cause of a 401 from the Rhythm API.\n")


def create_app(settings: Settings, diagnosis: Diagnosis, *, clock: Callable[[], float] = time.time) -> Starlette:
    """Make the ASGI app. ``clock`` gives Unix seconds, by which requests are fresh.

    ``app.state.running`` is what keeps running behind the routes, ``app.state.metrics`` what is counted,
    ``app.state.moment`` the requests that wait for their answer, which whoever serves it counts.

    Raises:
        ValueError: the settings hold no signing secret.
    """
    web = Web(settings, diagnosis, clock)
    routes = [
        Route(EVENTS, web.events, methods=["POST"]),
        Route("/healthz", healthy, methods=["GET"]),
        Route("/readyz", web.ready, methods=["GET"]),
        Route("/", front_page, methods=["GET"]),
    ]
    if settings.metrics_token:
        routes.append(Route("/metrics", MetricsPage(web.metrics, settings.metrics_token).get, methods=["GET"]))
    app = Application(web, routes)
    app.state.running = web.running
    app.state.metrics = web.metrics
    app.state.moment = web.moment
    return app


def serve(settings: Settings, diagnosis: Diagnosis) -> int:
    """Run the web process until it is told to stop; return its exit status.

    0 after SIGTERM or SIGINT; 2, and why on standard error, where Slack refuses the bot token or the address is taken.
    """
    configure(settings)
    try:
        listening = listen(settings.host, settings.port)
    except OSError as error:
        message = f"Cannot listen on {settings.host}, port {settings.port}: {error.strerror}."
        print(message, file=sys.stderr)  # noqa: T201 - the one message that an operator gets
        return 2
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, diagnosis, listening))


async def _serve(settings: Settings, diagnosis: Diagnosis, listening: socket.socket) -> int:
    watch_loop(asyncio.get_running_loop())
    app = create_app(settings, diagnosis)
    gc.collect()
    gc.freeze()  # what was made by now stays to the end: looking through it again and again delays answers
    logging.getLogger().addHandler(app.state.metrics.count_lines())
    running: Running = app.state.running
    running.stop_on_signals()
    log.info("listening on port %d", listening.getsockname()[1])
    await serve_until_stopped(app, listening, running, app.state.moment)
    return running.exit_status()
