"""The stand-in as an HTTP server on a loopback address: Web API, response_urls and files."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import httpx
from aiohttp import web

from bot.local.slack.delivery import Delivery
from bot.local.slack.faults import Fault, Faults
from bot.local.slack.people import Person
from bot.local.slack.responses import respond
from bot.local.slack.screen import Shown
from bot.local.slack.shape import Object, refusal
from bot.local.slack.transcript import Transcript, runs
from bot.local.slack.web_api import call
from bot.local.slack.workspace import Workspace

SUBMISSION_SECONDS = 0.2
"""How long an update of a view waits for the answer to its submission, which may still be on its way."""
JSON_FIELDS = frozenset({"blocks", "metadata", "view"})
"""Arguments that are JSON even in a form."""


class BrokenRulesError(AssertionError):
    """The bot did what Slack, or this project, does not allow."""


class Slack:
    """An embedded Slack. An asynchronous context manager; on leaving it raises if the bot broke a rule.

    Give the bot `api_url`, `bot_token` and `signing_secret`; act with `person(client)`; read `screen.shown` and
    `broken_rules`. `clock` gives Unix seconds and rules over triggers, response_urls and signatures. The bot may take
    `ack_seconds` to acknowledge.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, ack_seconds: float = 3.0) -> None:
        """Makes a workspace with a bot, nobody else, and no server yet."""
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.ack_seconds = ack_seconds
        self.workspace = Workspace(clock=clock)
        self.screen = self.workspace.screen
        self.faults = Faults()
        self.transcript = Transcript()
        self.url = ""
        self._late: set[asyncio.Task[httpx.Response]] = set()
        self._ending = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What the bot takes for the base URL of the Web API."""
        return f"{self.url}/api/"

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot token; take some away to see what the bot does without."""
        return self.workspace.scopes

    @property
    def broken_rules(self) -> list[str]:
        """Every rule broken so far, in words. Clear it after a test that broke one on purpose."""
        return self.workspace.broken_rules

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=8 * 1024 * 1024)
        application.router.add_route("*", "/api/{method}", self._method)
        application.router.add_post("/{kind:commands|actions}/{rest:.*}", self._response_url)
        application.router.add_get("/files-pri/{file}/{name}", self._file)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        if error is None:
            self.assert_no_broken_rules()
        elif self.broken_rules:
            error.add_note("Rules of Slack that were broken as well:\n" + "\n".join(self.broken_rules))

    def assert_no_broken_rules(self) -> None:
        """Raises if the bot broke a rule.

        Raises:
            BrokenRulesError: it did; the message names every broken rule.
        """
        if self.broken_rules:
            raise BrokenRulesError("\n".join(self.broken_rules))

    def person(self, client: httpx.AsyncClient, name: str = "ada", *, path: str = "/slack/events") -> Person:
        """Somebody who reaches the bot through `client`, from a channel `api-support` and in a direct message."""
        line = (self.workspace, self.transcript, client, path, self.signing_secret, self.ack_seconds, self._late)
        return Person(Delivery(*line), self.url, name)

    async def settled(
        self,
        timeout: float = 3.0,  # noqa: ASYNC109 - seconds that a test allows the bot, not a limit to cancel by
        *,
        at_least: int = 1,
        quiet: float = 0.02,
    ) -> tuple[Shown, ...]:
        """What appeared since the last thing a person did, once `at_least` so much has and all was quiet for a moment.

        Raises:
            TimeoutError: less appeared within `timeout` seconds.
        """
        return await self.screen.settled(at_least, timeout, quiet)

    def received_text(self) -> str:
        """Everything the bot sent, Web API calls, responses and acknowledgements, as text to be searched."""
        return self.transcript.text()

    def holds(self, secret: str, run: int = 25) -> list[str]:
        """The stretches of a secret, of `run` characters or more, that the bot sent; empty if it kept it."""
        return runs(self.received_text(), secret, run)

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.transcript.keep(method, await request.read() + request.query_string.encode(), request.headers)
        fault = self.faults.take(method)
        if fault is not None and not fault.done:
            return await self._played(fault)
        answer = await self._carried_out(method, request)
        return answer if fault is None else await self._played(fault)

    async def _carried_out(self, method: str, request: web.Request) -> web.Response:
        with self._under_way():
            arguments = await self._arguments(method, request)
            if arguments is None:
                return web.json_response(refusal("invalid_json"))
            given = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(arguments.get("token", ""))
            if given != self.bot_token:
                return web.json_response(refusal("invalid_auth" if given else "not_authed"))
            if method == "views.update":
                await self._submission_over(str(arguments.get("view_id", "")))
            headers = {"x-oauth-scopes": ",".join(sorted(self.workspace.scopes))}
            return web.json_response(call(self.workspace, method, arguments), headers=headers)

    @contextlib.contextmanager
    def _under_way(self) -> Iterator[None]:
        self.screen.busy += 1
        self.screen.change()
        try:
            yield
        finally:
            self.screen.busy -= 1
            self.screen.change()

    async def _submission_over(self, view_id: str) -> None:
        """Lets the answer to a submission take effect before an update that was sent right after it."""
        pending = self.workspace.submitting.get(view_id)
        if pending is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(pending.wait(), SUBMISSION_SECONDS)

    async def _response_url(self, request: web.Request) -> web.Response:
        self.transcript.keep("response_url", await request.read(), request.headers)
        if (fault := self.faults.take("response_url")) is not None:
            return await self._played(fault)
        with self._under_way():
            arguments = await self._arguments("response_url", request)
            if arguments is None:
                return web.json_response(refusal("invalid_json"), status=400)
            status, answer = respond(self.workspace, request.path, arguments)
            return web.Response(text="ok") if status == 200 else web.json_response(answer, status=status)

    async def _file(self, request: web.Request) -> web.Response:
        self.transcript.keep("files", request.path.encode(), request.headers)
        found = self.workspace.files.get(request.match_info["file"])
        if found is None:
            return web.Response(status=404)
        if (
            request.headers.get("Authorization") != f"Bearer {self.bot_token}"
            or "files:read" not in self.workspace.scopes
        ):
            return web.Response(text="<!DOCTYPE html><title>Sign in | Slack</title>", content_type="text/html")
        return web.Response(body=found[1], content_type=found[0]["mimetype"])

    async def _played(self, fault: Fault) -> web.Response:
        self.screen.change()
        if fault.hang:
            await self._ending.wait()
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        error = fault.error or ("ratelimited" if fault.status == 429 else "internal_error")
        return web.json_response(refusal(error), status=fault.status, headers=headers)

    async def _arguments(self, where: str, request: web.Request) -> Object | None:
        """The arguments of a call, from query, form (with JSON in some fields) or JSON; None if that cannot be read."""
        try:
            if request.content_type == "application/json":
                sent = await request.json()
            else:
                form = {name: str(value) for name, value in (await request.post()).items()}
                sent = {name: json.loads(value) if name in JSON_FIELDS else value for name, value in form.items()}
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            self.workspace.breaks(where, "the body is no JSON object")
            return None
        return {**request.query, **sent}
