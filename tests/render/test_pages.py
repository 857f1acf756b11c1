import json
from collections.abc import Callable

import pytest

from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches, texts
from bot.render import blocks
from bot.render import texts as catalogue
from bot.render.elements import Message

MESSAGES: dict[str, Callable[[], Message]] = {
    "busy": blocks.busy_message,
    "error": lambda: blocks.error_message("ref-1a2b3c4d"),
    "files": blocks.files_message,
    "greeting": blocks.greeting,
    "help": blocks.help_message,
    "not-allowed": blocks.not_allowed_message,
    "not-understood": lambda: blocks.not_understood("hlep", "help"),
    "old-button": blocks.old_button_message,
    "privacy": blocks.privacy_message,
    "restarting": blocks.restarting_message,
    "status": lambda: blocks.status_message(live_checks=True),
}


def read(message: Message) -> str:
    return "".join(texts(message.blocks))


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_keep_the_rules_of_slack(name: str) -> None:
    message = MESSAGES[name]()

    found = message_breaches({"text": message.text, "blocks": message.blocks}, POSTED_MOST, POST_FIELDS)
    assert list(found) == []
    assert "`" not in read(message).replace("`ref-1a2b3c4d`", "")
    assert len(json.dumps(message.blocks)) < 5_000


@pytest.mark.parametrize("name", MESSAGES)
def test_the_plain_text_is_a_whole_sentence(name: str) -> None:
    assert MESSAGES[name]().text.rstrip("`").endswith((".", "?"))


@pytest.mark.parametrize("name", MESSAGES)
def test_two_messages_never_share_what_can_be_changed(name: str) -> None:
    first, second = MESSAGES[name](), MESSAGES[name]()

    first.blocks[0].clear()

    assert second.blocks[0]


def test_help_names_every_way_and_word() -> None:
    shown = read(blocks.help_message())

    for way in ("/rhythm-auth opens a private form", "direct message", "Diagnose Rhythm 401"):
        assert way in shown.replace("`", "")
    for word in ("/rhythm-auth privacy", "/rhythm-auth status"):
        assert word in shown


def test_privacy_says_where_a_token_goes_and_what_stays() -> None:
    shown = read(blocks.privacy_message())

    for promise in ("not stored", "not logged", "first and last 4 characters", "nowhere else", "until you delete it"):
        assert promise in shown
    assert "rotate it in Rhythm Console" in shown


def test_status_says_whether_the_api_is_asked() -> None:
    assert blocks.status_message(live_checks=True).text == (
        "I am up. Live checks are on: Rhythm's API is asked where that settles the matter."
    )
    assert "off" in blocks.status_message(live_checks=False).text


def test_an_unknown_word_gets_the_nearest_command() -> None:
    message = blocks.not_understood("hlep", "help")

    assert message.text == "I do not know that word. Did you mean `/rhythm-auth help`?"
    assert "I do not know hlep, and it is nothing to check. Did you mean /rhythm-auth help?" in read(message)
    assert "Did you mean" not in read(blocks.not_understood("xyzzy"))


def test_an_unknown_word_is_shown_harmless() -> None:
    shown = json.dumps(blocks.not_understood("<!channel>`*x*" + "y" * 500).blocks, ensure_ascii=False)

    assert "<!channel" not in shown
    assert "y" * 41 not in shown


def test_a_failure_is_one_sentence_with_its_reference() -> None:
    message = blocks.error_message("ref-1a2b3c4d")

    assert message.text == catalogue.ERROR
    assert message.blocks[1] == {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "Reference `ref-1a2b3c4d`"}],
    }
