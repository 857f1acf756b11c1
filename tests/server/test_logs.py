import asyncio
import io
import json
import logging
import re
import secrets
import warnings

import pytest

from bot.causes import known_ids
from bot.server.logs import SELDOM_MOST, Seldom, configure, watch_loop
from bot.settings import Settings
from tests.slack.doubles import logged

SECRET = secrets.token_urlsafe(60)


def lines(settings: Settings, *records: logging.LogRecord) -> list[str]:
    with logged(settings) as stream:
        for record in records:
            logging.getLogger(record.name).handle(record)
        return stream.getvalue().splitlines()


def record(name: str, message: str, *args: object, level: int = logging.ERROR, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord(name, level, __file__, 1, message, args, None)
    made.__dict__.update(fields)
    return made


def test_a_line_of_text() -> None:
    (line,) = lines(
        Settings(),
        record(
            "bot.x", "diagnosed", reference="ref-0123abcd", surface="modal", verdict="blocked", cause="none", ms=1.5
        ),
    )

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR bot\.x diagnosed"
        r" reference=ref-0123abcd surface=modal verdict=blocked cause=none ms=1\.5",
        line,
    )


def test_a_line_of_json() -> None:
    (line,) = lines(Settings(log_format="json"), record("bot.x", "diagnosed", reference="ref-0123abcd", ms=2))

    said = json.loads(line)
    assert said.pop("time").endswith("Z")
    assert said == {"level": "ERROR", "logger": "bot.x", "message": "diagnosed", "reference": "ref-0123abcd", "ms": 2}


@pytest.mark.parametrize("cause", known_ids())
def test_every_cause_can_be_read_in_the_log(cause: str) -> None:
    (line,) = lines(Settings(), record("bot.x", "diagnosed", cause=cause))

    assert f"cause={cause}" in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_field_carries_what_is_no_word(log_format: str) -> None:
    (line,) = lines(Settings(log_format=log_format), record("bot.x", "diagnosed", cause=SECRET, verdict="two words"))

    assert SECRET[:12] not in line
    assert "two words" not in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_secret_in_a_message_is_masked(log_format: str) -> None:
    (line,) = lines(Settings(log_format=log_format), record("bot.x", "a text with %s in it", SECRET))

    assert SECRET[:25] not in line
    assert "a text with" in line


def test_a_secret_broken_over_lines_stays_on_one_line_and_masked() -> None:
    broken = "\n".join(SECRET[i : i + 20] for i in range(0, 80, 20))

    assert len(lines(Settings(), record("bot.x", broken))) == 1


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_exception_is_named_by_type_and_its_text_left_out(log_format: str) -> None:
    with logged(Settings(log_format=log_format)) as stream:
        try:
            int(f"short secret hunter2 and {SECRET}")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")

    said = stream.getvalue()
    assert "Exception in ASGI application: ValueError" in said
    assert "hunter2" not in said
    assert SECRET[:20] not in said


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (f"Failed to run listener function (error: short {SECRET})", "Failed to run listener function"),
        (f"Task exception was never retrieved\nfuture: <Task {SECRET}>", "Task exception was never retrieved"),
        (f"{{'text': 'hunter2 {SECRET}'}}", "(not shown)"),
    ],
    ids=["a failed listener", "a lost task", "a body"],
)
def test_of_what_libraries_say_the_first_words_are_kept(message: str, kept: str) -> None:
    (line,) = lines(Settings(), record("slack_bolt.AsyncApp", message))

    assert line.endswith(f"slack_bolt.AsyncApp {kept}")


@pytest.mark.parametrize(
    "name", ["slack_bolt.AsyncApp", "slack_sdk.web.async_client", "aiohttp.client", "httpx", "asyncio"]
)
def test_libraries_say_nothing_below_warnings_whatever_the_level(name: str) -> None:
    with logged(Settings(log_level="DEBUG")) as stream:
        logging.getLogger(name).debug("body: %s", SECRET)
        logging.getLogger(name).info("body: %s", SECRET)
        logging.getLogger("bot.x").debug("ours")

    assert [line.rpartition(" ")[2] for line in stream.getvalue().splitlines()] == ["ours"]


def test_a_record_that_cannot_be_formatted_is_no_failure() -> None:
    (line,) = lines(Settings(), record("bot.x", "%d of %d", SECRET))

    assert "could not be formatted" in line
    assert SECRET[:20] not in line


def test_warnings_are_logged_by_their_first_words() -> None:
    with logged(Settings()) as stream, warnings.catch_warnings():
        warnings.simplefilter("default")
        logging.captureWarnings(capture=True)
        warnings.warn(f"careful: {SECRET}", stacklevel=1)

    assert SECRET[:20] not in stream.getvalue()


async def test_a_forgotten_task_is_logged_by_the_type_of_its_exception() -> None:
    loop = asyncio.get_running_loop()
    with logged(Settings()) as stream:
        watch_loop(loop)
        loop.call_exception_handler({"message": "never retrieved", "exception": ValueError(SECRET)})
        loop.set_exception_handler(None)

    assert "ValueError" in stream.getvalue()
    assert SECRET[:20] not in stream.getvalue()


def test_configuring_twice_prints_each_line_once() -> None:
    with logged(Settings()) as first:
        second = io.StringIO()
        configure(Settings(), second)
        logging.getLogger("bot.x").warning("once")

    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1


def test_a_warning_of_the_http_server_is_said_once_a_minute() -> None:
    now = 1000.0
    seldom = Seldom(lambda: now)
    garbage = record("uvicorn.error", "Invalid HTTP request received.", level=logging.WARNING)
    others = [
        record("uvicorn.error", "Unsupported upgrade request.", level=logging.WARNING),
        record("uvicorn.error", "Exception in ASGI application", level=logging.ERROR),
        record("bot.server.x", "Invalid HTTP request received.", level=logging.WARNING),
    ]

    assert [seldom.filter(garbage) for _ in range(3)] == [True, False, False]
    assert all(seldom.filter(other) for other in others)
    now += 61
    assert [seldom.filter(garbage) for _ in range(2)] == [True, False]


def test_what_is_remembered_for_it_is_bounded() -> None:
    seldom = Seldom(lambda: 1000.0)
    for number in range(SELDOM_MOST * 3):
        assert seldom.filter(record("uvicorn.error", f"{number}", level=logging.WARNING))

    assert len(seldom._next) <= SELDOM_MOST
