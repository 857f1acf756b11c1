"""Live checks in Slack: awaited for a moment, announced where they take longer, and completed where the answer is."""

import asyncio
import io
import logging
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.local.in_process import in_process
from bot.local.slack import Message, Person, Shown, Slack
from bot.observation import Observation
from bot.server.running import Running
from bot.server.web import create_app
from bot.settings import Settings
from bot.slack import asking, turn
from tests.slack.doubles import HEADLINE, LIVE_HEADLINE, TOKEN, Diagnosing, Probing, logged, texts

WAIT = 0.15


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WAIT_SECONDS", WAIT)
    for module in ("commands", "messages", "modals", "words"):
        monkeypatch.setattr(f"bot.slack.{module}.WAIT_SECONDS", WAIT)
    monkeypatch.setattr(turn, "SETTLING_SECONDS", 0.01)


@pytest.fixture
def probing() -> Probing:
    return Probing()


@pytest.fixture
def app(settings: Settings, diagnosing: Diagnosing, probing: Probing) -> Starlette:
    return create_app(settings, diagnosing.given(probing))


def buttons(shown: Shown) -> list[str]:
    return [str(element["action_id"]) for element in shown.clickable]


async def shown_next(slack: Slack, kind: str) -> Shown:
    """The next thing of a kind to appear, whatever came before."""
    async with asyncio.timeout(3):
        while not slack.screen.of(-1) or slack.screen.of(-1)[-1].kind != kind:
            await slack.screen.changed()
    return slack.screen.of(-1)[-1]


async def test_a_command_waits_for_quick_checks_and_answers_once(slack: Slack, ada: Person, probing: Probing) -> None:
    probing.done.set()

    answer = await ada.command("token")
    await slack.settled()

    assert answer.only.text == LIVE_HEADLINE
    assert "Still checking" not in texts(answer.only.blocks)
    assert [(case.text, user) for case, user in probing.asked] == [("token", ada.user_id)]


async def test_a_command_answers_in_time_and_the_result_follows(slack: Slack, ada: Person, probing: Probing) -> None:
    answer = await ada.command("token")
    first = answer.only
    probing.done.set()
    await slack.settled(at_least=2)
    _, second = answer.shown

    assert answer.seconds < 1
    assert first.text == HEADLINE
    assert "Still checking ⏳ whether its signature fits, whether the API accepts this token." in texts(first.blocks)
    assert "The result follows in one more message." in texts(first.blocks)
    assert (second.kind, second.text) == ("ephemeral", LIVE_HEADLINE)
    assert "With live checks. This answer replaces the one before." in texts(second.blocks)
    (reference,) = {word for word in texts(first.blocks).split() if word.startswith("`ref-")}
    assert reference in texts(second.blocks)
    assert len(slack.transcript.calls("response_url")) == 1


async def test_checks_that_fail_leave_the_answer_standing(slack: Slack, ada: Person, probing: Probing) -> None:
    probing.fails = True
    answer = await ada.command("token")
    probing.done.set()
    await slack.settled(at_least=2)

    assert answer.shown[0].text == HEADLINE
    assert "did not come to an end. The answer above stands." in answer.shown[1].text


async def test_where_there_is_nothing_to_ask_nothing_is_announced(slack: Slack, ada: Person, probing: Probing) -> None:
    answer = await ada.command("what is this")

    assert "Nothing to check" in answer.only.text
    assert "Still checking" not in texts(answer.only.blocks)
    assert probing.asked == []


async def test_a_used_up_response_url_is_followed_by_a_direct_message(
    slack: Slack, ada: Person, probing: Probing
) -> None:
    answer = await ada.command("token")
    for url in slack.workspace.response_urls.values():
        url.uses = 5
    probing.done.set()
    message = await shown_next(slack, "message")
    slack.broken_rules.clear()  # it was tried

    assert answer.shown[0].text == HEADLINE
    assert message.text == LIVE_HEADLINE
    assert message.message is not None
    assert message.message.channel == ada.dm_id


async def test_a_used_up_response_url_is_followed_by_an_ephemeral_message_where_the_bot_is_a_member(
    slack: Slack, ada: Person, probing: Probing
) -> None:
    slack.workspace.channels[ada.channel_id].members.add(slack.workspace.bot_user_id)
    await ada.command("token")
    for url in slack.workspace.response_urls.values():
        url.made_at -= 31 * 60
    probing.done.set()
    await slack.settled(at_least=2)
    slack.broken_rules.clear()  # it was tried

    last = slack.screen.of(-1)[-1]
    assert (last.kind, last.text) == ("ephemeral", LIVE_HEADLINE)


async def form(slack: Slack, ada: Person) -> None:
    await ada.command("")
    await slack.settled()


