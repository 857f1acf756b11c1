"""HTTPie and xh commands as the requests that they send (HTTPie's documentation, "Request items").

``http METHOD URL ITEM ...``: an item ``Name:value`` is a header, ``name==value`` belongs to the query, ``name=value``
and ``name:=json`` to the body. As with curl, a URL without a scheme becomes ``https://``.
"""

import json
import re
from functools import cache

from bot.intake.command_line import CommandLine, is_bare, read_commands
from bot.intake.curl import percent_encoded
from bot.intake.draft import METHODS, is_url
from bot.intake.lexer import Word
from bot.intake.piece import Piece, unknown
from bot.intake.shell import Command

_LONG_OF_SHORT = {"a": "auth", "A": "auth-type", "f": "form", "F": "follow", "o": "output", "p": "print", "s": "style"}
_WITH_VALUE = (
    " auth auth-type bearer boundary cert cert-key cert-key-pass ciphers default-scheme format-options"
    " max-headers max-redirects output pretty print proxy raw response-charset response-mime session"
    " session-read-only ssl style timeout verify"
    " "
)


_SOURCES = {
    "start": r"(?<![\w./:@\"'-])(?P<program>https?|xhs?)(?=[ \t]{1,9}(?:\\[ \t]{0,9}\n?[ \t]{0,9}(?:>[ ])?)?"
    r"(?:--?[A-Za-z]|[\"']?https?://|(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,20}/|:\d{2,5}/"
    r"|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|get|post|put|patch|delete)[ ][\"']?"
    r"(?:https?://|[:$]|[\w-]{1,63}[.:/])))",
    "name": r"[A-Za-z_][\w.\[\]\\:/ -]*",
    "separator": r"(?<!\\)(?::=@|=@|==|:=|=|@|:|;$)",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def has_marks(text: str) -> bool:
    """Whether a line may begin with an HTTPie or xh command: its name, then options or a method, then a URL."""
    return _pattern("start").search(text) is not None


def read(text: str) -> list[Piece]:
    """Every request of every HTTPie command in the text, in order."""
    return read_commands(text, _pattern("start"), _HTTPie)


class _HTTPie(CommandLine):
    tool = "httpie"
    programs = frozenset({"http", "https", "xh", "xhs"})

    def __init__(self, command: Command) -> None:
        super().__init__(command)
        self._members: dict[str, object] = {}
        self._fields: list[str] = []
        self._is_form = False
        self._has_method = self._has_url = False
        self._auth: tuple[str, Word] | None = None
        self._auth_type = "basic"

    def pieces(self) -> list[Piece]:
        """The request; none where the program's name is a word of a sentence."""
        prose = self._command.prose
        if prose and prose[-1] not in ":;|&(" and "xargs -" not in prose:
            return []
        found = super().pieces()
        return found if self._has_url and is_url(self._draft.url) else []

    def _finish(self) -> None:
        draft = self._draft
        if self._auth:
            self._authenticate(*self._auth)
        if self._is_form and self._fields:
            for field in self._fields:
                draft.form(field)
        elif self._members:
            draft.json(json.dumps(self._members, ensure_ascii=False))

    def _long_name(self, letter: str) -> str:
        return _LONG_OF_SHORT.get(letter, letter)

    def _takes_value(self, name: str) -> bool:
        return name.isprintable() and " " not in name and f" {name} " in _WITH_VALUE

    def _flag(self, name: str) -> None:
        self._is_form = self._is_form or name in {"form", "multipart"}
        if name == "follow":
            self._draft.flags.add("follows-redirects")

    def _option(self, name: str, word: Word, value: str) -> None:
        if name in {"auth", "bearer"}:
            self._auth = (value, word)
            self._auth_type = "bearer" if name == "bearer" else self._auth_type
        elif name == "auth-type":
            self._auth_type = value.strip().lower()
        elif name == "raw":
            self._draft.json(value)
        elif name in {"session", "session-read-only"}:
            self._draft.whole = False

    def _positional(self, word: Word, text: str) -> None:
        draft = self._draft
        if not self._has_method and not self._has_url and text.upper() in METHODS:
            draft.method = text.upper()
            self._has_method = True
            draft.use(word)
        elif not self._has_url:
            self._has_url = True
            draft.url = _full_url(text)
            draft.use(word)
        else:
            self._item(word, text)

    def _item(self, word: Word, text: str) -> None:
        match = _pattern("separator").search(text)
        if match is None or not _pattern("name").fullmatch(text, 0, match.start()) or "://" in text[:12]:
            self._draft.positional(word, text)
            return
        name, value = text[: match.start()].replace("\\", ""), text[match.end() :]
        self._draft.use(word)
        if match[0] == ":":
            self._header_item(word, name, value)
        elif match[0] == ";":
            self._draft.header(name, "")
        elif match[0] == "==":
            self._draft.query.append(f"{percent_encoded(name)}={percent_encoded(value)}")
        else:
            self._data(match[0], name, value)

    def _header_item(self, word: Word, name: str, value: str) -> None:
        # a blank at the end tells that quotes were closed behind it: what follows is no part of the value
        following = self._strays() if is_bare(name, value) and not value.endswith(" ") else []
        if following:
            self._draft.broken(" ".join([value, *(stray.text for stray in following)]), following[-1])
        elif value.strip():
            self._draft.header(name, value.strip(" \t"), unexpanded=word.unexpanded)

    def _data(self, separator: str, name: str, value: str) -> None:
        member: object = unknown(value) if separator in {"@", "=@", ":=@"} else value
        if separator == ":=":
            try:
                member = json.loads(value)
            except (ValueError, RecursionError):
                member = value
        self._members[name] = member
        self._fields.append(f"{percent_encoded(name)}={percent_encoded(str(member))}")

    def _authenticate(self, value: str, word: Word) -> None:
        if self._auth_type == "bearer":
            self._draft.header("Authorization", f"Bearer {value}", unexpanded=word.unexpanded)
        else:
            self._draft.user(value, unexpanded=word.unexpanded)


def _full_url(text: str) -> str:
    """A URL as HTTPie completes it: ``:9000/x`` is on this machine."""
    if text.startswith(":") and not text.startswith("://"):
        digits, slash, path = text[1:].partition("/")
        return f"http://localhost{':' if digits else ''}{digits}{slash}{path}"
    return text.removeprefix("://") if text.startswith("://") else text
