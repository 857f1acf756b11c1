"""A stand-in's HTTP server on a loopback address: it remembers what it was asked, and misbehaves where told to."""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.local.faults import Fault


@dataclass(frozen=True)
class Asked:
    """One request: what kind of question it was, its path, and its fields with names in lower case."""

    kind: str
    path: str
    headers: dict[str, str]


class Loopback:
    """A server. An asynchronous context manager; `url` is its address, without a slash at its end.

    `faults` says by kind of question what goes wrong, under an empty kind for all of them. `most` is how many requests
    were under way at once.
    """

    def __init__(self, certificates: ssl.SSLContext | None = None) -> None:
        """Makes a server that does not listen yet; with `certificates` it will speak TLS."""
        self.url = ""
        self.port = 0
        self.asked: list[Asked] = []
        self.faults: dict[str, Fault] = {}
        self.most = 0
        self._certificates = certificates
        self._under_way = 0
        self._ending = asyncio.Event()
        self._runner: web.AppRunner | None = None

    def kind(self, request: web.Request) -> str:  # noqa: ARG002 - for those that tell questions apart
        """What kind of question a request is."""
        return "any"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What the server says where nothing goes wrong."""
        raise NotImplementedError  # each stand-in's own

    def questions(self, kind: str) -> list[Asked]:
        """The requests of one kind so far."""
        return [asked for asked in self.asked if asked.kind == kind]

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self._certificates).start()
        self.port = self._runner.addresses[0][1]
        self.url = f"{'https' if self._certificates else 'http'}://127.0.0.1:{self.port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        kind = self.kind(request)
        self.asked.append(Asked(kind, request.path, {name.lower(): value for name, value in request.headers.items()}))
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        try:
            fault = self.faults.get(kind) or self.faults.get("")
            return await (self._misbehave(request, fault) if fault else self.answer(request))
        finally:
            self._under_way -= 1

    async def _misbehave(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hangs or fault.before:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), None if fault.hangs else fault.before)
        response = web.StreamResponse(status=fault.status, headers=fault.headers)
        with contextlib.suppress(ConnectionError):  # the client has seen enough
            await response.prepare(request)
            for _ in range(fault.repeated):
                await response.write(fault.body)
                if fault.between:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._ending.wait(), fault.between)
            await response.write_eof()
        return response
