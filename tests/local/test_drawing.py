"""What the console shows, to the letter."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.console import Console

from bot.local.drawing import Buttons, Drawing
from bot.local.slack import Message, Shown, View
from bot.local.slack.workspace import completed

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def plain(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def run(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def section(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(runs)}


def button(label: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": label, "text": plain(label), **more}


@pytest.fixture
def drawing() -> Drawing:
    return Drawing(Buttons(), lambda: NOW)


def drawn(drawing: Drawing, shown: Shown, width: int = 60) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False)
    for part in drawing.shown(shown):
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def ephemeral(*blocks: dict[str, Any], text: str = "said") -> Shown:
    message = Message("C1", "1.000001", text, tuple(completed({"blocks": list(blocks)})["blocks"]), "U0", "U1")
    return Shown("ephemeral", text, message.blocks, message)


def view(*blocks: dict[str, Any], **content: Any) -> View:
    made = completed({"type": "modal", "title": plain("Check a token"), "blocks": list(blocks), **content})
    return View("V1", "U1", made, "1.1", "V1")


def test_an_answer(drawing: Drawing) -> None:
    shown = ephemeral(
        {"type": "header", "text": plain("The token is for another audience", emoji=False)},
        {
            "type": "rich_text",
            "elements": [
                section(run("Do this: ", bold=True), run("request a new token with this parameter:\n")),
                {"type": "rich_text_preformatted", "elements": [run("audience=https://api.rhythmsoftware.com")]},
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        section(run("Sign in to Rhythm once with this same login, whichever that is.")),
                        section(run("Then "), {"type": "link", "url": "https://example.org", "text": "read this"}),
                    ],
                },
            ],
        },
        {"type": "divider"},
        {"type": "section", "text": mrkdwn("Failed :x: *Audience*\nPassed :white_check_mark: *Expiry*")},
        {"type": "context", "elements": [mrkdwn("Access token"), mrkdwn("expires <!date^1790005210^{time}|soon>")]},
        {"type": "actions", "elements": [button("Check another"), button("Dismiss")]},
    )

    assert drawn(drawing, shown) == (
        "Rhythm Auth · only you can see this\n"
        "  The token is for another audience\n"
        "\n"
        "  Do this: request a new token with this parameter:\n"
        "      audience=https://api.rhythmsoftware.com\n"
        "  1. Sign in to Rhythm once with this same login, whichever\n"
        "     that is.\n"
        "  2. Then read this (https://example.org)\n"
        "  ──────────────────────────────────────────────────────────\n"
        "  Failed ❌ Audience\n"
        "  Passed ✅ Expiry\n"
        "  Access token\n"
        "  expires 15:40\n"
        "\n"
        "  [1 Check another]  [2 Dismiss]\n"
        "\n"
    )


def test_a_form(drawing: Drawing) -> None:
    element = {"type": "plain_text_input", "action_id": "text"}
    shown = Shown(
        "modal-errors",
        view=(
            form := view(
                {
                    "type": "input",
                    "block_id": "text",
                    "label": plain("Text"),
                    "hint": plain("A hint"),
                    "element": element,
                },
                {"type": "input", "label": plain("URL"), "optional": True, "element": {**element, "action_id": "url"}},
                submit=plain("Check"),
                close=plain("Cancel"),
            )
        ),
        blocks=form.blocks,
        errors=(("text", "Paste something"),),
    )

    assert drawn(drawing, shown) == (
        "Rhythm Auth · form “Check a token” · not accepted\n"
        "  Text\n"
        "  A hint\n"
        "  Paste something\n"
        "\n"
        "  URL (optional)\n"
        "\n"
        "  [Cancel]  [Check]\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (Shown("failed", "operation_timeout"), "Slack · operation_timeout\n\n"),
        (Shown("deleted", "a"), "(That message is gone.)\n\n"),
        (Shown("modal-closed", "a"), "(The form is closed.)\n\n"),
    ],
)
def test_what_is_no_message(drawing: Drawing, shown: Shown, lines: str) -> None:
    assert drawn(drawing, shown) == lines


def test_a_direct_message_of_words_alone_and_its_change(drawing: Drawing) -> None:
    message = Message("D1", "1.000001", "*hello*", (), "U0")

    assert drawn(drawing, Shown("message", "*hello*", (), message)) == "Rhythm Auth · direct message\n  hello\n\n"
    assert drawn(drawing, Shown("updated", "bye", (), message)) == "Rhythm Auth · direct message · changed\n  bye\n\n"


def test_home_has_no_title(drawing: Drawing) -> None:
    home = View("V1", "U1", completed({"type": "home", "blocks": [{"type": "divider"}]}), "1.1", "V1")

    assert (
        drawn(drawing, Shown("home", "", home.blocks, view=home), 20) == "Rhythm Auth · Home\n  ──────────────────\n\n"
    )


def test_numbers_of_buttons_go_on_and_each_leads_to_its_place(drawing: Drawing) -> None:
    first, second = (
        ephemeral({"type": "actions", "elements": [button("A")]}),
        view({"type": "section", "text": mrkdwn("press"), "accessory": button("B", url="https://example.org")}),
    )

    assert "[1 A]" in drawn(drawing, first)
    assert "[2 B] (https://example.org)" in drawn(drawing, Shown("modal", "", second.blocks, view=second))
    assert [(place, element["action_id"]) for place, element in drawing.buttons.places] == [
        (first.message, "A"),
        (second, "B"),
    ]


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ({"type": "section", "fields": [mrkdwn("a"), mrkdwn("b")]}, "  a\n  b\n"),
        ({"type": "image", "image_url": "https://example.org", "alt_text": "a cat"}, "  [image: a cat]\n"),
        ({"type": "context", "elements": [{"type": "image", "image_url": "u", "alt_text": "a"}]}, "  [image: a]\n"),
        ({"type": "table", "rows": []}, "  [a block of type table]\n"),
        ({"type": "header", "text": plain(":x: on")}, "  ❌ on\n"),
        ({"type": "header", "text": plain(":x: off", emoji=False)}, "  :x: off\n"),
        (
            {
                "type": "actions",
                "elements": [
                    {"type": "overflow", "action_id": "m", "options": [{"text": plain("A"), "value": "a"}]},
                    {
                        "type": "static_select",
                        "action_id": "s",
                        "placeholder": plain("Pick"),
                        "options": [{"text": plain("A"), "value": "a"}, {"text": plain("B"), "value": "b"}],
                    },
                ],
            },
            "  [1 …: a]  [2 Pick: a, b]\n",
        ),
        (
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_quote", "elements": [run("quoted")]},
                    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(run("deep"))]},
                    {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [section(run("third"))]},
                    section({"type": "emoji", "name": "x"}, run(" "), {"type": "user", "user_id": "U1"}),
                    section({"type": "date", "timestamp": 1_790_005_210, "format": "{time}", "fallback": "soon"}),
                    section({"type": "date", "timestamp": 10**18, "format": "{time}", "fallback": "a &amp; b"}),
                ],
            },
            "  │ quoted\n    • deep\n  3. third\n  ❌ @U1\n  15:40\n  a & b\n",
        ),
    ],
)
def test_blocks(drawing: Drawing, block: dict[str, Any], line: str) -> None:
    assert drawn(drawing, ephemeral(block)) == f"Rhythm Auth · only you can see this\n{line}\n"


def test_styles_of_rich_text(drawing: Drawing) -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True, color_system="standard", highlight=False)
    for part in drawing.shown(
        ephemeral({"type": "rich_text", "elements": [section(run("b", bold=True), run("i", italic=True, bold=False))]})
    ):
        console.print(part)
    assert isinstance(console.file, io.StringIO)

    assert "  \x1b[1mb\x1b[0m\x1b[3mi\x1b[0m" in console.file.getvalue()


def test_an_empty_line_before_a_block_is_not_doubled(drawing: Drawing) -> None:
    above = {"type": "section", "text": plain("Above")}
    below = {"type": "rich_text", "elements": [section(run("\nBelow"))]}

    assert [line.strip() for line in drawn(drawing, ephemeral(above, below)).splitlines()[1:4]] == [
        "Above",
        "",
        "Below",
    ]


def test_a_message_in_a_channel_says_who_sees_it(drawing: Drawing) -> None:
    posted = Shown("message", "said", (), Message("C1", "1.1", "said"))

    assert "everybody in the channel can see this" in drawn(drawing, posted)
