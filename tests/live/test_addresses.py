import asyncio
import ipaddress
import threading
import time

import pytest

from bot.live.addresses import LOOK_UPS_MOST, LookUpError, Resolver, is_loopback, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_public_net(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.2", "198.18.0.1", "203.0.113.9"),
        *("::", "::1", "::8.8.8.8", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "fe80::1", "fec0::1", "fd00::2", "ff02::1"),
        *("2002:808:808::", "2001::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "4000::1"),
        *("192.0.0.8", "192.0.0.192", "192.88.99.1", "168.63.129.16", "64:ff9b::a83f:8110", "3fff::1"),
    ],
)
def test_addresses_of_nobody_else(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("address", "own"), [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", False), ("10.0.0.1", False)]
)
def test_this_machines_own_addresses_in_their_plain_form(address: str, own: bool) -> None:
    assert is_loopback(ipaddress.ip_address(address)) is own


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.0.0.1", "0177.0.0.1"])
async def test_odd_ways_to_write_an_address_are_seen_through_by_the_look_up(host: str) -> None:
    def look_up(asked: str, _port: int) -> list[str]:  # as getaddrinfo does, which tests may not ask
        assert asked == host
        return ["127.0.0.1"]

    assert not any(map(is_public, await Resolver(look_up).addresses(host, 443)))


@pytest.mark.parametrize("found", [[], ["no address"]])
async def test_a_name_without_addresses(found: list[str]) -> None:
    with pytest.raises(LookUpError):
        await Resolver(lambda _host, _port: found).addresses("acme.us.auth0.com", 443)


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
async def test_a_name_that_cannot_be_looked_up(error: Exception) -> None:
    def look_up(_host: str, _port: int) -> list[str]:
        raise error

    with pytest.raises(LookUpError):
        await Resolver(look_up).addresses("acme.us.auth0.com", 443)


async def test_a_look_up_blocks_neither_the_loop_nor_others() -> None:
    def look_up(host: str, _port: int) -> list[str]:
        time.sleep(0.2 if host == "slow" else 0)
        return ["8.8.8.8"]

    resolver = Resolver(look_up)
    slow = asyncio.create_task(resolver.addresses("slow", 443))
    await resolver.addresses("quick", 443)

    assert not slow.done()
    await slow


async def test_look_ups_that_hang_do_not_pile_up_and_free_their_places() -> None:
    end = threading.Event()

    def look_up(_host: str, _port: int) -> list[str]:
        end.wait(5)
        return ["8.8.8.8"]

    resolver = Resolver(look_up)
    hanging = [asyncio.create_task(resolver.addresses("a", 443)) for _ in range(LOOK_UPS_MOST)]
    await asyncio.sleep(0.05)
    with pytest.raises(LookUpError):
        await resolver.addresses("b", 443)

    end.set()
    await asyncio.gather(*hanging)
    assert await resolver.addresses("b", 443)


async def test_threads_of_look_ups_are_not_waited_for() -> None:
    threads: list[bool] = []

    def look_up(_host: str, _port: int) -> list[str]:
        threads.append(threading.current_thread().daemon)
        return ["8.8.8.8"]

    await Resolver(look_up).addresses("a", 443)
    assert threads == [True]
