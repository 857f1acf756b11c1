import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import DIAGNOSIS, GROUND, LINES_MOST, ROOMS, faults

BOT = Path(__file__).parents[1] / "bot"


def test_the_house_keeps_its_rules() -> None:
    found = faults(BOT)

    assert not found, "\n".join(["", *found])


# The walker itself, on invented houses: file -> text. A file's folder gets its __init__.py unless the house names one.


def invented(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """The faults of an invented ``bot``, without the folder it stands in."""
    for name, text in files.items():
        path = tmp_path / "bot" / name
        for folder in [path.parent, *path.parent.parents]:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "__init__.py").exists() and folder != tmp_path:
                (folder / "__init__.py").write_text('"""A room."""\n')
            if folder.name == "bot":
                break
        path.write_text(text)
    return [fault.removeprefix(f"{tmp_path}/") for fault in faults(tmp_path / "bot")]


def test_a_small_house_that_keeps_the_rules_has_no_faults(tmp_path: Path) -> None:
    house = {
        "evidence.py": "import re\nfrom typing import NamedTuple\n",
        "token.py": "from bot.evidence import Evidence\n",
        "checks/base.py": "from bot import evidence\nfrom ..token import read\n",
        "checks/expiry.py": "from .base import Case\n",
        "checks/__init__.py": '"""The checklist."""\nfrom bot.checks.expiry import check\n',
        "live/client.py": "import httpx\nfrom bot.token import read\n",
        "live/keys.py": "import jwt\n",
        "slack/app.py": "from slack_bolt.async_app import AsyncApp\nfrom bot.render.blocks import blocks\n",
        "render/blocks.py": "from bot.report import Report\n",
        "report.py": "",
        "__main__.py": "import os\nfrom bot.diagnose import read\nos.environ\n",
        "diagnose.py": "from bot.checks import check\n",
    }

    assert invented(tmp_path, house) == []


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        pytest.param(
            "report.py", "import bot.token", "bot/report.py:1 imports bot.token, which report may not", id="upwards"
        ),
        pytest.param(
            "checks/a.py",
            "from bot.live import x",
            "bot/checks/a.py:1 imports bot.live, which checks may not",
            id="core-live",
        ),
        pytest.param(
            "checks/a.py",
            "from ..live import x",
            "bot/checks/a.py:1 imports bot.live, which checks may not",
            id="relative",
        ),
        pytest.param(
            "checks/a.py",
            "from bot import live",
            "bot/checks/a.py:1 imports bot.live, which checks may not",
            id="from-top",
        ),
        pytest.param(
            "token.py", "def f():\n    import jwt", "bot/token.py:2 imports jwt, which token may not", id="late"
        ),
        pytest.param(
            "token.py",
            "import importlib\nimportlib.import_module('jwt')",
            "bot/token.py:2 imports jwt, which token may not",
            id="dynamic",
        ),
        pytest.param(
            "token.py", "def f(name): __import__(name)", "bot/token.py:1 imports what cannot be read", id="unreadable"
        ),
        pytest.param(
            "token.py",
            "def f(name): __import__(f'bot.live.{name}')",
            "bot/token.py:1 imports bot.live, which token may not",
            id="half-readable",
        ),
        pytest.param(
            "token.py", "def f(name): __import__(f'{name}.a')", "bot/token.py:1 imports what cannot be read", id="open"
        ),
        pytest.param(
            "live/client.py",
            "import jwt",
            "bot/live/client.py:1 imports jwt, which live may not",
            id="keys-alone-verify",
        ),
        pytest.param(
            "live/client.py",
            "import slack_sdk.web",
            "bot/live/client.py:1 imports slack_sdk, which live may not",
            id="live-slack",
        ),
        pytest.param(
            "slack/a.py", "import httpx", "bot/slack/a.py:1 imports httpx, which slack may not", id="slack-httpx"
        ),
        pytest.param(
            "slack/a.py",
            "from bot.diagnose import judge",
            "bot/slack/a.py:1 imports bot.diagnose, which slack may not",
            id="slack-is-given",
        ),
        pytest.param(
            "render/a.py",
            "from bot.evidence import x",
            "bot/render/a.py:1 imports bot.evidence, which render may not",
            id="render",
        ),
        pytest.param(
            "__init__.py",
            '"""Bot."""\nimport bot.report',
            "bot/__init__.py:2 imports bot.report, which bot may not",
            id="top",
        ),
        pytest.param("attic.py", "", "bot/attic.py:1 stands in no room of the house", id="no-room"),
        pytest.param(
            "live/client.py", "import os\nos.environ['A']", "bot/live/client.py:2 reads the environment", id="environ"
        ),
        pytest.param(
            "live/client.py", "from os import getenv", "bot/live/client.py:1 reads the environment", id="getenv"
        ),
        pytest.param("live/client.py", "import os as o", "bot/live/client.py:1 reads the environment", id="renamed-os"),
        pytest.param("live/utils.py", "", "bot/live/utils.py:1 has a name that says nothing", id="utils"),
        pytest.param(
            "live/__init__.py", "", "bot/live/__init__.py:1 does not say what the package is for", id="docstring"
        ),
        pytest.param("live/client.py", "\n" * 251, "bot/live/client.py:251 is longer than 250 lines", id="long"),
    ],
)
def test_a_breach_is_reported(tmp_path: Path, file: str, text: str, fault: str) -> None:
    house = {
        "diagnose.py": "",
        "evidence.py": "",
        "live/__init__.py": '"""Live."""',
        "report.py": "",
        "token.py": "",
        file: text,
    }

    assert invented(tmp_path, house) == [fault]


