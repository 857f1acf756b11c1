import asyncio

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.local.reading import Piped, Terminal, echoed, joined

ESCAPE, CTRL_C, CTRL_D, ENTER, UP = "\x1b", "\x03", "\x04", "\r", "\x1b[A"


async def typed(keys: str, *, filling_in: bool = False) -> str | None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text(keys)
        terminal = Terminal()
        return await asyncio.wait_for(terminal.answer("Text") if filling_in else terminal.line("you"), 5)


async def test_several_lines_that_are_pasted_are_one_text() -> None:
    assert await typed(f"\x1b[200~curl \\\r\n -H 'a: b'\x1b[201~{ENTER}") == "curl \\\n -H 'a: b'"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
async def test_the_person_leaves(key: str) -> None:
    assert await typed(key) is None


@pytest.mark.parametrize("key", [ESCAPE, CTRL_C, CTRL_D])
async def test_the_person_steps_back_from_a_form(key: str) -> None:
    assert await typed(f"half{key}" if key == ESCAPE else key, filling_in=True) is None


async def test_an_input_may_stay_empty() -> None:
    assert await typed(ENTER, filling_in=True) == ""


async def test_an_arrow_key_is_no_escape() -> None:
    assert await typed(f"ab{UP}{ENTER}", filling_in=True) == "ab"


async def test_piped_lines_come_one_after_another() -> None:
    piped = Piped("samples\ncurl \\\n -H 'a: b'\n")

    assert [await piped.line("you"), await piped.answer("Text"), await piped.line("you")] == [
        "samples",
        "curl \\\n -H 'a: b'",
        None,
    ]


def test_a_backslash_continues_a_line() -> None:
    assert joined(["a \\", "b \\", "c", "d", "e \\"]) == ["a \\\nb \\\nc", "d", "e \\"]


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("Bearer " + "a1" * 60, "Bearer a1a1…a1a1 (120 characters)"),
        ("x" * 31, "x" * 31),
        (
            "curl 'https://rolodex.api.rhythmsoftware.com/contacts/example.org/con_example_ada'",
            "curl 'https://rolodex.api.rhythmsoftware.com/contacts/example.org/con_example_ada'",
        ),
        ("a/" + "b" * 70, "a/bb…bbbb (72 characters)"),
    ],
)
def test_long_values_are_shortened_and_addresses_are_not(text: str, echo: str) -> None:
    assert echoed(text) == echo
