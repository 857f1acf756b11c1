import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import NetworkBlockedError, NetworkGuard, is_this_machine

ELSEWHERE = "192.0.2.1"  # RFC 5737, for documentation: goes nowhere, should the guard be broken


@pytest.fixture
def attempts(network_guard: NetworkGuard) -> Iterator[list[str]]:
    """What the guard remembers of this test, forgotten before the guard would fail it."""
    yield network_guard.attempts
    network_guard.attempts.clear()


def test_a_connection_to_another_machine_is_refused(attempts: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(NetworkBlockedError):
        sock.connect((ELSEWHERE, 443))

    assert attempts == ["socket.connect to '192.0.2.1'"]


def test_a_datagram_to_another_machine_is_refused(attempts: list[str]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(NetworkBlockedError):
        sock.sendto(b"", (ELSEWHERE, 53))

    assert attempts == ["socket.sendto to '192.0.2.1'"]


def test_a_name_of_another_machine_is_not_looked_up(attempts: list[str]) -> None:
    with pytest.raises(NetworkBlockedError):
        socket.getaddrinfo("rhythm.example.com", 443)

    assert attempts == ["socket.getaddrinfo to 'rhythm.example.com'"]


async def test_a_library_that_looks_up_names_in_a_thread_is_refused_too(attempts: list[str]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(NetworkBlockedError):
            await client.get("http://rhythm.example.com/")

    assert len(attempts) == 1


def test_an_attempt_that_the_code_swallowed_is_remembered(attempts: list[str]) -> None:
    with contextlib.suppress(Exception):
        socket.create_connection((ELSEWHERE, 443))

    assert attempts != []


async def test_connections_within_this_machine_work() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection("localhost", server.sockets[0].getsockname()[1])
        greeting = await reader.read()
        writer.close()
        await writer.wait_closed()

    assert greeting == b"hello"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", b"127.0.0.53", "::1", "0.0.0.0", "::", "", None])
def test_these_hosts_are_this_machine(host: str | bytes | None) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "10.0.0.1", "169.254.169.254", "fe80::1%eth0", "localhost.example.com", b"example.com"]
)
def test_these_hosts_are_not(host: str | bytes) -> None:
    assert not is_this_machine(host)


@pytest.fixture(scope="module", autouse=True)
def _settings_of_a_person() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SLACK_BOT_TOKEN", "RHYTHM_AUDIENCE", "PORT", "METRICS_TOKEN"):
            patch.setenv(name, "theirs")
        yield


def test_no_setting_of_the_person_who_runs_the_tests_reaches_a_test() -> None:
    assert "theirs" not in os.environ.values()