def test_a_circle_of_imports_is_reported(tmp_path: Path) -> None:
    house = {"evidence.py": "import bot.report", "report.py": "import bot.evidence"}

    assert len(invented(tmp_path, house)) == 1
    assert "circle of imports: bot." in invented(tmp_path, house)[0]


def test_an_import_that_waits_closes_no_circle(tmp_path: Path) -> None:
    house = {
        "evidence.py": "import bot.report",
        "report.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bot.evidence\ndef f():\n    import bot.evidence",
    }

    assert invented(tmp_path, house) == []


def test_a_folder_that_is_no_package_is_reported(tmp_path: Path) -> None:
    invented(tmp_path, {"live/client.py": ""})
    (tmp_path / "bot/live/__init__.py").unlink()

    assert faults(tmp_path / "bot") == [f"{tmp_path}/bot/live:1 is a folder of bot without __init__.py"]


def test_tables_may_be_long(tmp_path: Path) -> None:
    assert invented(tmp_path, {"causes.py": "\n" * (LINES_MOST + 1), "render/texts.py": "\n" * (LINES_MOST + 1)}) == []


# The rules as the design words them, said once more over the table.


def rooms_that_may_use(package: str) -> set[str]:
    return {name for name, room in ROOMS.items() if package in room.packages}


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("httpx", {"live", "local"}),
        ("jwt", {"live.keys", "local"}),
        ("slack_bolt", {"slack", "server", "local"}),
        ("slack_sdk", {"slack", "server", "local"}),
        ("starlette", {"server", "local"}),
    ],
)
def test_these_rooms_alone_use(package: str, rooms: set[str]) -> None:
    assert rooms_that_may_use(package) == rooms


def test_the_core_uses_the_standard_library_alone() -> None:
    assert {name for name in DIAGNOSIS if ROOMS[name].packages} == set()


def test_the_ground_floor_rests_on_itself() -> None:
    assert all(ROOMS[name].rooms == GROUND for name in GROUND)


# The offline command line starts fast because of what it leaves alone. Times are measured elsewhere; this holds the cause of them.

NOT_OFFLINE = (
    "aiohttp",
    "asyncio",
    "cryptography",
    "dataclasses",
    "dotenv",
    "httpx",
    "jwt",
    "logging",
    "prompt_toolkit",
    "rich",
    "slack_bolt",
    "slack_sdk",
    "starlette",
    "uvicorn",
)
OFFLINE_CHECK = """
import runpy, sys
before = set(sys.modules)
sys.argv = ["bot", "check", "-", "--json"]
try:
    runpy.run_module("bot", run_name="__main__")
except SystemExit as end:
    print(end.code, *sorted(set(sys.modules) - before), file=sys.stderr)
"""


def imported_by_a_check_of(paste: str) -> tuple[str, set[str]]:
    """The exit status of an offline check, and every module that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE_CHECK],
        input=paste,
        capture_output=True,
        text=True,
        check=True,
        cwd=BOT.parent,
        timeout=60,
    )
    status, *names = done.stderr.split()
    return status, set(names)


def unverified_token() -> str:
    """A token whose audience is wrong, in the form that is pasted; its signature fits nothing."""
    parts = (
        {"alg": "RS256", "typ": "JWT"},
        {"iss": "https://rhythm.us.auth0.com/", "aud": "https://api.example.org", "exp": 4_102_444_800},
    )
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        + "."
        + "c2ln" * 85
    )


@pytest.mark.parametrize(
    ("paste", "status"),
    [
        pytest.param(unverified_token(), "1", id="token"),
        pytest.param(
            "curl https://rolodex.api.rhythmsoftware.com/contacts/acme/current", "1", id="curl-without-header"
        ),
        pytest.param("Authorization: Bearer undefined", "1", id="header"),
        pytest.param("good morning", "3", id="nothing"),
    ],
)
def test_an_offline_check_imports_nothing_it_does_not_need(paste: str, status: str) -> None:
    exited, imported = imported_by_a_check_of(paste)

    assert exited == status
    assert {name for name in NOT_OFFLINE if name in imported} == set()


def test_what_a_check_imported_is_seen() -> None:
    _, imported = imported_by_a_check_of("good morning")

    assert {"bot", "bot.diagnose", "json"} <= imported
