"""Slack's views: the modal to paste into, what it shows while checking and after, and the Home tab.

Nothing pasted is ever put into a view's metadata or initial values.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.render import texts
from bot.render.answer import answer
from bot.render.around import ALONE, Around
from bot.render.elements import (
    CHECK_ANOTHER,
    DISMISS,
    Block,
    Message,
    actions,
    bullets,
    button,
    context,
    divider,
    header,
    line,
    link,
    plain_text,
    rich,
    told,
    words,
)
from bot.render.markup import cut, plain
from bot.render.pages import how_to_ask, listed, pages, said
from bot.report import Report

TITLE_MOST = 24
PASTE_MOST = 3000
"""What Slack lets people type into one field, in characters."""


def paste_modal() -> Block:
    """The form: a text, and the request's URL and the API's answer where the text has none.

    What people typed stands in the view's state under the blocks ``paste``, ``url`` and ``answer``, action ``text``.
    """
    return _modal(
        "paste",
        [
            {
                "type": "input",
                "block_id": "paste",
                "label": plain_text(texts.PASTE_LABEL, 2000),
                "hint": plain_text(texts.PASTE_HINT, 2000),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "text",
                    "multiline": True,
                    "max_length": PASTE_MOST,
                    "focus_on_load": True,
                    "placeholder": plain_text(texts.PASTE_PLACEHOLDER, 150),
                },
            },
            {
                "type": "input",
                "block_id": "url",
                "optional": True,
                "label": plain_text(texts.URL_LABEL, 2000),
                "hint": plain_text(texts.URL_HINT, 2000),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "text",
                    "max_length": PASTE_MOST,
                    "placeholder": plain_text(texts.URL_PLACEHOLDER, 150),
                },
            },
            {
                "type": "input",
                "block_id": "answer",
                "optional": True,
                "label": plain_text(texts.ANSWER_LABEL, 2000),
                "hint": plain_text(texts.ANSWER_HINT, 2000),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "text",
                    "multiline": True,
                    "max_length": PASTE_MOST,
                    "placeholder": plain_text(texts.ANSWER_PLACEHOLDER, 150),
                },
            },
            context(texts.PASTE_PRIVACY),
        ],
        submit=texts.SUBMIT,
        close=texts.CANCEL,
    )


def result_modal(report: Report, reference: str, around: Around = ALONE) -> Block:
    """The answer in place of the form. While a handle for live checks is in it, its closing is told of."""
    view = _modal("result", answer(report, reference=reference, surface="modal", around=around).blocks)
    return {**view, "notify_on_close": True} if around.live else view


def without_button(view: Mapping[str, Any], action: str, note: str) -> Block:
    """A modal as Slack described it, without one of its buttons and with a small line in its place."""
    kept: list[Block] = []
    for block in view.get("blocks", []):
        buttons = [element for element in block.get("elements", []) if element.get("action_id") != action]
        if block.get("type") != "actions" or len(buttons) == len(block["elements"]):
            kept.append(block)
        else:
            kept += [context(plain(note)), *([{**block, "elements": buttons}] if buttons else [])]
    fields = ("type", "callback_id", "title", "close", "notify_on_close")
    return {**{name: view[name] for name in fields if view.get(name)}, "blocks": kept}


def message_modal(message: Message) -> Block:
    """Any other message in place of the form, without its way to dismiss it."""
    return _modal("message", [kept for block in message.blocks for kept in _without_dismiss(block)])


def _without_dismiss(block: Block) -> list[Block]:
    elements = block.get("elements")
    if block["type"] != "actions" or not isinstance(elements, list):
        return [block]
    kept = [element for element in elements if element.get("action_id") != DISMISS]
    return [actions(*kept)] if kept else []


def home(hosts: Iterable[tuple[str, str]], *, live: bool = True) -> Block:
    """The Home tab.

    ``hosts`` are the services: a title and the base URL of each. ``live`` says whether live checks are on.
    """
    checks = bullets(
        line(words(f"{title}: ", bold=True), *told(what, 300), words(" "), link(page.title, page.url))
        for title, what, page in texts.CHECKLIST
    )
    services = bullets(line(words(f"{cut(title, 80)}: "), *told(f"`{url}`", 120)) for title, url in hosts)
    return {
        "type": "home",
        "blocks": [
            header(texts.HOME_TITLE),
            rich(said(texts.HELP_INTRO)),
            actions(button(texts.CHECK_TOKEN, CHECK_ANOTHER, style="primary")),
            rich(*how_to_ask()),
            divider(),
            header(texts.CHECKS_TITLE),
            rich(checks),
            divider(),
            header(texts.PRIVACY_TITLE),
            rich(listed(texts.PRIVACY if live else texts.PRIVACY_OFFLINE)),
            divider(),
            header(texts.HOSTS_TITLE),
            rich(said(texts.HOSTS_INTRO), services, pages(texts.PAGES)),
        ],
    }


def _modal(callback: str, blocks: list[Block], *, submit: str = "", close: str = texts.CLOSE) -> Block:
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(texts.NAME, TITLE_MOST),
        "close": plain_text(close, TITLE_MOST),
        "blocks": blocks,
    }
    return {**view, "submit": plain_text(submit, TITLE_MOST)} if submit else view
