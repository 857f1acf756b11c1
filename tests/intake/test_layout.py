import pytest

from bot.intake.layout import plain

LINES = "GET /a HTTP/1.1\nHost: example.org\nAccept: */*\n\nHTTP/1.1 401 Unauthorized\nServer: x"


def test_an_empty_line_after_each_is_taken_out() -> None:
    assert plain(LINES.replace("\n", "\n\n")) == LINES


@pytest.mark.parametrize("text", ["", LINES, "one\n\ntwo\n\nthree", "a\nb\n\nc\n\nd\n\ne\n\nf"])
def test_empty_lines_that_mean_something_stay(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"<pre><code>{LINES}</code></pre>",
        f'<pre class="http">{LINES}</pre>',
        f"~~~\n{LINES}\n~~~",
        f"~~~http\n{LINES}\n~~~ ",
    ],
)
def test_what_stands_around_the_lines_is_taken_off(text: str) -> None:
    assert plain(text).strip() == LINES


def test_paragraphs_of_html_are_lines() -> None:
    assert plain("<p>GET https://example.org/a</p>\n<p>Accept: x</p>") == "GET https://example.org/a\nAccept: x"


def test_a_marker_in_angle_brackets_stays() -> None:
    assert plain("Authorization: Bearer <code>") == "Authorization: Bearer <code>"
