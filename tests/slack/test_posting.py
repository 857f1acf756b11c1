"""An answer in a direct message stands there once, whatever Slack says or leaves unsaid about it."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError

from bot.local.slack import Fault, Message, Person, Slack
from bot.render.blocks import error_message
from bot.settings import Settings
from bot.slack import outgoing as module
from bot.slack import posting
from bot.slack.outgoing import Outgoing
from bot.slack.said import Said

REFERENCE = "ref-1a2b3c4d"
ANSWER = error_message(REFERENCE)
LOST = [Fault(hang=True), Fault(status=503), Fault(error="internal_error")]
DONE = [Fault(hang=True, done=True), Fault(status=503, done=True), Fault(error="internal_error", done=True)]


@pytest.fixture
async def outgoing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outgoing]:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    monkeypatch.setattr(posting, "PAUSE_SECONDS", 0.0)
    made = Outgoing(settings)
    made.open()
    yield made
    await made.close()


def written(slack: Slack, ada: Person, thread_ts: str = "") -> Said:
    """A message of a person, after another one of the bot's."""
    before = Message(ada.dm_id, slack.workspace.new_ts(), "an older answer", (), slack.workspace.bot_user_id)
    message = Message(ada.dm_id, slack.workspace.new_ts(), "token", (), ada.user_id, thread_ts=thread_ts)
    slack.workspace.messages.update({(said.channel, said.ts): said for said in (before, message)})
    more = {"thread_ts": thread_ts} if thread_ts else {}
    return Said(ada.dm_id, {"ts": message.ts, **more}, message.ts)


def answers(slack: Slack) -> list[str]:
    return [shown.message.ts for shown in slack.screen.shown if shown.message and shown.text == ANSWER.text]


@pytest.mark.parametrize("thread_ts", ["", "1790000000.000100"])
@pytest.mark.parametrize("fault", [*LOST, *DONE], ids=repr)
async def test_what_may_have_arrived_is_looked_for_before_it_is_posted_again(
    slack: Slack, ada: Person, outgoing: Outgoing, fault: Fault, thread_ts: str
) -> None:
    slack.faults.add("chat.postMessage", fault)

    ts = await posting.post(outgoing, written(slack, ada, thread_ts), ANSWER, REFERENCE)

    assert answers(slack) == [ts]
    assert len(slack.transcript.calls("chat.postMessage")) == (1 if fault.done else 2)


async def test_where_nothing_can_be_looked_up_a_second_answer_does_less_harm_than_none(
    slack: Slack, ada: Person, outgoing: Outgoing
) -> None:
    slack.faults.add("chat.postMessage", Fault(status=503, done=True))
    slack.faults.add("conversations.history", Fault(error="missing_scope"))

    await posting.post(outgoing, written(slack, ada), ANSWER, REFERENCE)

    assert len(answers(slack)) == 2


async def test_a_refusal_is_not_tried_again(slack: Slack, ada: Person, outgoing: Outgoing) -> None:
    slack.faults.add("chat.postMessage", Fault(error="channel_not_found"))

    with pytest.raises(SlackApiError):
        await posting.post(outgoing, written(slack, ada), ANSWER, REFERENCE)
    assert len(slack.transcript.calls("chat.postMessage")) == 1


async def test_it_is_given_up_after_a_few_tries(slack: Slack, ada: Person, outgoing: Outgoing) -> None:
    slack.faults.add("chat.postMessage", Fault(status=503), 9)

    with pytest.raises(SlackApiError):
        await posting.post(outgoing, written(slack, ada), ANSWER, REFERENCE)
    assert len(slack.transcript.calls("chat.postMessage")) == posting.TRIES
