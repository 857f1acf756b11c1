import json
from typing import Any

import pytest

from bot.local.slack.rules import texts, view_breaches
from bot.render import blocks
from bot.render.elements import Block
from tests.render.reports import REPORTS, WRONG_AUDIENCE, worst

HOSTS = (
    ("Rolodex (Contacts & Organizations)", "https://rolodex.api.rhythmsoftware.com"),
    ("Sponsorship", "https://sponsorship.api.rhythmsoftware.com"),
)
VIEWS: dict[str, Block] = {
    "paste": blocks.paste_modal(),
    "result": blocks.result_modal(WRONG_AUDIENCE, "ref-1a2b3c4d"),
    "worst": blocks.result_modal(worst(), "ref-1a2b3c4d"),
    "message": blocks.message_modal(blocks.help_message("ref-1a2b3c4d")),
    "home": blocks.home(HOSTS),
    "longest-home": blocks.home([("x" * 500, "https://" + "y" * 500)] * 15),
}


def actions(view: Block) -> list[str]:
    """The ids of all buttons."""
    found: list[str] = []
    for block in parts(view):
        if block["type"] == "actions":
            found += [button["action_id"] for button in block["elements"]]
    return found


def parts(view: Block) -> list[dict[str, Any]]:
    shown = view["blocks"]
    assert isinstance(shown, list)
    return shown


@pytest.mark.parametrize("name", VIEWS)
def test_views_keep_the_rules_of_slack(name: str) -> None:
    assert list(view_breaches(VIEWS[name])) == []


@pytest.mark.parametrize("name", VIEWS)
def test_views_hold_nothing_for_later(name: str) -> None:
    shown = json.dumps(VIEWS[name])

    assert "private_metadata" not in shown
    assert "initial_value" not in shown


def test_the_form_asks_for_a_text_and_perhaps_a_url_and_an_answer() -> None:
    form = blocks.paste_modal()

    assert (form["callback_id"], form["type"]) == ("paste", "modal")
    text, url, answer = parts(form)[:3]
    assert (text["block_id"], text["element"]["action_id"], text["element"]["multiline"]) == ("paste", "text", True)
    assert text["element"]["max_length"] == 3000
    assert "optional" not in text
    assert (url["block_id"], url["element"]["action_id"], url["optional"]) == ("url", "text", True)
    assert (answer["block_id"], answer["element"]["multiline"], answer["optional"]) == ("answer", True, True)


def test_the_form_tells_before_it_is_filled_in_what_happens_to_the_text() -> None:
    assert "Only you see the answer. Nothing you paste is stored." in list(texts(parts(blocks.paste_modal())))


@pytest.mark.parametrize("name", REPORTS)
def test_a_result_is_the_answer_without_a_way_to_dismiss_it(name: str) -> None:
    view = blocks.result_modal(REPORTS[name], "ref-1a2b3c4d")

    assert view["callback_id"] == "result"
    assert view["blocks"] == blocks.answer(REPORTS[name], reference="ref-1a2b3c4d", surface="modal").blocks
    assert "dismiss" not in actions(view)
    assert "notify_on_close" not in view


def test_where_live_checks_are_offered_closing_is_told_of() -> None:
    around = blocks.Around(live="ref-1a2b3c4d")

    assert blocks.result_modal(WRONG_AUDIENCE, "ref-1a2b3c4d", around)["notify_on_close"] is True


def test_a_button_that_was_used_makes_place_for_a_note() -> None:
    around = blocks.Around(live="ref-1a2b3c4d", author="U2")
    view = {**blocks.result_modal(WRONG_AUDIENCE, "ref-1a2b3c4d", around), "id": "V1", "hash": "x", "state": {}}

    without = blocks.without_button(view, "tell_author", "The author was told.")

    assert list(view_breaches(without)) == []
    assert actions(without) == ["run_live", "check_another", "share", "copy"]
    assert parts(without)[-2] == {"type": "context", "elements": [{"type": "mrkdwn", "text": "The author was told."}]}
    assert without.keys() == {"type", "callback_id", "title", "close", "notify_on_close", "blocks"}
    assert len(parts(without)) == len(parts(view)) + 1


def test_a_message_in_a_modal_loses_its_dismiss_button() -> None:
    assert actions(blocks.message_modal(blocks.help_message("ref-1a2b3c4d"))) == ["check_another"]
    assert len(parts(blocks.message_modal(blocks.error_message("ref-1")))) == 2


def test_a_row_with_nothing_but_dismiss_goes_whole() -> None:
    row: Block = {"type": "actions", "elements": [{"type": "button", "action_id": "dismiss"}]}
    message = blocks.Message("x", [{"type": "divider"}, row])

    assert blocks.message_modal(message)["blocks"] == [{"type": "divider"}]


def test_home_has_all_that_a_newcomer_needs() -> None:
    view = blocks.home(HOSTS)
    shown = "\n".join(texts(parts(view)))

    assert view["type"] == "home"
    assert actions(view) == ["check_another"]
    for title in ("Authorization header", "Access token", "Expiry", "Audience", "Claims", "First login", "Base URL"):
        assert f"{title}: " in shown
    for word in ("Ways to ask", "What happens to your token", "https://sponsorship.api.rhythmsoftware.com"):
        assert word in shown
    assert json.dumps(view).count('"type": "link"') == 7 + 5
