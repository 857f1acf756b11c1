"""The lifespan of an application inside this process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.local.in_process import in_process


def application(lifespan: Callable[[Starlette], AbstractAsyncContextManager[Any]]) -> Starlette:
    async def endpoint(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.state.word)

    return Starlette(routes=[Route("/", endpoint)], lifespan=lifespan)


async def test_it_starts_answers_with_its_state_and_stops() -> None:
    happened = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, str]]:
        happened.append("started")
        yield {"word": "hello"}
        happened.append("stopped")

    async with in_process(application(lifespan)) as client:
        assert (await client.get("/")).text == "hello"
        assert happened == ["started"]
    assert happened == ["started", "stopped"]


async def test_it_stops_when_the_one_who_uses_it_fails() -> None:
    happened = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        happened.append("stopped")

    async def use() -> None:
        async with in_process(application(lifespan)):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await use()
    assert happened == ["stopped"]


async def test_an_error_at_the_start_is_passed_on() -> None:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if happened:
            yield
        raise ZeroDivisionError

    happened: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with in_process(application(lifespan)):
            pass


async def test_a_start_that_is_refused_is_told() -> None:
    async def refusing(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no signing secret"})

    with pytest.raises(RuntimeError, match="startup failed: no signing secret"):
        async with in_process(refusing):
            pass


async def test_an_application_that_ends_at_once_is_told() -> None:
    async def nothing(_scope: Any, _receive: Any, _send: Any) -> None:
        return

    with pytest.raises(RuntimeError, match="the application ended at startup"):
        async with in_process(nothing):
            pass
