"""From a paste in Slack to the cause in the answer: the real diagnosis behind the real application."""

import io
import json
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.composition import diagnosis
from bot.local.auth0 import Issuer
from bot.local.samples import samples
from bot.local.slack import Person, Slack
from bot.local.slack.transcript import runs
from bot.server.web import create_app
from bot.settings import Settings
from tests.server.processes import started
from tests.slack.doubles import logged, texts

ISSUER = Issuer()
SAMPLES = {sample.name: sample.text for sample in samples(ISSUER, time.time())}
FOUND = {
    "wrong-audience": ("blocked", "audience-wrong"),
    "id-token": ("blocked", "id-token"),
    "healthy": ("clear", "none"),
    "expired": ("blocked", "token-expired"),
    "hello": ("nothing-to-check", "none"),
}


@pytest.fixture
def app(settings: Settings) -> Starlette:
    return create_app(settings, diagnosis(settings._replace(live_checks=False)))


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    with logged(settings) as stream:
        yield stream


@pytest.mark.parametrize(("name", "verdict", "cause"), [(name, *found) for name, found in FOUND.items()])
async def test_a_command_finds_the_cause(
    slack: Slack, ada: Person, log: io.StringIO, name: str, verdict: str, cause: str
) -> None:
    answer = await ada.command(SAMPLES[name])

    assert answer.only.kind == "ephemeral"
    assert f"surface=command verdict={verdict} cause={cause} " in log.getvalue()
    assert slack.holds(SAMPLES[name]) == []


@pytest.mark.parametrize("name", SAMPLES)
async def test_every_sample_is_answered_on_every_surface_and_kept(
    slack: Slack, ada: Person, log: io.StringIO, name: str
) -> None:
    text = SAMPLES[name]
    command = await ada.command(text)
    await ada.message(text)
    (message,) = await slack.settled()
    await ada.command("")
    await slack.settled()
    assert ada.modal is not None
    submitted = await ada.submit(ada.modal, {"paste": text})

    assert command.only.text == message.text
    assert {shown.kind for shown in submitted.shown} <= {"modal-updated", "modal-errors"}
    secrets = [word for word in text.replace("'", " ").replace('"', " ").split() if len(word) > 100]
    for secret in secrets:
        assert slack.holds(secret) == []
        assert secret[:25] not in log.getvalue()


async def test_an_url_in_the_form_is_judged(slack: Slack, ada: Person) -> None:
    await ada.command("")
    await slack.settled()
    assert ada.modal is not None
    url = "https://events.api.rhythmsoftware.com/contacts/example.org/con_example_ada"
    await ada.submit(ada.modal, {"paste": SAMPLES["healthy"], "url": url})

    assert ada.modal is not None
    assert "Failed ❌ Base URL" in texts(ada.modal.blocks)


async def test_a_large_paste_is_answered_in_time(ada: Person) -> None:
    answer = await ada.command((SAMPLES["curl"] + "\n") * (100_000 // len(SAMPLES["curl"])))

    assert answer.only.kind == "ephemeral"


async def test_the_program_itself_answers_and_keeps_the_token(slack: Slack) -> None:
    token = SAMPLES["wrong-audience"]
    async with started("serve", slack, "bot", LOG_LEVEL="DEBUG", LOG_FORMAT="json", LIVE_CHECKS="off") as process:
        async with httpx.AsyncClient(base_url=process.url) as client:
            await process.ready(client)
            ada = slack.person(client)
            answer = await ada.command(token)
            refused = await ada.delivery.send(token.encode(), {"X-Slack-Signature": "v0=" + "0" * 64})
        process.terminate()
        status = await process.ended(10)

    lines = [json.loads(line) for line in process.said.decode().splitlines()]
    (line,) = [line for line in lines if line["message"] == "diagnosed"]
    assert answer.only.kind == "ephemeral"
    assert (line["surface"], line["verdict"], line["cause"]) == ("command", "blocked", "audience-wrong")
    assert line["reference"] in texts(answer.only.blocks)
    assert refused.status_code == 401
    assert runs(process.said.decode() + answer.body + refused.text, token) == []
    assert status == 0
