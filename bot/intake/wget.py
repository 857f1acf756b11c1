"""wget commands as the requests that they send (GNU Wget manual, section 2).

The words are read as those of curl are; only the options have other names, and data is never put into the query.
"""

import re
from functools import cache

from bot.intake.command_line import CommandLine, read_commands
from bot.intake.lexer import Word
from bot.intake.piece import Piece, unknown
from bot.intake.shell import Command

_LONG_OF_SHORT = {"U": "user-agent", "O": "output-document", "o": "output-file", "e": "execute", "i": "input-file"}
_SHORT_WITH_VALUE = frozenset("aABDeIiloOPQRtTUwX")
_LONG_WITH_VALUE = (
    "accept accept-regex append-output auth base bind-address body-data body-file ca-certificate"
    " ca-directory certificate certificate-type ciphers compression config connect-timeout crl-file"
    " cut-dirs default-page directory-prefix dns-timeout domains exclude-directories exclude-domains"
    " execute follow-tags header http-passwd http-password http-user ignore-tags include-directories"
    " input-file level limit-rate load-cookies local-encoding max-redirect method output-document"
    " output-file password pinnedpubkey post-data post-file prefer-family private-key private-key-type"
    " progress proxy-password proxy-user quota read-timeout referer regex-type reject reject-regex"
    " rejected-log remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies"
    " secure-protocol start-pos timeout tries use-askpass user user-agent wait waitretry"
)


@cache
def _long_with_value() -> frozenset[str]:
    return frozenset(_LONG_WITH_VALUE.split())


def _start(text: str) -> re.Pattern[str]:
    return _start_with("[Ww]get" if "Wget" in text else "wget")


@cache
def _start_with(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<program>{name}(?<![\w.\\@-]....)(?:\.exe)?)"
        r"(?=[ \t\u00a0]{1,20}(?:[\\^`][ \t]{0,20}\n?[ \t]{0,20}(?:>[ ])?)?"
        r"(?:--?[A-Za-z]|[$^]?[\"']?(?:https?://|\$[\w{(]|%\w+%)|(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,20}/))"
    )


def has_marks(text: str) -> bool:
    """Whether the text holds a wget command: the word with an option or a URL behind it."""
    return "get" in text and _start(text).search(text) is not None


def read(text: str) -> list[Piece]:
    """Every request of every wget command in the text, in order."""
    return read_commands(text, _start(text), _Wget)


class _Wget(CommandLine):
    tool = "wget"
    programs = frozenset({"wget", "wget.exe"})

    def __init__(self, command: Command) -> None:
        super().__init__(command)
        self._user = self._password = ""

    def pieces(self) -> list[Piece]:
        """The request; none for the alias of PowerShell's own command, which has its own reader."""
        return [] if self._is_alias() else super().pieces()

    def _long_name(self, letter: str) -> str:
        return _LONG_OF_SHORT.get(letter, letter)

    def _takes_value(self, name: str) -> bool:
        if len(name) == 1:
            return name in _SHORT_WITH_VALUE
        return name in _long_with_value()

    def _flag(self, name: str) -> None:
        """No option without a value changes what is sent."""

    def _option(self, name: str, word: Word, value: str) -> None:
        draft = self._draft
        if name == "header":
            self._header(word, value)
        elif name in {"post-data", "body-data"}:
            draft.form(value)
        elif name in {"post-file", "body-file"}:
            draft.form(unknown(value))
        elif name == "method":
            draft.method = value.strip().upper()
        elif name == "user-agent":
            draft.header("User-Agent", value)
        elif name == "referer":
            draft.header("Referer", value)
        elif name in {"config", "execute"}:
            draft.whole = False
        elif name in {"user", "http-user"}:
            self._user = value
            draft.user(f"{value}:{self._password}", unexpanded=word.unexpanded)
        elif name in {"password", "http-password", "http-passwd"}:
            self._password = value
            draft.user(f"{self._user}:{value}", unexpanded=word.unexpanded)
