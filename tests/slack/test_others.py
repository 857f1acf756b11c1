import json
from typing import Any

import pytest

from bot.local.slack import Fault, Message, Person, Shown, Slack
from bot.render.exposure import Origin
from bot.slack.readers import by_name, described
from tests.slack.doubles import TOKEN, Diagnosing, texts


async def shortcut(slack: Slack, ada: Person, *, author: str = "", channel: str = "", text: str = TOKEN) -> Shown:
    author = author or slack.workspace.add_user("bob")
    said = Message(channel or ada.channel_id, slack.workspace.new_ts(), text, (), author)
    slack.workspace.messages[said.channel, said.ts] = said
    await ada.shortcut("diagnose_message", message=said)
    (shown,) = await slack.settled()
    return shown


def buttons(shown: Shown) -> list[str]:
    return [str(element["action_id"]) for element in shown.clickable]


async def test_who_can_see_the_token_is_said(slack: Slack, ada: Person) -> None:
    for name in ("bob", "eve", "kim"):
        slack.workspace.channels[ada.channel_id].members.add(slack.workspace.add_user(name))

    shown = await shortcut(slack, ada)

    assert "everybody in this workspace, since it stands in a public channel of 4 people." in texts(shown.blocks)
    assert "Its author can delete the message" in texts(shown.blocks)


async def test_people_of_other_organisations_are_named(slack: Slack, ada: Person) -> None:
    shared = slack.workspace.add_channel("partners", ada.user_id, slack.workspace.bot_user_id, shared=True)

    shown = await shortcut(slack, ada, channel=shared)

    assert "shared with another organisation" in texts(shown.blocks)


@pytest.mark.parametrize("fault", [Fault(error="missing_scope"), Fault(hang=True), Fault(status=429, retry_after=30)])
async def test_without_the_scope_the_kind_of_channel_is_said_alone(slack: Slack, ada: Person, fault: Fault) -> None:
    slack.faults.add("conversations.info", fault)

    shown = await shortcut(slack, ada)

    assert "everybody in this channel; if it is public, everybody in this workspace." in texts(shown.blocks)


async def test_a_private_channel_that_the_bot_cannot_see_is_not_called_public(slack: Slack, ada: Person) -> None:
    private = slack.workspace.add_channel("secrets", ada.user_id, private=True)

    shown = await shortcut(slack, ada, channel=private)

    assert "everybody in this private channel." in texts(shown.blocks)


async def test_ones_own_message_can_be_deleted_by_oneself(slack: Slack, ada: Person) -> None:
    shown = await shortcut(slack, ada, author=ada.user_id)

    assert "It is your message: delete it" in texts(shown.blocks)
    assert "tell_author" not in buttons(shown)


async def test_where_there_is_no_token_nobody_is_warned(slack: Slack, ada: Person) -> None:
    shown = await shortcut(slack, ada, text="good morning")

    assert "Who can see" not in texts(shown.blocks)
    assert buttons(shown) == ["check_another"]
    assert not slack.transcript.calls("conversations.info")


@pytest.mark.parametrize(
    ("channel_id", "name", "origin"),
    [
        ("D1", "directmessage", Origin("direct")),
        ("G1", "privategroup", Origin("private")),
        ("C1", "privategroup", Origin("private")),
        ("C1", "mpdm-ada--bob-1", Origin("group")),
        ("C1", "api-support", Origin("channel")),
        ("", "", Origin("channel")),
    ],
)
def test_the_name_of_a_conversation_tells_its_kind(channel_id: str, name: str, origin: Origin) -> None:
    assert by_name(channel_id, name) == origin


@pytest.mark.parametrize(
    ("channel", "origin"),
    [
        ({"is_im": True}, Origin("direct")),
        ({"is_mpim": True, "is_private": True, "num_members": 3}, Origin("group", 3)),
        ({"is_private": True, "num_members": 12}, Origin("private", 12)),
        ({"is_private": False, "num_members": 12, "is_ext_shared": True}, Origin("public", 12, shared=True)),
        ({}, Origin("public")),
        ({"num_members": "many"}, Origin("public")),
    ],
)
def test_what_slack_tells_of_a_conversation(channel: dict[str, Any], origin: Origin) -> None:
    assert described(channel, Origin("public")) == origin


async def test_the_author_is_told_privately_and_the_modal_says_so(slack: Slack, ada: Person) -> None:
    bob = slack.workspace.add_user("bob")
    modal = await shortcut(slack, ada, author=bob)

    await ada.click(modal, "tell_author")
    told, changed = await slack.settled(at_least=2)

    assert told.message is not None
    assert told.message.channel == slack.workspace.direct(bob)
    assert "It shows a token to everybody who can read it there." in texts(told.blocks)
    assert "archives" in json.dumps(told.blocks)
    assert changed.kind == "modal-updated"
    assert "The author was told, in a direct message." in texts(changed.blocks)
    assert "tell_author" not in buttons(changed)
    assert slack.holds(TOKEN, 20) == []


async def test_an_author_is_told_once(slack: Slack, ada: Person) -> None:
    modal = await shortcut(slack, ada)

    await ada.click(modal, "tell_author")
    await ada.click(modal, "tell_author")
    await slack.settled(at_least=0, quiet=0.1)

    assert len(slack.transcript.calls("chat.postMessage")) == 1


async def test_an_author_who_cannot_be_told_is_said_to_be_so(slack: Slack, ada: Person) -> None:
    modal = await shortcut(slack, ada)
    slack.faults.add("chat.postMessage", Fault(error="cannot_dm_bot"))

    await ada.click(modal, "tell_author")
    (changed,) = await slack.settled()

    assert "I could not write to the author" in texts(changed.blocks)
    assert "tell_author" not in buttons(changed)


async def test_a_bot_is_not_told(slack: Slack, ada: Person) -> None:
    shown = await shortcut(slack, ada, author=slack.workspace.bot_user_id)

    assert "tell_author" not in buttons(shown)


async def test_a_message_of_an_app_is_read_from_its_blocks(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    block = {"type": "section", "block_id": "x", "text": {"type": "mrkdwn", "text": "alert: token"}}
    said = Message(ada.channel_id, slack.workspace.new_ts(), "", (block,), slack.workspace.bot_user_id)
    slack.workspace.messages[said.channel, said.ts] = said

    await ada.shortcut("diagnose_message", message=said)
    await slack.settled()

    assert diagnosing.seen[0].text == "alert: token"
