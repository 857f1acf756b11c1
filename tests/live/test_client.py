"""The guard by itself: what it makes of requests that the probes would never make, and of connections that go wrong."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest
from aiohttp import web

from bot.live.addresses import AddressRefusedError, Resolver, VettedBackend
from bot.live.client import Client, Guard, UnlearntError
from bot.live.fairness import Breaker
from bot.live.reach import Reach
from bot.local import faults
from bot.local.loopback import Loopback
from bot.settings import Settings
from tests.live.certificates import Authority

SECRET = "Bearer a-secret-of-this-test"


class Echo(Loopback):
    """Answers everything with an empty object."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({})


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    async with Echo() as server:
        yield server


def settings(**changed: Any) -> Settings:
    return Settings()._replace(**changed)


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


def hangs(_host: str, _port: int) -> list[str]:
    time.sleep(20)
    return []


def at(address: str) -> Resolver:
    """A resolver for which every name is at one address."""
    return Resolver(lambda _host, _port: [address])


async def refused(guard: Guard, url: str, method: str = "GET", **headers: str) -> str:
    with pytest.raises(UnlearntError) as error:
        await guard.handle_async_request(httpx.Request(method, url, headers=headers))
    await guard.aclose()
    return error.value.reason


# Who may be asked, and who may see the token


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("https://api.example.org/contacts/current", "only its key set may be asked for", id="other-host"),
        pytest.param("https://acme.us.auth0.com/userinfo", "only its key set may be asked for", id="other-path"),
        pytest.param("https://acme.us.auth0.com/.well-known/jwks.json?a=b", "only its key set may be asked for", id="query"),
        pytest.param("https://example.org/.well-known/jwks.json", "it is no host that may be asked", id="no-auth0"),
        pytest.param("https://auth0.com.example.org/.well-known/jwks.json", "it is no host that may be asked", id="like-auth0"),
        pytest.param("https://acme.us.auth0.com:444/.well-known/jwks.json", "it is no host that may be asked", id="port"),
        pytest.param("http://acme.us.auth0.com/.well-known/jwks.json", "it is not https", id="plain"),
        pytest.param("ftp://acme.us.auth0.com/.well-known/jwks.json", "it is not https", id="ftp"),
        pytest.param("http://rolodex.api.rhythmsoftware.com/contacts/current", "it is not https", id="plain-rhythm"),
        pytest.param("https://127.0.0.1/.well-known/jwks.json", "it is no host that may be asked", id="loopback"),
        pytest.param("https://2130706433/.well-known/jwks.json", "it is no host that may be asked", id="decimal"),
        pytest.param("https://[::1]/.well-known/jwks.json", "it is no host that may be asked", id="ipv6"),
        pytest.param("https://u:p@acme.us.auth0.com/.well-known/jwks.json", "it is no plain GET", id="userinfo"),
        pytest.param("https://evil.api.rhythmsoftware.com/contacts/current", "only its key set may be asked for", id="near"),
        pytest.param("https://rolodex.api.rhythmsoftware.com:8443/contacts", "only its key set may be asked for", id="rhythm-port"),
    ],
)  # fmt: skip
async def test_others_are_not_asked_and_not_looked_up(url: str, reason: str) -> None:
    guard = Guard(Reach.of(Settings()), resolver=Resolver(never))

    assert await refused(guard, url) == f"not asked: {reason}"


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.us.auth0.com/.well-known/jwks.json",
        "https://api.example.org/",
        "https://docs.api.rhythmsoftware.com/",
    ],
)
async def test_only_rhythms_hosts_may_see_a_token(url: str) -> None:
    guard = Guard(Reach.of(Settings()), resolver=Resolver(never))

    assert await refused(guard, url, authorization=SECRET) == "not asked: only Rhythm's hosts may see a token"


async def test_with_domains_in_the_settings_no_other_issuer_is_asked() -> None:
    guard = Guard(Reach.of(settings(rhythm_auth0_domains=("acme.eu.auth0.com",))), resolver=Resolver(never))

    reason = await refused(guard, "https://acme.us.auth0.com/.well-known/jwks.json")
    assert reason == "not asked: it is no host that may be asked"


async def test_nothing_but_a_get_is_made() -> None:
    guard = Guard(Reach.of(Settings()), resolver=Resolver(never))

    assert await refused(guard, "https://rolodex.api.rhythmsoftware.com/", "POST") == "not asked: it is no plain GET"


