import json
import shlex
import sys
import time
from pathlib import Path

import pytest

from bot.local.pictures import main, pictures
from bot.local.slack.rules import RESPONDED_MOST, block_breaches, texts

MADE = dict(pictures(time.time()))
TITLES = {
    "wrong-audience": "The token is for another audience",
    "id-token": "This is an ID token, not an access token",
    "first-login": "Likely: this login has never signed in to Rhythm",
    "healthy": "Nothing wrong with this token",
    "inconclusive": "Possibly: the API refuses a token that looks right",
    "direct-message": "The token has expired",
    "home": "Why does the Rhythm API answer 401?",
}


@pytest.mark.parametrize("name", MADE)
def test_each_picture_shows_what_slack_takes(name: str) -> None:
    surface = {"form": "modal", "home": "home"}.get(name, "message")

    assert list(block_breaches(MADE[name], surface, RESPONDED_MOST)) == []


@pytest.mark.parametrize(("name", "title"), TITLES.items())
def test_each_picture_shows_what_its_name_says(name: str, title: str) -> None:
    assert next(texts(MADE[name])) == title


def test_no_picture_holds_a_token() -> None:
    assert not [name for name, shown in MADE.items() if "eyJhbGciOi" in json.dumps(shown)]


def test_payloads_are_written_without_a_tool(tmp_path: Path) -> None:
    assert main(["--payloads", str(tmp_path / "payloads"), "--to", str(tmp_path / "docs")]) == 0

    written = sorted(path.stem for path in (tmp_path / "payloads").iterdir())
    assert written == sorted(MADE)
    assert not (tmp_path / "docs").exists()


def test_a_tool_draws_each_payload_and_its_failure_is_ours(tmp_path: Path) -> None:
    script = "import sys, shutil; shutil.copy(sys.argv[1], sys.argv[2])"
    places = ["--payloads", str(tmp_path / "payloads"), "--to", str(tmp_path / "docs")]

    assert main([*places, "--draw", shlex.join([sys.executable, "-c", script])]) == 0
    assert (tmp_path / "docs" / "healthy.png").read_bytes() == (tmp_path / "payloads" / "healthy.json").read_bytes()
    assert main([*places, "--draw", shlex.join([sys.executable, "-c", "raise SystemExit(3)"])]) == 3
