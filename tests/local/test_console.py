"""The console with the whole application behind it, where nobody can type."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.diagnose import judging, read
from bot.local import console
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis

SETTINGS = Settings(allowed_channels=("C0ELSEWHERE",))
DIAGNOSIS = Diagnosis(lambda text, url: read(text, SETTINGS, url=url), judging)


def typed(monkeypatch: pytest.MonkeyPatch, lines: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return console.run(SETTINGS, DIAGNOSIS)


def test_three_samples_are_played(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status = typed(monkeypatch, "")
    printed = capsys.readouterr().out

    assert status == 0
    assert printed.startswith(
        "Rhythm Auth, in a Slack that lives in this program: no account, no network.\n"
        "There is no terminal to type at, so three samples are played.\n"
        "\n"
        "you  /rhythm-auth eyJ"
    )
    headlines = [
        "The token is for another audience",
        "This is an ID token, not an access token",
        "This token works now: the Rhythm API accepts it",
    ]
    titles = [line.strip() for line in printed.splitlines() if line.startswith("  ") and line.strip() in headlines]
    assert titles == headlines
    assert printed.count("only you can see this") == 3


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert console.run(SETTINGS, DIAGNOSIS) == 0
    assert capsys.readouterr().out.count("you  /rhythm-auth") == 3


def test_piped_lines_are_typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status = typed(monkeypatch, "sample expired\n/rhythm-auth\nhi\n\ncancel\nquit\nhello\n")
    printed = capsys.readouterr().out

    assert status == 0
    assert "  The token has expired\n" in printed
    assert printed.endswith("(The form is closed.)\n\n")
    assert "hello" not in printed


def test_live_checks_ask_the_stand_ins(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(monkeypatch, "sample never-logged-in --command\nquit\n") == 0
    assert "Failed ❌ Live check: the API accepts this token and knows no contact for it" in capsys.readouterr().out


def test_live_checks_that_are_off_ask_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("sample never-logged-in --command\nquit\n"))

    assert console.run(SETTINGS._replace(live_checks=False), DIAGNOSIS) == 0
    assert "Live check" not in capsys.readouterr().out


def answering(**body: Any) -> Any:
    """An application that answers everything alike."""

    async def endpoint(_request: Request) -> Response:
        return JSONResponse(body)

    return lambda _settings, _diagnosis: Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])


def test_a_broken_rule_of_slack_is_named_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "create_app", answering(text="for all", response_type="in_channel"))

    assert typed(monkeypatch, "/rhythm-auth hi") == 1
    rule = "slash ack: /response_type: in_channel shows the typed command to everybody"
    printed = capsys.readouterr().out
    assert f"Slack does not allow this: {rule}" in " ".join(printed.split())
    assert printed.endswith(f"The bot broke rules of Slack:\n{rule}\n")


def test_an_answer_that_slack_refuses_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "create_app", answering(text="a", blocks=[{"type": "alert"}]))

    assert typed(monkeypatch, "/rhythm-auth hi") == 1
    assert "Slack · invalid_blocks" in capsys.readouterr().out


PROGRAM = (
    "import sys; from tests.local.test_console import DIAGNOSIS, SETTINGS; from bot.local.console import run; "
    "sys.exit(run(SETTINGS, DIAGNOSIS))"
)


def test_a_reader_who_goes_away_is_no_mishap() -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("Rhythm Auth")
        program.stdout.close()
        assert program.stderr is not None
        assert program.stderr.read() == ""
    assert program.returncode == 0
