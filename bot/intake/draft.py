"""A request while the arguments of a command are read, and what an argument must look like to be its URL."""

import base64
import re
from functools import cache

from bot.evidence import Header, HTTPRequest, Source
from bot.intake.lexer import Word
from bot.intake.piece import UNKNOWN_OPEN, Piece, is_unknown, unknown
from bot.intake.shell import Command

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_ASKS = frozenset({"token", "header", "headers", "bearer", "authorization", "auth", "jwt"})


@cache
def _url() -> re.Pattern[str]:
    return re.compile(
        r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20}://)|[A-Za-z0-9_.-]*[{<]|(?:localhost|(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\.?)(?::\d{1,5})?(?:[/?#]|$)"
    )


def is_url(text: str) -> bool:
    """Whether an argument can be the URL: it has a scheme, looks like a host, or begins with a variable."""
    if text.startswith(("https://", "http://")):
        return True
    if text.startswith(("eyJ", '{"', "{'")):
        return False
    if text.startswith((UNKNOWN_OPEN, "$", "{{", "<", "%")):
        return "/" in text or text.startswith((UNKNOWN_OPEN, "$", "{{"))
    return _url().match(text) is not None and ("{" not in text or "/" in text or "{{" in text)


class Draft:
    """A request that grows with each argument; ``is_request`` once it has a URL or a header."""

    def __init__(self, tool: str, command: Command) -> None:
        self._tool = tool
        self._command = command
        self.method: str | None = None
        self.default_method = ""
        self.url = ""
        self.whole = True
        self.data_in_query = False
        self.flags: set[str] = set()
        self.query: list[str] = []
        self._end = -1
        self._first = self._first_option = -1
        self._headers: list[Header] = []
        self._body: list[str] = []
        self._content_type = ""
        self._asks = False
        self._user_at = -1
        self._names_user = False
        self._hosts: list[str] = []

    @property
    def is_request(self) -> bool:
        """Whether there is something to judge: no command that a sentence only names, with ``-u`` before a word."""
        is_named = self._names_user and self._command.prose != "" and len(self._headers) == 1
        return bool(self.url or self._hosts or (self._headers and not is_named))

    def use(self, word: Word) -> None:
        """Note that a word belongs to the command."""
        if self._first_option < 0:
            self._first_option = word.start
            if self._first < 0:
                self._first = word.start
        self._end = max(self._end, word.end)

    def positional(self, word: Word, text: str) -> None:
        """A word that is no option: the URL, a method, or prose."""
        lower = text.lower()
        if "://" in text[:24] and not self.url and is_url(text):
            self.url = text if word.quoted else bare_end(text)
        elif is_url(text) and not self._hosts and not self.url:
            self._hosts.append(text if word.quoted else bare_end(text))
        elif text in METHODS and not self.url and self._end < 0:
            self.method = text
        else:
            self._asks = self._asks or lower.strip(".,:;") in _ASKS
            if text in {"...", "\u2026", "[...]"} or (is_unknown(text) and text.startswith(UNKNOWN_OPEN)):
                self.whole = False
            return
        self._first = word.start if self._first < 0 else self._first
        self._end = max(self._end, word.end)

    def header(self, name: str, value: str, *, unexpanded: bool = False) -> None:
        """A header that is sent."""
        self._headers.append(Header(name, value))
        if unexpanded:
            self.flags.add("single-quoted")

    def broken(self, text: str, word: Word) -> None:
        """A header option that sends nothing: what it was meant to send is kept under the name ``:broken``."""
        self.flags.add("broken-header-option")
        value = re.sub(r"^\s*[\"']?authorization\b[\"'\s:=;]*", "", text, count=1, flags=re.IGNORECASE).strip()
        self._headers.append(Header(":broken", value))
        self._end = max(self._end, word.end)

    def user(self, value: str, *, unexpanded: bool = False) -> None:
        """Credentials for Basic authentication (RFC 7617), given by an option of their own; the last ones count."""
        self.flags.add("user-option")
        self._names_user = ":" not in value and value.isalpha()
        pair = value if ":" in value else f"{value}:"
        encoded = (
            unknown("user") if is_unknown(value) else base64.b64encode(pair.encode("utf-8", "replace")).decode("ascii")
        )
        if self._user_at >= 0:
            self._headers[self._user_at] = Header("Authorization", f"Basic {encoded}")
        else:
            self._user_at = len(self._headers)
            self.header("Authorization", f"Basic {encoded}", unexpanded=unexpanded)

    def form(self, text: str) -> None:
        """Data in a form's encoding."""
        self._body.append(text)
        self._content_type = self._content_type or FORM

    def multipart(self, text: str) -> None:
        """A part of a multipart form, kept as name and value."""
        self._body.append(text)
        self._content_type = "multipart/form-data"

    def json(self, text: str) -> None:
        """Data that is sent as JSON; several are joined as they are."""
        self._body[-1:] = ["".join([*self._body[-1:], text])]
        self._content_type = JSON

    def piece(self, *, is_first: bool) -> Piece:
        """The finished request with its place: from the prompt on where it is the command's first."""
        start = self._command.start if is_first or self._first < 0 else self._first
        return Piece(start, max(self._end, start + 1), self._request())

    def _request(self) -> HTTPRequest:
        url = self.url or (self._hosts[0] if self._hosts else "")
        if url and "://" not in url[:24] and not url.startswith((UNKNOWN_OPEN, "$", "{", "<", "%", "/")):
            url = f"https://{url}"
        data = "&".join(self._body)
        query = [*self.query, data] if self.data_in_query and data else self.query
        if query and url:
            url += ("&" if "?" in url else "?") + "&".join(query)
        body = "" if self.data_in_query else data
        if self.url and any(host.startswith(UNKNOWN_OPEN) for host in self._hosts):
            self.whole = False
        if "@" in url.partition("://")[2].partition("/")[0]:
            self.flags.add("userinfo")
        headers = list(self._headers)
        if body and not any(header.key == "content-type" for header in headers):
            headers.append(Header("Content-Type", self._content_type))
        is_prose = not self._headers and (self._asks or (self._first_option < 0 and _is_verb(self._command.prose)))
        return HTTPRequest(
            self.method or self.default_method or ("POST" if body else "GET"),
            url or None,
            tuple(headers),
            body,
            Source.COMMAND,
            self.whole and not is_prose,
            self._tool,
            frozenset(self.flags),
        )


def _is_verb(prose: str) -> bool:
    """Whether the program's name is the verb of a sentence: I curl, when we curl, to curl."""
    last = prose.rpartition(" ")[2].lower()
    return last in {"i", "we", "you", "they", "to", "can", "cannot", "can't", "could", "just", "then", "simply"}


def bare_end(text: str) -> str:
    """A URL without the punctuation of the sentence around it."""
    text = text.rstrip(",;\"'")
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.removesuffix(".")
