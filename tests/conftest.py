"""What every test lives under: no network beyond this machine, no settings of the person who runs it."""

import ipaddress
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

SETTINGS_BEGIN = ("ALLOWED_", "CLOCK_LEEWAY_", "LIVE_", "LOG_", "RHYTHM_", "SLACK_")
SETTINGS_ARE = {"HOST", "METRICS_TOKEN", "PORT", "WEB_CONCURRENCY"}

# A shared machine stalls now and then, so no example has a deadline. `pytest --hypothesis-profile long` is for a night.
settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=20_000)
settings.load_profile("default")


class NetworkBlockedError(RuntimeError):
    """A test reached for the network. No OSError, so that code which expects a dead network does not swallow it."""


class NetworkGuard:
    """Refuses every connection, datagram and look-up that would leave this machine, and remembers the attempts.

    It is an audit hook: it sees what Python's sockets do, whichever library asks and whatever a test patches, but not what
    uvloop does in C. Processes that a test starts are on their own.
    """

    LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
    SENDINGS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})

    def __init__(self) -> None:
        self.attempts: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in self.LOOK_UPS:
            host = arguments[0]
        elif event in self.SENDINGS and isinstance(
            arguments[1], tuple
        ):  # else the path of a Unix socket, or no address
            host = arguments[1][0]
        else:
            return
        if not is_this_machine(host):
            attempt = f"{event} to {host!r}"
            self.attempts.append(attempt)
            raise NetworkBlockedError(
                attempt + ": tests stay on this machine; use a stand-in of bot/local on 127.0.0.1"
            )


def is_this_machine(host: str | bytes | None) -> bool:
    """Whether a name or address, as sockets take it (None and empty: every address), needs no network."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


GUARD = NetworkGuard()
sys.addaudithook(GUARD)


@pytest.fixture(autouse=True)
def network_guard() -> Iterator[NetworkGuard]:
    """Fail a test that reached for the network, even where the code under test caught the refusal."""
    GUARD.attempts.clear()
    yield GUARD
    assert GUARD.attempts == []


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in SETTINGS_ARE or name.startswith(SETTINGS_BEGIN):
            monkeypatch.delenv(name)
