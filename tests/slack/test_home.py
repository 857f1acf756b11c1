from typing import Any

import httpx
import pytest

from bot.local.slack import Fault, Person, Slack
from tests.slack.doubles import texts


async def test_home_is_published_when_it_is_opened(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (shown,) = await slack.settled()

    assert shown.kind == "home"
    assert "https://rolodex.api.rhythmsoftware.com" in texts(shown.blocks)


async def test_its_button_opens_the_form(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (home,) = await slack.settled()

    await ada.click(home, "check_another")
    (shown,) = await slack.settled()

    assert shown.kind == "modal"


async def test_whoever_has_not_written_yet_is_greeted_once(slack: Slack, ada: Person) -> None:
    await ada.open_home(tab="messages")
    (shown,) = await slack.settled()
    await ada.open_home(tab="messages")
    later = await slack.settled(at_least=0)

    assert "Hello" in shown.text
    assert later == ()


@pytest.mark.parametrize("event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0"]}}])
async def test_after_being_removed_it_is_not_ready_any_more(
    slack: Slack, ada: Person, client: httpx.AsyncClient, event: dict[str, Any]
) -> None:
    await slack.settled(at_least=0, quiet=0.1)
    assert (await client.get("/readyz")).status_code == 200
    slack.faults.add("auth.test", Fault(error="account_inactive"))

    assert (await ada.event(event)).status == 200
    await slack.settled(at_least=0, quiet=0.1)

    ready = await client.get("/readyz")
    assert (ready.status_code, ready.text) == (503, "not ready: Slack refuses the bot token: account_inactive\n")


async def test_tokens_of_others_that_are_revoked_change_nothing(
    slack: Slack, ada: Person, client: httpx.AsyncClient
) -> None:
    await slack.settled(at_least=0, quiet=0.1)
    await ada.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0"]}})
    await slack.settled(at_least=0, quiet=0.1)

    assert (await client.get("/readyz")).status_code == 200


async def test_an_event_nobody_listens_to_is_acknowledged(ada: Person) -> None:
    assert (await ada.event({"type": "reaction_added", "user": ada.user_id})).status == 200
