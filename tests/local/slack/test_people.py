"""Acting as a person: what Slack's own library makes of it, and what appears."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.local.slack import Person, Slack

PASTE_MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "paste",
    "title": {"type": "plain_text", "text": "Paste"},
    "submit": {"type": "plain_text", "text": "Check"},
    "blocks": [
        {
            "type": "input",
            "block_id": "text",
            "label": {"type": "plain_text", "text": "Text"},
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True},
        }
    ],
}


async def test_a_command_is_answered_in_its_acknowledgement(bolt: AsyncApp, ada: Person) -> None:
    @bolt.command("/rhythm-auth")
    async def answer(ack: Any, body: dict[str, Any]) -> None:
        await ack(text=f"you said {body['text']}", response_type="ephemeral")

    answered = await ada.command("one two")

    assert (answered.status, answered.only.kind, answered.only.text) == (200, "ephemeral", "you said one two")
    assert answered.seconds < 1


async def test_a_modal_opens_is_filled_in_and_shows_its_result(bolt: AsyncApp, ada: Person) -> None:
    @bolt.command("/rhythm-auth")
    async def open_modal(ack: Any, client: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=PASTE_MODAL)

    @bolt.view("paste")
    async def show(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["text"]["text"]["value"]
        section = {"type": "section", "text": {"type": "plain_text", "text": text}}
        await ack(response_action="update", view={"type": "modal", "title": PASTE_MODAL["title"], "blocks": [section]})

    opened = await ada.command()
    assert opened.only.kind == "modal"
    assert ada.modal is not None
    submitted = await ada.submit(ada.modal, {"text": "first\nsecond"})

    assert submitted.only.kind == "modal-updated"
    assert submitted.only.blocks[0]["text"]["text"] == "first\nsecond"


async def test_a_direct_message_is_answered_and_the_answer_is_waited_for(
    slack: Slack, bolt: AsyncApp, ada: Person
) -> None:
    @bolt.event("message")
    async def say_so(say: Any, event: dict[str, Any]) -> None:
        await say(text=f"read: {event['text']}")

    await ada.message("see https://example.org/a?b=1&c=2 now")
    (shown,) = await slack.settled()

    assert (shown.kind, shown.text) == ("message", "read: see <https://example.org/a?b=1&amp;c=2> now")
