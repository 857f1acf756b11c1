"""Every rule for messages and views: what keeps it passes, what breaks it is named, and refused where Slack refuses it."""

from typing import Any

import pytest

from bot.local.slack.rules import (
    POST_FIELDS,
    POSTED_MOST,
    RESPONDED_MOST,
    RESPONSE_FIELDS,
    Breach,
    message_breaches,
    view_breaches,
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "context", "elements": list(elements)}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def run(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, **more}


def rich_section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def confirm(**more: Any) -> dict[str, Any]:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It is gone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def option(value: str = "a", **more: Any) -> dict[str, Any]:
    return {"text": plain("A"), "value": value, **more}


def field(**more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "text"}
    return {"type": "input", "block_id": "text", "label": plain("Text"), "element": element, **more}


IMAGE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}

GOOD = [
    {"type": "header", "text": plain("h" * 150), "block_id": "b" * 255},
    section("s" * 3000),
    {"type": "section", "fields": [mrkdwn("f" * 500)] * 10},
    section("*bold*", accessory=button(action_id="in-section", value="v" * 2000, style="danger", confirm=confirm())),
    {"type": "divider"},
    context(*[mrkdwn("c")] * 9, {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"}),
    actions(*(button(action_id=f"go-{number}") for number in range(25))),
    actions(
        {"type": "static_select", "action_id": "select", "options": [option()], "placeholder": plain("p" * 150)},
        {"type": "overflow", "action_id": "overflow", "options": [option(url="https://example.org")]},
        {"type": "radio_buttons", "action_id": "radio", "options": [option()], "initial_option": option()},
        {"type": "checkboxes", "action_id": "check", "options": [option(description=plain("d" * 75))]},
    ),
    IMAGE,
    rich(
        rich_section(
            run("a", style={"bold": True, "italic": True, "strike": True, "code": True}),
            run("\n"),
            {"type": "link", "url": "https://example.org", "text": "b", "style": {"bold": True}},
            {"type": "emoji", "name": "white_check_mark"},
            {"type": "date", "timestamp": 1_790_000_000, "format": "{time}", "fallback": "17:40"},
        ),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [rich_section(run()), rich_section(run())],
        },
        {"type": "rich_text_preformatted", "elements": [run("curl")], "border": 0},
        {"type": "rich_text_quote", "elements": [run()]},
    ),
]


def breaches(blocks: Any, **more: Any) -> list[Breach]:
    return list(message_breaches({"text": "said", "blocks": blocks, **more}, RESPONDED_MOST, RESPONSE_FIELDS))


def test_what_keeps_the_rules_passes() -> None:
    assert breaches(GOOD) == []


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        pytest.param({"type": "section"}, "/blocks/0: must have text or fields", id="section-empty"),
        pytest.param(section("s" * 3001), "/blocks/0/text/text: must be at most 3000 characters, has 3001", id="section-long"),
        pytest.param(section(""), "/blocks/0/text/text: must be at least 1 characters", id="text-empty"),
        pytest.param(section("  \n"), "/blocks/0/text/text: must be at least 1 characters", id="text-blank"),
        pytest.param({"type": "section", "text": mrkdwn("a") | {"text": 7}}, "/blocks/0/text/text: must be a string", id="text-no-string"),
        pytest.param({"type": "section", "text": "a"}, "/blocks/0/text: None is no text that is allowed here", id="text-bare"),
        pytest.param(section("a", title="b"), "/blocks/0: has the unknown field title", id="unknown-field"),
        pytest.param(section("a", block_id="b" * 256), "/blocks/0/block_id: must be at most 255 characters, has 256", id="block-id-long"),
        pytest.param({"type": "section", "text": mrkdwn("a") | {"emoji": True}}, "/blocks/0/text: has the unknown field emoji", id="mrkdwn-emoji"),
        pytest.param({"type": "section", "fields": []}, "/blocks/0/fields: must have 1 to 10 items, has 0", id="no-fields"),
        pytest.param({"type": "section", "fields": [mrkdwn("f")] * 11}, "/blocks/0/fields: must have 1 to 10 items, has 11", id="fields-many"),
        pytest.param({"type": "section", "fields": mrkdwn("f")}, "/blocks/0/fields: must be a list", id="fields-no-list"),
        pytest.param({"type": "section", "fields": [mrkdwn("f" * 2001)]}, "/blocks/0/fields/0/text: must be at most 2000 characters, has 2001", id="field-long"),
        pytest.param({"type": "header", "text": plain("h" * 151)}, "/blocks/0/text/text: must be at most 150 characters, has 151", id="header-long"),
        pytest.param({"type": "header", "text": mrkdwn("h")}, "/blocks/0/text: 'mrkdwn' is no text that is allowed here", id="header-mrkdwn"),
        pytest.param({"type": "header"}, "/blocks/0: is missing the field text", id="header-empty"),
        pytest.param({"type": "divider", "text": plain("d")}, "/blocks/0: has the unknown field text", id="divider-text"),
        pytest.param(context(), "/blocks/0/elements: must have 1 to 10 items, has 0", id="context-empty"),
        pytest.param(context(*[mrkdwn("c")] * 11), "/blocks/0/elements: must have 1 to 10 items, has 11", id="context-many"),
        pytest.param(context(button()), "/blocks/0/elements/0: 'button' is no context element that is allowed here", id="context-button"),
        pytest.param(actions(), "/blocks/0/elements: must have 1 to 25 items, has 0", id="actions-empty"),
        pytest.param(actions(*(button(action_id=str(n)) for n in range(26))), "/blocks/0/elements: must have 1 to 25 items, has 26", id="actions-many"),
        pytest.param(actions(mrkdwn("a")), "/blocks/0/elements/0: 'mrkdwn' is no action that is allowed here", id="actions-text"),
        pytest.param(actions(button(text=plain("t" * 76))), "/blocks/0/elements/0/text/text: must be at most 75 characters, has 76", id="button-long"),
        pytest.param(actions(button(text=mrkdwn("t"))), "/blocks/0/elements/0/text: 'mrkdwn' is no text that is allowed here", id="button-mrkdwn"),
        pytest.param(actions({"type": "button", "action_id": "a"}), "/blocks/0/elements/0: is missing the field text", id="button-no-text"),
        pytest.param(actions(button(value="v" * 2001)), "/blocks/0/elements/0/value: must be at most 2000 characters, has 2001", id="button-value"),
        pytest.param(actions(button(url="https://" + "u" * 3000)), "/blocks/0/elements/0/url: must be at most 3000 characters, has 3008", id="button-url"),
        pytest.param(actions(button(url="javascript:alert(1)")), "/blocks/0/elements/0/url: must be a link", id="button-no-link"),
        pytest.param(actions(button(action_id="a" * 256)), "/blocks/0/elements/0/action_id: must be at most 255 characters, has 256", id="action-id-long"),
        pytest.param(actions(button(style="warning")), "/blocks/0/elements/0/style: must be one of primary, danger", id="button-style"),
        pytest.param(actions(button(accessibility_label="l" * 76)), "/blocks/0/elements/0/accessibility_label: must be at most 75 characters, has 76", id="label-long"),
        pytest.param(actions(button(confirm=confirm(title=plain("t" * 101)))), "/blocks/0/elements/0/confirm/title/text: must be at most 100 characters, has 101", id="confirm-title"),
        pytest.param(actions(button(confirm=confirm(text=plain("t" * 301)))), "/blocks/0/elements/0/confirm/text/text: must be at most 300 characters, has 301", id="confirm-text"),
        pytest.param(actions(button(confirm=confirm(deny=plain("t" * 31)))), "/blocks/0/elements/0/confirm/deny/text: must be at most 30 characters, has 31", id="confirm-deny"),
        pytest.param(actions(button(confirm="Sure?")), "/blocks/0/elements/0/confirm: must be an object", id="confirm-bare"),
        pytest.param(actions({"type": "overflow", "options": [option()] * 6}), "/blocks/0/elements/0/options: must have 1 to 5 items, has 6", id="overflow-many"),
        pytest.param(actions({"type": "static_select", "options": [option("v" * 151)]}), "/blocks/0/elements/0/options/0/value: must be at most 150 characters, has 151", id="option-value"),
        pytest.param(actions({"type": "static_select", "options": [option(text=plain("t" * 76))]}), "/blocks/0/elements/0/options/0/text/text: must be at most 75 characters, has 76", id="option-text"),
        pytest.param(IMAGE | {"image_url": "a.png"}, "/blocks/0/image_url: must be a link", id="image-url"),
        pytest.param({"type": "image", "image_url": "https://example.org"}, "/blocks/0: is missing the field alt_text", id="image-alt"),
        pytest.param(rich(), "/blocks/0/elements: must have 1 to 1000 items, has 0", id="rich-empty"),
        pytest.param(rich(run()), "/blocks/0/elements/0: 'text' is no rich text element that is allowed here", id="rich-bare-text"),
        pytest.param(rich(rich_section(run(""))), "/blocks/0/elements/0/elements/0/text: must be at least 1 characters", id="rich-empty-text"),
        pytest.param(rich(rich_section(run(style={"loud": True}))), "/blocks/0/elements/0/elements/0/style: has the unknown field loud", id="rich-style"),
        pytest.param(rich(rich_section(run(style={"bold": 1}))), "/blocks/0/elements/0/elements/0/style/bold: must be true or false", id="rich-style-value"),
        pytest.param(rich(rich_section(mrkdwn("a"))), "/blocks/0/elements/0/elements/0: 'mrkdwn' is no part of rich text that is allowed here", id="rich-mrkdwn"),
        pytest.param(
            rich({"type": "rich_text_list", "style": "dash", "elements": [rich_section(run())]}),
            "/blocks/0/elements/0/style: must be one of bullet, ordered",
            id="rich-list-style",
        ),
        pytest.param(
            rich({"type": "rich_text_list", "style": "bullet", "elements": [run()]}),
            "/blocks/0/elements/0/elements/0: 'text' is no list item that is allowed here",
            id="rich-list-item",
        ),
        pytest.param(
            rich({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": [rich_section(run())]}),
            "/blocks/0/elements/0/indent: must be a whole number from 0 to 8",
            id="rich-list-indent",
        ),
        pytest.param(
            rich({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "x"}]}),
            "/blocks/0/elements/0/elements/0: 'emoji' is no part of preformatted text that is allowed here",
            id="rich-code-emoji",
        ),
        pytest.param(
            rich(rich_section({"type": "date", "timestamp": "soon", "format": "{time}"})),
            f"/blocks/0/elements/0/elements/0/timestamp: must be a whole number from 0 to {2**40}",
            id="rich-date",
        ),
        pytest.param({"type": "alert", "text": plain("a")}, "/blocks/0: 'alert' is no block that a message may hold", id="alert-in-message"),
        pytest.param(field(), "/blocks/0: 'input' is no block that a message may hold", id="input-in-message"),
        pytest.param({"type": "banner"}, "/blocks/0: 'banner' is no block that a message may hold", id="unknown-block"),
        pytest.param("section", "/blocks/0: None is no block that a message may hold", id="no-block"),
    ],
)  # fmt: skip
def test_a_block_that_breaks_a_rule_is_refused(block: Any, rule: str) -> None:
    assert breaches([block]) == [Breach(rule, "invalid_blocks")]


