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


def test_of_a_change_the_new_side_counts() -> None:
    change = "@@ -1,3 +1,3 @@ call\n headers: {\n-  a: old,\n+  a: new,\n }"

    assert plain(change) == "@@ -1,3 +1,3 @@ call\n headers: {\n  a: new,\n }"
    assert plain("diff --git a/x b/x\n--- a/x\n+++ b/x\n-KEY=1\n+KEY=2") == "diff --git a/x b/x\n+++ b/x\nKEY=2"


@pytest.mark.parametrize("between", [" | ", ": ", "\t", ":  "])
def test_numbers_of_lines_are_taken_off(between: str) -> None:
    lines = ["GET /a HTTP/1.1", "Host: x", "Accept: y", "Via: z"]
    text = "\n".join(f"{number:>3}{between}{line}" for number, line in enumerate(lines, 9))

    assert [line.strip() for line in plain(text).split("\n")] == lines


@pytest.mark.parametrize("text", ["1: a\n2: b", "1: a\n3: b\n4: c", "10:31 a\n10:32 b\n10:33 c", "1: a\n2: b\n3: c\nd"])
def test_numbers_that_do_not_count_lines_stay(text: str) -> None:
    assert plain(text) == text


def test_dashes_without_a_change_stay() -> None:
    assert plain("- a\n- b\n-H 'c'") == "- a\n- b\n-H 'c'"


def test_soft_breaks_and_escapes_of_a_mail_go() -> None:
    long = "x" * 75
    told = "Content-Transfer-Encoding: quoted-printable\n\nuse a=3Db, one=\n two"

    assert plain(told).endswith("use a=b, one two")
    assert plain(f"{long}=\n{long}=\nend") == f"{long}{long}end"


def test_half_a_surrogate_pair_in_a_mail_is_survived() -> None:
    assert plain("quoted-printable\n\nab=\ncd \ud800") == "quoted-printable\n\nabcd ?"


@pytest.mark.parametrize("text", ["a=\nb=\nc", "QUJD" * 18 + "QUI=\nend", "url=https://example.org/?a=3D&b=\nc"])
def test_other_equals_signs_stay(text: str) -> None:
    assert plain(text) == text
