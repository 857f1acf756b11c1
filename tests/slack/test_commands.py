import json
import logging
import re

import pytest

from bot.local.slack import Fault, Person, Slack
from bot.slack.words import nearest
from tests.slack.doubles import HEADLINE, Diagnosing, texts


async def test_a_token_is_diagnosed_in_the_acknowledgement_without_any_call(slack: Slack, ada: Person) -> None:
    await slack.settled(at_least=0)
    before = len(slack.transcript.entries)

    answer = await ada.command("Bearer token")

    assert json.loads(answer.body)["response_type"] == "ephemeral"
    assert answer.only.kind == "ephemeral"
    assert answer.only.text == HEADLINE
    assert re.search(r"ref-[0-9a-f]{8}", texts(answer.only.blocks))
    assert [entry.what for entry in slack.transcript.entries[before:]] == ["ack"]


async def test_a_text_that_holds_the_word_payload_is_read(ada: Person, diagnosing: Diagnosing) -> None:
    answer = await ada.command("my payload=token&payload")

    assert answer.only.text == HEADLINE
    assert diagnosing.seen[0].text == "my payload=token&payload"


async def test_no_text_opens_the_form(slack: Slack, ada: Person) -> None:
    answer = await ada.command("")
    await slack.settled()

    assert [shown.kind for shown in answer.shown] == ["modal"]
    assert answer.body == ""
    assert ada.modal is not None
    assert ada.modal.callback_id == "paste"


async def test_a_form_that_cannot_be_opened_is_said_in_words(slack: Slack, ada: Person) -> None:
    slack.faults.add("views.open", Fault(error="expired_trigger_id"))

    answer = await ada.command(" ")

    assert answer.only.kind == "ephemeral"
    assert "The form could not be opened in time." in answer.only.text


@pytest.mark.parametrize(
    "text", ["help", "HELP", "help?", "?", "--help", "-h", "help me", '"help"', "<help>", "hello", "Hi!", "how"]
)
async def test_help(ada: Person, text: str) -> None:
    answer = await ada.command(text)

    assert "How to find out" in answer.only.text


async def test_privacy(ada: Person) -> None:
    assert "What happens to a token" in (await ada.command("privacy")).only.text


@pytest.mark.parametrize("text", ["status", "version"])
async def test_status(ada: Person, text: str) -> None:
    assert "I am up, version 0.1.0." in (await ada.command(text)).only.text


async def test_an_unknown_word_gets_the_nearest_command(ada: Person) -> None:
    answer = await ada.command("hepl")

    assert "I do not know that word" in answer.only.text
    assert "/rhythm-auth help" in answer.only.text


@pytest.mark.parametrize("text", ["help", "status", "privacy", "hepl", "idle words", "the token"])
async def test_every_answer_has_the_reference_of_its_log_line(
    ada: Person, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        answer = await ada.command(text)

    references = {record.__dict__["reference"] for record in caplog.records if "reference" in record.__dict__}
    assert len(references) == 1
    assert references.pop() in texts(answer.only.blocks)


async def test_a_word_that_can_be_judged_is_judged(ada: Person) -> None:
    assert (await ada.command("token")).only.text == HEADLINE


@pytest.mark.parametrize("text", ["Unauthorized", "401", "forbidden"])
async def test_the_apis_own_word_is_no_command_that_was_mistyped(ada: Person, text: str) -> None:
    assert "Nothing to check" in (await ada.command(text)).only.text


async def test_senseless_text_gets_a_kind_answer(ada: Person) -> None:
    answer = await ada.command("what is going on here")

    assert "Nothing to check" in answer.only.text


@pytest.mark.parametrize("fails", ["read", "judge", "render"])
async def test_a_failure_is_one_sentence_with_a_reference(ada: Person, diagnosing: Diagnosing, fails: str) -> None:
    diagnosing.fails = fails

    answer = await ada.command("token")

    assert answer.status == 200
    assert "Something went wrong" in answer.only.text
    assert re.search(r"ref-[0-9a-f]{8}", texts(answer.only.blocks))


async def test_a_command_that_comes_twice_is_worked_on_once(ada: Person, diagnosing: Diagnosing) -> None:
    answer = await ada.command("token")

    again = await ada.again(answer)

    assert again.status == 200
    assert again.body == ""
    assert len(diagnosing.seen) == 1


@pytest.mark.parametrize(
    ("word", "meant"),
    [("hlp", "help"), ("Privcay", "privacy"), ("state", "status"), ("zebra", ""), ("show me privcy", "privacy")],
)
def test_the_nearest_word(word: str, meant: str) -> None:
    assert nearest(word) == meant
