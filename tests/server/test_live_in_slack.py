"""Live checks as people meet them in Slack: the real application, the real prober, stand-ins of the API and the issuer."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.composition import diagnosis
from bot.local.auth0 import CONTACT_ID, Issuer
from bot.local.authorization_server import AuthorizationServer
from bot.local.faults import Fault, slow
from bot.local.in_process import in_process
from bot.local.rhythm import Rhythm
from bot.local.slack import Message, Person, Slack
from bot.server.web import create_app
from bot.settings import Settings
from tests.slack.doubles import texts

SLOW = slow(2.4)


@dataclass
class World:
    """Slack, the API and the issuer, and somebody who uses the bot."""

    slack: Slack
    rhythm: Rhythm
    auth0: AuthorizationServer
    ada: Person

    def token(self, **claims: object) -> str:
        return self.auth0.issuer.mint(claims=claims, now=time.time() - 60)


@pytest.fixture
async def world(slack: Slack, settings: Settings) -> AsyncIterator[World]:
    async with AuthorizationServer() as auth0, Rhythm(auth0.jwks) as rhythm:
        auth0.publish(Issuer().at(auth0.url))
        live = settings._replace(
            rhythm_api_url=rhythm.api_url, rhythm_auth0_domains=(auth0.url,), live_timeout_seconds=4
        )
        async with in_process(create_app(live, diagnosis(live))) as client:
            yield World(slack, rhythm, auth0, slack.person(client))


async def test_a_healthy_token_is_answered_once_with_what_the_api_says(world: World) -> None:
    answer = await world.ada.command(world.token())

    assert answer.seconds < 2.5
    assert answer.only.text == "Rhythm 401 check: This token works now: the Rhythm API accepts it."
    assert "Passed ✅ Live check:" in texts(answer.only.blocks)


async def test_a_slow_api_is_announced_and_its_answer_follows(world: World) -> None:
    token = world.token()
    world.rhythm.faults["who-am-i"] = SLOW
    world.rhythm.faults["who-am-i-tenant"] = SLOW

    answer = await world.ada.command(token)
    await world.slack.settled(6, at_least=2)

    assert 1.9 < answer.seconds < 2.8
    first, second = answer.shown
    assert "Still checking ⏳" in texts(first.blocks)
    assert "Live check" not in texts(first.blocks)
    assert "With live checks." in texts(second.blocks)
    assert "Live check" in texts(second.blocks)
    assert world.slack.holds(token) == []


async def test_a_hanging_api_leaves_the_diagnosis_and_says_that_it_could_not_be_asked(world: World) -> None:
    for kind in ("who-am-i", "who-am-i-tenant", "any-contact", "baseline"):
        world.rhythm.faults[kind] = Fault(hangs=True)

    await world.ada.message(world.token(**{CONTACT_ID: None}))
    await world.slack.settled(3)
    (first, *_) = world.slack.screen.of(-1)
    await world.slack.settled(8, at_least=2)
    last = world.slack.screen.of(-1)[-1]

    assert first.text == last.text == "Rhythm 401 check: Likely: this login has never signed in to Rhythm."
    assert last.kind == "updated"
    assert "Could not check ❔ Live check" in texts(last.blocks)


async def test_whoever_asks_too_often_is_told_when_to_try_again_and_keeps_the_diagnosis(world: World) -> None:
    token = world.token()
    answers = [await world.ada.command(token) for _ in range(11)]

    assert "Passed ✅ Live check" in texts(answers[9].only.blocks)
    last = texts(answers[10].only.blocks)
    assert "Nothing wrong with this token" in last
    assert "try again" in last.lower()


async def test_somebodys_token_is_sent_nowhere_before_the_click(world: World) -> None:
    ada, slack = world.ada, world.slack
    said = Message(ada.channel_id, slack.workspace.new_ts(), world.token(), (), slack.workspace.add_user("bob"))
    slack.workspace.messages[said.channel, said.ts] = said
    await ada.shortcut("diagnose_message", message=said)
    (modal,) = await slack.settled()
    assert world.rhythm.asked == []

    await ada.click(modal, "run_live")
    await slack.settled(6, at_least=2)

    done = slack.screen.of(-1)[-1]
    assert "Passed ✅ Live check" in texts(done.blocks)
    assert {asked.kind for asked in world.rhythm.asked} >= {"who-am-i"}


async def test_status_tells_of_the_api(world: World) -> None:
    assert (
        "The Rhythm API answers: a call without a good token gets 401." in (await world.ada.command("status")).only.text
    )


async def test_with_live_checks_off_nobody_is_asked(slack: Slack, settings: Settings, world: World) -> None:
    off = settings._replace(live_checks=False, rhythm_api_url=world.rhythm.api_url)
    async with in_process(create_app(off, diagnosis(off))) as client:
        ada = slack.person(client, "eve")
        answer = await ada.command(world.token())
        status = await ada.command("status")

    assert "Live check" not in texts(answer.only.blocks)
    assert "Live checks are off" in status.only.text
    assert world.rhythm.asked == []