# Which addresses are connected to


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0", "::1", "fd00::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "fe80::1%lo", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
async def test_a_name_that_leads_to_no_public_address_is_not_connected_to(address: str) -> None:
    guard = Guard(Reach.of(Settings()), resolver=at(address))

    reason = await refused(guard, "https://acme.us.auth0.com/.well-known/jwks.json")
    assert reason == "not asked: its name leads to an address that is not public"


async def test_one_address_that_is_not_public_spoils_them_all() -> None:
    guard = Guard(Reach.of(Settings()), resolver=Resolver(lambda _host, _port: ["93.184.216.34", "10.0.0.1"]))

    reason = await refused(guard, "https://acme.us.auth0.com/.well-known/jwks.json")
    assert reason == "not asked: its name leads to an address that is not public"


async def test_a_host_of_the_settings_may_be_private_to_this_machine_but_not_to_a_network() -> None:
    reach = Reach.of(settings(rhythm_api_url="https://{service}.example.org:9443"))
    url = "https://rolodex.example.org:9443/contacts/current"

    reason = await refused(Guard(reach, resolver=at("10.0.0.1")), url)
    assert reason == "not asked: its name leads to an address that is not public"
    assert "refuses" in await refused(Guard(reach, resolver=at("127.0.0.1")), url)


@pytest.mark.parametrize(("port", "error"), [(9443, httpcore.ConnectError), (9444, AddressRefusedError)])
async def test_this_machine_is_connected_to_on_the_ports_of_the_settings_alone(
    port: int, error: type[Exception]
) -> None:
    reach = Reach.of(settings(rhythm_api_url="https://{service}.example.org:9443"))

    with pytest.raises(error):
        await VettedBackend(reach.own, at("127.0.0.1")).connect_tcp("rolodex.example.org", port, 2.0)


@pytest.mark.parametrize(
    "addresses",
    [["::1", "127.0.0.2", "127.0.0.1"], ["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1", "::1", "127.0.0.3"]],
)
async def test_the_next_address_is_tried(echo: Echo, addresses: list[str]) -> None:
    reach = Reach.of(settings(rhythm_api_url=f"http://localhost:{echo.port}/{{service}}"))
    guard = Guard(reach, resolver=Resolver(lambda _host, _port: addresses))
    response = await guard.handle_async_request(httpx.Request("GET", f"http://localhost:{echo.port}/rolodex/x"))

    assert response.status_code == 200
    assert echo.asked[0].headers["host"] == f"localhost:{echo.port}"
    await guard.aclose()


