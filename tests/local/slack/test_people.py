"""Acting as a person: what the bot is sent, what Slack's own library makes of it, and what appears."""

import asyncio
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.local.slack import BrokenRulesError, File, Person, Slack

PLAIN = {"type": "plain_text", "text": "Paste"}
BUTTON = {"type": "button", "action_id": "again", "text": PLAIN, "value": "ref-00000000"}
PASTE_MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "paste",
    "title": PLAIN,
    "submit": PLAIN,
    "blocks": [
        {
            "type": "input",
            "block_id": "text",
            "label": PLAIN,
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
        await ack(response_action="update", view={"type": "modal", "title": PLAIN, "blocks": [section]})

    opened = await ada.command()
    assert opened.only.kind == "modal"
    assert ada.modal is not None
    submitted = await ada.submit(ada.modal, {"text": "first\nsecond"})

    assert submitted.only.kind == "modal-updated"
    assert submitted.only.blocks[0]["text"]["text"] == "first\nsecond"


async def test_an_update_sent_right_after_the_answer_wins(slack: Slack, bolt: AsyncApp, ada: Person) -> None:
    tasks = []

    def view(title: str) -> dict[str, Any]:
        return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [{"type": "divider"}]}

    @bolt.view("paste")
    async def show(ack: Any, client: AsyncWebClient, body: dict[str, Any]) -> None:
        await ack(response_action="update", view=view("Checking"))
        tasks.append(asyncio.create_task(client.views_update(view_id=body["view"]["id"], view=view("Result"))))

    modal = slack.workspace.open_view(ada.user_id, PASTE_MODAL)
    answer = await ada.submit(modal, {"text": "a"})
    await slack.settled(at_least=2)

    assert [shown.text for shown in answer.shown] == ["Checking", "Result"]


async def test_a_button_of_an_ephemeral_message_replaces_it(slack: Slack, bolt: AsyncApp, ada: Person) -> None:
    @bolt.command("/rhythm-auth")
    async def answer(ack: Any) -> None:
        await ack(text="press", blocks=[{"type": "actions", "elements": [BUTTON]}])

    @bolt.action("again")
    async def pressed(ack: Any, respond: Any, action: dict[str, Any]) -> None:
        await ack()
        await respond(text=f"pressed {action['value']}", replace_original=True)

    answered = await ada.command("a")
    assert [element["action_id"] for element in answered.only.clickable] == ["again"]
    pressed_it = await ada.click(answered.only, "again")

    assert (pressed_it.only.kind, pressed_it.only.text) == ("updated", "pressed ref-00000000")
    with pytest.raises(LookupError, match="nothing here has the action_id again"):
        await ada.click(answered.only, "again")


async def test_a_direct_message_is_answered_and_the_answer_is_waited_for(
    slack: Slack, bolt: AsyncApp, ada: Person
) -> None:
    @bolt.event("message")
    async def say_so(say: Any, event: dict[str, Any]) -> None:
        await say(text=f"read: {event['text']}")

    await ada.message("see https://example.org/a?b=1&c=2 now")
    (shown,) = await slack.settled()

    assert (shown.kind, shown.text) == ("message", "read: see <https://example.org/a?b=1&amp;c=2> now")


async def test_waiting_for_an_answer_that_does_not_come_fails(lenient: Slack, bob: Person) -> None:
    await bob.message("hello")

    with pytest.raises(TimeoutError, match=r"expected 1 to appear within 0\.1 s, saw \[\]"):
        await lenient.settled(0.1)
    assert await lenient.settled(0.1, at_least=0) == ()


async def test_a_signature_fits_and_a_wrong_secret_is_turned_away(ada: Person, bolt: AsyncApp) -> None:
    @bolt.command("/rhythm-auth")
    async def answer(ack: Any) -> None:
        await ack()

    ada.delivery.signing_secret = "another"
    assert (await ada.command("a", status=401)).status == 401


async def test_a_bolt_application_answers_slacks_own_checks(ada: Person) -> None:
    assert (await ada.delivery.url_verification()).status == 200
    assert (await ada.delivery.ssl_check()).status == 200


async def test_a_verification_without_the_challenge_breaks_a_rule(lenient: Slack, bob: Person) -> None:
    await bob.delivery.url_verification()

    assert lenient.broken_rules == ["url_verification: the answer does not hold the challenge"]


async def test_a_command_has_the_fields_that_slack_sends(lenient: Slack, scripted: Any, bob: Person) -> None:
    await bob.command("a & b=<c>")

    sent = scripted.heard[0]
    assert (sent["command"], sent["text"]) == ("/rhythm-auth", "a & b=<c>")
    assert sorted(sent) == [
        *(
            "api_app_id",
            "channel_id",
            "channel_name",
            "command",
            "is_enterprise_install",
            "response_url",
            "team_domain",
        ),
        *("team_id", "text", "token", "trigger_id", "user_id", "user_name"),
    ]
    assert scripted.headers[0]["content-type"] == "application/x-www-form-urlencoded"
    assert scripted.headers[0]["x-slack-request-timestamp"] == "1790000000"


async def test_a_team_of_an_organisation_is_told(lenient: Slack, scripted: Any, bob: Person) -> None:
    lenient.workspace.enterprise_id = "E0LOCAL0001"
    await bob.command("a")
    await bob.global_shortcut("diagnose")

    assert scripted.heard[0]["enterprise_id"] == "E0LOCAL0001"
    assert scripted.heard[1]["enterprise"] == {"id": "E0LOCAL0001", "name": "Example"}


async def test_without_an_organisation_the_enterprise_is_null(scripted: Any, bob: Person) -> None:
    await bob.global_shortcut("diagnose")

    sent = scripted.heard[0]
    assert (sent["type"], sent["callback_id"], sent["enterprise"]) == ("shortcut", "diagnose", None)
    assert "channel" not in sent


async def test_an_edit_a_link_preview_and_a_deletion_tell_of_the_same_message(
    scripted: Any, lenient: Slack, bob: Person
) -> None:
    said = await bob.message("one")
    edited = await bob.edit(said, "two")
    await bob.unfurl(edited)
    await bob.delete(said)

    first, change, preview, deletion = (sent["event"] for sent in scripted.heard)
    assert (first["type"], first["text"], first["channel_type"]) == ("message", "one", "im")
    assert (change["subtype"], change["message"]["text"], change["previous_message"]["text"]) == (
        "message_changed",
        "two",
        "one",
    )
    assert change["message"]["ts"] == first["ts"] == preview["message"]["ts"] == deletion["deleted_ts"]
    assert "edited" in change["message"]
    assert preview["message"]["text"] == preview["previous_message"]["text"]
    assert "edited" not in preview["message"]
    assert deletion["subtype"] == "message_deleted"
    assert lenient.workspace.messages == {}


async def test_a_retry_is_the_same_event_with_its_number(scripted: Any, bob: Person) -> None:
    said = await bob.message("one")
    await bob.again(said, 2)

    assert scripted.heard[0] == scripted.heard[1]
    assert scripted.headers[1]["x-slack-retry-num"] == "2"
    assert scripted.headers[1]["x-slack-retry-reason"] == "http_timeout"


async def test_the_bot_hears_of_its_own_messages(
    lenient: Slack, scripted: Any, bob: Person, web: AsyncWebClient
) -> None:
    posted = await web.chat_postMessage(channel=bob.dm_id, text="said")
    await bob.echo(lenient.screen.shown[-1])
    await web.chat_update(channel=bob.dm_id, ts=posted["ts"], text="changed")
    await bob.echo(lenient.screen.shown[-1])

    first, second = (sent["event"] for sent in scripted.heard)
    assert (first["user"], first["bot_id"], first["text"]) == ("U0LOCALBOT1", "B0LOCAL0001", "said")
    assert (second["subtype"], second["message"]["bot_id"]) == ("message_changed", "B0LOCAL0001")


async def test_nobody_hears_of_an_ephemeral_message(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(text="psst")
    answer = await bob.command("a")

    with pytest.raises(LookupError):
        await bob.echo(answer.only)


async def test_a_snippet_is_read_with_the_bots_token_alone(lenient: Slack, scripted: Any, bob: Person) -> None:
    await bob.message("", files=[File("log.txt", b"line\n" * 200)])
    event = scripted.heard[0]["event"]
    (file,) = event["files"]

    assert (event["subtype"], file["mode"], file["size"]) == ("file_share", "snippet", 1000)
    assert file["preview_is_truncated"] is True
    async with httpx.AsyncClient() as client:
        stranger = await client.get(file["url_private"])
        bot = await client.get(file["url_private"], headers={"Authorization": f"Bearer {lenient.bot_token}"})
        lenient.scopes.discard("files:read")
        denied = await client.get(file["url_private"], headers={"Authorization": f"Bearer {lenient.bot_token}"})
    assert stranger.headers["content-type"].startswith("text/html")
    assert bot.content == b"line\n" * 200
    assert denied.headers["content-type"].startswith("text/html")


async def test_a_file_of_another_service_lies_elsewhere(scripted: Any, bob: Person) -> None:
    await bob.message("", files=[File("a", b"", mode="external", external_url="https://files.example.org/a")])
    (file,) = scripted.heard[0]["event"]["files"]

    assert (file["is_external"], file["url_private"]) == (True, "https://files.example.org/a")
    assert "preview" not in file


async def test_blocks_of_a_message_are_sent_as_they_stand(scripted: Any, bob: Person) -> None:
    await bob.message("<https://example.org>", blocks=[])

    event = scripted.heard[0]["event"]
    assert event["text"] == "<https://example.org>"
    assert "blocks" not in event


async def test_a_shortcut_carries_the_message(scripted: Any, lenient: Slack, bob: Person) -> None:
    said = await bob.message("look")
    assert said.request.message is not None
    await bob.shortcut("diagnose_message", message=said.request.message)

    sent = scripted.heard[-1]
    assert (sent["type"], sent["callback_id"], sent["message"]["text"]) == (
        "message_action",
        "diagnose_message",
        "look",
    )
    assert sent["response_url"].startswith(lenient.url)


async def test_home_is_opened_with_the_view_that_is_there(
    scripted: Any, lenient: Slack, bob: Person, web: AsyncWebClient
) -> None:
    await bob.open_home()
    await web.views_publish(user_id=bob.user_id, view={"type": "home", "blocks": [{"type": "divider"}]})
    await bob.open_home()
    await bob.open_home(tab="messages")

    first, second, messages = (sent["event"] for sent in scripted.heard)
    assert (first["type"], first["tab"]) == ("app_home_opened", "home")
    assert "view" not in first
    assert second["view"]["type"] == "home"
    assert (messages["tab"], "view" in messages) == ("messages", False)


async def test_a_click_on_home_and_in_a_modal_carries_the_view(scripted: Any, lenient: Slack, bob: Person) -> None:
    with_button = {**PASTE_MODAL, "blocks": [*PASTE_MODAL["blocks"], {"type": "actions", "elements": [BUTTON]}]}
    modal = lenient.workspace.open_view(bob.user_id, with_button)
    await bob.click(modal, "again", values={"text": "half typed"})

    sent = scripted.heard[-1]
    assert sent["container"] == {"type": "view", "view_id": modal.id}
    assert sent["view"]["state"]["values"]["text"]["text"]["value"] == "half typed"
    assert "response_url" not in sent


async def test_an_option_of_a_menu_is_picked(scripted: Any, lenient: Slack, bob: Person) -> None:
    options = [{"text": PLAIN, "value": value} for value in ("a", "b")]
    menu = {"type": "overflow", "action_id": "menu", "options": options}
    home = lenient.workspace.publish_home(
        bob.user_id, {"type": "home", "blocks": [{"type": "actions", "elements": [menu]}]}
    )
    await bob.click(home, "menu", option="b")

    assert scripted.heard[-1]["actions"][0]["selected_option"]["value"] == "b"
    with pytest.raises(LookupError, match="the menu menu has no option c"):
        await bob.click(home, "menu", option="c")


async def test_a_broken_rule_is_raised_when_slack_is_left() -> None:
    slack = Slack()
    await slack.__aenter__()
    slack.workspace.breaks("chat.shout", "is no method that the bot needs")

    with pytest.raises(BrokenRulesError, match=r"chat\.shout: is no method"):
        await slack.__aexit__(None, None, None)


async def test_another_error_is_not_hidden_by_a_broken_rule() -> None:
    slack = Slack()
    await slack.__aenter__()
    slack.workspace.breaks("chat.shout", "is no method that the bot needs")
    error = ZeroDivisionError()
    await slack.__aexit__(ZeroDivisionError, error, None)

    assert "chat.shout: is no method" in error.__notes__[0]
