"""Slack's markup drawn for a terminal: bold, italics, code, links, dates, emoji."""

import html
import re
from datetime import datetime

from rich.emoji import Emoji
from rich.text import Text

from bot.local.dates import spelled

CODE = "cyan"
LINK = "blue underline"
_MARKS = re.compile(
    r"```\n?(?P<fence>.*?)\n?```"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^_\n]+)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^~\n]+)~(?![\w~])",
    re.DOTALL,
)
_QUOTE = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)


def mrkdwn(text: str, now: datetime) -> Text:
    """A mrkdwn text as it shows; moments are spelled for the time zone of `now`."""
    drawn, end = Text(), 0
    text = _QUOTE.sub("│ ", text)
    for found in _MARKS.finditer(text):
        drawn.append(_plain(text[end : found.start()]))
        drawn.append_text(_marked(found, now))
        end = found.end()
    drawn.append(_plain(text[end:]))
    return drawn


def emojis(text: str) -> str:
    """Text with `:names:` of emoji replaced; names that are unknown stay."""
    return Emoji.replace(text)


def link(url: str, label: str = "") -> Text:
    """A link: its words, and where it leads unless the words say so already."""
    if not label or label == url:
        return Text(url, LINK)
    return Text.assemble((label, LINK), (f" ({url})", "dim"))


def moment(timestamp: int, form: str, fallback: str, now: datetime) -> str:
    """A moment as it shows, or the fallback where it cannot be spelled."""
    try:
        return spelled(timestamp, form, now)
    except ValueError:
        return fallback


def _marked(found: re.Match[str], now: datetime) -> Text:
    kind, inner = str(found.lastgroup), found[str(found.lastgroup)]
    if kind in {"fence", "code"}:
        return Text(html.unescape(inner), CODE)
    if kind == "angle":
        return _angle(inner, now)
    drawn = mrkdwn(inner, now)
    drawn.stylize({"bold": "bold", "italic": "italic", "strike": "strike"}[kind])
    return drawn


def _angle(inner: str, now: datetime) -> Text:
    """What stands in angle brackets: a date, a mention or a link."""
    target, _bar, label = inner.partition("|")
    label = html.unescape(label)
    if target.startswith("!date^"):
        _date, timestamp, form, *url = target.split("^")
        spelling = moment(int(timestamp), form, label, now) if timestamp.isdecimal() else label
        return link(url[0], spelling) if url else Text(spelling)
    if target[0] in "@#!":
        return Text(label or f"@{target[1:]}" if target[0] in "@!" else f"#{label or target[1:]}", "bold")
    return link(html.unescape(target), label)


def _plain(text: str) -> str:
    return emojis(html.unescape(text))
