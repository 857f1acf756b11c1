import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.in_process import in_process
from bot.local.slack import Person, Slack
from bot.local.slack.signing import signed
from bot.server import front
from bot.server.front import MOST_BYTES, FrontDoor, TurnedAwayError, parse
from bot.server.web import create_app
from bot.settings import Settings
from tests.slack.doubles import Diagnosing

JSON = {"Content-Type": "application/json"}
COMMAND = urlencode({"command": "/rhythm-auth", "text": "token"}).encode()


async def test_a_signed_command_is_taken_in(ada: Person) -> None:
    response = await ada.delivery.send(COMMAND)

    assert response.status_code == 200
    assert response.json()["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="another"),
        pytest.param({"X-Slack-Signature": ""}, id="empty"),
        pytest.param({"X-Slack-Signature": "v0=ÿé"}, id="not-ascii"),
        pytest.param({"X-Slack-Request-Timestamp": "abc"}, id="no-number"),
        pytest.param({"X-Slack-Request-Timestamp": "١٢٣"}, id="digits-of-another-script"),
        pytest.param({"X-Slack-Request-Timestamp": "-5"}, id="negative"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 40}, id="huge"),
        pytest.param({"X-Slack-Request-Timestamp": ""}, id="no-timestamp"),
    ],
)
async def test_what_slack_did_not_sign_is_refused(
    slack: Slack, client: httpx.AsyncClient, diagnosing: Diagnosing, headers: dict[str, str]
) -> None:
    own = {
        "Content-Type": "application/x-www-form-urlencoded",
        **signed(slack.signing_secret, int(time.time()), COMMAND),
    }
    raw = [(name.encode(), value.encode("utf-8")) for name, value in {**own, **headers}.items()]

    response = await client.post("/slack/events", content=COMMAND, headers=raw)

    assert response.status_code == 401
    assert diagnosing.seen == []


async def test_a_body_changed_by_one_byte_is_refused(slack: Slack, client: httpx.AsyncClient) -> None:
    headers = signed(slack.signing_secret, int(time.time()), COMMAND)

    response = await client.post("/slack/events", content=COMMAND + b"x", headers=headers)

    assert response.status_code == 401


@pytest.mark.parametrize(("late", "status"), [(299, 200), (301, 401), (-299, 200), (-301, 401)])
async def test_a_request_is_fresh_for_five_minutes(
    slack: Slack, settings: Settings, diagnosing: Diagnosing, late: int, status: int
) -> None:
    app = create_app(settings, diagnosing.given(), clock=lambda: 1_790_000_000.0 + late)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        **signed(slack.signing_secret, 1_790_000_000, COMMAND),
    }
    async with in_process(app) as client:
        response = await client.post("/slack/events", content=COMMAND, headers=headers)

    assert response.status_code == status


async def test_the_largest_body_is_taken_in_and_one_byte_more_is_not(ada: Person) -> None:
    start = b"command=/rhythm-auth&text=token"
    fits = start + b"x" * (MOST_BYTES - len(start))

    assert (await ada.delivery.send(fits)).status_code == 200
    assert (await ada.delivery.send(fits + b"x")).status_code == 413


async def test_a_body_without_a_length_is_counted_while_it_comes(client: httpx.AsyncClient) -> None:
    sent = 0

    async def chunks() -> Any:
        nonlocal sent
        for _ in range(60):
            sent += 1 << 20
            yield b"x" * (1 << 20)

    response = await client.post("/slack/events", content=chunks())

    assert response.status_code == 413


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(b"command=%2Frhythm-auth&text=\xff\xfe", {}, id="bytes-that-are-no-utf-8"),
        pytest.param(b"command=%2Frhythm-auth&text=%ff%fe", {}, id="escapes-that-are-no-utf-8"),
        pytest.param(b"payload=%7Bbroken", {}, id="broken-payload"),
        pytest.param(b"payload=%5B1%5D", {}, id="payload-that-is-an-array"),
        pytest.param(b"&".join(b"a%d=1" % number for number in range(200)), {}, id="too-many-fields"),
        pytest.param(b"{broken", JSON, id="broken-json"),
        pytest.param(b"[1, 2]", JSON, id="json-array"),
        pytest.param(b'"text"', JSON, id="json-string"),
        pytest.param(b"[" * 100_000, JSON, id="deep-nesting"),
        pytest.param(b'{"a":' * 100_000, JSON, id="deep-objects"),
        pytest.param(b'{"a": "\xff"}', JSON, id="json-that-is-no-utf-8"),
        pytest.param(b"", JSON, id="empty-json"),
        pytest.param(b'{"n": ' + b"9" * 5000 + b"}", JSON, id="endless-number"),
        pytest.param(b'{"event": "text", "type": "event_callback"}', JSON, id="event-that-is-no-object"),
    ],
)
async def test_a_broken_body_is_answered_400(ada: Person, body: bytes, headers: dict[str, str]) -> None:
    response = await ada.delivery.send(body, headers)

    assert response.status_code == 400


