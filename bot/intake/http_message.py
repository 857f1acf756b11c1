"""One HTTP message while its lines are being read, and the request or answer that it makes (RFC 9112 section 2)."""

import re

from bot.evidence import Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message, http_date

MAX_BODY = 65_536
MAX_BODY_LINES = 2_000
BODY_LABELS = ("body", "payload", "data", "request body")
"""Words that logs put before a request's body, in lower case."""


class Message:
    """A message that begins at ``start``, in characters.

    It has a method and a target, or a status and a reason. ``trace_mark`` is the sign with which its lines begin in a
    transcript, ``indent`` the blanks before them.
    """

    def __init__(self, start: int, source: Source) -> None:
        self.start, self.source = start, source
        self.method: str | None = None
        self.status: int | None = None
        self.target = self.reason = self.trace_mark = self.indent = ""
        self.headers: list[Header] = []
        self.body: list[str] = []
        self.in_body = False
        self._first = self._last = ""
        self._has_pairs = False
        self._depth = 0

    def add_to_body(self, line: str) -> None:
        """Take a line of the body; of a long body the first lines are kept."""
        if len(self.body) < MAX_BODY_LINES:
            self.body.append(line)
        text = line.strip()
        if text:
            self._depth += text.count("{") - text.count("}")
            self._first, self._last = self._first or text[0], text[-1]
            self._has_pairs = self._has_pairs or "=" in text

    @property
    def has_whole_body(self) -> bool:
        """Whether an empty line ends a request's body: there is none, or its JSON or form is whole."""
        return not self._first or (self._last == "}" if self._first == "{" else self._has_pairs)

    def is_over(self, line: str) -> bool:
        """Whether a request's body has ended before a line, with its JSON or with the parameters of its form."""
        if not self._first or not self.method or self.source is not Source.RAW:
            return False
        if self._first == "{":
            return self._depth <= 0
        is_form = self._has_pairs and self._first.isalnum()
        return is_form and " " not in self.body[0].strip() and re.match(r"&?[\w.%-]{1,60}=", line) is None

    def value(self) -> HTTPRequest | HTTPResponse:
        """What was read."""
        headers = _unpadded(self.headers)
        body = "\n".join(self.body).strip()[:MAX_BODY]
        if self.method:
            is_trace = self.source is Source.TRACE
            url = self._url(headers)
            whole = bool(headers) or is_trace
            return HTTPRequest(self.method, url, headers, body, self.source, whole, "curl" if is_trace else "")
        date = next((header.value for header in headers if header.key == "date"), "")
        message = body_message(body) or self.reason
        return HTTPResponse(self.status, headers, body, self.source, message, http_date(date))

    def _url(self, headers: tuple[Header, ...]) -> str:
        if "://" in self.target:
            return self.target
        host = next((header.value for header in headers if header.key in {"host", ":authority"}), "")
        return f"https://{host.strip()}{self.target}" if host else self.target


def _unpadded(headers: list[Header]) -> tuple[Header, ...]:
    """The fields, their names without the blanks of a list whose colons stand one below the other."""
    if len(headers) > 1 and len({len(header.name) for header in headers}) == 1:
        return tuple(header._replace(name=header.name.rstrip()) for header in headers)
    return tuple(headers)


def without_label(line: str) -> str:
    """A body's first line without the word that calls it one."""
    label = r"(?i)(?:request )?(?:body|payload|data)[ \t]?[:=]?[ \t]*(?=\{|grant_type=)"
    match = re.match(label, line)
    return line[match.end() :] if match else line
