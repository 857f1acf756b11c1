import json

from bot.local.slack import Person, Slack
from tests.slack.doubles import HEADLINE


async def test_check_another_opens_the_form(slack: Slack, ada: Person) -> None:
    answer = await ada.command("token")

    await ada.click(answer.only, "check_another")
    (shown,) = await slack.settled()

    assert shown.kind == "modal"
    assert ada.modal is not None
    assert ada.modal.callback_id == "paste"


async def test_dismiss_deletes_the_answer_and_sends_nothing_else(slack: Slack, ada: Person) -> None:
    answer = await ada.command("token")

    await ada.click(answer.only, "dismiss")
    (shown,) = await slack.settled()

    assert shown.kind == "deleted"
    assert shown.text == HEADLINE
    (sent,) = slack.transcript.calls("response_url")
    assert json.loads(sent.body) == {"delete_original": True}


async def test_dismiss_deletes_an_answer_in_a_direct_message(slack: Slack, ada: Person) -> None:
    await ada.message("token")
    (answer,) = await slack.settled()

    await ada.click(answer, "dismiss")
    (shown,) = await slack.settled()

    assert shown.kind == "deleted"


async def test_a_button_of_an_older_version_gets_a_polite_answer(slack: Slack, ada: Person) -> None:
    answer = await ada.command("token")
    message = answer.only.message
    assert message is not None
    for block in message.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == "dismiss":
                element["action_id"] = "button_of_last_year"

    await ada.click(answer.only, "button_of_last_year")
    (shown,) = await slack.settled()

    assert shown.kind == "ephemeral"
    assert "no longer works" in shown.text
