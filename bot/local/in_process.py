"""Runs an ASGI application inside this process: its lifespan, and a client whose requests go straight to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, MutableMapping
from typing import Any, TypeAlias

import httpx

Event: TypeAlias = MutableMapping[str, Any]
Application: TypeAlias = Any
"""An ASGI application. The protocol's types differ between libraries in names alone."""


@contextlib.asynccontextmanager
async def in_process(application: Application) -> AsyncIterator[httpx.AsyncClient]:
    """Starts the application, yields a client for it, and shuts it down at the end.

    Raises:
        RuntimeError: the application refused to start or to stop; an exception of its own is passed on instead.
    """
    state: dict[str, Any] = {}
    incoming: asyncio.Queue[Event] = asyncio.Queue()
    outgoing: asyncio.Queue[Event] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state}
    running = asyncio.ensure_future(application(scope, incoming.get, outgoing.put))

    async def turn(phase: str) -> None:
        await incoming.put({"type": f"lifespan.{phase}"})
        answering = asyncio.ensure_future(outgoing.get())
        await asyncio.wait([answering, running], return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            answering.cancel()
            await running
            raise RuntimeError(f"the application ended at {phase}")
        if answering.result()["type"] != f"lifespan.{phase}.complete":
            await running
            raise RuntimeError(f"{phase} failed: {answering.result().get('message', '')}")

    async def with_state(scope: Event, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own
        await application({**scope, "state": dict(state)}, receive, send)

    await turn("startup")
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(with_state), base_url="http://bot.local") as client:
            yield client
    finally:
        await turn("shutdown")
        await running
