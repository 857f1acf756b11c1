import json

import pytest

from bot.local.slack import Fault, Message, Person, Shown, Slack
from tests.slack.doubles import TOKEN, texts

SUMMARY = "Shared 401 check: The token is for another audience."


async def click(slack: Slack, ada: Person, shown: Shown, action: str) -> Shown:
    await ada.click(shown, action)
    (next_one,) = await slack.settled()
    return next_one


async def posted(slack: Slack, ada: Person, preview: Shown) -> Shown:
    """Agrees to a preview; returns what everybody sees, once the preview is gone."""
    await ada.click(preview, "share_post")
    message, gone = await slack.settled(at_least=2)
    assert gone.kind == "deleted"
    return message


async def test_a_summary_is_shown_first_and_then_posted_where_the_bot_is_no_member(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    preview = await click(slack, ada, answer.only, "share")

    assert preview.kind == "ephemeral"
    assert "Exactly this will be posted for everybody here" in texts(preview.blocks)

    message = await posted(slack, ada, preview)

    assert message.text == SUMMARY
    assert message.message is not None
    assert (message.message.channel, message.message.ephemeral_to) == (ada.channel_id, "")
    assert f"Shared by <@{ada.user_id}>" in texts(message.blocks)
    assert slack.workspace.bot_user_id not in slack.workspace.channels[ada.channel_id].members
    assert texts(message.blocks[:1]) in texts(preview.blocks)
    assert slack.holds(TOKEN, 20) == []


async def test_what_is_posted_holds_nothing_of_the_token(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    message = await posted(slack, ada, await click(slack, ada, answer.only, "share"))

    assert "sha256" not in json.dumps(message.blocks)
    assert "example.org" not in json.dumps(message.blocks)


async def test_a_preview_that_is_declined_goes_away(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    preview = await click(slack, ada, answer.only, "share")

    gone = await click(slack, ada, preview, "dismiss")

    assert gone.kind == "deleted"
    assert not [shown for shown in slack.screen.shown if shown.kind == "message"]


async def test_a_second_click_does_not_post_it_twice(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    preview = await click(slack, ada, answer.only, "share")

    await ada.click(preview, "share_post")
    await ada.click(preview, "share_post")
    await slack.settled(at_least=0, quiet=0.1)

    assert [shown.text for shown in slack.screen.shown if shown.kind == "message"] == [SUMMARY]


async def test_in_a_thread_it_is_posted_in_the_thread(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    message = answer.only.message
    assert message is not None
    in_thread = Message(**{**vars(message), "thread_ts": "1790000000.000100"})
    slack.workspace.messages[message.channel, message.ts] = in_thread

    preview = await click(slack, ada, answer.only, "share")
    shared = await posted(slack, ada, preview)

    assert preview.message is not None
    assert shared.message is not None
    assert preview.message.thread_ts == shared.message.thread_ts == "1790000000.000100"


async def test_where_the_response_url_is_of_no_use_a_member_posts(slack: Slack, ada: Person) -> None:
    slack.workspace.channels[ada.channel_id].members.add(slack.workspace.bot_user_id)
    answer = await ada.command(TOKEN)
    preview = await click(slack, ada, answer.only, "share")
    slack.faults.add("response_url", Fault(status=404))

    message = await posted(slack, ada, preview)

    assert message.text == SUMMARY
    assert len(slack.transcript.calls("chat.postMessage")) == 1


async def test_where_nothing_can_be_posted_the_person_is_told(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    preview = await click(slack, ada, answer.only, "share")
    slack.faults.add("response_url", Fault(status=404))

    await ada.click(preview, "share_post")
    (told,) = await slack.settled()

    assert told.kind == "ephemeral"
    assert "I could not post the summary there" in told.text
    assert (await posted(slack, ada, preview)).text == SUMMARY


async def test_a_text_for_support_can_be_copied(slack: Slack, ada: Person) -> None:
    answer = await ada.command(TOKEN)
    copy = await click(slack, ada, answer.only, "copy")

    assert copy.kind == "ephemeral"
    shown = texts(copy.blocks)
    assert "cause: audience-wrong (certain)" in shown
    assert "fingerprint: sha256:" in shown
    assert TOKEN[:10] not in shown
    assert (await click(slack, ada, copy, "dismiss")).kind == "deleted"


async def test_out_of_a_direct_message_it_is_shared_in_a_conversation_of_ones_choice(slack: Slack, ada: Person) -> None:
    await ada.message(TOKEN)
    (answer,) = await slack.settled()
    preview = await click(slack, ada, answer, "share")
    assert preview.view is not None
    assert "in the conversation that you choose below" in texts(preview.blocks)

    message, done = (await ada.submit(preview.view, {"where": ada.channel_id})).shown

    assert message.message is not None
    assert (message.text, message.message.channel) == (SUMMARY, ada.channel_id)
    assert "The summary is posted." in texts(done.blocks)
    assert (await click(slack, ada, answer, "copy")).kind == "ephemeral"


@pytest.mark.parametrize("surface", ["command", "modal"])
async def test_a_button_that_fails_says_so_with_the_reference(
    slack: Slack, ada: Person, monkeypatch: pytest.MonkeyPatch, surface: str
) -> None:
    answer = (await ada.command(TOKEN)).only if surface == "command" else await result(slack, ada)

    def fails(*_: object) -> None:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr("bot.slack.sharing.blocks.support_message", fails)
    told = await click(slack, ada, answer, "copy")

    assert "Something went wrong on my side" in told.text
    assert "ref-" in texts(told.blocks)
    assert slack.holds(TOKEN, 20) == []


@pytest.mark.parametrize("action", ["share", "copy"])
@pytest.mark.parametrize("value", ["", "ref-1a2b3c4d", '{"v":0}'])
async def test_a_button_of_an_older_version_gets_a_polite_answer(
    slack: Slack, ada: Person, action: str, value: str
) -> None:
    answer = await ada.command(TOKEN)
    message = answer.only.message
    assert message is not None
    for element in message.blocks[-1]["elements"]:
        if element["action_id"] == action:
            element["value"] = value

    told = await click(slack, ada, answer.only, action)

    assert "no longer works" in told.text
    assert "ref-" in texts(told.blocks)


# In modals


async def result(slack: Slack, ada: Person) -> Shown:
    await ada.command("")
    await slack.settled()
    assert ada.modal is not None
    return (await ada.submit(ada.modal, {"paste": TOKEN})).only


async def test_a_result_of_the_form_is_shared_in_a_conversation_of_ones_choice(slack: Slack, ada: Person) -> None:
    other = slack.workspace.add_channel("integrations", ada.user_id)
    preview = await click(slack, ada, await result(slack, ada), "share")
    assert preview.view is not None
    assert preview.kind == "modal"
    assert "Exactly this will be posted" in texts(preview.blocks)

    answer = await ada.submit(preview.view, {"where": other})

    message, done = answer.shown
    assert message.message is not None
    assert (message.text, message.message.channel) == (SUMMARY, other)
    assert "The summary is posted." in texts(done.blocks)
    assert "ref-" in texts(done.blocks)


async def test_the_conversation_one_is_in_is_chosen_already(slack: Slack, ada: Person) -> None:
    preview = await click(slack, ada, await result(slack, ada), "share")
    assert preview.view is not None

    message, _done = (await ada.submit(preview.view)).shown

    assert message.message is not None
    assert message.message.channel == ada.channel_id


async def test_the_result_lies_below_what_was_laid_on_it(slack: Slack, ada: Person) -> None:
    copy = await click(slack, ada, await result(slack, ada), "copy")
    assert copy.view is not None
    assert "cause: audience-wrong (certain)" in texts(copy.blocks)

    await ada.close(copy.view)

    assert ada.modal is not None
    assert ada.modal.callback_id == "result"


async def shortcut(slack: Slack, ada: Person, thread_ts: str = "") -> tuple[Shown, Message]:
    said = Message(ada.channel_id, slack.workspace.new_ts(), TOKEN, (), "U0SOMEBODY", thread_ts=thread_ts)
    slack.workspace.messages[said.channel, said.ts] = said
    await ada.shortcut("diagnose_message", message=said)
    (shown,) = await slack.settled()
    return shown, said


@pytest.mark.parametrize("thread_ts", ["", "1790000000.000100"])
async def test_a_result_on_a_message_is_shared_in_its_thread(slack: Slack, ada: Person, thread_ts: str) -> None:
    shown, said = await shortcut(slack, ada, thread_ts)
    preview = await click(slack, ada, shown, "share")
    assert preview.view is not None
    assert "in the thread of the message" in texts(preview.blocks)

    message, done = (await ada.submit(preview.view)).shown

    assert message.message is not None
    assert (message.message.channel, message.message.thread_ts) == (ada.channel_id, thread_ts or said.ts)
    assert "The summary is posted." in texts(done.blocks)


async def test_where_it_cannot_be_posted_the_modal_says_so(slack: Slack, ada: Person) -> None:
    shown, _ = await shortcut(slack, ada)
    preview = await click(slack, ada, shown, "share")
    assert preview.view is not None
    slack.faults.add("response_url", Fault(status=404))

    done = (await ada.submit(preview.view)).only

    assert "I could not post the summary there" in texts(done.blocks)


async def test_where_slack_does_not_answer_the_modal_says_so_in_time(slack: Slack, ada: Person) -> None:
    shown, _ = await shortcut(slack, ada)
    preview = await click(slack, ada, shown, "share")
    assert preview.view is not None
    slack.faults.add("response_url", Fault(hang=True))

    answer = await ada.submit(preview.view)

    assert answer.seconds < 2.8
    assert "I could not post the summary there" in texts(answer.only.blocks)
