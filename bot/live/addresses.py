"""Which addresses may be connected to, and how a name becomes one.

An address is vetted where the connection is made, after its name was looked up and without a second look-up.
Connections are pooled by host name, so that two names on one address never share one and every certificate is checked
against its own name.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TypeAlias

import httpcore

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
LookUp: TypeAlias = Callable[[str, int], list[str]]
"""Blocks until a name is looked up: host and port to addresses as text. Raises OSError where there are none."""

ADDRESSES_MOST = 4
"""Addresses of one host that are tried, one after the other."""
LOOK_UPS_MOST = 32
"""Look-ups that may be under way at once; the system's resolver can hang for minutes, and a thread cannot be ended."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NOBODYS = (
    ipaddress.ip_network("192.0.0.0/24"),  # protocols' own (RFC 6890); clouds serve metadata there
    ipaddress.ip_network("192.88.99.0/24"),  # once 6to4's relays (RFC 7526)
    ipaddress.ip_network("168.63.129.16/32"),  # the host beneath a virtual machine of Azure
    ipaddress.ip_network("3fff::/20"),  # for documentation (RFC 9637)
)
"""Networks that hold no public host, and pass for public in Python 3.11."""


class AddressRefusedError(Exception):
    """A host's name leads to an address that may not be connected to."""


class LookUpError(Exception):
    """A host's name leads nowhere, or it could not be looked up in time."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public net's hosts (RFC 6890).

    IPv6 forms that hold an IPv4 address (mapped, compatible, 6to4, Teredo) are none; of NAT64 (RFC 6052) the inner
    one counts.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in _GLOBAL_UNICAST or address.sixtofour or address.teredo or address.scope_id:
            return False
    if any(address in network for network in _NOBODYS):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_loopback(address: Address) -> bool:
    """Whether an address is this machine's own, in its plain form."""
    return address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def system_look_up(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Looks names up in threads that hold up neither the loop, nor a caller whose time is over, nor the process."""

    def __init__(self, look_up: LookUp = system_look_up) -> None:
        self._look_up = look_up
        self._under_way = threading.BoundedSemaphore(LOOK_UPS_MOST)

    async def addresses(self, host: str, port: int) -> list[Address]:
        """The addresses of a host.

        Raises:
            LookUpError: it has none, or too many look-ups hang.
        """
        if not self._under_way.acquire(blocking=False):
            raise LookUpError
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str] | None] = loop.create_future()

        def settle(found: list[str] | None) -> None:
            if not answer.done():
                answer.set_result(found)

        def work() -> None:
            try:
                found: list[str] | None = self._look_up(host, port)
            except (OSError, UnicodeError):
                found = None
            finally:
                self._under_way.release()
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, found)

        try:
            # A daemon: the executor's threads are waited for when the process ends.
            threading.Thread(target=work, name="look-up", daemon=True).start()
        except RuntimeError:  # no more threads
            self._under_way.release()
            raise LookUpError from None
        found = await answer
        try:
            read = [ipaddress.ip_address(text) for text in found or ()]
        except ValueError:
            read = []
        if not read:
            raise LookUpError
        return read


class VettedBackend(httpcore.AsyncNetworkBackend):
    """Connects to vetted addresses alone. ``own`` are host and port of the operator's hosts, which may be loopback."""

    def __init__(self, own: Iterable[tuple[str, int]], resolver: Resolver) -> None:
        self._own = frozenset(own)
        self._resolver = resolver
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up, vet all its addresses and connect to the first that answers, within ``timeout`` seconds.

        Raises:
            AddressRefusedError: one of the addresses may not be connected to; then none is.
            LookUpError: the host has no address.
            httpcore.ConnectError, httpcore.ConnectTimeout: no address took the connection.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._vetted(host, port)
                return await self._first(addresses, port, timeout, local_address, socket_options)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None

    async def _vetted(self, host: str, port: int) -> list[Address]:
        try:
            addresses: list[Address] = [ipaddress.ip_address(host)]
        except ValueError:
            addresses = await self._resolver.addresses(host, port)
        may_be_loopback = (host, port) in self._own
        for address in addresses:
            if not (is_public(address) or (may_be_loopback and is_loopback(address))):
                raise AddressRefusedError
        return addresses[:ADDRESSES_MOST]

    async def _first(
        self,
        addresses: list[Address],
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - shared out among the addresses
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        share = timeout / len(addresses) if timeout else None
        for address in addresses[:-1]:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._inner.connect_tcp(str(address), port, share, local_address, socket_options)
        return await self._inner.connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
