"""curl commands as the requests that they send (curl(1)), in the quoting of sh, cmd and PowerShell.

``whole`` is true: a command shows every header that its author set, except where they come from a file, a variable or
``.netrc``. A URL without a scheme becomes ``https://``: curl itself would take http, but people leave it out only in
chat. A word that is neither an option nor a URL is prose around the command and is ignored.
"""

import re
from functools import cache

from bot.intake.command_line import CommandLine, read_commands
from bot.intake.curl_options import LONG_OF_SHORT, takes_value
from bot.intake.lexer import Word
from bot.intake.piece import Piece, is_unknown, unknown

_DATA = frozenset(
    {"data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "form", "form-string", "json", "url-query"}
)

_HEADERS = {"cookie": "Cookie", "referer": "Referer", "user-agent": "User-Agent"}


def _start(text: str) -> re.Pattern[str]:
    """What a command begins with. A pattern that begins with a literal is searched for many times as fast."""
    return _start_with("(?:[Cc]url|CURL)" if "Curl" in text or "CURL" in text else "curl")


@cache
def _start_with(name: str) -> re.Pattern[str]:
    host = r"(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,20}(?:[/:?]|(?<=\w\.\w\w\w)(?=\s))|localhost"
    first = (
        rf"--?[A-Za-z#0-9]|\.\.\.|\u2026|[$^]?[\"']?(?:https?://|\$[\w{{(]|%\w+%|\{{\{{|<\w|\{{\w|{host})"
        r"|(?:GET|POST|PUT|PATCH|DELETE|HEAD)[ ]+\^?[\"']?https?://"
    )
    return re.compile(
        rf"(?P<program>{name}(?<![\w.\\-]....)(?<![\w.]@....)(?:\.exe)?)"
        rf"(?:(?=[ \t\u00a0]{{1,20}}(?:[\\^`][ \t]{{0,20}}\n?[ \t]{{0,20}}(?:>[ ])?)?(?:{first}))"
        r"|(?=[ \t]{0,9}\n[ \t]{0,9}(?:--?[A-Za-z]|[\"']?https?://)))"
    )


def has_marks(text: str) -> bool:
    """Whether the text holds a curl command: the word with an option or a URL behind it."""
    return ("url" in text or "CURL" in text) and _start(text).search(text) is not None


def read(text: str) -> list[Piece]:
    """Every request of every curl command in the text, in order."""
    return read_commands(text, _start(text), _Curl)


class _Curl(CommandLine):
    tool = "curl"
    programs = frozenset({"curl", "curl.exe"})

    def pieces(self) -> list[Piece]:
        """The requests; none for the alias of PowerShell's own command, which has its own reader."""
        return [] if self._is_alias() else super().pieces()

    def _long_name(self, letter: str) -> str:
        return LONG_OF_SHORT.get(letter, letter)

    def _takes_value(self, name: str) -> bool:
        return takes_value(name.removeprefix("expand-"))

    def _flag(self, name: str) -> None:
        draft = self._draft
        if name == "next" and draft.is_request:
            self._begin()
        elif name == "get":
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
        name = name.removeprefix("expand-")
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
