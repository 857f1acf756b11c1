from typing import Any

import pytest

from bot.slack.richtext import typed


def section(*elements: Any, kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(elements)}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def message(*elements: Any) -> dict[str, Any]:
    return {"text": "<marked|up> &amp;", "blocks": [{"type": "rich_text", "elements": list(elements)}]}


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ([section(text("a "), text("b"))], "a b"),
        (
            [section(text("see:\n")), section(text("curl"), kind="rich_text_preformatted"), section(text("\nend"))],
            "see:\ncurl\nend",
        ),
        ([section(section(text("one")), section(text("two")), kind="rich_text_list")], "one\ntwo"),
        ([section(text("quoted"), kind="rich_text_quote")], "quoted"),
        ([section({"type": "link", "url": "https://a.example/x"})], "https://a.example/x"),
        ([section({"type": "link", "url": "http://a.example", "text": "a.example"})], "a.example"),
        ([section({"type": "link", "url": "https://a.example/", "text": "https://a.example"})], "https://a.example"),
        ([section({"type": "link", "url": "mailto:a@b.example", "text": "a@b.example"})], "a@b.example"),
        ([section({"type": "link", "url": "https://a.example", "text": "here"})], "here https://a.example"),
        ([section({"type": "emoji", "name": "wave"})], ":wave:"),
        ([section({"type": "user", "user_id": "U1"}, text(" "), {"type": "channel", "channel_id": "C1"})], "@U1 @C1"),
        ([section({"type": "broadcast", "range": "here"})], "@here"),
        (
            [section({"type": "date", "timestamp": 1, "fallback": "then"}, {"type": "color", "value": "#fff"})],
            "then#fff",
        ),
        ([section({"type": "usergroup", "usergroup_id": "S1"})], "@S1"),
        ([section({"type": "of_next_year", "text": "kept"})], "kept"),
        ([section("no object", None, text("kept"))], "kept"),
    ],
)
def test_what_was_typed(elements: list[Any], expected: str) -> None:
    assert typed(message(*elements)) == expected


def test_without_rich_text_the_marked_up_text_is_given() -> None:
    assert typed({"text": "a &amp; b", "blocks": [{"type": "section"}]}) == "a &amp; b"


def test_attachments_are_read_too() -> None:
    attachments = [{"text": "401 Unauthorized"}, {"fallback": "plain"}, {"title": "nothing"}, "no object"]

    assert typed({"text": "alert", "attachments": attachments}) == "alert\n401 Unauthorized\nplain"


@pytest.mark.parametrize(
    "broken", [{}, {"text": None}, {"blocks": "x"}, {"blocks": [{"type": "rich_text", "elements": 5}]}]
)
def test_broken_messages_hold_nothing(broken: dict[str, Any]) -> None:
    assert typed(broken) == ""


def test_endless_nesting_is_left_out() -> None:
    nested: dict[str, Any] = section(text("deep"))
    for _ in range(500):
        nested = section(nested, kind="rich_text_list")

    assert typed(message(nested)) == ""
