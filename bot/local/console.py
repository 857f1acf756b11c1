"""The local console: the real Slack application, and a person at the keyboard who uses it as in Slack."""

import asyncio
import contextlib
import dataclasses
import os
import sys
import time
from datetime import UTC, datetime

import httpx
from rich.console import Console

from bot.local.auth0 import Issuer
from bot.local.drawing import Buttons, Drawing
from bot.local.in_process import in_process
from bot.local.reading import Piped, Reader, Terminal
from bot.local.samples import FIRST, samples
from bot.local.session import Session
from bot.local.slack import BrokenRulesError, Slack
from bot.local.stand_ins import issuer_for, prober_of_stand_ins
from bot.server.web import create_app
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis

WIDTH = 100
"""Columns where there is no terminal: wide enough for most addresses and commands to stay on one line."""
WELCOME = """\
[bold]Rhythm Auth[/], in a Slack that lives in this window: no account, no network.
Paste a token, a header or a curl command; [bold]/rhythm-auth[/] opens the private form.
[bold]samples[/] lists things to try, [bold]help[/] says the rest, [bold]quit[/] leaves.
"""
PLAYED = """\
[bold]Rhythm Auth[/], in a Slack that lives in this program: no account, no network.
There is no terminal to type at, so three samples are played.
"""


class Output(Console):
    """Prints as long as somebody reads: behind `| head` the rest goes nowhere, and all is ended in peace."""

    def on_broken_pipe(self) -> None:
        """Falls silent."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(settings: Settings, diagnosis: Diagnosis) -> int:
    """Runs the console until its user leaves; the exit status.

    Slack's credentials, address and allow-lists in `settings` are replaced by those of the stand-in, and live checks
    ask stand-ins, unless they are switched off. Where nobody can type, the lines of standard input are taken as
    typed; without any, three samples are played. The status is 1 if an answer was missing or the bot broke a rule of
    Slack, 130 after Ctrl-C, else 0.
    """
    at_keyboard = sys.stdin is not None and sys.stdin.isatty()
    reader: Reader
    if at_keyboard and sys.stdout.isatty():
        console, reader = Output(highlight=False), Terminal()
        console.print(WELCOME)
    else:
        console = Output(highlight=False, width=WIDTH)
        lines = "" if sys.stdin is None or at_keyboard else sys.stdin.read()
        if not lines.strip():
            console.print(PLAYED)
            lines = "\n".join(f"sample {name} --command" for name in FIRST)
        reader = Piped(lines)
    try:
        return asyncio.run(_talk(settings, diagnosis, reader, console))
    except KeyboardInterrupt:
        return 130


async def _talk(settings: Settings, diagnosis: Diagnosis, reader: Reader, console: Console) -> int:
    slack = Slack()
    try:
        async with slack:
            local = settings._replace(
                slack_bot_token=slack.bot_token,
                slack_signing_secret=slack.signing_secret,
                slack_api_url=slack.api_url,
                allowed_teams=(),
                allowed_channels=(),
                allowed_user_groups=(),
            )
            issuer = issuer_for(settings)
            async with contextlib.AsyncExitStack() as open_ones:
                if settings.live_checks:
                    prober = await open_ones.enter_async_context(prober_of_stand_ins(settings, issuer))
                    diagnosis = dataclasses.replace(diagnosis, prober=prober)
                client = await open_ones.enter_async_context(in_process(create_app(local, diagnosis)))
                return await _session(slack, client, reader, console, issuer)
    except BrokenRulesError as broken:
        console.print(f"The bot broke rules of Slack:\n{broken}", style="bold red", markup=False)
        return 1


async def _session(slack: Slack, client: httpx.AsyncClient, reader: Reader, console: Console, issuer: Issuer) -> int:
    made = {sample.name: sample for sample in samples(issuer, time.time())}
    drawing = Drawing(Buttons(), lambda: datetime.now(UTC).astimezone())
    session = Session(slack, slack.person(client, "you"), reader, console, drawing, made)
    return 0 if await session.run() else 1
