"""The Procfile's line, run as a platform does: by a process manager, with PORT, ended by SIGTERM, started again."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from bot.local.auth0 import Issuer
from bot.local.slack import Slack
from tests.server.processes import ROOT, Process, followed, free_port


@asynccontextmanager
async def managed(slack: Slack, port: int, folder: Path) -> AsyncIterator[Process]:
    """Start the web process of the Procfile with honcho; ``folder`` is where no ``.env`` lies."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "LIVE_CHECKS": "off",
    }
    where = ("--no-colour", "--app-root", str(folder), "--procfile", str(ROOT / "Procfile"))
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "honcho", *where, "start", "web"),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert running.stdout is not None
    async with followed(running, running.stdout, port) as process:
        yield process


async def test_the_web_process_gets_ready_answers_ends_and_starts_again(slack: Slack, tmp_path: Path) -> None:
    port = free_port()
    token = Issuer().mint(claims={"aud": "https://api.example.org"}, now=time.time() - 60)
    for _ in range(2):
        async with managed(slack, port, tmp_path) as process:
            async with httpx.AsyncClient(base_url=process.url) as client:
                await process.ready(client)
                answer = await slack.person(client).command(token)
            process.terminate()
            await process.ended()

        assert "audience" in answer.only.text
        assert b"drained, 0 cut" in process.said  # its status is the shell's, which the signal ends as well
        assert b"Traceback" not in process.said
        assert token.encode() not in process.said
