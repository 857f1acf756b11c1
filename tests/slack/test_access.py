import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from bot.local.in_process import in_process
from bot.local.slack import Fault, Message, Person, Slack
from bot.server.web import create_app
from bot.settings import Settings
from tests.slack.doubles import HEADLINE, Diagnosing, logged, texts

Allowing = Callable[..., AbstractAsyncContextManager[Person]]
REFUSAL = "You cannot use me here"


@pytest.fixture
def allowing(slack: Slack, settings: Settings, diagnosing: Diagnosing) -> Allowing:
    """Runs the app with some settings; gives somebody who uses it."""

    @asynccontextmanager
    async def run(**changes: Any) -> AsyncIterator[Person]:
        app = create_app(settings._replace(**changes), diagnosing.given())
        async with in_process(app) as client:
            yield slack.person(client)

    return run


async def test_an_allowed_team_is_served(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_teams=("T0OTHER", slack.workspace.team_id)) as ada:
        assert (await ada.command("token")).only.text == HEADLINE


async def test_another_team_gets_one_sentence(slack: Slack, allowing: Allowing, diagnosing: Diagnosing) -> None:
    async with allowing(allowed_teams=("T0OTHER",)) as ada:
        command = await ada.command("token")
        await ada.message("token")
        (message,) = await slack.settled()
        await ada.open_home()
        shortcut = await ada.global_shortcut("diagnose")
        await slack.settled(at_least=0)

    assert REFUSAL in command.only.text
    assert REFUSAL in message.text
    (refused,) = shortcut.shown
    assert refused.kind == "modal"
    assert REFUSAL in texts(refused.blocks)
    assert diagnosing.seen == []


async def test_a_channel_is_allowed_by_its_id(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_channels=("C0ALLOWED",)) as ada:
        slack.workspace.channels["C0ALLOWED"] = slack.workspace.channels[ada.channel_id]
        allowed = await ada.command("token", channel="C0ALLOWED")
        other = await ada.command("token")
        await ada.message("token")
        (direct,) = await slack.settled()

    assert allowed.only.text == HEADLINE
    assert REFUSAL in other.only.text
    assert REFUSAL in direct.text


async def test_a_form_opened_in_an_allowed_channel_can_be_submitted(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_channels=("C0ALLOWED",)) as ada:
        slack.workspace.channels["C0ALLOWED"] = slack.workspace.channels[ada.channel_id]
        await ada.command("", channel="C0ALLOWED")
        await slack.settled()
        assert ada.modal is not None
        answer = await ada.submit(ada.modal, {"paste": "token"})

    assert [shown.kind for shown in answer.shown] == ["modal-updated"]


async def test_a_message_shortcut_in_another_channel_is_refused_in_words(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_channels=("C0ALLOWED",)) as ada:
        said = Message(ada.channel_id, slack.workspace.new_ts(), "token", (), "U0SOMEBODY")
        slack.workspace.messages[said.channel, said.ts] = said
        await ada.shortcut("diagnose_message", message=said)
        (shown,) = await slack.settled()

    assert shown.kind == "ephemeral"
    assert REFUSAL in shown.text


async def test_members_of_a_user_group_are_served_and_looked_up_once(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_user_groups=("S0EMPTY", "S0SUPPORT")) as ada:
        slack.workspace.user_groups["S0EMPTY"] = set()
        slack.workspace.user_groups["S0SUPPORT"] = {ada.user_id}
        answers = [await ada.command("token") for _ in range(3)]

    assert {answer.only.text for answer in answers} == {HEADLINE}
    assert len(slack.transcript.calls("usergroups.users.list")) == 2


async def test_others_are_refused(slack: Slack, allowing: Allowing) -> None:
    async with allowing(allowed_user_groups=("S0SUPPORT",)) as ada:
        slack.workspace.user_groups["S0SUPPORT"] = {"U0SOMEBODY"}

        assert REFUSAL in (await ada.command("token")).only.text


@pytest.mark.parametrize(
    "fault", [Fault(error="missing_scope"), Fault(status=503), Fault(status=429, retry_after=30), Fault(hang=True)]
)
async def test_a_group_that_cannot_be_looked_up_lets_nobody_in(slack: Slack, allowing: Allowing, fault: Fault) -> None:
    async with allowing(allowed_user_groups=("S0SUPPORT",)) as ada:
        slack.workspace.user_groups["S0SUPPORT"] = {ada.user_id}
        slack.faults.add("usergroups.users.list", fault, 5)
        answer = await ada.command("token")

    assert REFUSAL in answer.only.text
    assert answer.seconds < 2.5


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"allowed_teams": ("T0OTHER",)}, "team"),
        ({"allowed_channels": ("C0OTHER",)}, "channel"),
        ({"allowed_user_groups": ("S0OTHER",)}, "user-group"),
    ],
)
async def test_the_log_names_the_rule(allowing: Allowing, rule: dict[str, Any], reason: str) -> None:
    with logged(Settings()) as log:
        async with allowing(**rule) as ada:
            await ada.command("token")

    assert re.search(
        rf"a command was not allowed reference=ref-[0-9a-f]{{8}} reason={reason}$", log.getvalue(), re.MULTILINE
    )
