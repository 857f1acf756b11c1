"""How fast the web process diagnoses, side by side with Bolt applications that only acknowledge.

``python -m benchmarks.server [--quick]``. Each server is a process of its own, and the client has another core where
there are two. The rounds take turns, so that a machine that is busy with something else slows all of them; ratios are
medians over the rounds. Processor time is the server's own: what else runs on its core lengthens it less than the rest.
"""

import argparse
import asyncio
import os
import statistics
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import NamedTuple

import uvloop

from benchmarks.commands import requests
from benchmarks.load import Measured, drive
from benchmarks.processes import Server, cores, slack, started
from bot.local.auth0 import Issuer
from bot.local.samples import samples

CONNECTIONS = (1, 10, 50)
TOTAL = 20_000
"""Requests after which memory is looked at. What grows for ever shows in as many again: by then tables are full."""
RESIDENT_MOST = 90.0
AT_ONCE, AT_ONCE_SECONDS = 200, 3.0


class Contender(NamedTuple):
    """Something to measure: its name, how its server starts, what is sent, and what must stand in each answer.

    ``numbers`` are the requests of one round, for each number of connections.
    """

    name: str
    arguments: tuple[str, ...]
    text: str
    answers: bytes
    numbers: tuple[int, ...]


class Round(NamedTuple):
    """What one round measured, and the server's processor time for each of its requests in microseconds."""

    measured: Measured
    processor: float


Rounds = dict[tuple[str, int], list[Round]]
"""By a contender's name and the number of connections."""


def contenders() -> tuple[Contender, ...]:
    """The bot with a token and with a curl command, and two applications that only acknowledge the token."""
    texts = {sample.name: sample.text for sample in samples(Issuer(), time.time())}
    token, curl = texts["wrong-audience"], texts["curl"]
    bot, many, few = ("-m", "bot", "serve"), (600, 800, 800), (40, 400, 1000)
    return (
        Contender("the bot, a token", bot, token, b'"ephemeral"', many),
        Contender("the bot, a curl command", bot, curl, b'"ephemeral"', many),
        Contender("bare Bolt on uvicorn", ("-m", "benchmarks.peers", "asgi"), token, b"heard", many),
        Contender("bare Bolt, stock", ("-m", "benchmarks.peers", "aiohttp"), token, b"heard", few),
    )


async def main(*, quick: bool) -> None:
    """Measure everything and print it."""
    servers_core, client_core = cores()
    if client_core:
        os.sched_setaffinity(0, client_core)
    everyone = contenders()
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(slack())
        starts = {one.arguments for one in everyone}
        running = {
            start: await stack.enter_async_context(started(port, servers_core, *start)) for start in sorted(starts)
        }
        rounds = await _rounds(everyone, running, number=3 if quick else 7)
        _print_rates(everyone, rounds)
        bot, server = everyone[0], running[everyone[0].arguments]
        at_once = await drive(server.port, requests(bot.text, AT_ONCE), AT_ONCE, _accepting(bot))
    total = TOTAL // 10 if quick else TOTAL
    async with slack() as port, started(port, servers_core, *bot.arguments) as server:
        resident = await _resident(bot, server, total)
    _print_targets(everyone, rounds, at_once, resident, total)


async def _rounds(everyone: tuple[Contender, ...], running: dict[tuple[str, ...], Server], *, number: int) -> Rounds:
    found: Rounds = {}
    for one in everyone:  # until every server has run what it runs once
        await drive(running[one.arguments].port, requests(one.text, 50), 2, _accepting(one))
    for _ in range(number):
        for place, connections in enumerate(CONNECTIONS):
            for one in everyone:
                found.setdefault((one.name, connections), []).append(
                    await _round(one, running[one.arguments], one.numbers[place], connections)
                )
    return found


async def _round(one: Contender, server: Server, number: int, connections: int) -> Round:
    sent, first = requests(one.text, number), requests(one.text, connections)
    before = server.processor()
    measured = await drive(server.port, sent, connections, _accepting(one), first=first)
    return Round(measured, 1e6 * (server.processor() - before) / (number + connections))


