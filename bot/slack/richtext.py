"""What a person typed, read from a message's ``rich_text`` blocks rather than from its marked-up text.

Source of the elements: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Iterator
from typing import Any

from bot.slack.desk import Body

DEEPEST = 8
"""Lists and quotes lie in one another; deeper ones are left out."""


def typed(message: Body, *, shared: bool = True) -> str:
    """Return a message's text as it was typed, its marked-up text where it has no rich text.

    Where an app wrote it, the texts of its other blocks stand for a text that is missing. ``shared`` adds the messages
    that were shared with it and what an app attached; previews of links are never read.
    """
    blocks = _objects(message.get("blocks"))
    rich = [block for block in blocks if block.get("type") == "rich_text"]
    text = str(message.get("text") or "")
    if rich:
        parts = [part for block in rich for part in _parts(block, 0)]
    else:
        parts = [text] if text.strip() else [part for block in blocks for part in _texts(block)]
    if shared:
        parts += [part for item in _objects(message.get("attachments")) for part in _attached(item)]
    return "\n".join(part for part in parts if part)


def _texts(block: Body) -> Iterator[str]:
    """Yield the texts of a section, a header or a context block."""
    for item in (block, *_objects(block.get("fields")), *_objects(block.get("elements"))):
        text = item.get("text")
        yield str(text.get("text") or "") if isinstance(text, dict) else str(text or "")


def _attached(attachment: Body) -> Iterator[str]:
    if attachment.get("from_url") and not (attachment.get("is_share") or attachment.get("is_msg_unfurl")):
        return
    yield str(attachment.get("text") or attachment.get("fallback") or "")


def _parts(element: Body, depth: int) -> Iterator[str]:
    """Yield what stands on lines of its own: sections, preformatted text, quotes, list items."""
    if depth > DEEPEST:
        return
    inline: list[str] = []
    for child in _objects(element.get("elements")):
        if str(child.get("type", "")).startswith("rich_text"):
            yield from _parts(child, depth + 1)
        else:
            inline.append(_inline(child))
    if inline:
        yield "".join(inline).strip("\n")


def _inline(element: Body) -> str:
    match element.get("type"):
        case "link":
            return _link(str(element.get("url") or ""), str(element.get("text") or ""))
        case "emoji":
            return f":{element.get('name', '')}:"
        case "user" | "channel" | "usergroup":
            return "@" + str(element.get(f"{element['type']}_id", ""))
        case "broadcast":
            return "@" + str(element.get("range", ""))
        case "date":
            return str(element.get("fallback") or "")
        case "color":
            return str(element.get("value") or "")
        case _:
            return str(element.get("text") or "")


def _link(url: str, text: str) -> str:
    """A link that Slack made of what was typed is what was typed; one that a person made says both."""
    if not text:
        return url
    same = (url, url.partition("://")[2], url.removeprefix("mailto:"))
    return text if text.rstrip("/") in {address.rstrip("/") for address in same} else f"{text} {url}"


def _objects(value: Any) -> list[Body]:  # noqa: ANN401 - whatever stands there in the JSON
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
