import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.local.slack.rules import POST_FIELDS, POSTED_MOST, message_breaches, texts
from bot.render import blocks
from bot.render import texts as catalogue
from bot.render.elements import Message

REFERENCE = "ref-1a2b3c4d"
MESSAGES: dict[str, Callable[[], Message]] = {
    "busy": lambda: blocks.busy_message(REFERENCE),
    "error": lambda: blocks.error_message(REFERENCE),
    "welcome": lambda: blocks.welcome_message(REFERENCE),
    "files": lambda: blocks.files_message(catalogue.FILE_PICTURE, REFERENCE),
    "greeting": lambda: blocks.greeting(REFERENCE),
    "help": lambda: blocks.help_message(REFERENCE),
    "not-allowed": lambda: blocks.not_allowed_message(REFERENCE),
    "not-opened": lambda: blocks.not_opened_message(REFERENCE),
    "live-failed": lambda: blocks.live_failed_message(REFERENCE),
    "forgotten": lambda: blocks.forgotten_message(REFERENCE),
    "shared": lambda: blocks.shared_note(REFERENCE, posted=True),
    "not-shared": lambda: blocks.shared_note(REFERENCE, posted=False),
    "not-understood": lambda: blocks.not_understood("hlep", REFERENCE, "help"),
    "old-button": lambda: blocks.old_button_message(REFERENCE),
    "privacy": lambda: blocks.privacy_message(REFERENCE),
    "restarting": lambda: blocks.restarting_message(REFERENCE),
    "status": lambda: blocks.status_message(REFERENCE, "The Rhythm API answers: a call without a good token gets 401."),
}


def read(message: Message) -> str:
    return "".join(texts(message.blocks))


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_keep_the_rules_of_slack(name: str) -> None:
    message = MESSAGES[name]()

    found = message_breaches({"text": message.text, "blocks": message.blocks}, POSTED_MOST, POST_FIELDS)
    assert list(found) == []
    assert "`" not in read(message).replace("`ref-1a2b3c4d`", "")
    assert "Reference `ref-1a2b3c4d`" in read(message)
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
    shown = read(blocks.help_message(REFERENCE))

    for way in ("/rhythm-auth opens a private form", "direct message", "Diagnose Rhythm 401"):
        assert way in shown.replace("`", "")
    for word in ("/rhythm-auth privacy", "/rhythm-auth status"):
        assert word in shown


def test_privacy_says_where_a_token_goes_and_what_stays() -> None:
    shown = read(blocks.privacy_message(REFERENCE))

    for promise in ("not stored", "not logged", "first and last 4 characters", "nowhere else", "until you delete it"):
        assert promise in shown
    assert "rotate it in Rhythm Console" in shown


def test_status_says_whether_the_api_is_asked_and_what_it_says() -> None:
    assert blocks.status_message(REFERENCE, "The Rhythm API answers.").text == (
        "I am up, version 0.1.0. Live checks are on: Rhythm's API is asked where that settles the matter."
        " The Rhythm API answers."
    )
    assert "Live checks are off" in blocks.status_message(REFERENCE, None).text


def test_an_unknown_word_gets_the_nearest_command() -> None:
    message = blocks.not_understood("hlep", REFERENCE, "help")

    assert message.text == "I do not know that word. Did you mean `/rhythm-auth help`?"
    assert "I do not know hlep, and it is nothing to check. Did you mean /rhythm-auth help?" in read(message)
    assert "Did you mean" not in read(blocks.not_understood("xyzzy", REFERENCE))


def test_an_unknown_word_is_shown_harmless() -> None:
    shown = json.dumps(blocks.not_understood("<!channel>`*x*" + "y" * 500, REFERENCE).blocks, ensure_ascii=False)

    assert "<!channel" not in shown
    assert "y" * 41 not in shown


def test_a_failure_is_one_sentence_with_its_reference() -> None:
    message = blocks.error_message("ref-1a2b3c4d")

    assert message.text == catalogue.ERROR
    assert message.blocks[1] == {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "Reference `ref-1a2b3c4d`"}],
    }


def test_a_note_stands_above_the_buttons() -> None:
    noted = blocks.with_note(blocks.help_message(REFERENCE), "I was *restarted*.")

    assert [block["type"] for block in noted.blocks[-2:]] == ["context", "actions"]
    assert noted.blocks[-2]["elements"] == [{"type": "mrkdwn", "text": "I was ∗restarted∗."}]
    assert blocks.with_note(blocks.busy_message(REFERENCE), "x").blocks[-1]["type"] == "context"


def test_beside_a_field_nothing_is_markup() -> None:
    assert blocks.beside_field("Run `/rhythm-auth` again.", REFERENCE) == "Run /rhythm-auth again. (ref-1a2b3c4d)"


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == catalogue.VERSION
