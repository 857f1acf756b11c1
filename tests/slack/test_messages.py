import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import pytest

from bot.local.in_process import in_process
from bot.local.slack import Fault, File, Person, Slack
from bot.server.running import Running
from bot.server.web import create_app
from bot.settings import Settings
from bot.slack import links
from bot.slack.desk import BusyError
from tests.slack.doubles import HEADLINE, Diagnosing, texts


def posted(slack: Slack) -> list[str]:
    return [entry.what for entry in slack.transcript.entries if entry.what in {"chat.postMessage", "chat.update"}]


async def test_a_message_gets_one_answer(slack: Slack, ada: Person) -> None:
    answer = await ada.message("Bearer token")
    (shown,) = await slack.settled()

    assert answer.status == 200
    assert shown.kind == "message"
    assert shown.text == HEADLINE
    assert shown.message is not None
    assert shown.message.channel == ada.dm_id
    assert shown.message.thread_ts == ""


async def test_rich_text_is_read_rather_than_markup(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    await ada.message("token for https://rolodex.api.rhythmsoftware.com/contacts/current & more")
    await slack.settled()

    assert diagnosing.seen[0].text == "token for https://rolodex.api.rhythmsoftware.com/contacts/current & more"


async def test_a_reply_in_a_thread_is_answered_in_the_thread(slack: Slack, ada: Person) -> None:
    await ada.message("token", thread_ts="1790000000.000100")
    (shown,) = await slack.settled()

    assert shown.message is not None
    assert shown.message.thread_ts == "1790000000.000100"


async def test_an_edit_changes_the_answer(slack: Slack, ada: Person) -> None:
    answer = await ada.message("nothing much")
    await slack.settled()

    await ada.edit(answer, "here is the token")
    (shown,) = await slack.settled()

    assert shown.kind == "updated"
    assert shown.text == HEADLINE
    assert posted(slack) == ["chat.postMessage", "chat.update"]


async def test_an_edit_while_the_first_answer_is_under_way_leaves_one_answer(slack: Slack, ada: Person) -> None:
    slack.faults.add("chat.postMessage", Fault(status=429, retry_after=0))
    answer = await ada.message("nothing much")

    await ada.edit(answer, "the token")
    await slack.settled()
    await asyncio.sleep(1.2)
    await slack.settled(at_least=0)

    shown = [shown for shown in slack.screen.shown if shown.kind in {"message", "updated"}]
    assert [one.kind for one in shown] == ["message", "updated"]
    assert shown[-1].text == HEADLINE


async def test_an_edit_of_a_message_that_is_not_known_any_more_is_answered_anew(
    slack: Slack, ada: Person, running: Running
) -> None:
    answer = await ada.message("nothing much")
    (first,) = await slack.settled()
    assert first.message is not None
    slack.workspace.delete(first.message)

    await ada.edit(answer, "the token")
    (shown,) = await slack.settled()

    assert shown.kind == "message"
    assert shown.text == HEADLINE
    assert len(running.tasks) == 0


async def test_an_edit_after_a_restart_gets_a_new_answer_that_says_so(
    slack: Slack, ada: Person, settings: Settings, diagnosing: Diagnosing
) -> None:
    answer = await ada.message("nothing much")
    (first,) = await slack.settled()
    async with in_process(create_app(settings, diagnosing.given())) as client:
        restarted = replace(ada.delivery, client=client)
        ada.delivery = restarted
        await ada.edit(answer, "the token")
        (shown,) = await slack.settled()
        await ada.edit(answer, "the token again")
        (changed,) = await slack.settled()

    assert "I was restarted" not in texts(first.blocks)
    assert shown.kind == "message"
    assert shown.text == HEADLINE
    assert "You changed a message that I no longer remember, since I was restarted." in texts(shown.blocks)
    assert changed.kind == "updated"
    assert "restarted" not in texts(changed.blocks)


async def test_an_answer_leads_to_the_message_that_must_be_deleted(slack: Slack, ada: Person) -> None:
    answer = await ada.message("the token")
    (shown,) = await slack.settled()

    said = answer.request.message
    assert said is not None
    link = f"{slack.workspace.url}archives/{ada.dm_id}/p{said.ts.replace('.', '')}"
    assert {"type": "link", "url": link, "text": "Open it"} in shown.blocks[4]["elements"][0]["elements"]
    assert "Delete your message" in texts(shown.blocks)


@pytest.mark.parametrize("fault", [Fault(error="message_not_found"), Fault(hang=True)])
async def test_without_a_link_the_answer_comes_all_the_same(
    slack: Slack, ada: Person, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(links, "PERMALINK_SECONDS", 0.1)
    slack.faults.add("chat.getPermalink", fault)

    await ada.message("the token")
    (shown,) = await slack.settled()

    assert "It still holds the token.  More actions" in texts(shown.blocks)


async def test_without_a_secret_nothing_has_to_be_deleted(slack: Slack, ada: Person) -> None:
    await ada.message("what is this")
    (shown,) = await slack.settled()

    assert "Delete your message" not in texts(shown.blocks)
    assert not slack.transcript.calls("chat.getPermalink")


async def test_a_link_preview_is_no_edit(slack: Slack, ada: Person) -> None:
    answer = await ada.message("token https://example.org")
    await slack.settled()

    await ada.unfurl(answer)
    await slack.settled(at_least=0)

    assert posted(slack) == ["chat.postMessage"]


async def test_deleting_a_message_is_not_answered(slack: Slack, ada: Person) -> None:
    answer = await ada.message("token")
    await slack.settled()

    await ada.delete(answer)
    await slack.settled(at_least=0)

    assert posted(slack) == ["chat.postMessage"]


async def test_an_event_that_comes_again_is_answered_once(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    answer = await ada.message("token")
    again = await ada.again(answer)
    await slack.settled()
    third = await ada.again(answer, 2)
    await slack.settled(at_least=0)

    assert (again.status, third.status) == (200, 200)
    assert posted(slack) == ["chat.postMessage"]
    assert len(diagnosing.seen) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message", "bot_id": "B0OTHER"},
        {"subtype": "channel_join"},
        {"channel_type": "channel"},
        {"user": ""},
    ],
)
async def test_what_no_person_wrote_to_the_bot_is_left_alone(slack: Slack, ada: Person, more: dict[str, str]) -> None:
    event = {
        "type": "message",
        "channel": ada.dm_id,
        "channel_type": "im",
        "user": ada.user_id,
        "text": "token",
        "ts": "1790000000.000200",
        "event_ts": "1790000000.000200",
        **more,
    }
    answer = await ada.event(event)
    await slack.settled(at_least=0)

    assert answer.status == 200
    assert posted(slack) == []


async def test_the_bots_own_messages_are_left_alone(slack: Slack, ada: Person) -> None:
    await slack.settled(at_least=0)
    event = {
        "type": "message",
        "channel": ada.dm_id,
        "channel_type": "im",
        "user": slack.workspace.bot_user_id,
        "text": "token",
        "ts": "1790000000.000300",
    }
    await ada.event(event)
    await slack.settled(at_least=0)

    assert posted(slack) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello!", "Hello"),
        ("Thank you!", "You are welcome"),
        ("help", "How to find out"),
        ("what is this", "Nothing to check"),
    ],
)
async def test_words_are_answered_too(slack: Slack, ada: Person, text: str, said: str) -> None:
    await ada.message(text)
    (shown,) = await slack.settled()

    assert said in shown.text