async def _resident(bot: Contender, server: Server, total: int) -> list[float]:
    """Resident memory in MB at the start and after each quarter of so many requests, and of as many again."""
    await drive(server.port, requests(bot.text, 50), 2, _accepting(bot))
    found = [server.resident()]
    for _ in range(8):
        await drive(server.port, requests(bot.text, total // 4), 10, _accepting(bot))
        found.append(server.resident())
    return found


def _accepting(one: Contender) -> Callable[[bytes], bool]:
    return lambda answer: answer.startswith(b"HTTP/1.1 200") and one.answers in answer


def _print_rates(everyone: tuple[Contender, ...], rounds: Rounds) -> None:
    heads = ("1 connection", *(f"{number} connections" for number in CONNECTIONS[1:]))
    print(f"{'':26}" + "".join(f"{head:>33}" for head in heads))
    print(f"{'':26}" + f"{'req/s':>9}{'p50':>7}{'p99 ms':>8}{'CPU us':>9}" * len(CONNECTIONS))
    for one in everyone:
        columns = (_figures(rounds[one.name, connections]) for connections in CONNECTIONS)
        print(
            f"{one.name:26}" + "".join(f"{rate:9.0f}{p50:7.2f}{p99:8.2f}{cpu:9.0f}" for rate, p50, p99, cpu in columns)
        )
    bot, _, *others = everyone
    for other in others:
        pairs = ((rounds[bot.name, number], rounds[other.name, number]) for number in CONNECTIONS)
        ratios = ((ratio(*pair), _figures(pair[0])[3] / max(_figures(pair[1])[3], 1)) for pair in pairs)
        print(f"{f'the bot : {other.name}':26}" + "".join(f"{rate:9.2f}{'':15}{cpu:9.2f}" for rate, cpu in ratios))


def _figures(found: list[Round]) -> tuple[float, float, float, float]:
    """Requests a second; the latencies in milliseconds of half and of 99 of 100; processor time in microseconds."""
    return (
        statistics.median(one.measured.rate for one in found),
        statistics.median(one.measured.percentile(50) for one in found),
        statistics.median(one.measured.percentile(99) for one in found),
        statistics.median(one.processor for one in found),
    )


def ratio(one: list[Round], other: list[Round]) -> float:
    """How many times as fast one is as another, as the median of what each round says."""
    return statistics.median(mine.measured.rate / theirs.measured.rate for mine, theirs in zip(one, other, strict=True))


def _print_targets(
    everyone: tuple[Contender, ...], rounds: Rounds, at_once: Measured, resident: list[float], total: int
) -> None:
    bot, _, bare, stock = everyone
    _, half, _, _ = _figures(rounds[bot.name, 1])
    early, late = (", ".join(f"{one:.1f}" for one in part) for part in (resident[:4], resident[5:]))
    print()
    for what, figure, least in (
        ("bare Bolt on uvicorn, 10 connections", ratio(rounds[bot.name, 10], rounds[bare.name, 10]), 0.5),
        ("stock Bolt, 10 connections", ratio(rounds[bot.name, 10], rounds[stock.name, 10]), 2.0),
        ("stock Bolt, 1 connection", ratio(rounds[bot.name, 1], rounds[stock.name, 1]), 10.0),
    ):
        print(f"{'met' if figure >= least else 'NOT MET':8} {figure:7.2f} times {what}; at least {least:g}")
    for what, figure, most in (
        ("ms at one connection (p50)", half, 1.0),
        (f"s until the last of {AT_ONCE} commands at once is answered", at_once.seconds, AT_ONCE_SECONDS),
        (
            f"MB resident after {total} requests, before that {early}",
            resident[4],
            RESIDENT_MOST,
        ),
        (
            f"MB grown from {total * 3 // 2} to {total * 2} requests ({late})",
            resident[8] - resident[6],
            1.0,
        ),
    ):
        print(f"{'met' if figure <= most else 'NOT MET':8} {figure:7.2f} {what}; at most {most:g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="Measures the web process beside Bolt applications that only acknowledge."
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, for a first look")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(quick=options.quick))
