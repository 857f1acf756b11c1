from bot.local.slack import Fault, Message, Person, Slack
from tests.slack.doubles import HEADLINE, Diagnosing, texts


async def test_the_global_shortcut_opens_the_form(slack: Slack, ada: Person) -> None:
    await ada.global_shortcut("diagnose")
    (shown,) = await slack.settled()

    assert shown.kind == "modal"
    assert shown.view is not None
    assert shown.view.callback_id == "paste"


async def test_a_message_is_diagnosed_for_the_caller_alone(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    said = Message(ada.channel_id, slack.workspace.new_ts(), "we get 401 with token &amp; more", (), "U0SOMEBODY")
    slack.workspace.messages[said.channel, said.ts] = said

    await ada.shortcut("diagnose_message", message=said)
    (shown,) = await slack.settled()

    assert shown.kind == "modal"
    assert shown.view is not None
    assert shown.view.user == ada.user_id
    assert shown.view.callback_id == "result"
    assert "another audience" in texts(shown.blocks)
    assert diagnosing.seen[0].text == "we get 401 with token &amp; more"


async def test_where_no_modal_opens_the_answer_comes_as_a_message(slack: Slack, ada: Person) -> None:
    said = Message(ada.channel_id, slack.workspace.new_ts(), "token", (), "U0SOMEBODY")
    slack.workspace.messages[said.channel, said.ts] = said
    slack.faults.add("views.open", Fault(error="expired_trigger_id"))

    await ada.shortcut("diagnose_message", message=said)
    (shown,) = await slack.settled()

    assert (shown.kind, shown.text) == ("ephemeral", HEADLINE)
    assert "tell_author" not in [element["action_id"] for element in shown.clickable]


async def test_a_failure_reaches_the_caller(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    diagnosing.fails = "read"
    said = Message(ada.channel_id, slack.workspace.new_ts(), "token", (), "U0SOMEBODY")
    slack.workspace.messages[said.channel, said.ts] = said

    await ada.shortcut("diagnose_message", message=said)
    (shown,) = await slack.settled()

    assert shown.kind == "ephemeral"
    assert "Something went wrong" in shown.text
