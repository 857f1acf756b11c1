"""What the bot may answer to a request of Slack's, and what a person sees of it."""

from typing import Any

import pytest

from bot.local.slack import Person, Slack, View

PLAIN = {"type": "plain_text", "text": "Text"}
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "paste",
    "title": PLAIN,
    "submit": PLAIN,
    "blocks": [
        {
            "type": "input",
            "block_id": "text",
            "label": PLAIN,
            "element": {"type": "plain_text_input", "action_id": "typed", "multiline": True, "max_length": 10},
        },
        {
            "type": "input",
            "block_id": "url",
            "optional": True,
            "label": PLAIN,
            "element": {"type": "plain_text_input", "action_id": "url"},
        },
    ],
}
RESULT = {"type": "modal", "title": {"type": "plain_text", "text": "Result"}, "blocks": [{"type": "divider"}]}


async def test_an_empty_acknowledgement_shows_nothing(lenient: Slack, bob: Person) -> None:
    answer = await bob.command("a")

    assert (answer.status, answer.shown, lenient.broken_rules) == (200, (), [])


async def test_a_json_acknowledgement_is_an_ephemeral_message(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(text="said", response_type="ephemeral")
    answer = await bob.command("a")

    assert (answer.only.kind, answer.only.text) == ("ephemeral", "said")
    assert answer.only.message is not None
    assert answer.only.message.ephemeral_to == bob.user_id
    assert lenient.broken_rules == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        pytest.param(
            {"text": "a", "response_type": "in_channel"},
            "slash ack: /response_type: in_channel shows the typed command to everybody",
            id="in-channel",
        ),
        pytest.param(
            {"text": "a", "replace_original": True},
            "slash ack: /replace_original: there is no original to a slash command",
            id="replace",
        ),
        pytest.param(
            {"text": "a", "delete_original": True},
            "slash ack: /delete_original: there is no original to a slash command",
            id="delete",
        ),
        pytest.param(
            {"text": "a", "blocks": [{"type": "alert"}]},
            "slash ack: /blocks/0: 'alert' is no block that a message may hold",
            id="blocks",
        ),
        pytest.param(
            {"blocks": [{"type": "divider"}]},
            "slash ack: /text: is missing: screen readers and notifications read nothing else",
            id="no-text",
        ),
    ],
)
async def test_an_acknowledgement_breaks_a_rule(
    lenient: Slack, scripted: Any, bob: Person, body: dict[str, Any], rule: str
) -> None:
    scripted.will_say(**body)
    await bob.command("a")

    assert lenient.broken_rules == [rule]


