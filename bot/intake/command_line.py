"""Walking along the arguments of a command: what curl, wget and their kin have in common."""

import re

from bot.intake.draft import Draft, is_url
from bot.intake.lexer import Word
from bot.intake.piece import UNKNOWN_OPEN, Piece, is_unknown
from bot.intake.shell import MAX_COMMANDS, Command, Dialect, Shell

MAX_STRAYS = 6
MIN_CREDENTIAL = 16
"""A word of so many letters behind a header without a credential is that credential rather than prose."""
_ALIAS_OPTIONS = frozenset({"-headers", "-uri", "-usebasicparsing"})
_SCHEMES = frozenset({"bearer", "basic", "token", "jwt"})


def read_commands(text: str, program: re.Pattern[str], reader: type["CommandLine"]) -> list[Piece]:
    """Every request of the commands whose program's name ``program`` finds, substituted commands included."""
    pieces: list[Piece] = []
    shell = Shell(text)
    at = commands = 0
    while commands < MAX_COMMANDS and (match := program.search(text, at)):
        command = shell.command(match.start("program"), match.end("program"))
        commands += 1
        found = reader(command).pieces()
        pieces += found
        at = max(found[-1].end if found else command.end, match.end())
        for start, end in command.inner if commands < MAX_COMMANDS else ():
            inner = program.match(text, start, end)
            if inner:
                pieces += reader(shell.command(inner.start("program"), inner.end("program"), end)).pieces()
                commands += 1
    return sorted(pieces, key=lambda piece: piece.start)


class CommandLine:
    """The arguments of one command from the first to the last, and the requests that they make."""

    tool = ""
    programs: frozenset[str] = frozenset()

    def __init__(self, command: Command) -> None:
        self._command = command
        self._words = command.words
        self._at = 0
        self._draft = Draft(self.tool, command)
        self._drafts = [self._draft]
        self._is_powershell = command.dialect is Dialect.POWERSHELL

    def _begin(self) -> None:
        """Begin another request of the same command."""
        self._draft = Draft(self.tool, self._command)
        self._drafts.append(self._draft)

    def pieces(self) -> list[Piece]:
        """One piece for each request; none where the command names neither a URL nor a header."""
        while self._at < len(self._words):
            word = self._words[self._at]
            self._at += 1
            text = self._text(word)
            if word.text in self.programs and self._is_next_command(word):
                break
            if text[:2] == "--" and len(text) > 2:
                self._long(word, text[2:])
            elif text[:1] == "-" and len(text) > 1 and not text[1].isspace():
                self._short(word, text[1:])
            else:
                self._positional(word, text)
        self._finish()
        drafts = [draft for draft in self._drafts if draft.is_request]
        return [draft.piece(is_first=at == 0) for at, draft in enumerate(drafts)]

    def _finish(self) -> None:
        """What can be said only when all arguments are known."""

    def _text(self, word: Word) -> str:
        return word.text.replace('\\"', '"') if self._is_powershell else word.text

    def _is_alias(self) -> bool:
        """Whether the options are Invoke-WebRequest's, which PowerShell also calls curl and wget."""
        for word in self._words:  # noqa: SIM110 - a generator takes twice as long, and this is asked for every command
            if word.text[:1] == "-" and word.text[:20].lower() in _ALIAS_OPTIONS:
                return True
        return False

    def _is_next_command(self, word: Word) -> bool:
        """Whether the word begins another command, the line break before it being lost."""
        return (
            not word.quoted
            and self._draft.is_request
            and self._at < len(self._words)
            and (self._words[self._at].text.startswith("-") or is_url(self._words[self._at].text))
        )

    def _positional(self, word: Word, text: str) -> None:
        self._draft.positional(word, text)

    def _long(self, word: Word, name: str) -> None:
        name, equals, value = name.partition("=")
        if not self._takes_value(name):
            self._flag(name)
            self._draft.use(word)
        elif equals:
            self._draft.use(word)
            self._option(name, word, value)
        else:
            self._take(name, word)

    def _short(self, word: Word, letters: str) -> None:
        self._draft.use(word)
        for at, letter in enumerate(letters):
            name = self._long_name(letter)
            if self._takes_value(name):
                rest = letters[at + 1 :]
                if rest:
                    self._option(name, word, rest)
                else:
                    self._take(name, word)
                return
            self._flag(name)

    def _take(self, name: str, word: Word) -> None:
        """An option whose value is the next word."""
        self._draft.use(word)
        if self._at == len(self._words):
            self._draft.whole = self._draft.whole and name != "header"
            return
        value = self._words[self._at]
        self._at += 1
        self._draft.use(value)
        self._option(name, value, self._text(value))

    def _long_name(self, letter: str) -> str:
        """The long name of a short option, or the letter itself."""
        raise NotImplementedError  # each tool's own

    def _takes_value(self, name: str) -> bool:
        raise NotImplementedError  # each tool's own

    def _flag(self, name: str) -> None:
        raise NotImplementedError  # each tool's own

    def _option(self, name: str, word: Word, value: str) -> None:
        raise NotImplementedError  # each tool's own

    def _header(self, word: Word, text: str) -> None:
        """``Name: value`` sends a header, ``Name;`` an empty one, ``Name:`` and text without a colon none."""
        draft = self._draft
        name, colon, value = text.partition(":")
        if text[:1] == "@" or (is_unknown(text) and not colon):
            draft.whole = False
        elif colon:
            following = self._strays() if is_bare(name, value) else []
            if following:
                draft.broken(" ".join([value, *(self._text(stray) for stray in following)]), following[-1])
            elif value.strip():
                draft.header(name, value.strip(" \t"), unexpanded=word.unexpanded)
        elif text.endswith(";"):
            draft.header(text[:-1], "")
        elif text.strip():
            following = self._strays()
            last = following[-1] if following else word
            draft.broken(" ".join([text, *(self._text(stray) for stray in following)]), last)

    def _strays(self) -> list[Word]:
        """Take the few next words that a header lost with its quotes: a scheme and a credential, but no prose."""
        found: list[Word] = []
        for word in self._words[self._at : self._at + MAX_STRAYS]:
            text = word.text
            is_scheme = text.lower().rstrip(":") in _SCHEMES | {"authorization", "="}
            follows_scheme = bool(found)
            is_marked = text.startswith(("eyJ", UNKNOWN_OPEN, "$", "<", "{", "%")) or len(text) >= MIN_CREDENTIAL
            is_other = text.startswith("-") or "://" in text or (is_url(text) and not text.startswith(UNKNOWN_OPEN))
            if is_other or not (is_scheme or follows_scheme or is_marked):
                break
            found.append(word)
            if not is_scheme:
                break
        self._at += len(found)
        return found


def is_bare(name: str, value: str) -> bool:
    """Whether a header stops where its credential should begin, so that the words behind it belong to it."""
    is_named = name.strip(" \"'").lower() in {"authorization", "bearer", "x-authorization"}
    scheme = value.strip()
    return is_named and len(scheme) < MIN_CREDENTIAL and (not scheme or scheme.lower() in _SCHEMES)
