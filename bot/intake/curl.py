"""curl commands as the requests that they send (curl(1)), in the quoting of sh, cmd and PowerShell.

``whole`` is true: a command shows every header that its author set, except where they come from a file, a variable or
``.netrc``. A URL without a scheme becomes ``https://``: curl itself would take http, but people leave it out only in
chat. A word that is neither an option nor a URL is prose around the command and is ignored.
"""

import re
from functools import cache

from bot.intake.command_line import Draft, is_url, strays
from bot.intake.curl_options import LONG_OF_SHORT, SHORT_WITH_VALUE, takes_value
from bot.intake.lexer import Word
from bot.intake.piece import Piece, is_unknown, unknown
from bot.intake.shell import MAX_COMMANDS, Command, Dialect, Shell

_DATA = frozenset(
    {"data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "form", "form-string", "json", "url-query"}
)

_HEADERS = {"cookie": "Cookie", "referer": "Referer", "user-agent": "User-Agent"}


@cache
def _start() -> re.Pattern[str]:
    host = r"(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,20}(?:[/:?]|(?<=\w\.\w\w\w)(?=\s))|localhost"
    first = (
        rf"--?[A-Za-z#0-9]|\.\.\.|\u2026|[$^]?[\"']?(?:https?://|\$[\w{{(]|%\w+%|\{{\{{|<\w|\{{\w|{host})"
        r"|(?:GET|POST|PUT|PATCH|DELETE|HEAD)[ ]+\^?[\"']?https?://"
    )
    return re.compile(
        rf"(?:(?<![\w./\\@-])|(?<=/bin/))(?P<program>[Cc]url(?:\.exe)?)"
        rf"(?=[ \t\u00a0]{{1,20}}(?:[\\^`][ \t]{{0,20}}\n?[ \t]{{0,20}}(?:>[ ])?)?(?:{first}))"
    )


def has_marks(text: str) -> bool:
    """Whether the text holds a curl command: the word with an option or a URL behind it."""
    return "url" in text and _start().search(text) is not None


def read(text: str) -> list[Piece]:
    """Every request of every curl command in the text, in order."""
    pieces: list[Piece] = []
    shell = Shell(text)
    at, commands = 0, 0
    while commands < MAX_COMMANDS and (match := _start().search(text, at)):
        command = shell.command(match.start("program"), match.end("program"))
        commands += 1
        found = _Curl(command).pieces()
        pieces += found
        at = max(found[-1].end if found else command.end, match.end())
        for start, end in command.inner if commands < MAX_COMMANDS else ():
            inner = _start().match(text, start, end)
            if inner:
                pieces += _Curl(shell.command(inner.start("program"), inner.end("program"), end)).pieces()
                commands += 1
    return pieces


class _Curl:
    """The arguments of one command, from the first to the last."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._words = command.words
        self._at = 0
        self._drafts = [Draft("curl", command)]

    @property
    def _draft(self) -> Draft:
        return self._drafts[-1]

    def pieces(self) -> list[Piece]:
        """One piece for each request."""
        while self._at < len(self._words):
            word = self._words[self._at]
            self._at += 1
            text = self._text(word)
            if self._is_next_command(word):
                break
            if text[:2] == "--" and len(text) > 2:
                self._long(word, text[2:])
            elif text[:1] == "-" and len(text) > 1 and not text[1].isspace():
                self._short(word, text[1:])
            else:
                self._draft.positional(word, text)
        drafts = [draft for draft in self._drafts if draft.is_request]
        return [draft.piece(is_first=at == 0) for at, draft in enumerate(drafts)]

    def _text(self, word: Word) -> str:
        return word.text.replace('\\"', '"') if self._command.dialect is Dialect.POWERSHELL else word.text

    def _is_next_command(self, word: Word) -> bool:
        """Whether the word begins another command, the line break before it being lost."""
        return (
            word.text in {"curl", "curl.exe"}
            and not word.quoted
            and self._draft.is_request
            and self._at < len(self._words)
            and (self._words[self._at].text.startswith("-") or is_url(self._words[self._at].text))
        )

    def _long(self, word: Word, name: str) -> None:
        name, equals, value = name.partition("=")
        if name.startswith("expand-"):
            name = name.removeprefix("expand-")
        if not takes_value(name):
            self._flag(name, word)
        elif equals:
            self._option(name, word, value)
        else:
            self._take(name, word)

    def _short(self, word: Word, letters: str) -> None:
        for at, letter in enumerate(letters):
            name = LONG_OF_SHORT.get(letter, letter)
            if letter in SHORT_WITH_VALUE:
                rest = letters[at + 1 :]
                if rest:
                    self._option(name, word, rest)
                else:
                    self._take(name, word)
                return
            self._flag(name, word)

    def _take(self, name: str, word: Word) -> None:
        """An option whose value is the next word."""
        if self._at == len(self._words):
            self._draft.use(word)
            self._draft.whole = self._draft.whole and name != "header"
            return
        value = self._words[self._at]
        self._at += 1
        self._draft.use(word)
        self._option(name, value, self._text(value))

    def _flag(self, name: str, word: Word) -> None:
        draft = self._draft
        if name == "next" and draft.is_request:
            self._drafts.append(Draft("curl", self._command))
            return
        draft.use(word)
        if name == "get":
            draft.data_in_query = True
        elif name == "head":
            draft.default_method = "HEAD"
        elif name in {"location", "location-trusted"}:
            draft.flags |= {"follows-redirects", name} - {"location"}
        elif name in {"netrc", "netrc-optional"}:
            draft.flags.add("netrc")
            draft.whole = False

    def _option(self, name: str, word: Word, value: str) -> None:
        draft = self._draft
        draft.use(word)
        if name == "header":
            self._header(word, value)
        elif name in _DATA:
            self._data(name, value)
        elif name == "user":
            draft.user(value, unexpanded=word.unexpanded)
        elif name == "oauth2-bearer":
            draft.header("Authorization", f"Bearer {value}", unexpanded=word.unexpanded)
        elif name in _HEADERS and (name != "cookie" or "=" in value):
            draft.header(_HEADERS[name], value)
        elif name in {"netrc-file", "config"}:
            draft.flags |= {"netrc"} if name == "netrc-file" else set()
            draft.whole = False
        else:
            self._target(name, value)

    def _target(self, name: str, value: str) -> None:
        draft = self._draft
        if name == "request":
            draft.method = value.strip().upper()
        elif name == "url":
            draft.url = draft.url or value
        elif name == "upload-file":
            draft.default_method = "PUT"

    def _header(self, word: Word, text: str) -> None:
        """``Name: value`` sends a header, ``Name;`` an empty one, ``Name:`` and text without a colon none."""
        draft = self._draft
        name, colon, value = text.partition(":")
        if text[:1] == "@" or (is_unknown(text) and not colon):
            draft.whole = False
        elif colon:
            following = strays(self._words, self._at) if is_bare(name, value) else []
            if following:
                self._at += len(following)
                draft.broken(value + " " + " ".join(self._text(stray) for stray in following), following[-1])
            elif value.strip():
                draft.header(name, value.strip(" \t"), unexpanded=word.unexpanded)
        elif text.endswith(";"):
            draft.header(text[:-1], "")
        elif text.strip():
            following = strays(self._words, self._at)
            self._at += len(following)
            last = following[-1] if following else word
            draft.broken(" ".join([text, *(self._text(stray) for stray in following)]), last)

    def _data(self, name: str, value: str) -> None:
        draft = self._draft
        if name == "json":
            draft.json(value)
        elif name == "url-query":
            draft.query.append(_urlencoded(value.removeprefix("+")) if value[:1] != "+" else value[1:])
        elif name == "data-urlencode":
            draft.form(_urlencoded(value))
        elif name in {"form", "form-string"}:
            draft.multipart(value)
        elif name != "data-raw" and value[:1] == "@":
            draft.form(unknown(value[1:] or "data"))
        else:
            draft.form(value)


def is_bare(name: str, value: str) -> bool:
    """Whether a header stops where its credential should begin, so that words behind it were meant to belong to it."""
    return name.strip(" \"'").lower() in {"authorization", "bearer", "x-authorization"} and value.strip().lower() in {
        "",
        "bearer",
        "basic",
        "token",
    }


def _urlencoded(value: str) -> str:
    """What ``--data-urlencode`` sends for ``content``, ``=content``, ``name=content``, ``@file`` or ``name@file``."""
    name, equals, content = value.partition("=")
    if not equals:
        name, at, path = value.partition("@")
        return f"{name}={unknown(path)}" if at and name else unknown(path) if at else percent_encoded(value)
    return f"{name}={percent_encoded(content)}" if name else percent_encoded(content)


def percent_encoded(text: str) -> str:
    """Percent-encode what is not unreserved (RFC 3986 section 2.3); a value that is not known stays as it is."""
    if is_unknown(text):
        return text
    return "".join(
        letter
        if letter.isascii() and (letter.isalnum() or letter in "-._~")
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for letter in text
    )