async def test_another_content_type_is_answered_415(ada: Person) -> None:
    assert (await ada.delivery.send(COMMAND, {"Content-Type": "text/xml"})).status_code == 415


async def test_slack_checks_the_address(ada: Person) -> None:
    assert (await ada.delivery.ssl_check()).status == 200
    assert (await ada.delivery.url_verification()).status == 200


class Asking:
    """An ASGI request whose body comes as the test says."""

    def __init__(self, app: Starlette, messages: Iterator[Any]) -> None:
        self._app = app
        self._messages = messages
        self.status = 0
        self.headers: dict[bytes, bytes] = {}

    async def run(self) -> int:
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/slack/events",
            "raw_path": b"/slack/events",
            "query_string": b"",
            "headers": [],
            "http_version": "1.1",
        }
        await self._app(scope, self._receive, self._send)
        return self.status

    async def _receive(self) -> Any:
        message = next(self._messages, None)
        if message is None:
            await asyncio.sleep(3600)
        return message

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])


async def test_a_client_that_leaves_in_the_middle_raises_nothing(app: Starlette) -> None:
    messages = [{"type": "http.request", "body": b"command=", "more_body": True}, {"type": "http.disconnect"}]

    assert await Asking(app, iter(messages)).run() == 400


async def test_a_body_that_takes_too_long_is_given_up(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "PATIENCE_SECONDS", 0.05)
    asking = Asking(app, iter([{"type": "http.request", "body": b"command=", "more_body": True}]))

    assert await asking.run() == 408
    assert asking.headers[b"connection"] == b"close"


async def test_of_too_many_unfinished_bodies_the_oldest_is_given_up(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "WAITING_BYTES", 1000)
    half = {"type": "http.request", "body": b"x" * 600, "more_body": True}
    oldest = asyncio.create_task(Asking(app, iter([half])).run())
    await asyncio.sleep(0.02)
    newest = asyncio.create_task(Asking(app, iter([half])).run())

    assert await asyncio.wait_for(oldest, 1) == 408
    assert await Asking(app, iter([{**half, "more_body": False}])).run() == 401
    await asyncio.sleep(0.02)
    assert not newest.done()
    newest.cancel()


def test_a_form_is_parsed_into_its_fields() -> None:
    body = b"command=%2Frhythm-auth&text=a+b%2Bc&enterprise_id="

    assert parse("application/x-www-form-urlencoded; charset=utf-8", body) == {
        "command": "/rhythm-auth",
        "text": "a b+c",
        "enterprise_id": "",
    }


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"text", {"text": ""}),
        (b"a&b=&c=1=2", {"a": "", "b": "", "c": "1=2"}),
        (b"&&a=b&", {"a": "b"}),
        (b"=nameless&a=b", {"a": "b"}),
        (b"a=first&a=last", {"a": "last"}),
        (b"%61+b=%3D%26&c=100%25%zz", {"a b": "=&", "c": "100%%zz"}),
        ("text=%C3%BC\u00fc".encode(), {"text": "\u00fc\u00fc"}),
        (b"", {}),
    ],
)
def test_a_form_is_read_as_browsers_write_it(body: bytes, form: dict[str, str]) -> None:
    assert parse("application/x-www-form-urlencoded", body) == form


@pytest.mark.parametrize("body", [b"text=\xff", b"text=%ff", b"%ff=text", b"a&text=%C3"])
def test_a_form_that_is_not_utf8_is_turned_away(body: bytes) -> None:
    with pytest.raises(TurnedAwayError) as refusal:
        parse("application/x-www-form-urlencoded", body)

    assert refusal.value.status == 400


def test_an_interaction_is_the_json_in_its_form() -> None:
    body = urlencode({"payload": json.dumps({"type": "block_actions"})}).encode()

    assert parse("Application/X-WWW-Form-Urlencoded", body) == {"type": "block_actions"}


def test_a_refusal_quotes_nothing() -> None:
    with pytest.raises(TurnedAwayError) as refusal:
        parse("application/json", b'{"text": "secret')

    assert "secret" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_no_secret_no_door() -> None:
    with pytest.raises(ValueError, match="signing secret"):
        FrontDoor("", time.time)
