"""HTTP messages as text (RFC 9112 section 2).

Raw requests and answers, transcripts of ``curl -v``, lists from browser tools.

A message begins with a request line or a status line; header lines follow until an empty line; the body goes on to
the next
message. A line that continues a credential belongs to the header before it.
"""

import re
from functools import cache

from bot.evidence import Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message, http_date
from bot.intake.folding import METHODS
from bot.intake.piece import Piece

MAX_HEADERS = 200
MAX_BODY = 65_536


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "request": re.compile(
            rf"^(?P<prefix>>[ ]?|(?:[$#][ ])?)(?P<method>{METHODS})[ \t]+(?P<target>(?:https?://|/)\S*)(?:["
            r" \t]+HTTP/(?P<version>\d(?:\.\d)?))?[ \t]*$"
        ),
        "status": re.compile(
            r"^(?P<prefix><[ ]?)?HTTP/\d(?:\.\d)?[ \t]+(?P<status>\d{3})\b[ \t]*(?P<reason>[^\n]{0,200})$"
        ),
        "header": re.compile(r"^(?P<name>:?[A-Za-z][A-Za-z0-9_-]{0,63}[ \t]{0,2}):(?P<value>(?![/][/]).*)$"),
        "h2": re.compile(
            r"^\*[ ]+(?:\[HTTP/[23]\][ ]+)?\[\d+\][ ]+\[(?P<name>:?[A-Za-z0-9_-]{1,64}): (?P<value>.*)\][ \t]*$"
        ),
        "browser": re.compile(
            r"^[ \t]*(?P<name>Request URL|Request Method|Status Code|Status|URL|Method|Request Headers|Response"
            r" Headers)[ \t]*:?[ \t]*(?P<value>[^\n]*)$",
            re.IGNORECASE,
        ),
    }


def has_marks(text: str) -> bool:
    """Whether the text shows an HTTP message: a version, or the words of a browser's network tab."""
    return (
        "HTTP/" in text
        or "Request URL" in text
        or re.search(rf"^(?:{METHODS}) (?:/|http)", text, re.MULTILINE) is not None
    )


def read(text: str) -> list[Piece]:
    """Every HTTP message in the text, in order."""
    return _Messages(text).read()


class _Message:
    """A message while its lines are being read."""

    def __init__(self, start: int, source: Source) -> None:
        self.start, self.source = start, source
        self.method: str | None = None
        self.status: int | None = None
        self.target = self.reason = self.trace_mark = self.indent = ""
        self.headers: list[Header] = []
        self.body: list[str] = []
        self.in_body = False


