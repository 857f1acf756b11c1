"""What stays of a pasted token once it was answered: nothing in memory that the process still reaches, nothing on disk."""

import gc
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.composition import diagnosis
from bot.local.auth0 import Issuer
from bot.local.slack.signing import signed
from bot.server.web import create_app
from bot.settings import Settings

SECRET = "secret of this test"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

_written: list[str] = []
_watching: list[bool] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Hear of each file that is opened to be written; a hook cannot be taken away again, so it is told when to hear."""
    if _watching and event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITES):
            _written.append(str(path))


sys.addaudithook(_audit)


@pytest.fixture
def written() -> Iterator[list[str]]:
    """The files that are opened to be written during a test."""
    _written.clear()
    _watching.append(True)
    yield _written
    _watching.clear()


def command(text: str) -> tuple[dict[str, Any], bytes]:
    body = urlencode({"command": "/rhythm-auth", "text": text, "trigger_id": secrets.token_hex(8)}).encode()
    head = {"Content-Type": "application/x-www-form-urlencoded", **signed(SECRET, int(time.time()), body)}
    headers = [(name.lower().encode(), value.encode()) for name, value in head.items()]
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "headers": headers}
    return scope, body


async def answered(app: Any, text: str) -> tuple[int, bytes]:
    """Send a command as a server would, and keep nothing of it."""
    scope, body = command(text)
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


def remembered(piece_reversed: str) -> list[str]:
    """The kinds of everything that the process still reaches and that holds a piece; it is given backwards."""
    gc.collect()
    found = []
    for thing in gc.get_objects():
        for held in gc.get_referents(thing):
            text = held.decode("latin-1") if isinstance(held, bytes | bytearray) else held
            if isinstance(text, str) and len(text) >= len(piece_reversed) and piece_reversed in text[::-1]:
                found.append(f"{type(thing).__name__} holds a {type(held).__name__} of {len(text)}")
    return found


@pytest.fixture
async def app() -> AsyncIterator[Any]:
    settings = Settings(slack_bot_token="xoxb-test", slack_signing_secret=SECRET, live_checks=False)
    made = create_app(settings, diagnosis(settings))
    yield made
    await made.state.running.slack.close()


async def ask_about_a_token(app: Any) -> str:
    """Let the application diagnose a token in several forms; return a piece of it, backwards, and nothing else."""
    token = Issuer().mint(claims={"aud": "https://api.example.org"}, now=time.time() - 60)
    for text in (
        token,
        f"curl -H 'Authorization: Bearer {token}' https://rolodex.api.rhythmsoftware.com/contacts/current",
    ):
        status, body = await answered(app, text)
        assert (status, b"ephemeral" in body) == (200, True)
    return token[40:70][::-1]


async def test_after_the_answer_nothing_in_memory_holds_the_token(app: Any) -> None:
    await ask_about_a_token(app)  # what is made once is made by now
    piece = await ask_about_a_token(app)

    assert remembered(piece) == []


async def test_what_is_held_would_be_found() -> None:
    token = Issuer().mint(now=time.time())
    keeper = {"kept": f"Bearer {token}"}

    assert remembered(token[40:70][::-1])
    assert keeper


async def test_no_file_is_written(app: Any, written: list[str]) -> None:
    await ask_about_a_token(app)

    assert written == []
