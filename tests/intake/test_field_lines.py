import pytest

from bot.intake.field_lines import MAX_VALUE, FieldLine, field_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Authorization: abc", FieldLine(0, "Authorization", " abc", 18)),
        ("GET /\nauthorization:abc\nx", FieldLine(6, "authorization", "abc", 23)),
        ("Authorization  : abc", FieldLine(0, "Authorization  ", " abc", 20)),
        ('{"Authorization": "abc"}', FieldLine(1, 'Authorization"', ' "abc"}', 24)),
        ("x'Authorization': 'abc'", FieldLine(2, "Authorization'", " 'abc'", 23)),
        ("(Authorization: abc", FieldLine(1, "Authorization", " abc", 19)),
        ("X-Auth-Token: abc", FieldLine(0, "X-Auth-Token", " abc", 17)),
        ("Authorization\u200b: abc", FieldLine(0, "Authorization\u200b", " abc", 19)),
        ("a: b, Authorization: Bearer: x", FieldLine(6, "Authorization", " Bearer: x", 30)),
    ],
)
def test_a_known_name_before_a_colon_is_a_field_to_the_end_of_its_line(text: str, expected: FieldLine) -> None:
    assert list(field_lines(text)) == [expected]
    assert "abc" not in repr(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Host: example.org",
        "Authorization abc",
        "my-Authorization: abc",
        "x.Authorization: abc",
        "9Authorization: abc",
        "Authorization    : abc",
        "bearer://abc",
        "TOKEN := abc",
        "token ::= abc",
        ":",
        "",
        "Authorization\n: abc",
    ],
)
def test_other_colons_begin_no_field(text: str) -> None:
    assert list(field_lines(text)) == []


def test_each_line_has_its_field_and_a_long_value_is_cut() -> None:
    found = list(field_lines("Token: a\nJWT: b\n" + "Authorization: " + "x" * 2 * MAX_VALUE))

    assert [(line.name, len(line.value)) for line in found] == [
        ("Token", 2),
        ("JWT", 2),
        ("Authorization", MAX_VALUE - 1),
    ]


def test_fields_in_one_string_end_where_the_next_begins() -> None:
    (line,) = field_lines(r'"Authorization: Bearer abc\r\nX-Request-Id: def\nAccept: */*"')

    assert (line.name, line.value) == ("Authorization", " Bearer abc")


@pytest.mark.parametrize("value", [r"Bearer abc\n", r"Bearer abc\nhttps://x", r"Bearer abc\n def: no"])
def test_another_escape_belongs_to_the_value(value: str) -> None:
    (line,) = field_lines(f"Authorization: {value}")

    assert line.value == f" {value}"