async def test_a_modal_shows_progress_and_then_the_result_in_place(slack: Slack, ada: Person, probing: Probing) -> None:
    await form(slack, ada)
    assert ada.modal is not None
    answer = await ada.submit(ada.modal, {"paste": "token"})
    (first,) = answer.shown
    probing.done.set()
    await slack.settled(at_least=2)

    assert first.kind == "modal-updated"
    assert "Still checking ⏳ whether its signature fits, whether the API accepts this token." in texts(first.blocks)
    assert "keep this window open" in texts(first.blocks)
    assert "share" in buttons(first)
    second = answer.shown[1]
    assert second.kind == "modal-updated"
    assert "Nothing wrong with this token" in texts(second.blocks)
    assert "Still checking" not in texts(second.blocks)


async def test_a_modal_with_quick_checks_is_shown_once(slack: Slack, ada: Person, probing: Probing) -> None:
    probing.done.set()
    await form(slack, ada)
    assert ada.modal is not None

    answer = await ada.submit(ada.modal, {"paste": "token"})
    await slack.settled()

    assert "Nothing wrong with this token" in texts(answer.only.blocks)
    assert not slack.transcript.calls("views.update")


async def test_a_late_result_does_not_take_the_place_of_a_new_form(
    slack: Slack, ada: Person, probing: Probing, running: Running
) -> None:
    await form(slack, ada)
    assert ada.modal is not None
    await ada.submit(ada.modal, {"paste": "token"})
    await ada.click(ada.modal, "check_another")
    await slack.settled()
    probing.done.set()
    await running.tasks.settled()

    assert ada.modal.callback_id == "paste"
    assert len(slack.transcript.calls("views.update")) == 1


async def test_a_modal_that_was_closed_is_left_alone(
    slack: Slack, ada: Person, probing: Probing, running: Running
) -> None:
    await form(slack, ada)
    view = ada.modal
    assert view is not None
    await ada.submit(view, {"paste": "token"})
    await ada.close(view)
    probing.done.set()
    await running.tasks.settled()

    assert ada.modal is None
    assert len(running.tasks) == 0


async def test_a_direct_message_is_answered_and_its_answer_changes(slack: Slack, ada: Person, probing: Probing) -> None:
    await ada.message("the token")
    first = await shown_next(slack, "message")
    probing.done.set()
    second = await shown_next(slack, "updated")

    assert first.text == HEADLINE
    assert "This answer will change when it is known." in texts(first.blocks)
    assert second.text == LIVE_HEADLINE
    assert "Still checking" not in texts(second.blocks)
    assert "Open it" in texts(second.blocks)
    assert len(slack.transcript.calls("chat.postMessage")) == 1


async def test_an_edit_wins_over_the_late_result_of_an_older_text(
    slack: Slack, ada: Person, probing: Probing, running: Running
) -> None:
    answer = await ada.message("the token")
    await shown_next(slack, "message")
    await ada.edit(answer, "never mind")
    await shown_next(slack, "updated")
    probing.done.set()
    await running.tasks.settled()

    messages = [shown for shown in slack.screen.shown if shown.kind in {"message", "updated"}]
    assert [shown.kind for shown in messages] == ["message", "updated"]
    assert "Nothing to check" in messages[-1].text


async def test_a_direct_message_says_where_checks_failed(slack: Slack, ada: Person, probing: Probing) -> None:
    probing.fails = True
    await ada.message("the token")
    await shown_next(slack, "message")
    probing.done.set()
    changed = await shown_next(slack, "updated")

    assert changed.text == HEADLINE
    assert "The live checks did not come to an end: this rests on what you gave." in texts(changed.blocks)


def somebodys(slack: Slack, ada: Person, text: str = "we get 401 with token") -> Message:
    author = slack.workspace.add_user("bob")
    said = Message(ada.channel_id, slack.workspace.new_ts(), text, (), author)
    slack.workspace.messages[said.channel, said.ts] = said
    return said


async def test_somebodys_token_is_asked_about_only_after_a_click(slack: Slack, ada: Person, probing: Probing) -> None:
    await ada.shortcut("diagnose_message", message=somebodys(slack, ada))
    (modal,) = await slack.settled()
    assert probing.asked == []
    assert buttons(modal)[0] == "run_live"

    await ada.click(modal, "run_live")
    (progress,) = await slack.settled()
    probing.done.set()
    await slack.settled(at_least=2)
    done = slack.screen.of(-1)[-1]

    assert "Still checking" in texts(progress.blocks)
    assert "run_live" not in buttons(progress)
    assert "Nothing wrong with this token" in texts(done.blocks)
    assert buttons(done) == ["tell_author", "check_another", "share", "copy"]
    assert [user for _, user in probing.asked] == [ada.user_id]


