"""What Slack makes of text that a person types: entities, links and rich text."""

import re
from collections.abc import Iterator

from bot.local.slack.shape import Object

_URL = re.compile(r"https?://[^\s<>\"'`|]+[^\s<>\"'`|.,;:!?)\]}]")
_DOMAIN = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io)(?![\w-]|\.\w)", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.])[\w.+-]+@(?:[\w-]+\.)+(?:com|org|net|io)\b")
_LINKS = re.compile(f"(?P<url>{_URL.pattern})|(?P<mail>{_MAIL.pattern})|(?P<domain>{_DOMAIN.pattern})", re.IGNORECASE)
_FENCE = re.compile(r"```\n?(.*?)\n?```\n?", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")


def escaped(text: str) -> str:
    """Text with the three characters that Slack's markup uses written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marked_up(text: str) -> str:
    """The `text` of a message event: entities, and links in angle brackets."""
    parts, end = [], 0
    for found in _LINKS.finditer(text):
        parts += [escaped(text[end : found.start()]), _marked_up_link(found)]
        end = found.end()
    return "".join([*parts, escaped(text[end:])])


def rich_text(text: str) -> list[Object]:
    """The `blocks` of a message event: one rich_text block with sections and preformatted parts."""
    elements: list[Object] = []
    end = 0
    for fence in _FENCE.finditer(text):
        elements += _section(text[end : fence.start()])
        elements.append(
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": fence[1] or " "}], "border": 0}
        )
        end = fence.end()
    elements += _section(text[end:])
    return [{"type": "rich_text", "block_id": "typed", "elements": elements}] if elements else []


def _section(text: str) -> list[Object]:
    return [{"type": "rich_text_section", "elements": list(_runs(text))}] if text else []


def _runs(text: str) -> Iterator[Object]:
    end = 0
    for code in _CODE.finditer(text):
        yield from _linked(text[end : code.start()])
        yield {"type": "text", "text": code[1], "style": {"code": True}}
        end = code.end()
    yield from _linked(text[end:])


def _linked(text: str) -> Iterator[Object]:
    end = 0
    for found in _LINKS.finditer(text):
        if found.start() > end:
            yield {"type": "text", "text": text[end : found.start()]}
        target = _target(found)
        yield (
            {"type": "link", "url": target} if target == found[0] else {"type": "link", "url": target, "text": found[0]}
        )
        end = found.end()
    if end < len(text):
        yield {"type": "text", "text": text[end:]}


def _target(found: re.Match[str]) -> str:
    prefix = "mailto:" if found["mail"] else "http://" if found["domain"] else ""
    return prefix + found[0]


def _marked_up_link(found: re.Match[str]) -> str:
    target = _target(found)
    return f"<{escaped(target)}>" if target == found[0] else f"<{escaped(target)}|{escaped(found[0])}>"
