"""From a paste in Slack to the cause in the answer: the real diagnosis behind the real application."""

import io
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot import diagnose
from bot.checks import Case
from bot.local.auth0 import Issuer
from bot.local.samples import samples
from bot.local.slack import Person, Slack
from bot.server.web import create_app
from bot.settings import Settings
from bot.slack.diagnosis import Diagnosis
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
    def read(text: str, url: str | None) -> Case:
        return diagnose.read(text, settings, url=url)

    return create_app(settings, Diagnosis(read, diagnose.judge))


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


async def test_a_mebibyte_is_answered_in_time(ada: Person, client: httpx.AsyncClient) -> None:
    text = (SAMPLES["curl"] + "\n") * ((1 << 20) // len(SAMPLES["curl"]) - 10)
    answer = await ada.command(text[:900_000])

    assert answer.only.kind == "ephemeral"
    assert answer.seconds < 3
