"""What Slack makes of typed text, in `text` and in `blocks`."""

from typing import Any

import pytest

from bot.local.slack.typed import marked_up, rich_text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("at https://example.org/a?b=1&c=2.", "at <https://example.org/a?b=1&amp;c=2>."),
        ("see rolodex.api.rhythmsoftware.com/x", "see <http://rolodex.api.rhythmsoftware.com|rolodex.api.rhythmsoftware.com>/x"),
        ("mail ada@example.org", "mail <mailto:ada@example.org|ada@example.org>"),
        ("curl 'https://example.org' \\\n -H 'a: b'", "curl '<https://example.org>' \\\n -H 'a: b'"),
        ("aaa.bbb.ccc", "aaa.bbb.ccc"),
    ],
)  # fmt: skip
def test_markup(typed: str, text: str) -> None:
    assert marked_up(typed) == text


def elements(typed: str) -> list[dict[str, Any]]:
    (block,) = rich_text(typed)
    found: list[dict[str, Any]] = block["elements"]
    return found


def test_rich_text_has_links_and_code() -> None:
    assert elements("use `Bearer` at https://example.org now") == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "use "},
                {"type": "text", "text": "Bearer", "style": {"code": True}},
                {"type": "text", "text": " at "},
                {"type": "link", "url": "https://example.org"},
                {"type": "text", "text": " now"},
            ],
        }
    ]


def test_a_bare_domain_is_a_link_with_another_text() -> None:
    assert elements("example.org")[0]["elements"] == [
        {"type": "link", "url": "http://example.org", "text": "example.org"}
    ]


def test_a_fence_is_preformatted() -> None:
    assert elements("look:\n```\ncurl https://example.org\n```\nthanks") == [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "look:\n"}]},
        {
            "type": "rich_text_preformatted",
            "elements": [{"type": "text", "text": "curl https://example.org"}],
            "border": 0,
        },
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "thanks"}]},
    ]


def test_nothing_typed_makes_no_block() -> None:
    assert rich_text("") == []
