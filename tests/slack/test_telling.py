"""One sentence reaches a person whatever they did, and whatever is out of order."""

import json
from typing import Any

import pytest

from bot.local.slack import Fault, Message, Person, Slack
from bot.server.running import Running
from tests.slack.doubles import Diagnosing, texts


async def test_a_form_that_cannot_be_opened_from_a_shortcut_is_said_in_a_direct_message(
    slack: Slack, ada: Person
) -> None:
    slack.faults.add("views.open", Fault(error="expired_trigger_id"))

    await ada.global_shortcut("diagnose")
    (shown,) = await slack.settled()

    assert shown.kind == "message"
    assert "The form could not be opened in time." in shown.text
    assert "ref-" in texts(shown.blocks)


async def test_a_failing_click_in_a_modal_is_said_in_a_direct_message(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (home,) = await slack.settled()
    slack.faults.add("views.open", Fault(error="expired_trigger_id"))

    await ada.click(home, "check_another")
    (shown,) = await slack.settled()

    assert shown.kind == "message"
    assert "The form could not be opened in time." in shown.text


async def test_a_button_of_last_year_on_home_gets_an_answer_in_a_modal(slack: Slack, ada: Person) -> None:
    await ada.open_home()
    (home,) = await slack.settled()
    assert home.view is not None
    for block in slack.workspace.views[home.view.id].content["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "check_another":
                element["action_id"] = "button_of_last_year"

    await ada.click(home, "button_of_last_year")
    (shown,) = await slack.settled()

    assert shown.kind == "modal"
    assert "no longer works" in texts(shown.blocks)


async def test_a_used_up_response_url_does_not_silence_an_answer(slack: Slack, ada: Person) -> None:
    answer = await ada.command("token")
    slack.faults.add("response_url", Fault(status=404))

    await ada.click(answer.only, "copy")
    (shown,) = await slack.settled()

    assert shown.kind == "message"
    assert shown.message is not None
    assert shown.message.channel == ada.dm_id


async def test_dismissing_works_where_the_response_url_does_not(slack: Slack, ada: Person) -> None:
    await ada.message("token")
    (answer,) = await slack.settled()
    slack.faults.add("response_url", Fault(status=404))

    await ada.click(answer, "dismiss")
    (shown,) = await slack.settled()

    assert shown.kind == "deleted"


async def test_while_draining_a_preview_says_so_in_its_place(slack: Slack, ada: Person, running: Running) -> None:
    said = Message(ada.channel_id, slack.workspace.new_ts(), "the token", (), "U0SOMEBODY")
    slack.workspace.messages[said.channel, said.ts] = said
    await ada.shortcut("diagnose_message", message=said)
    (result,) = await slack.settled()
    await ada.click(result, "share")
    (preview,) = await slack.settled()
    assert preview.view is not None
    running.tasks.draining = True

    answer = await ada.submit(preview.view)

    assert "I am restarting" in texts(answer.only.blocks)


@pytest.mark.parametrize("missing", ["team", "channel", "user", "message", "container", "enterprise"])
async def test_what_slack_leaves_out_breaks_nothing(
    slack: Slack, ada: Person, diagnosing: Diagnosing, missing: str
) -> None:
    answer = await ada.command("token")
    message = answer.only.message
    assert message is not None
    (element,) = [element for element in message.blocks[-1]["elements"] if element["action_id"] == "copy"]
    url = slack.workspace.new_response_url("actions", ada.channel_id, ada.user_id, message.ts)
    body: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": slack.workspace.team_id},
        "channel": {"id": ada.channel_id},
        "user": {"id": ada.user_id},
        "message": None,
        "container": {"type": "message", "message_ts": message.ts},
        "enterprise": None,
        "trigger_id": slack.workspace.new_trigger(ada.user_id),
        "response_url": slack.url + url,
        "actions": [{"type": "button", "action_id": "copy", "block_id": "x", "value": element["value"]}],
    }
    body[missing] = None

    response = await ada.delivery.send(json.dumps(body).encode(), {"Content-Type": "application/json"})
    *_, shown = await slack.settled(at_least=2)

    assert response.status_code == 200
    assert "audience-wrong" in texts(shown.blocks)


STRANGE: list[Any] = ["x", 5, ["x"], [{"type": "button"}], {"a": "b"}, [None]]


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
@pytest.mark.parametrize("field", ["actions", "view", "channel", "user", "container", "message", "response_urls"])
async def test_no_odd_shape_gets_a_traceback_or_a_500(ada: Person, field: str, strange: Any) -> None:
    for kind in ("block_actions", "view_submission", "message_action", "shortcut", "view_closed"):
        body = {"type": kind, "callback_id": "share", "trigger_id": f"{kind}.{field}.{strange}", field: strange}
        response = await ada.delivery.send(json.dumps(body).encode(), {"Content-Type": "application/json"})
        assert response.status_code in {200, 400}
