"""Words come out of a command as its shell would hand them on; the shell is told from how the command is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.lexer import Word
from bot.intake.lexer_cmd import CmdLexer
from bot.intake.lexer_powershell import PowerShellLexer
from bot.intake.lexer_sh import ShLexer
from bot.intake.piece import unknown
from bot.intake.shell import Command, Dialect, Shell


def sh(text: str, **variables: str) -> list[str]:
    return [word.text for word in ShLexer(text, 0, variables).words()]


def cmd(text: str, **variables: str) -> list[str]:
    return [word.text for word in CmdLexer(text, 0, variables).words()]


def powershell(text: str, **variables: str) -> list[str]:
    return [word.text for word in PowerShellLexer(text, 0, variables).words()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a  b\tc", ["a", "b", "c"]),
        ("'a b' \"c d\" e\\ f", ["a b", "c d", "e f"]),
        ("a'b'\"c\"d", ["abcd"]),
        ("'a\\n$X`y`'", ["a\\n$X`y`"]),
        (r'"a\"b\\c\$d\n"', ['a"b\\c$d\\n']),
        (r"$'a\'b\n\t\x41\u00e9\101\q'", ["a'b\n\tA\u00e9A\\q"]),
        ('"$A-${B}-$1"', ["1-" + unknown("B") + "-" + unknown("1")]),
        ("$(cat x) `date`", [unknown("cat"), unknown("date")]),
        ("a; b", ["a"]),
        ("a | b", ["a"]),
        ("a && b", ["a"]),
        ("a > b", ["a"]),
        ("a # b", ["a"]),
        ("a#b", ["a#b"]),
        ("a?b=1&c=2", ["a?b=1&c=2"]),
        ("x/<tenant id>/y", ["x/<tenant id>/y"]),
        ("a \\\n  b", ["a", "b"]),
        ("a\\\nb", ["ab"]),
        ("a\\\n-b", ["a", "-b"]),
        ("a \\  -b", ["a", "-b"]),
        ('a \\ "b"', ["a", "b"]),
        (r"a:\ b\ $B", ["a: b " + unknown("B")]),
        (r'a:\ b\ "c"', ["a: b c"]),
        ("a\n -b", ["a", "-b"]),
        ("a\nhttp://x", ["a", "http://x"]),
        ("a\nb", ["a"]),
        ("a\n-bash: x", ["a"]),
        ("a\n\n-b", ["a"]),
        ("don't 'a b'", ["don't", "a b"]),
        ("'a b\n\nc", ["a b"]),
        ('"a b -H "c', ["a b -H c"]),
        ("'{\n\n}' x", ["{\n\n}", "x"]),
        ('"a", b', ["a", "b"]),
    ],
)
def test_words_of_sh(text: str, words: list[str]) -> None:
    assert sh(text, A="1") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("'a b'", ["'a", "b'"]),
        (r'"a\"b" "c""d" \"', ['a"b', 'c"d', '"']),
        ("a^&b ^\n  c", ["a&b", "c"]),
        ('^"a^\\^"b^" ^"^%c^"', ['a"b', "%c"]),
        ("%A% %B% 100%", ["1", unknown("B"), "100%"]),
        ('!A! "!B!" ^"!A!^" hi! ! !!', ["1", unknown("B"), "1", "hi!", "!", "!!"]),
        ('^"^!A^!^" "a!b c!d"', ["!A!", "a!b c!d"]),
        ('%%i "%%~i" %i %20 %%20', [unknown("i"), unknown("i"), unknown("i"), "%20", "%20"]),
        ("$A C:\\x\\y", ["$A", "C:\\x\\y"]),
        ("a & b", ["a"]),
    ],
)
def test_words_of_cmd(text: str, words: list[str]) -> None:
    assert cmd(text, a="1") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('\'a\'\'b\' "c`"d""e`n"', ["a'b", 'c"d"e\n']),
        ('"$A ${B} $env:C $($d.e)"', [f"1 {unknown('B')} {unknown('C')} {unknown('d')}"]),
        ("$x.access_token $x.Trim() $null", [unknown("x"), unknown("x"), ""]),
        ("a `\n  b", ["a", "b"]),
        ("@{ a = '}' } (b (c)) d", ["@{ a = '}' }", "(b (c))", "d"]),
        ("@'\na $b\n'@ c", ["a $b", "c"]),
        ("a; b", ["a"]),
        ("a | b", ["a"]),
        ("a } b", ["a"]),
        ("@params", ["@params"]),
    ],
)
def test_words_of_powershell(text: str, words: list[str]) -> None:
    assert powershell(text, a="1") == words


def test_words_say_how_they_were_quoted_and_where_they_stand() -> None:
    text = "a 'b $C' \"d\""
    assert ShLexer(text, 0, {}).words() == [
        Word("a", 0, 1),
        Word("b $C", 2, 8, quoted=True, unexpanded=True),
        Word("d", 9, 12, quoted=True),
    ]


class Steps(ShLexer):
    """The lexer without its short cut for simple words."""

    def _simple(self) -> re.Pattern[str] | None:
        return None


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "'",
                    '"',
                    "\\",
                    "\n",
                    " ",
                    "  ",
                    "\t",
                    "$x",
                    "`",
                    "#",
                    "&",
                    ">",
                    "<x>",
                    "(",
                    ")",
                    ";",
                    "=",
                    "{",
                    "é",
                    "\u200b",
                    "\u00a0",
                ),
                *(
                    "-H",
                    "'a b'",
                    '"c"',
                    "https://a.example",
                    "--url",
                    "\\\n  ",
                    "\n\n",
                    "don't",
                    "More?",
                    "dquote> ",
                    "$'x'",
                    "Bearer ",
                ),
            ]
        ),
        max_size=14,
    ).map("".join),
    st.sampled_from(["", "'", '"', "`"]),
    st.integers(0, 60),
)
def test_simple_words_are_read_as_the_steps_read_them(text: str, outer: str, limit: int) -> None:
    quick, steps = ShLexer(text, 0, {}, outer), Steps(text, 0, {}, outer)
    quick.limit = steps.limit = min(limit, len(text))

    assert quick.words() == steps.words()
    assert (quick.at, quick.inner) == (steps.at, steps.inner)


def test_representations_keep_words_to_themselves() -> None:
    assert "secret" not in repr(ShLexer("secret", 0, {}).words())
    assert "secret" not in repr(command("curl secret"))


def command(text: str) -> Command:
    start = text.index("curl")
    end = start + len("curl.exe" if "curl.exe" in text else "curl")
    return Shell(text).command(start, end)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("curl x", Dialect.SH),
        ("$ curl x", Dialect.SH),
        ("curl x \\\n y", Dialect.SH),
        ('curl "%A%"', Dialect.SH),
        ('curl "$env:A"', Dialect.SH),
        ("curl x ^\n y", Dialect.CMD),
        ('curl ^"x^"', Dialect.CMD),
        ("curl x ^ -H y", Dialect.CMD),
        ("C:\\Users\\jane>curl x", Dialect.CMD),
        ('set A=1\ncurl "%A%"', Dialect.CMD),
        ('set /p A=<a.txt\ncurl "%A%"', Dialect.CMD),
        ('@echo off\ncurl "%A%"', Dialect.CMD),
        ("for /f %i in (a.txt) do curl %i", Dialect.CMD),
        ('curl "!A!"', Dialect.CMD),
        ('  curl -s "!A!" x', Dialect.CMD),
        ('> curl "!A!"', Dialect.CMD),
        ('$ curl "!A!"', Dialect.SH),
        ("curl '!A!'", Dialect.SH),
        ('curl "!A!" "$B"', Dialect.SH),
        ('curl "!A!" \\\n x', Dialect.SH),
        ('curl "hi! there!"', Dialect.SH),
        ('curl.exe "x"', Dialect.CMD),
        ("curl.exe 'x'", Dialect.POWERSHELL),
        ('curl.exe "$env:A"', Dialect.POWERSHELL),
        ("curl x `\n  -H y", Dialect.POWERSHELL),
        ("PS C:\\Users\\jane> curl x", Dialect.POWERSHELL),
        ("PS /home/jane> curl x", Dialect.POWERSHELL),
    ],
)
def test_the_shell_is_told_from_the_writing(text: str, dialect: Dialect) -> None:
    assert command(text).dialect is dialect


@pytest.mark.parametrize(
    ("text", "start", "prose"),
    [
        ("$ curl x", 0, ""),
        ("jane@laptop:~/work$ curl x", 0, ""),
        ("[jane@laptop work]$ curl x", 0, ""),
        ("(venv) % curl x", 0, ""),
        ("sudo curl x", 0, ""),
        ("hello\n  $ curl x", 6, ""),
        ("I ran curl x", 6, "I ran"),
        ("I ran `curl x`", 7, "I ran `"),
    ],
)
def test_prompts_belong_to_a_command_and_prose_does_not(text: str, start: int, prose: str) -> None:
    found = command(text)
    assert (found.start, found.prose, [word.text for word in found.words]) == (start, prose, ["x"])
