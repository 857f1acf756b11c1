import pytest

from bot.token.strict_json import MAX_DEPTH, strict_json


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":[1,2.5,null,true,"b"]}', {"a": [1, 2.5, None, True, "b"]}),
        (' {"a":1} ', {"a": 1}),
        ("1e3", 1000.0),
    ],
)
def test_json_is_parsed(text: str, value: object) -> None:
    assert strict_json(text) == value


def test_the_deepest_nesting_that_is_read() -> None:
    assert strict_json(nested(MAX_DEPTH)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"a":1,"a":2}',
        '{"x":{"a":1,"a":2}}',
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        nested(MAX_DEPTH + 1),
        '{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1),
        "[" * 100_000,
    ],
)
def test_what_is_not_of_the_strict_kind_is_none(text: str) -> None:
    assert strict_json(text) is None


def test_brackets_in_texts_and_beside_each_other_are_no_depth() -> None:
    assert strict_json('["' + "[{" * 50 + '\\"[", []]') == ["[{" * 50 + '"[', []]
    assert strict_json("[" + ",".join(["[]"] * 100) + "]") == [[]] * 100
    assert strict_json('["\\\\",' + "[" * 15 + "]" * 15 + "]") is not None


def test_an_escaped_quote_does_not_end_a_text() -> None:
    deep = "[" * (MAX_DEPTH + 1)
    assert strict_json(f'["\\"{deep}"]') == [f'"{deep}']
