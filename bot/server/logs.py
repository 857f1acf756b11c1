"""Logging: one line each, as text or JSON, with nothing in it that a paste may have held.

Other libraries quote what they handle: Bolt prints bodies, slack_sdk what it sends, asyncio exceptions. Of their
records only the first words are kept. A formatter does it, since tracebacks are made after filters ran.
"""

import asyncio
import json
import logging
import re
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TextIO, get_args

from bot.causes import known_ids
from bot.redact import scrub
from bot.report import Verdict
from bot.settings import Settings
from bot.slack.diagnosis import Surface
from bot.slack.failure import describe

FIELDS = ("reference", "surface", "verdict", "cause", "reason", "ms")
"""What a line may carry besides its message, in this order. None of them can hold a part of a paste."""

OURS = ("bot", "uvicorn")
"""Loggers whose whole message is shown (scrubbed); uvicorn's tell addresses and states, never bodies."""

SELDOM_SECONDS = 60.0
"""How often one warning of the HTTP server is said: whoever sends garbage must not fill the log with it."""

SELDOM_MOST = 50
"""Warnings that are remembered; uvicorn has a handful."""

log = logging.getLogger(__name__)

_FIRST_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_ #'\-]{0,79}")
_WORD = re.compile(r"[a-z0-9\-]{1,19}")
_NOT_SHOWN = "(not shown)"
_KNOWN = frozenset({*known_ids(), *(verdict.value for verdict in Verdict), *get_args(Surface), "none"})


class RedactingFormatter(logging.Formatter):
    """Formats a record as ``time LEVEL logger message key=value ...``, scrubbed as a whole."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line; an exception is named by its type and place, its text is left out."""
        fields = "".join([f" {name}={value}" for name, value in _fields(record)])
        return f"{_moment(record)} {record.levelname} {_said(record)}{fields}"


class RedactingJSONFormatter(logging.Formatter):
    """Formats a record as one JSON object, each text of it scrubbed."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        name, _, message = _said(record).partition(" ")
        line = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": name,
            "message": message,
            **dict(_fields(record)),
        }
        return json.dumps(line)


class Seldom(logging.Filter):
    """Lets each of uvicorn's warnings through once a minute; whoever is out there can provoke them at will."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._next: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be said."""
        if record.levelno != logging.WARNING or not record.name.startswith("uvicorn"):
            return True
        key, now = str(record.msg)[:80], self._clock()
        if now < self._next.get(key, 0.0):
            return False
        if len(self._next) >= SELDOM_MOST:
            self._next.clear()
        self._next[key] = now + SELDOM_SECONDS
        return True


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all logging of the process to ``stream``, standard error unless given, as the settings say."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingJSONFormatter() if settings.log_format == "json" else RedactingFormatter())
    handler.addFilter(Seldom())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level)
    for name, level in (("slack_bolt", logging.ERROR), ("slack_sdk", logging.WARNING)):
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    # Found out for each line, and never shown; Python's documentation on optimizing logging names these switches.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # noqa: SLF001 - where a line was logged from


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Log the exception of a forgotten task by its type; asyncio itself would print its text."""

    def handle(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        log.error("in the event loop: %s", describe(error) if isinstance(error, BaseException) else "no exception")

    loop.set_exception_handler(handle)


def _said(record: logging.LogRecord) -> str:
    """Write logger and message. A message of ours without arguments is a constant, and is scrubbed once."""
    if not record.args and not record.exc_info and record.name.startswith("bot."):
        return _constant(record.name, str(record.msg))
    return _scrubbed(f"{record.name} {_message(record)}")


@lru_cache(maxsize=256)
def _constant(name: str, message: str) -> str:
    return _scrubbed(f"{name} {message}")


def _message(record: logging.LogRecord) -> str:
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        message = "a log record that could not be formatted"
    if record.name.partition(".")[0] not in OURS:
        words = _FIRST_WORDS.match(message)
        message = words[0].strip() if words else _NOT_SHOWN
    if record.exc_info and record.exc_info[1] is not None:
        message = f"{message.splitlines()[0] if message else ''}: {describe(record.exc_info[1])}"
    return message


def _scrubbed(text: str) -> str:
    """Mask what may be a secret, on one line: a line break must neither forge a second line nor split a secret."""
    return scrub(" ".join(text.split()))


def _fields(record: logging.LogRecord) -> list[tuple[str, str | float]]:
    """Pick what a record carries besides its message, in its order."""
    given = record.__dict__
    return [(name, _shown(given[name])) for name in FIELDS if name in given]


def _shown(value: object) -> str | float:
    """A field of a diagnosis, if its value is the short word or number that it should be."""
    if isinstance(value, str):
        return value if value in _KNOWN or _WORD.fullmatch(value) else _NOT_SHOWN
    return value if isinstance(value, (int, float)) else _NOT_SHOWN


def _moment(record: logging.LogRecord) -> str:
    return f"{_second(int(record.created))}.{int(record.msecs):03d}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
