import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.in_process import in_process
from bot.local.slack import Fault, Slack
from bot.server.running import Running
from bot.server.web import create_app
from bot.settings import Settings
from bot.slack import identity
from tests.slack.doubles import Diagnosing


async def eventually_ready(client: httpx.AsyncClient, slack: Slack) -> httpx.Response:
    await slack.settled(at_least=0, quiet=0.1)
    return await client.get("/readyz")


@pytest.mark.parametrize(("path", "starts"), [("/healthz", "ok"), ("/", "Rhythm Auth")])
async def test_routes_that_are_there(client: httpx.AsyncClient, path: str, starts: str) -> None:
    response = await client.get(path)

    assert response.status_code == 200
    assert response.text.startswith(starts)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("POST", "/healthz", 405),
        ("PUT", "/", 405),
        ("GET", "/metrics", 404),
        ("GET", "/healthz/", 404),
        ("POST", "/slack/events/", 404),
        ("GET", "/slack", 404),
        ("GET", "/../etc/passwd", 404),
        ("GET", "/docs", 404),
    ],
)
async def test_routes_that_are_not(client: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    assert (await client.request(method, path)).status_code == status


async def test_ready_once_slack_took_the_token(slack: Slack, client: httpx.AsyncClient) -> None:
    response = await eventually_ready(client, slack)

    assert (response.status_code, response.text) == (200, "ready\n")
    assert len(slack.transcript.calls("auth.test")) == 1


async def test_not_ready_while_slack_cannot_be_reached_and_ready_after(
    slack: Slack, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "FIRST_WAIT", 0.2)
    slack.faults.add("auth.test", Fault(error="accesslimited"))
    async with in_process(app) as client:
        response = await eventually_ready(client, slack)
        assert (response.status_code, response.text) == (503, "not ready: Slack cannot be reached\n")

        await slack.settled(at_least=0, quiet=0.5)
        assert (await client.get("/readyz")).status_code == 200


async def test_a_command_is_answered_even_while_slack_cannot_be_reached(
    settings: Settings, diagnosing: Diagnosing
) -> None:
    nowhere = settings._replace(slack_api_url="http://127.0.0.1:9/api/")
    async with in_process(create_app(nowhere, diagnosing.given())) as client, Slack() as other:
        other.signing_secret = settings.slack_signing_secret
        answer = await other.person(client).command("token")

        assert answer.only.kind == "ephemeral"


async def test_a_refused_token_asks_the_process_to_stop(slack: Slack, app: Starlette, running: Running) -> None:
    slack.faults.add("auth.test", Fault(error="invalid_auth"))
    async with in_process(app) as client:
        response = await eventually_ready(client, slack)

        assert response.status_code == 503
        assert "invalid_auth" in response.text
        assert running.stop.is_set()


async def test_while_draining_people_are_told_and_events_come_again(
    slack: Slack, client: httpx.AsyncClient, running: Running
) -> None:
    ada = slack.person(client)
    await ada.command("")
    await slack.settled()
    form = ada.modal
    assert form is not None
    running.tasks.draining = True

    ready = await client.get("/readyz")
    command = await ada.command("token")
    submitted = await ada.submit(form, {"paste": "token"})
    event = await ada.message("token", status=503)

    assert (ready.status_code, ready.text) == (503, "not ready: shutting down\n")
    assert (await client.get("/healthz")).status_code == 200
    assert [answer.headers.get("connection") for answer in (ready, await client.get("/healthz"))] == ["close", "close"]
    assert "restarting" in command.only.text
    assert "restarting" in submitted.shown[0].errors[0][1]
    assert event.status == 503
    assert not slack.transcript.calls("chat.postMessage")


async def test_a_request_that_comes_twice_is_answered_and_worked_on_once(
    slack: Slack, client: httpx.AsyncClient, diagnosing: Diagnosing
) -> None:
    ada = slack.person(client)
    body = b"command=%2Frhythm-auth&text=token&trigger_id=1.2.3"
    answers = await asyncio.gather(*(ada.delivery.send(body) for _ in range(3)))
    said = await ada.message("token")
    await asyncio.gather(ada.again(said), ada.again(said, 2))
    await slack.settled()

    assert [answer.status_code for answer in answers] == [200] * 3
    assert sorted(len(answer.content) > 0 for answer in answers) == [False, False, True]
    assert len(diagnosing.seen) == 2


async def test_too_many_requests_are_told_so_at_once(slack: Slack, client: httpx.AsyncClient, running: Running) -> None:
    ada = slack.person(client)
    running.tasks._most = 0

    answer = await ada.command("token")

    assert "Too many checks" in answer.only.text
