"""response_urls: five uses, half an hour, and what may be replaced or deleted."""

from typing import Any

import httpx
import pytest

from bot.local.slack import Fault, Message, Person, Slack


async def use(url: str, **body: Any) -> tuple[int, str]:
    async with httpx.AsyncClient() as client:
        answer = await client.post(url, json=body)
    return answer.status_code, answer.text if answer.status_code == 200 else answer.json()["error"]


@pytest.fixture
async def command_url(scripted: Any, bob: Person) -> str:
    await bob.command("a")
    return str(scripted.heard[0]["response_url"])


async def click_url(scripted: Any, slack: Slack, bob: Person, *, ephemeral: bool = True) -> str:
    """The response_url of a click in a message with one button."""
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = ({"type": "actions", "block_id": "b", "elements": [button]},)
    where = bob.channel_id if ephemeral else bob.dm_id
    seen_by = bob.user_id if ephemeral else ""
    message = Message(where, slack.workspace.new_ts(), "press", blocks, slack.workspace.bot_user_id, seen_by)
    slack.workspace.post(message)
    await bob.click(message, "go")
    return str(scripted.heard[-1]["response_url"])


async def test_five_uses_and_no_more(lenient: Slack, command_url: str) -> None:
    assert [await use(command_url, text="a") for _ in range(5)] == [(200, "ok")] * 5
    assert await use(command_url, text="a") == (404, "used_url")

    assert lenient.broken_rules == ["response_url: was used more than 5 times"]
    assert [shown.kind for shown in lenient.screen.shown] == ["ephemeral"] * 5


async def test_half_an_hour_and_no_longer(lenient: Slack, clock: Any, command_url: str) -> None:
    clock.now += 1800
    assert await use(command_url, text="a") == (200, "ok")
    clock.now += 1
    assert await use(command_url, text="a") == (404, "expired_url")

    assert lenient.broken_rules == ["response_url: is older than 30 minutes"]


async def test_a_made_up_address_breaks_a_rule(lenient: Slack, command_url: str) -> None:
    assert await use(command_url + "0", text="a") == (404, "no_such_url")
    assert lenient.broken_rules == ["response_url: was never given out"]


@pytest.mark.parametrize("body", [{"text": "a", "replace_original": True}, {"delete_original": True}])
async def test_a_slash_command_has_no_original(lenient: Slack, command_url: str, body: dict[str, Any]) -> None:
    await use(command_url, **body)

    rule = "response_url: has no original: only a click inside a message can replace or delete it"
    assert lenient.broken_rules == [rule]


async def test_a_slash_command_is_never_answered_in_channel(lenient: Slack, command_url: str) -> None:
    await use(command_url, text="a", response_type="in_channel")

    assert lenient.broken_rules == [
        "response_url: /response_type: in_channel shows the typed command to everybody",
    ]


async def test_a_response_type_is_one_of_two(lenient: Slack, command_url: str) -> None:
    assert await use(command_url, text="a", response_type="secret") == (400, "invalid_arguments")
    assert lenient.broken_rules == ["response_url: /response_type: 'secret' is neither ephemeral nor in_channel"]


async def test_a_bad_message_is_refused(lenient: Slack, command_url: str) -> None:
    assert await use(command_url, text="a", blocks=[{"type": "alert"}]) == (400, "invalid_blocks")
    assert lenient.broken_rules == ["response_url: /blocks/0: 'alert' is no block that a message may hold"]


async def test_a_body_that_is_no_json_is_refused(lenient: Slack, command_url: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(command_url, content=b"[]", headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert lenient.broken_rules == ["response_url: the body is no JSON object"]


async def test_a_click_in_an_ephemeral_message_replaces_it(lenient: Slack, scripted: Any, bob: Person) -> None:
    url = await click_url(scripted, lenient, bob)
    await use(url, text="done", replace_original=True)

    last = lenient.screen.shown[-1]
    assert (last.kind, last.text) == ("updated", "done")
    assert len(lenient.workspace.messages) == 1
    assert lenient.broken_rules == []


async def test_a_click_in_an_ephemeral_message_deletes_it(lenient: Slack, scripted: Any, bob: Person) -> None:
    url = await click_url(scripted, lenient, bob)
    await use(url, delete_original=True)

    assert lenient.screen.shown[-1].kind == "deleted"
    assert lenient.workspace.messages == {}
    assert lenient.broken_rules == []


async def test_delete_original_stands_alone(lenient: Slack, scripted: Any, bob: Person) -> None:
    url = await click_url(scripted, lenient, bob)

    assert await use(url, delete_original=True, text="") == (400, "invalid_arguments")
    assert lenient.broken_rules == ["response_url: delete_original must be the only attribute"]


async def test_a_click_may_share_in_the_channel(lenient: Slack, scripted: Any, bob: Person) -> None:
    url = await click_url(scripted, lenient, bob)
    await use(url, text="shared", response_type="in_channel")

    assert lenient.screen.shown[-1].kind == "message"
    assert lenient.broken_rules == []


async def test_a_click_in_an_ephemeral_message_does_not_carry_it(lenient: Slack, scripted: Any, bob: Person) -> None:
    await click_url(scripted, lenient, bob)
    payload = scripted.heard[-1]

    assert "message" not in payload
    assert payload["container"]["is_ephemeral"] is True
    assert payload["actions"][0]["action_id"] == "go"


async def test_a_click_in_a_direct_message_carries_it(lenient: Slack, scripted: Any, bob: Person) -> None:
    await click_url(scripted, lenient, bob, ephemeral=False)
    payload = scripted.heard[-1]

    assert payload["message"]["text"] == "press"
    assert payload["container"]["is_ephemeral"] is False


async def test_faults_are_played(lenient: Slack, command_url: str) -> None:
    lenient.faults.add("response_url", Fault(status=500))

    assert await use(command_url, text="a") == (500, "internal_error")
    assert await use(command_url, text="a") == (200, "ok")