class _Messages:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._message: _Message | None = None
        self._end = 0

    def read(self) -> list[Piece]:
        position = 0
        for line in self._text.split("\n"):
            self._line(line.rstrip("\r"), position)
            position += len(line) + 1
        self._close()
        return self._pieces

    def _line(self, line: str, position: int) -> None:
        patterns, indent, end = _patterns(), line[: -len(line.lstrip())], position + len(line)
        if self._message is not None and self._message.indent:
            line = line.removeprefix(self._message.indent)
        if line.startswith(("send: b", "reply: ")) and self._debug_line(line, position):
            return
        if not line.strip() or (line.strip() in {">", "<"} and self._message is not None):
            self._blank(end)
            return
        stripped = line.strip() if len(line) < 10_000 else line
        request = patterns["request"].match(stripped)
        status = patterns["status"].match(stripped) if "HTTP/" in stripped else None
        if request and (request["version"] or self._starts_request(request)):
            sent = request["prefix"].startswith(">")
            message = self._open(position, Source.TRACE if sent else Source.RAW)
            message.method, message.target = request["method"], request["target"]
            message.trace_mark, message.indent = ">" if sent else "", indent
        elif status:
            message = self._open(position, Source.TRACE if status["prefix"] else Source.RAW)
            message.status, message.reason = int(status["status"]), status["reason"].strip()
            message.trace_mark, message.indent = "<" if status["prefix"] else "", indent
        elif self._message is not None:
            self._inside(self._message, line, stripped)
        else:
            return
        self._end = end

    def _debug_line(self, line: str, position: int) -> bool:
        """A line that Python's ``http.client`` prints in debug mode.

        A whole message with its line ends written as escapes.
        """
        inner = line.partition("'")[2] or line.partition('"')[2]
        first, *fields = inner.replace("\\r\\n", "\n").rstrip("'\"").split("\n")
        request = _patterns()["request"].match(first.strip())
        status = _patterns()["status"].match(first.strip())
        if not request and not status:
            return False
        message = self._open(position, Source.TRACE)
        if request:
            message.method, message.target = request["method"], request["target"]
        elif status:
            message.status, message.reason = int(status["status"]), status["reason"].strip()
        for field in fields[:MAX_HEADERS]:
            header = _patterns()["header"].match(field)
            if header:
                message.headers.append(Header(header["name"], header["value"].strip(" \t")))
        self._end = position + len(line)
        if request:
            self._close()
        return True

    def _starts_request(self, request: re.Match[str]) -> bool:
        """A request line without a version counts where a header line or nothing else follows on later lines."""
        if "://" in request["target"]:
            return True
        rest = self._text[self._text.find(request["target"]) + len(request["target"]) :][:400].lstrip(" \t")
        following = rest.lstrip("\r\n").split("\n", 1)[0]
        return rest.startswith(("\n", "\r")) and (_patterns()["header"].match(following) is not None)

    def _open(self, position: int, source: Source) -> _Message:
        self._close()
        self._message = _Message(position, source)
        return self._message

    def _blank(self, end: int) -> None:
        message = self._message
        if message is None:
            return
        if message.in_body and message.method and message.source is Source.RAW and _is_complete(message.body):
            self._close()
            return
        message.in_body = True
        if message.body:
            message.body.append("")
        self._end = min(end, self._end + 1) if not message.body else self._end

    def _inside(self, message: _Message, line: str, stripped: str) -> None:
        if line.startswith("* "):
            self._trace_note(message, line)
            return
        mark = message.trace_mark
        if mark and line.startswith(mark):
            stripped = line[1:].strip() if len(line) < 10_000 else line[1:]
        elif mark and not message.in_body and line[:1] in {"{", "}", "<", ">"}:
            message.in_body = True
        header = _patterns()["header"].match(stripped) if not message.in_body else None
        if header and len(message.headers) < MAX_HEADERS:
            message.headers.append(Header(header["name"], header["value"].strip(" \t")))
        elif not message.in_body and message.headers and _continues_value(message.headers[-1], stripped):
            last = message.headers[-1]
            message.headers[-1] = Header(last.name, f"{last.value}\n{stripped}")
        elif (
            message.method in {"GET", "HEAD", "OPTIONS", "DELETE"} and message.in_body and message.source is Source.RAW
        ) or _ends_message(stripped):
            self._close()
        else:
            message.in_body = True
            if len(message.body) < 2_000:
                message.body.append(line)

    def _trace_note(self, message: _Message, line: str) -> None:
        match = _patterns()["h2"].match(line)
        if match and message.method and not any(header.key == match["name"].lower() for header in message.headers):
            message.headers.append(Header(match["name"], match["value"]))

    def _close(self) -> None:
        message = self._message
        self._message = None
        if message is None:
            return
        headers = tuple(message.headers)
        body = "\n".join(message.body).strip()[:MAX_BODY]
        if message.method:
            url = _full_url(message.target, headers)
            value: HTTPRequest | HTTPResponse = HTTPRequest(
                message.method,
                url,
                headers,
                body,
                message.source,
                bool(headers) or message.source is Source.TRACE,
                "curl" if message.source is Source.TRACE else "",
            )
        else:
            date = next((header.value for header in headers if header.key == "date"), "")
            text = body_message(body) or message.reason
            value = HTTPResponse(message.status, headers, body, message.source, text, http_date(date))
        self._pieces.append(Piece(message.start, max(self._end, message.start + 1), value))


def _full_url(target: str, headers: tuple[Header, ...]) -> str:
    if "://" in target:
        return target
    host = next((header.value for header in headers if header.key in {"host", ":authority"}), "")
    return f"https://{host.strip()}{target}" if host else target


def _continues_value(header: Header, line: str) -> bool:
    """Whether a line goes on with a wrapped credential, rather than being a body or a remark."""
    if header.key not in {"authorization", "cookie"} and "eyJ" not in header.value:
        return False
    run = line.strip()
    return len(run) >= 8 and " " not in run and re.fullmatch(r"[A-Za-z0-9_\-.+/=%\"']+", run) is not None


def _is_complete(body: list[str]) -> bool:
    """Whether an empty line ends a request's body: there is none, or its JSON or form is whole."""
    text = "\n".join(body).strip()
    return not text or (text.endswith("}") if text.startswith("{") else "=" in text)


def _ends_message(line: str) -> bool:
    """A prompt, a command, a status, a loose Authorization field or a horizontal rule ends a body."""
    return (
        re.match(
            r"(?:[1-5]\d\d [A-Z][A-Za-z ]{1,40}$|[1-5]\d\d \{|header: |[$#%][ ]|PS [A-Z]:|curl |-{3,}$|={3,}$|\* "
            r"|[Aa]uthorization: \S)",
            line,
        )
        is not None
    )
