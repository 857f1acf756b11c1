import pytest

from bot.local.lines import Line, understood


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", Line("nothing")),
        ("  \n", Line("nothing")),
        ("quit", Line("quit")),
        ("EXIT", Line("quit")),
        ("?", Line("help")),
        ("samples", Line("samples")),
        ("sample curl", Line("sample", "curl")),
        ("sample curl --command", Line("sample", "curl --command")),
        ("sample of my curl command", Line("message", "sample of my curl command")),
        ("3", Line("press", "3")),
        ("press 12", Line("press", "12")),
        ("press 2 option", Line("press", "2 option")),
        ("press the button", Line("message", "press the button")),
        ("1234567", Line("message", "1234567")),
        ("/rhythm-auth", Line("command")),
        ("/rhythm-auth  help", Line("command", "help")),
        ("/rhythm-auth curl \\\n -H 'a: b'", Line("command", "curl \\\n -H 'a: b'")),
        ("/rhythm-auth\nsecond line", Line("command", "second line")),
        ("/rhythm-authx", Line("unknown", "/rhythm-authx")),
        ("/giphy cat", Line("unknown", "/giphy")),
        ("/contacts/example.org is the path", Line("message", "/contacts/example.org is the path")),
        ("Authorization: Bearer x", Line("message", "Authorization: Bearer x")),
        ("home", Line("home")),
        ("shortcut", Line("shortcut")),
        ("cancel", Line("close")),
        ("quit now", Line("message", "quit now")),
    ],
)
def test_what_is_typed(typed: str, line: Line) -> None:
    assert understood(typed) == line
