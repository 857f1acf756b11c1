"""Slack's rules for what an app may send: messages, views and acknowledgements, judged without any state."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.local.slack.blocks import BLOCKS, BLOCKS_MOST, PORTABLE, SURFACES, VIEWS
from bot.local.slack.shape import Object

POSTED_MOST = 10_000
"""Characters of all blocks in a message sent by chat.postMessage and its kin; Slack refuses some above it."""
RESPONDED_MOST = 13_000
"""Characters of all blocks in an acknowledgement or a response_url message."""
TEXT_MOST = 4_000
"""Characters of the plain `text` that Slack recommends; it cuts at 40,000."""

_MESSAGE_FIELDS = frozenset(
    {"text", "blocks", "attachments", "metadata", "mrkdwn", "thread_ts", "unfurl_links", "unfurl_media"}
)
RESPONSE_FIELDS = _MESSAGE_FIELDS | {"response_type", "replace_original", "delete_original"}
"""Fields of a message in an acknowledgement or sent to a response_url."""
POST_FIELDS = _MESSAGE_FIELDS | {
    *(
        "channel",
        "user",
        "ts",
        "as_user",
        "icon_emoji",
        "icon_url",
        "username",
        "link_names",
        "parse",
        "reply_broadcast",
    ),
    *("markdown_text", "team_id", "token"),
}
"""Arguments of the chat.* methods."""

_BROADCAST = re.compile(r"<!(?:channel|here|everyone|subteam\^[^>]*)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Breach:
    """A broken rule, and the error Slack answers with; with no error Slack lets it pass, but a reader suffers."""

    rule: str
    error: str = ""


def message_breaches(message: Object, most: int, allowed: frozenset[str]) -> Iterator[Breach]:
    """What is wrong with a message of at most `most` characters in its blocks and of the `allowed` fields."""
    for name in message:
        if name not in allowed:
            yield Breach(f"/{name}: is no field of this message")
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        yield Breach(
            "/text: is missing: screen readers and notifications read nothing else",
            "" if message.get("blocks") else "no_text",
        )
    elif len(text) > TEXT_MOST:
        yield Breach(f"/text: must be at most {TEXT_MOST} characters, has {len(text)}")
    if "blocks" in message:
        yield from block_breaches(message["blocks"], "message", most)
    if _wakes(message):
        yield Breach("mentions everybody: an answer must not wake a channel")


def block_breaches(blocks: object, surface: str, most: int) -> Iterator[Breach]:
    """What is wrong with the blocks of a `message`, `modal` or `home`."""
    if not isinstance(blocks, list):
        yield Breach("/blocks: must be a list", "invalid_blocks_format")
        return
    if surface == "message" and len(blocks) > BLOCKS_MOST[surface]:
        yield Breach(f"/blocks: must have at most {BLOCKS_MOST[surface]} items, has {len(blocks)}", "invalid_blocks")
    for index, block in enumerate(blocks):
        yield from _block(block, f"/blocks/{index}", surface)
    yield from _repeated(blocks)
    total = sum(map(len, texts(blocks)))
    if total >= most:
        yield Breach(f"/blocks: all text must stay under {most} characters, has {total}", "msg_blocks_too_long")


def _block(block: object, pointer: str, surface: str) -> Iterator[Breach]:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(block, dict) or not isinstance(kind, str) or kind not in SURFACES[surface]:
        yield Breach(f"{pointer}: {kind!r} is no block that a {surface} may hold", "invalid_blocks")
    elif kind not in PORTABLE:
        yield Breach(f"{pointer}: {kind} does not show in every client: keep to the portable blocks")
    else:
        for problem in BLOCKS[kind](block, pointer):
            yield Breach(problem, "invalid_blocks")
        if kind == "section" and "text" not in block and "fields" not in block:
            yield Breach(f"{pointer}: must have text or fields", "invalid_blocks")


def _repeated(blocks: list[Any]) -> Iterator[Breach]:
    objects = [block for block in blocks if isinstance(block, dict)]
    for block_id, count in Counter(str(block["block_id"]) for block in objects if "block_id" in block).items():
        if count > 1:
            yield Breach(f"/blocks: the block_id {block_id} stands {count} times", "invalid_blocks")
    seen: set[str] = set()
    for index, block in enumerate(objects):
        here = Counter(str(element["action_id"]) for element in elements(block) if "action_id" in element)
        for action_id, count in here.items():
            if count > 1:
                yield Breach(f"/blocks/{index}: the action_id {action_id} stands {count} times", "invalid_blocks")
            if action_id in seen and block.get("type") != "input":
                yield Breach(f"/blocks/{index}: the action_id {action_id} stands in another block as well")
        seen.update(here)


def _wakes(value: object) -> bool:
    """Whether a text or a part of rich text mentions a whole channel or a group."""
    if isinstance(value, dict):
        return value.get("type") in {"broadcast", "usergroup"} or any(_wakes(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_wakes(inner) for inner in value)
    return isinstance(value, str) and _BROADCAST.search(value) is not None


def view_breaches(view: object) -> Iterator[Breach]:
    """What is wrong with a view, modal or Home."""
    kind = view.get("type") if isinstance(view, dict) else None
    if not isinstance(view, dict) or not isinstance(kind, str) or kind not in VIEWS:
        yield Breach(f"/view: {kind!r} is no type of view", "invalid_arguments")
        return
    for problem in VIEWS[kind](view, "/view"):
        yield Breach(problem, "invalid_arguments")
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return
    for breach in block_breaches(blocks, kind, RESPONDED_MOST):
        yield Breach(f"/view{breach.rule}", breach.error and "invalid_arguments")
    if "submit" not in view and any(isinstance(block, dict) and block.get("type") == "input" for block in blocks):
        yield Breach("/view: a modal with an input needs a submit", "invalid_arguments")


def elements(block: Object) -> list[Object]:
    """What a person can click or fill in in a block."""
    found = [block.get("accessory"), block.get("element")]
    if block.get("type") == "actions" and isinstance(block.get("elements"), list):
        found += block["elements"]
    return [element for element in found if isinstance(element, dict)]


def texts(value: object) -> Iterator[str]:
    """Every text a reader sees in a block, a message or a view, in order."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"text", "alt_text", "fallback"} and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