def test_a_block_that_shows_on_some_clients_only_is_named_though_slack_takes_it() -> None:
    rule = "/blocks/0: markdown does not show in every client: keep to the portable blocks"

    assert breaches([{"type": "markdown", "text": "*a*"}]) == [Breach(rule)]


def test_fifty_blocks_are_the_most() -> None:
    assert breaches([{"type": "divider"}] * 50) == []
    assert breaches([{"type": "divider"}] * 51) == [
        Breach("/blocks: must have at most 50 items, has 51", "invalid_blocks")
    ]
    assert breaches({"type": "divider"}) == [Breach("/blocks: must be a list", "invalid_blocks_format")]


def test_a_block_id_stands_once() -> None:
    twice = [section("a", block_id="same"), section("b", block_id="same")]

    assert breaches(twice) == [Breach("/blocks: the block_id same stands 2 times", "invalid_blocks")]


def test_an_action_id_stands_once_in_a_block_and_in_the_message() -> None:
    assert breaches([actions(button(), button())]) == [
        Breach("/blocks/0: the action_id go stands 2 times", "invalid_blocks")
    ]
    assert breaches([actions(button()), section("a", accessory=button())]) == [
        Breach("/blocks/1: the action_id go stands in another block as well")
    ]


def test_two_inputs_may_have_the_same_action_id() -> None:
    modal = {**MODAL, "blocks": [field(), field(block_id="other")]}

    assert list(view_breaches(modal)) == []


