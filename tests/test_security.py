"""SECURITY.md promises nothing that no test holds."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::((?:Test\w+::)?test_\w+)`")
ROW = re.compile(r"^\|(?! *-|-)(.*)\|$", re.MULTILINE)


@cache
def held_by(path: str) -> frozenset[str]:
    """The tests of a file as pytest calls them; a test that is skipped holds nothing."""
    found = []
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found += [(f"{node.name}::", inner) for inner in node.body]
        else:
            found.append(("", node))
    return frozenset(
        f"{place}{test.name}"
        for place, test in found
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef)
        and not any(re.search(r"mark\.(skip|xfail)", ast.unparse(mark)) for mark in test.decorator_list)
    )


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(text)
        if not (ROOT / path).is_file() or name not in held_by(path)
    ]


def unheld(text: str) -> list[str]:
    """The rows of a text's tables that name no test, but for their heads."""
    rows = [row for row in ROW.findall(text) if not re.search(r"\| held by\s*$", row)]
    return [row for row in rows if not NAMED.search(row)]


def test_every_test_that_it_names_is_there() -> None:
    assert missing(TEXT) == []
    assert len(NAMED.findall(TEXT)) > 50


def test_every_promise_names_its_test() -> None:
    assert unheld(TEXT) == []
    assert len(ROW.findall(TEXT)) > 30


def test_a_promise_without_a_test_would_be_found() -> None:
    named = "`tests/test_security.py::test_of_nothing`, `tests/nowhere.py::test_a`"
    of_a_class = "`tests/test_command_line.py::test_no_output_shows_a_token`"  # without it pytest does not find it
    assert missing(f"held by {named} and {of_a_class}") == [
        "tests/test_security.py::test_of_nothing",
        "tests/nowhere.py::test_a",
        "tests/test_command_line.py::test_no_output_shows_a_token",
    ]
    assert unheld("| promise | held by |\n|---|---|\n| all is well | `tests/a.py` |\n") == [
        " all is well | `tests/a.py` "
    ]
