"""String literals come out as the language's own compiler would read them."""

import pytest

from bot.intake.code.literals import Hole, Literals


def read(text: str, language: str) -> list[str]:
    """The pieces of the literal at the start, with holes as «expression»."""
    literal = Literals(text, language).at(0)
    assert literal is not None
    return [part if isinstance(part, str) else f"«{text[part.start : part.end]}»" for part in literal.parts]


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        pytest.param("python", r'"a\n\u200b\x41\101\\\q"', "a\n\u200bAA\\\\q", id="python"),
        pytest.param("python", r'r"a\n"', r"a\n", id="python-raw"),
        pytest.param("python", '"""a\nb"""', "a\nb", id="python-three-quotes"),
        pytest.param("python", '"Bearer {token}"', "Bearer {token}", id="python-without-f"),
        pytest.param("javascript", r'"a\n\u200B\x41\u{42}\q\_"', "a\n\u200bABq_", id="javascript-drops-the-backslash"),
        pytest.param("javascript", r"'Bearer ${token}'", "Bearer ${token}", id="javascript-quotes"),
        pytest.param("javascript", r'"\ud83d"', "\ufffd", id="javascript-half-a-pair"),
        pytest.param("csharp", r'"a\r\n\u200B"', "a\r\n\u200b", id="csharp"),
        pytest.param("csharp", '@"a\\n""b"', 'a\\n"b', id="csharp-verbatim"),
        pytest.param("csharp", '"{token}"', "{token}", id="csharp-without-dollar"),
        pytest.param("java", r'"a\n\u0041\_"', "a\nA\\_", id="java"),
        pytest.param("php", r"'a\n\'$token'", r"a\n'$token", id="php-single"),
        pytest.param("php", r'"a\n\x41\u{200b}\$t"', "a\nA\u200b$t", id="php-double"),
        pytest.param("ruby", r"'#{token}\n'", r"#{token}\n", id="ruby-single"),
        pytest.param("go", "`a\\n`", "a\\n", id="go-raw"),
        pytest.param("go", r'"a\n\u200b"', "a\n\u200b", id="go"),
        pytest.param("basic", '"say ""no"""', 'say "no"', id="visual-basic"),
    ],
)
def test_escapes_are_those_of_the_language(language: str, written: str, expected: str) -> None:
    assert read(written, language) == [expected]


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        pytest.param("python", 'f"a{{{b["c"]}}}d"', ["a{", '«b["c"]»', "}d"], id="python"),
        pytest.param("javascript", "`a${b ? `x${c}` : 1}d`", ["a", "«b ? `x${c}` : 1»", "d"], id="javascript-nested"),
        pytest.param("csharp", '$"a{b}{{c}}"', ["a", "«b»", "{c}"], id="csharp"),
        pytest.param("kotlin", '"a$b/${c.d}"', ["a", "«b»", "/", "«c.d»"], id="kotlin"),
        pytest.param("dart", "'a$b/${c.d}'", ["a", "«b»", "/", "«c.d»"], id="dart"),
        pytest.param("php", '"a$b/{$c->d}/$e[f]"', ["a", "«b»", "/", "«$c->d»", "/", "«e[f]»"], id="php"),
        pytest.param("ruby", '"a#{b["c"]}d"', ["a", '«b["c"]»', "d"], id="ruby"),
    ],
)
def test_expressions_inside_are_located(language: str, written: str, expected: list[str]) -> None:
    assert read(written, language) == expected


def test_a_literal_that_does_not_end_is_none() -> None:
    assert Literals('"abc\ndef"', "python").at(0) is None
    assert Literals("`abc", "javascript").at(0) is None


def test_a_literal_goes_on_where_somebody_wrapped_a_credential() -> None:
    run = "a" * 30

    assert read(f'"Bearer {run}\n  {run}"', "python") == [f"Bearer {run}\n  {run}"]


def test_a_hole_that_never_closes_is_text() -> None:
    assert read('f"a{b"', "python") == ["a{b"]


def test_holes_within_holes_cost_little() -> None:
    reading = Literals("`${" * 50_000, "javascript")

    reading.at(0)

    assert reading.work < 200_000


def test_a_hole_is_a_place() -> None:
    literal = Literals('f"x{abc}"', "python").at(0)

    assert literal is not None
    assert literal.parts == ("x", Hole(4, 7))
    assert repr(literal) == "Literal(end=9)"