def test_all_blocks_together_stay_under_13_000_characters_and_10_000_where_posted() -> None:
    thousand = section("s" * 1000)

    def posted(count: int) -> list[Breach]:
        message = {"channel": "D1", "text": "said", "blocks": [thousand] * count}
        return list(message_breaches(message, POSTED_MOST, POST_FIELDS))

    assert breaches([thousand] * 12) == []
    assert breaches([thousand] * 13) == [
        Breach("/blocks: all text must stay under 13000 characters, has 13000", "msg_blocks_too_long")
    ]
    assert posted(9) == []
    assert posted(10) == [
        Breach("/blocks: all text must stay under 10000 characters, has 10000", "msg_blocks_too_long")
    ]


def test_the_plain_text_is_never_missing() -> None:
    rule = "/text: is missing: screen readers and notifications read nothing else"
    divider = [{"type": "divider"}]

    assert list(message_breaches({}, RESPONDED_MOST, RESPONSE_FIELDS)) == [Breach(rule, "no_text")]
    assert breaches(divider, text="") == [Breach(rule)]
    assert breaches(divider, text=" \n") == [Breach(rule)]
    assert breaches(divider, text=None) == [Breach(rule)]


def test_the_plain_text_has_4_000_characters_at_most() -> None:
    assert breaches([{"type": "divider"}], text="t" * 4000) == []
    assert breaches([{"type": "divider"}], text="t" * 4001) == [
        Breach("/text: must be at most 4000 characters, has 4001")
    ]


