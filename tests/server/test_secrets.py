"""A planted token goes through every surface, well and badly; no 25 characters of it come out anywhere."""

import io
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.auth0 import Issuer
from bot.local.slack import Fault, File, Message, Person, Shown, Slack
from bot.local.slack.transcript import runs
from bot.server.running import Running
from bot.server.web import create_app
from bot.settings import Settings
from tests.server.processes import started
from tests.slack.doubles import Diagnosing, Probing, logged

ISSUER = Issuer()
BAD = {"X-Slack-Signature": "v0=" + "0" * 64}


@pytest.fixture(scope="module")
def token() -> str:
    return ISSUER.mint(now=time.time() - 60)


@pytest.fixture(params=["text", "json"])
def settings(slack: Slack, request: pytest.FixtureRequest) -> Settings:
    return Settings(
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.api_url,
        log_level="DEBUG",
        log_format=request.param,
    )


@pytest.fixture
def app(settings: Settings, diagnosing: Diagnosing) -> Starlette:
    probing = Probing()
    probing.done.set()
    return create_app(settings, diagnosing.given(probing))


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    with logged(settings) as stream:
        yield stream


@pytest.fixture
async def kept(slack: Slack, log: io.StringIO, token: str) -> AsyncIterator[None]:
    """After the test: nothing of the token stands in the log, in what was sent, or in an answer."""
    yield
    assert log.getvalue().count("\n") > 0
    assert runs(log.getvalue(), token) == []
    assert slack.holds(token) == []


async def press(slack: Slack, ada: Person, shown: Shown, action: str) -> tuple[Shown, ...]:
    """Press a button, if it is there (still); what appeared then."""
    if action not in {element["action_id"] for element in shown.clickable}:
        return ()
    with suppress(LookupError):
        await ada.click(shown, action)
    return await slack.settled(at_least=0, quiet=0.05)


async def everywhere(slack: Slack, ada: Person, token: str) -> None:
    """Give the token to every surface, as people do."""
    command = await ada.command(f"Authorization: Bearer {token}")
    await slack.settled(at_least=0)
    for shown in command.shown:
        await press(slack, ada, shown, "copy")
        for preview in await press(slack, ada, shown, "share"):
            await press(slack, ada, preview, "share_post")
        await press(slack, ada, shown, "dismiss")
    await ada.command("")
    await slack.settled(at_least=0)
    if ada.modal is not None:
        await ada.submit(ada.modal, {"paste": token, "url": f"https://example.org/?access_token={token}"})
    for shown in slack.screen.of(-1)[-1:]:
        await press(slack, ada, shown, "copy")
        for preview in await press(slack, ada, shown, "share"):
            if preview.view is not None and ada.modal == preview.view:
                await ada.submit(preview.view)
        await press(slack, ada, shown, "check_another")
    said = await ada.message(f"```curl -H 'Authorization: Bearer {token}'```")
    await slack.settled(at_least=0, quiet=0.05)
    await ada.edit(said, f"now {token}")
    await slack.settled(at_least=0, quiet=0.05)
    await ada.unfurl(said)
    await ada.delete(said)
    await ada.message(token, files=[File("token.txt", token.encode())])
    message = Message(ada.channel_id, slack.workspace.new_ts(), f"it says 401 with {token}", (), "U0SOMEBODY")
    slack.workspace.messages[message.channel, message.ts] = message
    await ada.shortcut("diagnose_message", message=message)
    for shown in await slack.settled(at_least=0, quiet=0.05):
        for action in ("run_live", "tell_author", "share", "copy"):
            await press(slack, ada, shown, action)
    await ada.global_shortcut("diagnose")
    await ada.open_home()
    await slack.settled(at_least=0, quiet=0.05)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("fails", ["", "read", "judge", "render"])
async def test_no_surface_lets_it_out(
    slack: Slack, ada: Person, diagnosing: Diagnosing, token: str, fails: str
) -> None:
    diagnosing.fails = fails

    await everywhere(slack, ada, token)

    pressed = [len(slack.transcript.calls(method)) for method in ("views.push", "chat.postMessage")]
    assert fails or (pressed[0] >= 4 and pressed[1] >= 3)  # the buttons were there


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("fault", [Fault(error="fatal_error"), Fault(status=500), Fault(error="channel_not_found")])
async def test_nothing_gets_out_when_slack_fails(slack: Slack, ada: Person, token: str, fault: Fault) -> None:
    for method in ("chat.postMessage", "chat.update", "views.open", "views.update", "views.publish", "response_url"):
        slack.faults.add(method, fault, 20 if fault.error else 1)  # a 500 is tried again

    await everywhere(slack, ada, token)


@pytest.mark.usefixtures("kept")
async def test_nothing_gets_out_when_the_way_to_slack_breaks(
    slack: Slack, ada: Person, running: Running, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(**arguments: object) -> None:
        raise RuntimeError(f"could not send {arguments} for {token}")

    for method in ("chat_postMessage", "chat_update", "views_open", "views_update"):
        monkeypatch.setattr(running.slack.outgoing.client, method, broken)

    await everywhere(slack, ada, token)


@pytest.mark.usefixtures("kept")
async def test_nothing_gets_out_when_the_app_itself_breaks(
    slack: Slack, ada: Person, running: Running, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(request: object) -> None:
        raise RuntimeError(f"could not dispatch {request} for {token}")

    monkeypatch.setattr(running.slack.bolt, "async_dispatch", broken)

    answer = await ada.message(token, status=500)

    assert answer.body == ""
    assert slack.broken_rules == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "headers",
    [
        BAD,
        {"X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Request-Timestamp": "abc"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
    ],
)
async def test_a_request_that_is_turned_away_is_not_quoted(
    ada: Person, client: httpx.AsyncClient, token: str, headers: dict[str, str]
) -> None:
    response = await ada.delivery.send(f"command=%2Frhythm-auth&text={token}".encode(), headers)

    assert response.status_code in {400, 401, 415}
    assert runs(response.text, token) == []
    assert (await client.get("/healthz")).status_code == 200


@pytest.mark.usefixtures("kept")
async def test_a_request_of_an_unknown_kind_is_not_quoted(ada: Person, token: str) -> None:
    for body in (
        f'{{"type": "{token}", "text": "{token}"}}',
        f'{{"type": "event_callback", "event_id": "{token}", "event": {{"type": "{token}", "text": "{token}"}}}}',
        f'{{"type": "block_actions", "trigger_id": "1", "actions": ["{token}"]}}',
        f'{{"type": "event_callback", "event": {{"type": "message", "channel_type": "im", "user": "{token}", "ts": 5}}}}',
    ):
        await ada.delivery.send(body.encode(), {"Content-Type": "application/json"})


@pytest.mark.parametrize("signing_secret", ["", "another secret than Slack's"])
async def test_the_process_says_nothing_of_it(slack: Slack, token: str, signing_secret: str) -> None:
    ours = {"SLACK_SIGNING_SECRET": signing_secret} if signing_secret else {}
    async with started("serve", slack, LOG_LEVEL="DEBUG", **ours) as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client)
            ada = slack.person(client)
            response = await ada.delivery.send(f"command=%2Frhythm-auth&text={token}".encode())
            await ada.delivery.send(f"command=%2Frhythm-auth&text={token}".encode(), BAD)
        process.terminate()
        await process.ended(10)

    assert response.status_code == (401 if signing_secret else 200)
    assert runs(response.text, token) == []
    assert runs(process.said.decode(), token) == []
    assert "bad signatures" in process.said.decode()