async def test_two_names_on_one_address_share_no_connection(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    async with Echo(authority.server("rolodex.example.org")) as server:
        reach = Reach.of(settings(rhythm_api_url=f"https://{{service}}.example.org:{server.port}"))
        guard = Guard(reach, resolver=at("127.0.0.1"), certificates=authority.client())
        first = httpx.Request("GET", f"https://rolodex.example.org:{server.port}/", headers={"authorization": SECRET})
        assert (await guard.handle_async_request(first)).status_code == 200

        second = f"https://events.example.org:{server.port}/"
        assert await refused(guard, second, authorization=SECRET) == "its certificate is not valid for it"
    assert len(server.asked) == 1


async def test_one_name_keeps_its_connection(tmp_path: Path) -> None:
    looked_up: list[str] = []

    def look_up(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    authority = Authority(tmp_path)
    async with Echo(authority.server("rolodex.example.org")) as server:
        reach = Reach.of(settings(rhythm_api_url=f"https://{{service}}.example.org:{server.port}"))
        guard = Guard(reach, resolver=Resolver(look_up), certificates=authority.client())
        for _ in range(3):
            await guard.handle_async_request(httpx.Request("GET", f"https://rolodex.example.org:{server.port}/"))
        await guard.aclose()

    assert looked_up == ["rolodex.example.org"]


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async with Echo(Authority(tmp_path).server("rolodex.example.org")) as server:
        reach = Reach.of(settings(rhythm_api_url=f"https://{{service}}.example.org:{server.port}"))
        guard = Guard(reach, resolver=at("127.0.0.1"))
        reason = await refused(guard, f"https://rolodex.example.org:{server.port}/", authorization=SECRET)

    assert reason == "its certificate is not valid for it"
    assert server.asked == []


# Time


async def test_a_name_that_hangs_costs_two_seconds() -> None:
    guard = Guard(Reach.of(Settings()), resolver=Resolver(hangs))
    began = time.perf_counter()
    reason = await refused(guard, "https://acme.us.auth0.com/.well-known/jwks.json")

    assert reason == "no connection within 2 s"
    assert 1.9 < time.perf_counter() - began < 2.5


async def test_a_handshake_that_hangs_costs_two_seconds() -> None:
    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    ended = asyncio.Event()
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        guard = Guard(Reach.of(settings(rhythm_api_url=f"https://127.0.0.1:{port}/{{service}}")))
        began = time.perf_counter()
        reason = await refused(guard, f"https://127.0.0.1:{port}/rolodex", authorization=SECRET)
        seconds = time.perf_counter() - began
        ended.set()

    assert reason == "no connection within 2 s"
    assert 1.9 < seconds < 2.5


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="ssh"),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{}", id="short"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 40_000, id="endless-head"),
        pytest.param(b"HTTP/1.1 99999 OK\r\n\r\n", id="status"),
    ],
)
async def test_what_is_no_http_is_survived(sent: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        guard = Guard(Reach.of(settings(rhythm_api_url=f"{url}/{{service}}")), 1.0)
        reason = await refused(guard, f"{url}/rolodex/contacts/current", authorization=SECRET)

    assert reason == "the connection broke off, or what came was no HTTP"


async def test_interim_answers_without_end_are_cut_off() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        try:
            while True:
                writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
                await writer.drain()
        except ConnectionError:
            writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        guard = Guard(Reach.of(settings(rhythm_api_url=f"{url}/{{service}}")), 0.5)
        began = time.perf_counter()
        reason = await refused(guard, f"{url}/rolodex/contacts/current")

    assert reason == "no whole answer within 0.5 s"
    assert time.perf_counter() - began < 1.5


HANGING_NAME = """
import socket, sys, time
socket.getaddrinfo = lambda *_args, **_options: time.sleep(60)
from bot.__main__ import main
began = time.perf_counter()
status = main(["check", "--live", "--json", "-"])
print(f"seconds={time.perf_counter() - began:.1f} status={status}", file=sys.stderr)
"""


def test_a_name_that_hangs_does_not_hold_up_the_end_of_the_process(fresh_token: str) -> None:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", HANGING_NAME],
        input=fresh_token,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert "status=0" in done.stderr
    assert "no connection within 2 s" in done.stdout
    assert time.perf_counter() - began < 15  # of the 60 that the look-up takes; the rest is a busy machine


# The client above it


async def test_the_environment_is_not_read(echo: Echo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with Echo() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login ada password secret\n")
        monkeypatch.setenv("NETRC", str(netrc))
        client = Client(Guard(Reach.of(settings(rhythm_api_url=f"{echo.url}/{{service}}"))), Breaker())
        await client.ask(f"{echo.url}/rolodex/contacts/current")
        await client.aclose()

    assert proxy.asked == []
    assert "authorization" not in echo.asked[0].headers


async def test_no_cookie_is_kept(echo: Echo) -> None:
    echo.faults[""] = faults.says(200, set_cookie="a=b")
    client = Client(Guard(Reach.of(settings(rhythm_api_url=f"{echo.url}/{{service}}"))), Breaker())
    for _ in range(2):
        await client.ask(f"{echo.url}/rolodex/contacts/current")
    await client.aclose()

    assert "cookie" not in echo.asked[1].headers


async def test_an_answer_does_not_show_what_it_holds(echo: Echo) -> None:
    client = Client(Guard(Reach.of(settings(rhythm_api_url=f"{echo.url}/{{service}}"))), Breaker())
    assert repr(await client.ask(f"{echo.url}/rolodex/contacts/current")) == "Answer(200)"
    await client.aclose()


@pytest.mark.parametrize("host", ["xn--acme.us.auth0.com", "xn--a.auth0.com"])
async def test_a_name_that_only_pretends_to_be_internationalized_is_a_reason(host: str) -> None:
    client = Client(Guard(Reach.of(Settings()), resolver=Resolver(never)), Breaker())
    with pytest.raises(UnlearntError, match="not asked: its name is none that can be looked up"):
        await client.ask(f"https://{host}/.well-known/jwks.json")
    await client.aclose()