@pytest.mark.parametrize("mention", ["<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S0001|@all>"])
def test_nobody_is_woken(mention: str) -> None:
    rule = Breach("mentions everybody: an answer must not wake a channel")

    assert breaches([section(f"hello {mention}")]) == [rule]
    assert breaches([{"type": "divider"}], text=mention) == [rule]


def test_a_date_and_an_escaped_mention_wake_nobody() -> None:
    assert breaches([section("<!date^1790000000^{time}|17:40> &lt;!channel&gt;")]) == []


def test_a_broadcast_in_rich_text_wakes_people_as_well() -> None:
    assert breaches([rich(rich_section({"type": "broadcast", "range": "channel"}))]) == [
        Breach("mentions everybody: an answer must not wake a channel")
    ]


def test_a_field_that_a_message_does_not_have_is_named() -> None:
    assert breaches([{"type": "divider"}], colour="red") == [Breach("/colour: is no field of this message")]


MODAL = {
    "type": "modal",
    "title": plain("t" * 24),
    "submit": plain("s" * 24),
    "close": plain("c" * 24),
    "blocks": [field()],
}


def test_a_modal_that_keeps_the_rules_passes() -> None:
    every = {"callback_id": "c" * 255, "private_metadata": "m" * 3000, "clear_on_close": True, "notify_on_close": True}
    hundred = [{"type": "divider"}] * 100

    assert list(view_breaches({**MODAL, **every, "external_id": "e"})) == []
    assert list(view_breaches({**MODAL, "blocks": hundred})) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param({"title": plain("t" * 25)}, "/view/title/text: must be at most 24 characters, has 25", id="title-long"),
        pytest.param({"title": mrkdwn("t")}, "/view/title: 'mrkdwn' is no text that is allowed here", id="title-mrkdwn"),
        pytest.param({"submit": plain("t" * 25)}, "/view/submit/text: must be at most 24 characters, has 25", id="submit-long"),
        pytest.param({"close": plain("t" * 25)}, "/view/close/text: must be at most 24 characters, has 25", id="close-long"),
        pytest.param({"private_metadata": "m" * 3001}, "/view/private_metadata: must be at most 3000 characters, has 3001", id="metadata-long"),
        pytest.param({"callback_id": "c" * 256}, "/view/callback_id: must be at most 255 characters, has 256", id="callback-id-long"),
        pytest.param({"clear_on_close": "yes"}, "/view/clear_on_close: must be true or false", id="clear-on-close"),
        pytest.param({"text": "a"}, "/view: has the unknown field text", id="unknown-field"),
        pytest.param({"blocks": [field(label=mrkdwn("a"))]}, "/view/blocks/0/label: 'mrkdwn' is no text that is allowed here", id="label-mrkdwn"),
        pytest.param({"blocks": [field(label=plain("a" * 2001))]}, "/view/blocks/0/label/text: must be at most 2000 characters, has 2001", id="label-long"),
        pytest.param({"blocks": [field(hint=plain("a" * 2001))]}, "/view/blocks/0/hint/text: must be at most 2000 characters, has 2001", id="hint-long"),
        pytest.param({"blocks": [field(element=button())]}, "/view/blocks/0/element: 'button' is no input element that is allowed here", id="input-button"),
        pytest.param(
            {"blocks": [field(element={"type": "plain_text_input", "placeholder": plain("p" * 151)})]},
            "/view/blocks/0/element/placeholder/text: must be at most 150 characters, has 151",
            id="placeholder-long",
        ),
        pytest.param(
            {"blocks": [field(element={"type": "plain_text_input", "max_length": 3001})]},
            "/view/blocks/0/element/max_length: must be a whole number from 1 to 3000",
            id="max-length",
        ),
        pytest.param(
            {"blocks": [field(element={"type": "plain_text_input", "initial_value": "i" * 3001})]},
            "/view/blocks/0/element/initial_value: must be at most 3000 characters, has 3001",
            id="initial-value-long",
        ),
        pytest.param({"blocks": [{"type": "table", "rows": []}]}, "/view/blocks/0: 'table' is no block that a modal may hold", id="table-in-modal"),
        pytest.param({"blocks": [field(), field()]}, "/view/blocks: the block_id text stands 2 times", id="block-id-twice"),
    ],
)  # fmt: skip
def test_a_modal_that_breaks_a_rule_is_refused(change: dict[str, Any], rule: str) -> None:
    assert Breach(rule, "invalid_arguments") in list(view_breaches({**MODAL, **change}))


