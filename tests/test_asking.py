"""``check --live``: whom it asks, what it shows meanwhile, and what it leaves alone."""

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import __main__ as command_line
from bot.local import faults
from bot.local.auth0 import Issuer
from bot.local.authorization_server import AuthorizationServer
from bot.local.rhythm import Rhythm
from tests.schema import problems

ROOT = Path(__file__).parents[1]


class Servers:
    """The stand-ins, and the command line as a process of its own that knows them."""

    def __init__(self, auth0: AuthorizationServer, rhythm: Rhythm) -> None:
        self.auth0, self.rhythm = auth0, rhythm

    @property
    def environment(self) -> dict[str, str]:
        return {"RHYTHM_API_URL": self.rhythm.api_url, "RHYTHM_AUTH0_DOMAINS": self.auth0.url, "PATH": "/usr/bin"}

    async def check(self, text: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        import asyncio

        return await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", "check", "--json", *arguments],
            input=text,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=ROOT,
        )

    def token(self) -> str:
        return self.auth0.issuer.mint(now=time.time() - 60)


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    async with AuthorizationServer() as auth0, Rhythm(auth0.jwks) as rhythm:
        yield Servers(auth0, rhythm)


async def test_it_says_whom_it_asks_and_what_it_saw(servers: Servers) -> None:
    done = await servers.check(servers.token(), "--live")
    report = json.loads(done.stdout)
    hosts = [url.removeprefix("http://") for url in (servers.auth0.url, servers.rhythm.url)]

    assert done.returncode == 0
    assert done.stderr == (
        f"Live checks ask {hosts[0]} (for its key set, without the token) and {hosts[1]} (with the token).\n"
    )
    assert [probe["id"] for probe in report["live"]["probes"]] == ["keys", "who-am-i", "who-am-i-tenant", "baseline"]
    assert report["live"]["ran"] is True
    assert problems(report) == []


async def test_the_option_wins_over_the_setting(servers: Servers) -> None:
    done = await servers.check(servers.token(), "--live", LIVE_CHECKS="off")

    assert json.loads(done.stdout)["live"]["ran"] is True


@pytest.mark.parametrize("arguments", [(), ("--offline",)])
async def test_without_the_option_nobody_is_asked(servers: Servers, arguments: tuple[str, ...]) -> None:
    done = await servers.check(servers.token(), *arguments, LIVE_CHECKS="on")

    assert json.loads(done.stdout)["live"] is None
    assert done.stderr == ""
    assert servers.rhythm.asked == servers.auth0.asked == []


async def test_where_there_is_nobody_to_ask_it_says_so(servers: Servers) -> None:
    done = await servers.check("hello", "--live")

    assert done.stderr == "Live checks: there is nobody to ask.\n"
    assert json.loads(done.stdout)["live"] is None
    assert done.returncode == 3


async def test_its_own_settings_are_checked(servers: Servers) -> None:
    assert (await servers.check(servers.token(), "--live", LIVE_TIMEOUT_SECONDS="soon")).returncode == 2
    assert (await servers.check(servers.token(), LIVE_TIMEOUT_SECONDS="soon")).returncode == 0


async def test_a_budget_is_kept_by_the_process(servers: Servers) -> None:
    servers.rhythm.faults[""] = servers.auth0.faults[""] = faults.hanging()
    began = time.perf_counter()
    done = await servers.check(servers.token(), "--live", LIVE_TIMEOUT_SECONDS="1")

    assert time.perf_counter() - began < 1 + 1 + 2  # the last two for the start of the process
    assert json.loads(done.stdout)["verdict"] == "clear"


class Screen(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


class Full(io.StringIO):
    """A standard error that takes nothing."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.fixture
def paste(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A healthy token of servers that are not there."""
    monkeypatch.setenv("RHYTHM_API_URL", "http://127.0.0.1:9/{service}")
    monkeypatch.setenv("RHYTHM_AUTH0_DOMAINS", "http://127.0.0.1:9")
    monkeypatch.setenv("TERM", "xterm")
    paste = tmp_path / "paste"
    paste.write_text(Issuer("http://127.0.0.1:9").mint(now=time.time() - 60))
    return paste


@pytest.mark.parametrize("screen", [None, Full()])
def test_a_standard_error_that_takes_nothing_costs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], paste: Path, screen: io.StringIO | None
) -> None:
    monkeypatch.setattr(sys, "stderr", screen)

    assert command_line.main(["check", "--live", "--json", str(paste)]) == 0
    assert json.loads(capsys.readouterr().out)["live"]["ran"] is True


def test_a_terminal_whose_cursor_cannot_move_is_told_whom_alone(monkeypatch: pytest.MonkeyPatch, paste: Path) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "dumb")
    command_line.main(["check", "--live", "--json", str(paste)])

    assert re.fullmatch(r"Live checks ask [^\x1b\r]+\.\n", screen.getvalue())


def test_a_terminal_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], paste: Path
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    command_line.main(["check", "--live", "--json", str(paste)])

    shown = re.findall(r"Asking: \d of \d answered", screen.getvalue())
    assert shown == [f"Asking: {number} of 4 answered" for number in range(4)]
    assert screen.getvalue().endswith("\r\x1b[K")
    assert json.loads(capsys.readouterr().out)["live"]["ran"] is True
