"""PowerShell's ``Invoke-RestMethod`` and ``Invoke-WebRequest`` as the requests that they send, their aliases included.

``whole`` is true where the headers are literal or absent: a variable that the paste does not fill hides them.
"""

import re
from functools import cache

from bot.intake.curl import percent_encoded
from bot.intake.draft import Draft, is_url
from bot.intake.lexer import Word
from bot.intake.piece import UNKNOWN_OPEN, Piece, is_unknown, unknown
from bot.intake.powershell_tables import Table, Tables
from bot.intake.shell import MAX_COMMANDS, Command, Dialect, Shell

_PARAMETERS = (
    *("uri", "method", "headers", "body", "contenttype", "token", "credential", "websession", "useragent", "outfile"),
    *(
        "authentication",
        "custommethod",
        "form",
        "infile",
        "sessionvariable",
        "timeoutsec",
        "maximumredirection",
        "proxy",
    ),
    *("proxycredential", "certificate", "certificatethumbprint", "erroraction", "errorvariable", "outvariable"),
    *("transferencoding", "httpversion", "maximumretrycount", "retryintervalsec", "statuscodevariable"),
    *("responseheadersvariable", "sslprotocol"),
)
_SWITCHES = (
    *("usebasicparsing", "usedefaultcredentials", "skipcertificatecheck", "skiphttperrorcheck", "passthru", "resume"),
    *(
        "allowunencryptedauthentication",
        "disablekeepalive",
        "preserveauthorizationonredirect",
        "followrellink",
        "noproxy",
    ),
    *("skipheadervalidation", "allowinsecureredirect", "verbose", "debug", "proxyusedefaultcredentials"),
)


@cache
def _start() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.\\/-])(?P<program>Invoke-RestMethod|Invoke-WebRequest|irm|iwr"
        r"|(?:curl|wget)(?=[^\n]{0,150}[ ]-(?:Headers|Uri)\b))"
        r"(?=[ \t]{1,20}(?:-[A-Za-z]|[\"'$(@]|https?://|`)|`[ \t]*\n)",
        re.IGNORECASE,
    )


def has_marks(text: str) -> bool:
    """Whether the text calls a web command of PowerShell: its name with a parameter, a string or a URL behind it."""
    return _start().search(text) is not None


def read(text: str) -> list[Piece]:
    """Every request of every such command in the text, in order."""
    pieces: list[Piece] = []
    shell = Shell(text)
    tables = Tables(shell)
    at = commands = 0
    while commands < MAX_COMMANDS and (match := _start().search(text, at)):
        commands += 1
        command = shell.command(match.start("program"), match.end("program"), dialect=Dialect.POWERSHELL)
        is_echo = command.prose.endswith("+") and bool(
            pieces
        )  # an error message repeats the command behind a plus sign
        piece = None if is_echo else _Invocation(command, shell, tables).piece()
        pieces += [piece] if piece else []
        at = max(piece.end if piece else command.end, match.end())
    return pieces