async def test_a_second_click_before_the_button_is_gone_is_no_complaint(
    slack: Slack, ada: Person, probing: Probing
) -> None:
    await ada.shortcut("diagnose_message", message=somebodys(slack, ada))
    (modal,) = await slack.settled()
    probing.done.set()
    before = len(slack.screen.of(-1))

    await asyncio.gather(ada.click(modal, "run_live"), ada.click(modal, "run_live"))
    await slack.settled(at_least=2)

    assert len(probing.asked) == 1
    assert all("five minutes" not in texts(shown.blocks) for shown in slack.screen.of(-1)[before:])
    assert ada.modal is not None
    assert "Nothing wrong with this token" in texts(ada.modal.blocks)


async def test_a_case_is_kept_once_and_forgotten_when_the_modal_closes(
    slack: Slack, ada: Person, probing: Probing
) -> None:
    await ada.shortcut("diagnose_message", message=somebodys(slack, ada))
    (modal,) = await slack.settled()
    assert modal.view is not None
    view = ada.modal
    assert view is not None
    assert view.content["notify_on_close"] is True
    await ada.close(view)
    slack.workspace.views[view.id] = view  # somebody presses the button all the same
    slack.workspace.stacks[ada.user_id] = [view.id]

    await ada.click(view, "run_live")
    (forgotten,) = await slack.settled()

    assert forgotten.kind == "modal"
    assert "five minutes at most" in texts(forgotten.blocks)
    assert probing.asked == []


async def test_where_nothing_can_be_asked_no_live_checks_are_offered(slack: Slack, ada: Person) -> None:
    await ada.shortcut("diagnose_message", message=somebodys(slack, ada, "good morning"))
    (modal,) = await slack.settled()

    assert "run_live" not in buttons(modal)


async def test_with_live_checks_off_nothing_speaks_of_them(
    slack: Slack, settings: Settings, diagnosing: Diagnosing
) -> None:
    async with in_process(create_app(settings, diagnosing.given())) as client:
        ada = slack.person(client)
        command = await ada.command("token")
        await ada.shortcut("diagnose_message", message=somebodys(slack, ada))
        (modal,) = await slack.settled()
        said = [await ada.command("help"), await ada.command("privacy"), await ada.open_home()]
        await slack.settled()

    assert "Still checking" not in texts(command.only.blocks)
    assert "run_live" not in buttons(modal)
    for answer in said:
        assert "live check" not in texts(answer.only.blocks).lower()


async def test_with_live_checks_on_people_are_told_where_a_token_goes(slack: Slack, ada: Person) -> None:
    said = [await ada.command("privacy"), await ada.open_home()]
    await slack.settled()

    for answer in said:
        assert "Live checks send it over https to Rhythm's own service hosts" in texts(answer.only.blocks)


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    with logged(settings._replace(log_level="DEBUG")) as stream:
        yield stream


async def test_the_log_tells_of_both_answers_and_of_no_token(
    slack: Slack, ada: Person, probing: Probing, log: io.StringIO
) -> None:
    await ada.command(TOKEN)
    probing.done.set()
    await slack.settled(at_least=2)

    lines = [line for line in log.getvalue().splitlines() if "diagnosed" in line]
    assert ["diagnosed live" in line for line in lines] == [False, True]
    assert TOKEN not in log.getvalue()


async def test_a_failure_of_the_prober_is_logged_by_its_type(
    slack: Slack, ada: Person, probing: Probing, caplog: pytest.LogCaptureFixture
) -> None:
    probing.fails = True
    with caplog.at_level(logging.ERROR, "bot"):
        await ada.command(TOKEN)
        probing.done.set()
        await slack.settled(at_least=2)

    (record,) = caplog.records
    assert "live checks failed: RuntimeError" in record.getMessage()
    assert TOKEN not in record.getMessage()


async def test_the_prober_is_closed_at_the_end(app: Starlette, probing: Probing) -> None:
    async with in_process(app):
        pass

    assert probing.closed == 1


async def test_at_the_end_a_waiting_result_is_still_sent(
    slack: Slack, client: httpx.AsyncClient, running: Running, probing: Probing
) -> None:
    ada = slack.person(client)
    await ada.command("token")
    draining = asyncio.create_task(running.tasks.drain(5))
    await asyncio.sleep(0.05)
    probing.done.set()

    assert await draining == 0
    assert slack.screen.of(-1)[-1].text == LIVE_HEADLINE


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Observation("baseline", 401), "The Rhythm API answers: a call without a good token gets 401."),
        (Observation("baseline", failure="connection refused"), "The Rhythm API gives no answer: connection refused."),
    ],
)
async def test_status_says_whether_the_api_answers(
    ada: Person, probing: Probing, answer: Observation, says: str
) -> None:
    probing.answer = answer
    probing.done.set()

    status = await ada.command("status")

    assert says in status.only.text
    assert "Live checks are on" in status.only.text


@pytest.mark.parametrize("fails", [True, False])
async def test_status_does_not_wait_for_an_api_that_hangs(ada: Person, probing: Probing, fails: bool) -> None:
    probing.fails = fails

    status = await ada.command("status")

    assert "The Rhythm API has not answered within 2 seconds." in status.only.text
    assert status.seconds < 1