def test_a_modal_with_an_input_needs_a_submit() -> None:
    without = {name: value for name, value in MODAL.items() if name != "submit"}

    assert list(view_breaches(without)) == [Breach("/view: a modal with an input needs a submit", "invalid_arguments")]


def test_a_modal_has_a_hundred_blocks_at_most_and_one_at_least() -> None:
    def rules(count: int) -> list[str]:
        return [breach.rule for breach in view_breaches({**MODAL, "blocks": [{"type": "divider"}] * count})]

    assert "/view/blocks: must have 1 to 100 items, has 101" in rules(101)
    assert rules(0) == ["/view/blocks: must have 1 to 100 items, has 0"]


def test_home_has_no_title_and_no_input() -> None:
    home = {"type": "home", "blocks": [section("a")]}

    assert list(view_breaches(home)) == []
    assert list(view_breaches({**home, "title": plain("t")})) == [
        Breach("/view: has the unknown field title", "invalid_arguments")
    ]
    assert Breach("/view/blocks/0: 'input' is no block that a home may hold", "invalid_arguments") in list(
        view_breaches({**home, "blocks": [field()]})
    )


@pytest.mark.parametrize("view", [None, "modal", {"type": "dialog", "blocks": []}, {"blocks": []}])
def test_a_view_has_a_type(view: Any) -> None:
    (breach,) = view_breaches(view)

    assert breach.rule.endswith("is no type of view")
    assert breach.error == "invalid_arguments"
