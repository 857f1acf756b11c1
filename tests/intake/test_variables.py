"""Variables are known from where the paste assigns them a literal, and only there."""

import pytest

from bot.intake.piece import unknown
from bot.intake.variables import Variables


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A=x\n$A", "x"),
        ("  export A='x y'\n$A", "x y"),
        ("$ A=x\n$A", "x"),
        ("B=1 A=x; $A", "x"),
        ("true && A=x && echo $A", "x"),
        ("declare -x A=x\n$A", "x"),
        ("A=x\nA=y\n$A", "y"),
        ("A=\n$A", ""),
        ("B=x\nA=$B-y\n$A $B", "x-y"),
        ("A=$B-y\n$A $B", unknown("B") + "-y"),
        ("set A=x y\n%A%", "x y"),
        ('set "A=x"\n%A%', "x"),
        ("set A=x\n!A!", "x"),
        ("set A=x curl -H %A%", "x"),
        ("$A = 'x'\n$A", "x"),
        ("$env:A = \"x\" + 'y'\n$A", "xy"),
        ('$b = "x"\n$A = "<$b>"\n$A', "<x>"),
        ("$A = [string]'x'\n$A", "x"),
    ],
)
def test_literals_are_known(text: str, value: str) -> None:
    assert Variables(text).before(len(text), ignore_case=True).get("a") == value


@pytest.mark.parametrize(
    "text",
    [
        "A=x",
        "$A",
        "A=$(cat x)\n$A",
        "A=(-s -H 'x')\n$A",
        "A=x\nA=`cat x`\n$A",
        "A=$1\n$A",
        "$A = Get-Token\n$A",
        "$A = (Get-Content x)\n$A",
        "curl -d A=x $A",
        "https://x.y/?A=x $A",
        "if A == x then $A",
        "set A=%%i\n!A!",
        "set /p A=<x\n%A%",
    ],
)
def test_what_is_computed_or_no_assignment_is_not_known(text: str) -> None:
    assert "A" not in Variables(text).before(len(text))


def test_a_value_counts_only_behind_its_assignment() -> None:
    text = "$A\nA=x\n$A"
    variables = Variables(text)
    assert variables.before(3) == {}
    assert variables.before(len(text)) == {"A": "x"}


def test_names_keep_their_case_in_sh() -> None:
    text = "token=x\n$TOKEN"
    assert Variables(text).before(len(text)) == {"token": "x"}
    assert Variables(text).before(len(text), ignore_case=True) == {"token": "x"}
