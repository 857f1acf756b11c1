"""The stand-ins' server, asked by a client that believes everything: what goes wrong really goes wrong."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web

from bot.local import faults
from bot.local.faults import Fault
from bot.local.loopback import Loopback


class Kind(Loopback):
    """Answers with the kind of question it was asked, which is the first part of the path."""

    def kind(self, request: web.Request) -> str:
        return request.path.split("/")[1]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.kind(request))


@pytest.fixture
async def server() -> AsyncIterator[Kind]:
    async with Kind() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        yield client


async def test_it_answers_on_a_loopback_address_and_remembers(server: Kind, client: httpx.AsyncClient) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert (await client.get(f"{server.url}/a/b", headers={"X-Y": "z"})).json() == "a"

    (asked,) = server.questions("a")
    assert (asked.path, asked.headers["x-y"]) == ("/a/b", "z")
    assert server.questions("b") == []


async def test_a_fault_is_for_one_kind_or_for_all(server: Kind, client: httpx.AsyncClient) -> None:
    server.faults["a"] = faults.says(401, "Unauthorized", www_authenticate="Bearer")
    assert [(await client.get(f"{server.url}/{kind}")).status_code for kind in "ab"] == [401, 200]

    server.faults[""] = faults.says(500)
    answers = [await client.get(f"{server.url}/{kind}") for kind in "ab"]
    assert [answer.status_code for answer in answers] == [401, 500]
    assert answers[0].json() == {"message": "Unauthorized"}
    assert answers[0].headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("fault", "bytes_", "kind"),
    [
        (faults.html(403), 37, "text/html; charset=utf-8"),
        (faults.broken(), 8, "application/json"),
        (faults.huge(2), 2 * 1_048_576, "application/json"),
        (faults.gzip_bomb(), 10_000_008, "application/json"),
    ],
)
async def test_bodies(server: Kind, client: httpx.AsyncClient, fault: Fault, bytes_: int, kind: str) -> None:
    server.faults[""] = fault
    answer = await client.get(f"{server.url}/")

    assert (len(answer.content), answer.headers["content-type"]) == (bytes_, kind)


async def test_a_redirect_names_where_to_go(server: Kind, client: httpx.AsyncClient) -> None:
    server.faults["a"] = faults.redirect(f"{server.url}/trap", 307)
    answer = await client.get(f"{server.url}/a", follow_redirects=True)

    assert answer.json() == "trap"
    assert answer.history[0].status_code == 307


async def test_a_slow_answer_comes_late(server: Kind, client: httpx.AsyncClient) -> None:
    server.faults[""] = faults.slow(0.2)
    began = time.perf_counter()

    assert (await client.get(f"{server.url}/")).json() == {}
    assert time.perf_counter() - began > 0.2


@pytest.mark.parametrize("fault", [faults.hanging(), faults.dripping(0.05), faults.announced(2_000_000)])
async def test_these_do_not_end_while_the_server_lives(client: httpx.AsyncClient, fault: Fault) -> None:
    async with Kind() as server:
        server.faults[""] = fault
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get(f"{server.url}/"), 0.3)
        began = time.perf_counter()
    assert time.perf_counter() - began < 2


async def test_it_counts_what_is_under_way_at_once(server: Kind, client: httpx.AsyncClient) -> None:
    server.faults[""] = faults.slow(0.1)
    await asyncio.gather(*(client.get(f"{server.url}/") for _ in range(3)))

    assert server.most == 3


async def test_a_server_that_left_refuses(client: httpx.AsyncClient) -> None:
    async with Kind() as server:
        pass
    with pytest.raises(httpx.ConnectError):
        await client.get(f"{server.url}/")