async def test_a_file_gets_a_kind_answer(slack: Slack, ada: Person) -> None:
    await ada.message("", files=[File("shot.png", b"x", mode="hosted", mimetype="image/png")])
    (shown,) = await slack.settled()

    assert shown.kind == "message"
    assert "cannot read pictures" in shown.text


async def test_a_failure_is_one_sentence_with_a_reference(slack: Slack, ada: Person, diagnosing: Diagnosing) -> None:
    diagnosing.fails = "judge"

    await ada.message("token")
    (shown,) = await slack.settled()

    assert "Something went wrong" in shown.text
    assert "ref-" in texts(shown.blocks)


async def test_every_answer_has_the_reference_of_its_log_line(
    slack: Slack, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    for text in ("help", "hello", "status", "privacy", "the token", "idle words", ""):
        caplog.clear()
        await ada.message(text)
        (shown,) = await slack.settled()
        logged = {record.__dict__["reference"] for record in caplog.records if "reference" in record.__dict__}
        assert len(logged) == 1
        assert logged.pop() in texts(shown.blocks)


async def test_a_flood_is_put_off_and_comes_again(slack: Slack, ada: Person, running: Running) -> None:
    def full(work: Coroutine[Any, Any, None]) -> None:
        work.close()
        raise BusyError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running.tasks, "start", full)
        answer = await ada.message("token", status=503)

    await ada.again(answer)
    (shown,) = await slack.settled()

    assert shown.text == HEADLINE
