"""The servers that are measured, each as a process of its own, and the little of Slack that they ask for."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.commands import SIGNING_SECRET

ROOT = Path(__file__).parents[1]
STARTING_SECONDS = 20.0

AUTH_TEST = b'{"ok": true, "team_id": "T0BENCH", "user_id": "U0BOT", "bot_id": "B0BOT"}'
READY_WHEN_LISTENING = 0.3
"""Seconds after which a server that listens has also asked Slack who it is."""


class Server(NamedTuple):
    """A started server: its process and its port."""

    pid: int
    port: int

    def resident(self) -> float:
        """Resident memory in MB (2**20 bytes), as Linux counts it; 0 where there is no such count."""
        try:
            pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        except OSError:
            return 0.0
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor(self) -> float:
        """Seconds of processor time so far, as Linux counts them; 0 where there is no such count."""
        try:
            return int(Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        except OSError:
            return 0.0


def cores() -> tuple[set[int], set[int]]:
    """The cores for the servers and for the client: apart where there are two, and where the system lets us choose."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    mine = sorted(os.sched_getaffinity(0))
    return ({mine[0]}, {mine[1]}) if len(mine) > 1 else (set(), set())


@asynccontextmanager
async def started(slack_port: int, core: set[int], *arguments: str) -> AsyncIterator[Server]:
    """Start a Python program that serves on ``PORT``, wait until it listens, and end it at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LIVE_CHECKS": "off",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *arguments),
        cwd=ROOT / "benchmarks",  # where no .env of a developer lies
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        if core:
            os.sched_setaffinity(process.pid, core)
        await _listens(port)
        yield Server(process.pid, port)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _listens(port: int) -> None:
    async with asyncio.timeout(STARTING_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            await asyncio.sleep(READY_WHEN_LISTENING)
            return


@asynccontextmanager
async def slack() -> AsyncIterator[int]:
    """Answer every call of Slack's Web API as ``auth.test``; gives the port."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(AUTH_TEST)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(answer + AUTH_TEST)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
