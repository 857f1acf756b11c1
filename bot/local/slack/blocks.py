"""Block Kit as tables: the fields of each block and element, and their limits.

The portable set, which every surface of Slack renders.
Source of the limits: Slack's Block Kit reference and the models of slack_sdk.
"""

from bot.local.slack.shape import Check, array, boolean, integer, link, one_of, record, string, tagged

ID = string(255)
PORTABLE = frozenset({"section", "header", "divider", "context", "actions", "image", "rich_text", "input"})
"""Blocks that look the same in every client and on every surface; all others break a rule of this project."""

_BY_SURFACE = {
    "message": {
        "markdown",
        "table",
        "data_table",
        "context_actions",
        "plan",
        "task_card",
        "card",
        "carousel",
        "container",
    }
    | {"data_visualization", "video", "file"},
    "modal": {"card", "alert", "video"},
    "home": {"table", "data_table", "card", "carousel", "container", "data_visualization", "video"},
}
SURFACES = {
    "message": (PORTABLE - {"input"}) | _BY_SURFACE["message"],
    "modal": PORTABLE | _BY_SURFACE["modal"],
    "home": (PORTABLE - {"input"}) | _BY_SURFACE["home"],
}
"""Which block types each surface takes. Slack takes `input` in messages and Home too; here it is for modals alone."""
BLOCKS_MOST = {"message": 50, "modal": 100, "home": 100}


def plain(most: int) -> Check:
    """A `plain_text` object."""
    return tagged("text", {"plain_text": record({"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Check:
    """A `plain_text` or `mrkdwn` object."""
    kinds = {
        "plain_text": record({"text": string(most)}, {"emoji": boolean}),
        "mrkdwn": record({"text": string(most)}, {"verbatim": boolean}),
    }
    return tagged("text", kinds)


STYLE = one_of("primary", "danger")
CONFIRM = record({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE})
OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75), "url": link(3000)})
IMAGE = record(
    {"image_url": link(3000), "alt_text": string(2000)},
    {"title": plain(2000), "block_id": ID},
)
BUTTON = record(
    {"text": plain(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "url": link(3000),
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
_CHOICE = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
SELECT = record(
    {"options": array(OPTION, 100)},
    {**_CHOICE, "placeholder": plain(150), "initial_option": OPTION},
)
OVERFLOW = record({"options": array(OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM})
RADIO_BUTTONS = record({"options": array(OPTION, 10)}, {**_CHOICE, "initial_option": OPTION})
CHECKBOXES = record({"options": array(OPTION, 10)}, {**_CHOICE, "initial_options": array(OPTION, 10)})
_DISPATCH = record({"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)})
_TYPED = {
    "action_id": ID,
    "initial_value": string(3000, least=0),
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": _DISPATCH,
}
PLAIN_TEXT_INPUT = record(
    {},
    {**_TYPED, "multiline": boolean, "min_length": integer(0, 3000), "max_length": integer(1, 3000)},
)
CLICKABLE: dict[str, Check] = {
    "button": BUTTON,
    "static_select": SELECT,
    "overflow": OVERFLOW,
    "radio_buttons": RADIO_BUTTONS,
    "checkboxes": CHECKBOXES,
}
CONVERSATIONS_SELECT = record(
    {},
    {
        **_CHOICE,
        "placeholder": plain(150),
        "initial_conversation": ID,
        "default_to_current_conversation": boolean,
        "response_url_enabled": boolean,
        "filter": record(
            {},
            {
                "include": array(one_of("im", "mpim", "private", "public"), 4),
                "exclude_external_shared_channels": boolean,
                "exclude_bot_users": boolean,
            },
        ),
    },
)
INPUTS: dict[str, Check] = {
    "conversations_select": CONVERSATIONS_SELECT,
    "plain_text_input": PLAIN_TEXT_INPUT,
    "url_text_input": record({}, _TYPED),
    "static_select": SELECT,
    "radio_buttons": RADIO_BUTTONS,
    "checkboxes": CHECKBOXES,
}

_STYLED = {"style": record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))}
_RUN = string(3000, blank=True)
_DATE = record({"timestamp": integer(0, 2**40), "format": string(300)}, {"url": link(3000), "fallback": string(300)})
INLINE: dict[str, Check] = {
    "text": record({"text": _RUN}, _STYLED),
    "link": record({"url": link(3000)}, {**_STYLED, "text": _RUN, "unsafe": boolean}),
    "emoji": record({"name": string(100)}, {**_STYLED, "skin_tone": integer(1, 6), "unicode": string(100)}),
    "date": _DATE,
    "user": record({"user_id": ID}, _STYLED),
    "channel": record({"channel_id": ID}, _STYLED),
    "usergroup": record({"usergroup_id": ID}, _STYLED),
    "broadcast": record({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "color": record({"value": string(20)}),
}
_RUNS = array(tagged("part of rich text", INLINE), 1000)
_CODE_RUNS = array(tagged("part of preformatted text", {kind: INLINE[kind] for kind in ("text", "link")}), 1000)
_RICH_TEXT_SECTION = record({"elements": _RUNS})
_RICH_TEXT_LIST = record(
    {
        "style": one_of("bullet", "ordered"),
        "elements": array(tagged("list item", {"rich_text_section": _RICH_TEXT_SECTION}), 1000),
    },
    {"indent": integer(0, 8), "offset": integer(0, 1000), "border": integer(0, 1)},
)
RICH_TEXT: dict[str, Check] = {
    "rich_text_section": _RICH_TEXT_SECTION,
    "rich_text_list": _RICH_TEXT_LIST,
    "rich_text_preformatted": record({"elements": _CODE_RUNS}, {"border": integer(0, 1)}),
    "rich_text_quote": record({"elements": _RUNS}, {"border": integer(0, 1)}),
}

_CONTEXT = {
    "plain_text": text(3000),
    "mrkdwn": text(3000),
    "image": record({"image_url": link(3000), "alt_text": string(2000)}),
}
BLOCKS: dict[str, Check] = {
    "section": record(
        {},
        {
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": tagged("accessory", {**CLICKABLE, "image": _CONTEXT["image"]}),
            "block_id": ID,
            "expand": boolean,
        },
    ),
    "header": record({"text": plain(150)}, {"block_id": ID}),
    "divider": record({}, {"block_id": ID}),
    "context": record({"elements": array(tagged("context element", _CONTEXT), 10)}, {"block_id": ID}),
    "actions": record({"elements": array(tagged("action", CLICKABLE), 25)}, {"block_id": ID}),
    "image": IMAGE,
    "rich_text": record({"elements": array(tagged("rich text element", RICH_TEXT), 1000)}, {"block_id": ID}),
    "input": record(
        {"label": plain(2000), "element": tagged("input element", INPUTS)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean, "block_id": ID},
    ),
}
"""The portable blocks. What Slack allows beyond them is named in `SURFACES` and not judged further."""

MODAL = record(
    {"title": plain(24), "blocks": array(lambda _value, _pointer: iter(()), BLOCKS_MOST["modal"])},
    {
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(3000, least=0),
        "callback_id": ID,
        "external_id": ID,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
HOME = record(
    {"blocks": array(lambda _value, _pointer: iter(()), BLOCKS_MOST["home"])},
    {"private_metadata": string(3000, least=0), "callback_id": ID, "external_id": ID},
)
VIEWS: dict[str, Check] = {"modal": MODAL, "home": HOME}