class _Invocation:
    """The parameters of one call."""

    def __init__(self, command: Command, shell: Shell, tables: Tables) -> None:
        self._command = command
        self._shell = shell
        self._all = tables
        self._tables = tables.before(command.start + len(command.program))
        self._draft = Draft("powershell", command)
        self._authentication = ""
        self._token: Word | None = None
        self._body: Table | None = None
        self._content_type = ""
        self._has_headers = self._has_session = False

    def piece(self) -> Piece | None:
        """The request with its place; None where the call names neither a URL nor a header."""
        words = iter(self._command.words)
        for word in words:
            name, colon, value = word.text.partition(":")
            if word.text[:1] == "-" and word.text[1:2].isalpha() and not word.quoted:
                self._draft.use(word)
                parameter = _parameter(name[1:].lower())
                if colon and value and parameter:
                    self._set(parameter, word._replace(text=value))
                elif parameter and (argument := next(words, None)):
                    self._draft.use(argument)
                    self._set(parameter, argument)
            elif word.text[:1] == "@" and not word.raw:
                self._draft.use(word)
                self._splat(word.text[1:].lower())
            else:
                self._positional(word)
        self._finish()
        return self._draft.piece(is_first=True) if self._draft.is_request else None

    def _positional(self, word: Word) -> None:
        text = self._value(word)
        if not self._draft.url and (is_url(text) or text.startswith(UNKNOWN_OPEN)):
            self._draft.use(word)
            self._draft.url = text
        else:
            self._draft.positional(word, text)

    def _set(self, parameter: str, word: Word) -> None:
        draft = self._draft
        if parameter == "headers":
            self._headers(word)
        elif parameter == "body":
            self._set_body(word)
        elif parameter == "uri":
            draft.url = self._value(word)
        elif parameter in {"method", "custommethod"}:
            draft.method = self._value(word).strip().upper()
        elif parameter == "contenttype":
            self._content_type = self._value(word)
        else:
            self._note(parameter, word)

    def _note(self, parameter: str, word: Word) -> None:
        if parameter == "useragent":
            self._draft.header("User-Agent", self._value(word))
        elif parameter == "authentication":
            self._authentication = word.text.lower()
        elif parameter == "token":
            self._token = word
        elif parameter == "credential":
            self._draft.flags.add("user-option")
        elif parameter == "websession":
            self._has_session = True

    def _headers(self, word: Word) -> None:
        table = self._table(word)
        self._has_headers = True
        if table is None or table.is_json:
            is_text = word.quoted and not word.raw and not is_unknown(word.text) and ":" in word.text
            if is_text:  # PowerShell refuses a text where it wants a table
                self._draft.broken(word.text, word)
            self._draft.whole = self._draft.whole and is_text
            return
        for entry in table.entries:
            self._draft.header(entry.key, entry.text, unexpanded=entry.unexpanded)

    def _set_body(self, word: Word) -> None:
        inner = self._shell.text[word.start : word.start + 4_000].lower()
        table = self._table(word)
        if table is None and word.raw:
            place = re.match(r"\(\s*(?:(@\{)|\$(\w+))", inner)
            if place and "convertto-json" in inner:
                inside = Word("@{", word.start + place.start(1), word.end - 1, raw=True) if place[1] else None
                table = self._all.table(inside.start, self._end(inside)) if inside else self._tables.get(place[2] or "")
                table = table._replace(is_json=True) if table else None
        if table is None:
            self._draft.form(self._value(word))
        else:
            self._body = table

    def _end(self, word: Word) -> int:
        """The place behind the closing brace of the table that begins at ``word``."""
        found = self._shell.text.rfind("}", word.start, word.end)
        return found + 1 if found > 0 else word.end

    def _splat(self, name: str) -> None:
        """Parameters from a table: ``@params``."""
        table = self._tables.get(name)
        if table is None:
            self._draft.whole = False
            return
        for entry in table.entries:
            parameter = _parameter(entry.key.lower())
            if parameter:
                place = entry.table or (0, 0)
                self._set(parameter, Word(entry.text, *place, quoted=True, raw=entry.table is not None))

    def _table(self, word: Word) -> Table | None:
        """The table that an argument is or names."""
        if word.raw and word.text.startswith("@{"):
            return self._all.table(word.start, word.end)
        named = re.fullmatch(rf"{UNKNOWN_OPEN}(\w+).|\$(?:script:|global:)?(\w+)", word.text)
        return self._tables.get((named[1] or named[2]).lower()) if named else None

    def _value(self, word: Word) -> str:
        """The text of an argument; what is computed is unknown."""
        if not word.raw:
            return word.text
        from bot.intake.lexer_powershell import PowerShellLexer

        lexer = PowerShellLexer(self._shell.text, word.start, self._shell.variables(word.start, ignore_case=True))
        value = lexer.expression()
        return value.text if value else unknown("expression")

    def _finish(self) -> None:
        draft = self._draft
        draft.whole = draft.whole and (self._has_headers or not self._has_session)
        if self._content_type:
            draft.header("Content-Type", self._content_type)
        if self._authentication in {"bearer", "oauth"}:
            draft.header("Authorization", f"Bearer {self._token_text()}")
        elif self._authentication == "basic":
            draft.header("Authorization", f"Basic {unknown('credential')}")
        if self._body is None:
            return
        if self._body.is_json:
            draft.json(self._body.json())
            return
        fields = [f"{percent_encoded(entry.key)}={percent_encoded(entry.text)}" for entry in self._body.entries]
        if (draft.method or "GET") == "GET":
            draft.query += fields
        else:
            for field in fields:
                draft.form(field)

    def _token_text(self) -> str:
        word = self._token
        if word is None:
            return unknown("token")
        if word.raw:
            at = self._shell.text.find("-SecureString", word.start, word.start + 60)
            text = self._all.first_quoted(at + len("-SecureString")) if at > 0 else None
            return text or unknown("token")
        named = re.fullmatch(rf"{UNKNOWN_OPEN}(\w+).", word.text)
        secure = self._all.secure(named[1], word.start) if named else None
        return secure or word.text


def _parameter(name: str) -> str:
    """The full name of a parameter that takes a value, from the beginning of its name; empty for a switch."""
    if not name or name in _SWITCHES:
        return ""
    found = next((parameter for parameter in _PARAMETERS if parameter.startswith(name)), "")
    return "" if not found and any(switch.startswith(name) for switch in _SWITCHES) else found
