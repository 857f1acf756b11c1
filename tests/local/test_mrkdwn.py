from datetime import UTC, datetime

import pytest

from bot.local.mrkdwn import mrkdwn

NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("marked", "drawn"),
    [
        ("plain", "plain"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("*bold* _italic_ ~gone~ `code`", "bold italic gone code"),
        ("2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"),
        ("`*not bold*` and `<tag&gt;`", "*not bold* and <tag>"),
        ("```\ncurl &lt;url&gt;\n```", "curl <url>"),
        ("see <https://example.org/a?b=1&amp;c=2|the guide>", "see the guide (https://example.org/a?b=1&c=2)"),
        ("see <https://example.org>", "see https://example.org"),
        ("<mailto:ada@example.org|ada@example.org>", "ada@example.org (mailto:ada@example.org)"),
        ("valid until <!date^1790005210^{date_short} {time}|17:40>", "valid until Sep 21, 2026 15:40"),
        ("<!date^1790005210^{time}^https://example.org|17:40>", "15:40 (https://example.org)"),
        ("<!date^soon^{time}|17:40>", "17:40"),
        ("<!date^99999999999999999^{time}|17:40>", "17:40"),
        ("<@U0001> <#C0001|help> <#C0002> <!here>", "@U0001 #help #C0002 @here"),
        (":white_check_mark: Passed :no_such_emoji:", "✅ Passed :no_such_emoji:"),
        ("`:x:` stays", ":x: stays"),
        ("&gt; quoted\nnot", "│ quoted\nnot"),
        ("*<https://example.org|bold link>*", "bold link (https://example.org)"),
        ("[brackets] are no markup", "[brackets] are no markup"),
    ],
)
def test_words(marked: str, drawn: str) -> None:
    assert mrkdwn(marked, NOW).plain == drawn


def test_styles() -> None:
    text = mrkdwn("a *bold `code`* <https://example.org|link>", NOW)

    assert [(text.plain[span.start : span.end], str(span.style)) for span in text.spans] == [
        ("code", "cyan"),
        ("bold code", "bold"),
        ("link", "blue underline"),
        (" (https://example.org)", "dim"),
    ]
