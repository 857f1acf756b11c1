"""Starting the bot as a process of its own, and talking to it over loopback."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.local.slack import Slack

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Process:
    """A running bot: its port, and what it has said on standard error."""

    running: asyncio.subprocess.Process
    port: int
    said: bytearray = field(default_factory=bytearray)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def terminate(self) -> None:
        self.running.send_signal(signal.SIGTERM)

    async def ended(self, seconds: float = 20) -> int:
        async with asyncio.timeout(seconds):
            return await self.running.wait()

    async def ready(self, client: httpx.AsyncClient, path: str = "/readyz") -> None:
        async with asyncio.timeout(15):
            while True:
                with suppress(httpx.HTTPError):
                    if (await client.get(path)).status_code == 200:
                        return
                await asyncio.sleep(0.05)

    async def says(self, words: str, seconds: float = 15) -> None:
        async with asyncio.timeout(seconds):
            while words.encode() not in self.said:
                await self.heard.wait()
                self.heard.clear()

    def resident(self) -> int:
        """Resident memory in bytes, as the kernel counts it."""
        pages = int(Path(f"/proc/{self.running.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def started(
    what: str, slack: Slack, module: str = "tests.server.process", **settings: str
) -> AsyncIterator[Process]:
    """Start ``serve`` or ``socket`` against a stand-in for Slack; kill it at the end if it still runs.

    ``module`` is what Python runs: the diagnosis of the doubles, or ``bot`` itself.
    """
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": "xapp-1-test",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        **settings,
    }
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        what,
        cwd=ROOT / "tests",  # where no .env of a developer lies
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert running.stderr is not None
    async with followed(running, running.stderr, port) as process:
        yield process


@asynccontextmanager
async def followed(
    running: asyncio.subprocess.Process, says: asyncio.StreamReader, port: int
) -> AsyncIterator[Process]:
    """Listen to what a process says; kill it at the end if it still runs."""
    process = Process(running, port)
    listening = asyncio.create_task(_listen(process, says))
    try:
        yield process
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
        await listening


async def _listen(process: Process, says: asyncio.StreamReader) -> None:
    while chunk := await says.read(4096):
        process.said += chunk
        process.heard.set()