async def test_an_invalid_message_fails_for_the_person(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(text="a", blocks=[{"type": "alert"}])
    answer = await bob.command("a")

    assert (answer.only.kind, answer.only.text) == ("failed", "invalid_blocks")


@pytest.mark.parametrize(
    ("says", "content_type"),
    [(b"plain words", "text/plain"), (b"[]", "application/json"), (b'{"text": "a"}', "text/plain")],
)
async def test_an_acknowledgement_is_json_and_says_so(
    lenient: Slack, scripted: Any, bob: Person, says: bytes, content_type: str
) -> None:
    scripted.says, scripted.content_type = says, content_type
    await bob.command("a")

    assert lenient.broken_rules == [
        "slash ack: must be empty or a JSON object that says it is application/json",
    ]


async def test_another_status_than_expected_breaks_a_rule(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.status = 500
    answer = await bob.command("a")

    assert (answer.status, answer.only.kind, answer.only.text) == (500, "failed", "dispatch_failed")
    assert lenient.broken_rules == ["/rhythm-auth: was answered with HTTP status 500, not 200"]


async def test_a_status_that_is_expected_breaks_none(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.status = 401
    answer = await bob.command("a", status=401)

    assert (answer.status, lenient.broken_rules) == (401, [])


async def test_too_late_an_acknowledgement_breaks_a_rule(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.delay, bob.delivery.ack_seconds = 5, 0.1
    answer = await bob.command("a")

    assert (answer.status, answer.only.kind, answer.only.text) == (0, "failed", "operation_timeout")
    assert 0.1 <= answer.seconds < 2
    assert lenient.broken_rules == ["/rhythm-auth: was not acknowledged within 0.1 s"]


def opened(lenient: Slack, bob: Person) -> View:
    return lenient.workspace.open_view(bob.user_id, MODAL)


async def test_a_submission_sends_every_input(lenient: Slack, scripted: Any, bob: Person) -> None:
    view = opened(lenient, bob)
    await bob.submit(view, {"typed": "one\ntwo", "url": "a\nb"})

    sent = scripted.heard[-1]
    assert (sent["type"], sent["view"]["callback_id"], sent["view"]["hash"]) == ("view_submission", "paste", view.hash)
    assert sent["view"]["state"]["values"] == {
        "text": {"typed": {"type": "plain_text_input", "value": "one\ntwo"}},
        "url": {"url": {"type": "plain_text_input", "value": "a b"}},
    }


async def test_an_empty_answer_to_a_submission_closes_the_modal(lenient: Slack, bob: Person) -> None:
    answer = await bob.submit(opened(lenient, bob), {"text": "a"})

    assert answer.only.kind == "modal-closed"
    assert bob.modal is None


async def test_what_was_not_filled_in_is_null(lenient: Slack, scripted: Any, bob: Person) -> None:
    await bob.submit(opened(lenient, bob), {"text": "a"})

    assert scripted.heard[-1]["view"]["state"]["values"]["url"]["url"]["value"] is None


@pytest.mark.parametrize(
    ("values", "problem"),
    [({}, "Text: must be filled in"), ({"text": "a" * 11}, "Text: must be at most 10 characters, has 11")],
)
async def test_slack_itself_does_not_submit_what_an_input_forbids(
    lenient: Slack, bob: Person, values: dict[str, str], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        await bob.submit(opened(lenient, bob), values)


async def test_a_value_for_no_input_is_a_mistake_of_the_test(lenient: Slack, bob: Person) -> None:
    with pytest.raises(LookupError, match="the modal has no input colour"):
        await bob.submit(opened(lenient, bob), {"text": "a", "colour": "red"})


async def test_a_modal_is_updated_by_the_answer(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(response_action="update", view=RESULT)
    answer = await bob.submit(opened(lenient, bob), {"text": "a"})

    assert (answer.only.kind, answer.only.text) == ("modal-updated", "Result")
    assert bob.modal is not None
    assert bob.modal.title == "Result"


async def test_a_modal_is_pushed_and_the_one_below_shows_again(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(response_action="push", view={**RESULT, "notify_on_close": True})
    await bob.submit(opened(lenient, bob), {"text": "a"})
    pushed = bob.modal
    assert pushed is not None
    assert pushed.title == "Result"
    scripted.says = b""
    answer = await bob.close(pushed)

    assert answer is not None
    assert scripted.heard[-1]["type"] == "view_closed"
    assert "trigger_id" not in scripted.heard[-1]
    assert bob.modal is not None
    assert bob.modal.title == "Text"


async def test_clear_closes_all(lenient: Slack, scripted: Any, bob: Person) -> None:
    view = opened(lenient, bob)
    lenient.workspace.open_view(bob.user_id, MODAL, push=True)
    assert bob.modal is not None
    scripted.will_say(response_action="clear")
    answer = await bob.submit(bob.modal, {"text": "a"})

    assert (answer.only.kind, answer.only.view) == ("modal-closed", None)
    assert view.id not in lenient.workspace.views


async def test_errors_stand_at_their_inputs(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(response_action="errors", errors={"text": "Paste something"})
    answer = await bob.submit(opened(lenient, bob), {"text": "a"})

    assert (answer.only.kind, answer.only.errors) == ("modal-errors", (("text", "Paste something"),))
    assert bob.modal is not None


@pytest.mark.parametrize("errors", [{"colour": "a"}, {}, {"text": ""}, None])
async def test_errors_that_name_no_input_break_a_rule(lenient: Slack, scripted: Any, bob: Person, errors: Any) -> None:
    scripted.will_say(response_action="errors", errors=errors)
    await bob.submit(opened(lenient, bob), {"text": "a"})

    assert lenient.broken_rules == [
        "view_submission ack: /errors: must name inputs of the view (text, url) and say what is wrong"
    ]


async def test_an_unknown_response_action_breaks_a_rule(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(response_action="explode")
    answer = await bob.submit(opened(lenient, bob), {"text": "a"})

    assert lenient.broken_rules == ["view_submission ack: /response_action: 'explode' is none"]
    assert answer.only.kind == "failed"


async def test_an_invalid_view_in_the_answer_breaks_a_rule(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(response_action="update", view={**RESULT, "title": {"type": "plain_text", "text": "t" * 25}})
    answer = await bob.submit(opened(lenient, bob), {"text": "a"})

    assert lenient.broken_rules == [
        "view_submission ack: /view/title/text: must be at most 24 characters, has 25",
    ]
    assert answer.only.kind == "failed"


async def test_a_fourth_view_is_not_pushed(lenient: Slack, scripted: Any, bob: Person) -> None:
    opened(lenient, bob)
    for _ in range(2):
        lenient.workspace.open_view(bob.user_id, MODAL, push=True)
    assert bob.modal is not None
    scripted.will_say(response_action="push", view=RESULT)
    await bob.submit(bob.modal, {"text": "a"})

    assert lenient.broken_rules == ["view_submission ack: at most 3 views lie on one another"]


async def test_the_answer_to_a_click_is_empty(lenient: Slack, scripted: Any, bob: Person) -> None:
    scripted.will_say(text="a")
    await bob.global_shortcut("diagnose")

    assert lenient.broken_rules == ["shortcut ack: must be empty: Slack shows nothing of it"]
