"""Slack's blocks as plain dicts, and the one way from a text of a report into them.

Only blocks that every surface renders: header, section, rich_text, context, actions, divider, and input in modals.
What a report says goes into rich_text, where nothing is parsed; mrkdwn is for our own words and for code spans.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from bot.render import texts
from bot.render.markup import SPANS_MOST, clean, cut, fit, inert, instant, moments, spans

Block: TypeAlias = dict[str, object]
"""A block, or a part of one, as Slack's JSON."""

CHECK_ANOTHER = "check_another"
DISMISS = "dismiss"
SHARE, SHARE_POST = "share", "share_post"
COPY = "copy"
RUN_LIVE = "run_live"
TELL_AUTHOR = "tell_author"
"""What buttons are called in Slack's interactions."""

HEADER_MOST = 150
SECTION_MOST = 3000
BUTTON_MOST = 75
BLOCKS_MOST = 35
CHARACTERS_MOST = 10_000
"""All texts of one message together: Slack refuses messages well before its documented limits add up."""


class Message(NamedTuple):
    """A message: ``text`` is what notifications and screen readers say, ``blocks`` what is shown."""

    text: str
    blocks: list[Block]


def plain_text(text: str, limit: int) -> Block:
    """A text in which nothing is markup, emoji names included."""
    return {"type": "plain_text", "text": cut(clean(text), limit) or " ", "emoji": False}


def header(text: str) -> Block:
    """A heading; assistive technology finds its way by these."""
    return {"type": "header", "text": plain_text(text, HEADER_MOST)}


def section(mrkdwn: str) -> Block:
    """A paragraph in mrkdwn that is escaped already."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": fit(mrkdwn, SECTION_MOST)}}


def context(*lines: str) -> Block:
    """Small grey lines in mrkdwn that is escaped already, at most ten."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": fit(line, SECTION_MOST)} for line in lines[:10]],
    }


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(label: str, action: str, *, style: str = "", spoken: str = "", value: str = "") -> Block:
    """A button. ``spoken`` is what screen readers say in place of the label."""
    text = {"type": "plain_text", "text": _fitted(label), "emoji": False}
    made: Block = {"type": "button", "text": text, "action_id": action}
    if style:
        made["style"] = style
    if spoken:
        made["accessibility_label"] = _fitted(spoken)
    if value:
        made["value"] = value
    return made


@lru_cache(maxsize=64)
def _fitted(label: str) -> str:
    """One of our own labels as a button can hold it."""
    return cut(clean(label), BUTTON_MOST) or " "


def actions(*buttons: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def rich(*parts: Block) -> Block:
    """A rich text: sections, lists and preformatted parts."""
    return {"type": "rich_text", "elements": list(parts)}


def line(*pieces: Block) -> Block:
    """A paragraph of a rich text."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def ordered(items: Iterable[Block]) -> Block:
    """A numbered list of lines."""
    return {"type": "rich_text_list", "style": "ordered", "elements": list(items)}


def bullets(items: Iterable[Block]) -> Block:
    """A list of lines with bullets."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(items)}


def preformatted(text: str) -> Block:
    """A command to copy, as it is."""
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": inert(text)}]}


def words(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    """Words as they stand: nothing in them is parsed."""
    made: Block = {"type": "text", "text": text}
    if bold:
        made["style"] = {"bold": True, "italic": True} if italic else {"bold": True}
    elif italic:
        made["style"] = {"italic": True}
    return made


def told(text: str, limit: int) -> list[Block]:
    """A text of a report as pieces of a rich text: its code spans as code, its moments as dates, all else as words."""
    if len(text) <= limit and text.isprintable() and "<" not in text and " UTC" not in text:
        pieces = _told_plainly(text.strip())
        if pieces is not None:
            return pieces
    return told_with_care(text, limit)


def _told_plainly(text: str) -> list[Block] | None:
    """A clean text of words and whole code spans as pieces; None where more is to be seen to."""
    if "`" not in text:
        return None if "://" in text else [{"type": "text", "text": text}] if text else []
    parts = text.split("`")
    words_alone, codes = parts[::2], parts[1::2]
    if len(words_alone) == len(codes) or len(codes) > SPANS_MOST or "://" in "".join(words_alone):
        return None
    pieces: list[Block] = []
    for before, code in zip(words_alone, codes, strict=False):
        if code.strip(" ") != code:
            return None
        if before:
            pieces.append({"type": "text", "text": before})
        if code:
            pieces.append({"type": "text", "text": code, "style": {"code": True}})
    if parts[-1]:
        pieces.append({"type": "text", "text": parts[-1]})
    return pieces


def told_with_care(text: str, limit: int) -> list[Block]:
    """What :func:`told` says of any text: cleaned, cut, its addresses unlinked, its moments as dates."""
    pieces: list[Block] = []
    for piece, code in spans(inert(text), limit):
        if code:
            pieces.append({"type": "text", "text": piece, "style": {"code": True}})
        else:
            pieces += _dated(piece) if " UTC" in piece else [{"type": "text", "text": piece}]
    return pieces


def _dated(text: str) -> list[Block]:
    """Plain words, with the moments in them as dates that each reader sees in their own time zone."""
    pieces: list[Block] = []
    for part, epoch in moments(text):
        if epoch is None:
            pieces.append(words(part))
        else:
            pieces.append({"type": "date", "timestamp": epoch, "format": "{date_short} {time}", "fallback": part})
    return pieces


def link(title: str, url: str) -> Block:
    """A link of a rich text."""
    return {"type": "link", "url": url, "text": inert(title)}


def moment(epoch: int) -> Block:
    """A moment of a rich text, shown in the reader's time zone."""
    fallback = instant(epoch)
    if fallback is None:
        return words(texts.NO_REAL_TIME)
    return {"type": "date", "timestamp": epoch, "format": "{date_short_pretty} {time}", "fallback": fallback}
