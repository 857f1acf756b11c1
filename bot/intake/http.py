"""HTTP messages as text (RFC 9112 section 2).

Raw requests and answers, transcripts of ``curl -v``, lists from browser tools.

A message begins with a request line or a status line; header lines follow until an empty line; the body goes on to
the next
message. A line that continues a credential belongs to the header before it.
"""

import re
from functools import cache

from bot.evidence import Header, Source
from bot.intake.folding import METHODS
from bot.intake.http_message import BODY_LABELS, Message, without_label
from bot.intake.parts_of_answers import is_answer
from bot.intake.piece import Piece

MAX_HEADERS = 200
MAX_MESSAGES = 1_000
MAX_VALUE = 70_000


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "request": re.compile(
            rf"^(?P<prefix>>[ ]?|-->[ ]|(?:[$#][ ])?)(?P<method>{METHODS})[ \t]+(?P<target>(?:https?://|/)\S*)(?:["
            r" \t]+HTTP/(?P<version>\d(?:\.\d)?))?(?:[ \t]+(?:h2|http/1\.1|\(\d+-byte body\)))*[ \t]*$"
        ),
        "logged-status": re.compile(
            r"^<--[ ](?P<status>[1-5]\d\d)\b[ ]?(?P<reason>[^\n:(]{0,40}?)[ ]?(?:https?://|\(\d)"
        ),
        "status": re.compile(
            r"^(?P<prefix><[ ]?)?HTTP/\d(?:\.\d)?[ \t]+(?P<status>[1-5]\d\d)\b[ \t]*(?P<reason>(?:(?!://)[^\n]){0,200})$"
        ),
        "header": re.compile(r"^(?P<name>:?[A-Za-z][A-Za-z0-9_-]{0,63}[ \t]{0,40}):(?P<value>(?![/][/]).*)$"),
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
        or "--> " in text
        or re.search(rf"^(?:{METHODS}) (?:/|http)", text, re.MULTILINE) is not None
    )


def read(text: str) -> list[Piece]:
    """Every HTTP message in the text, in order."""
    return _Messages(text).read()


class _Messages:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._message: Message | None = None
        self._end = self._body_at = 0

    def read(self) -> list[Piece]:
        position = 0
        for line in self._text.split("\n"):
            if line and not line.isspace():
                self._line(line.rstrip("\r"), position)
            else:
                self._blank(position + len(line))
            position += len(line) + 1
            if len(self._pieces) == MAX_MESSAGES:
                return self._pieces
        self._close()
        return self._pieces

    def _line(self, line: str, position: int) -> None:
        patterns, indent, end = _patterns(), line[: -len(line.lstrip())], position + len(line)
        line = _without_tag(line)
        if self._message is not None and self._message.indent:
            line = line.removeprefix(self._message.indent)
        if line.startswith(("send: b", "reply: ")) and self._debug_line(line, position):
            return
        if (line.strip() in {">", "<"} or line.startswith("--> END ")) and self._message is not None:
            self._blank(end)
            return
        if line.startswith("<-- END "):
            self._close()
            return
        stripped = line.strip() if len(line) < 10_000 else line
        request = patterns["request"].match(stripped)
        status = patterns["status"].match(stripped) if "HTTP/" in stripped else None
        if stripped.startswith("<-- "):
            self._logged_status(stripped, position)
        elif request and (request["version"] or self._starts_request(request, end)):
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

    def _logged_status(self, line: str, position: int) -> None:
        """``<-- 401 Unauthorized https://... (38ms)``, as OkHttp logs an answer."""
        status = _patterns()["logged-status"].match(line)
        if status:
            message = self._open(position, Source.RAW)
            message.status, message.reason = int(status["status"]), status["reason"].strip()

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

    def _starts_request(self, request: re.Match[str], end: int) -> bool:
        """A request line without a version counts where a header line or nothing else follows on later lines."""
        if "://" in request["target"]:
            return True
        following = self._text[end : end + 400].lstrip("\r\n").split("\n", 1)[0]
        return _patterns()["header"].match(following) is not None

    def _open(self, position: int, source: Source) -> Message:
        self._close()
        self._message = Message(position, source)
        return self._message

    def _blank(self, end: int) -> None:
        message = self._message
        if message is None:
            return
        if message.in_body and message.method and message.source is Source.RAW and message.has_whole_body:
            self._close()
            return
        message.in_body = True
        if message.body:
            message.add_to_body("")
        self._end = min(end, self._end + 1) if not message.body else self._end

    def _inside(self, message: Message, line: str, stripped: str) -> None:
        if line.startswith("* "):
            self._trace_note(message, line)
            return
        mark = message.trace_mark
        if mark and line.startswith(mark):
            stripped = line[1:].strip() if len(line) < 10_000 else line[1:]
        elif mark and not message.in_body and line[:1] in {"{", "}", "<", ">"}:
            message.in_body = True
        if message.method and not message.body and stripped.lower().startswith(BODY_LABELS):
            stripped = line = without_label(stripped)
        header = _patterns()["header"].match(stripped) if not message.in_body else None
        if header and len(message.headers) < MAX_HEADERS:
            message.headers.append(Header(header["name"], header["value"].strip(" \t")))
        elif not message.in_body and message.headers and _continues_value(message.headers[-1], stripped):
            last = message.headers[-1]
            message.headers[-1] = Header(last.name, f"{last.value}\n{stripped}")
        elif (
            (message.method in {"GET", "HEAD", "OPTIONS", "DELETE"} and message.in_body)
            or _ends_message(stripped)
            or message.is_over(stripped)
        ):
            self._close()
        else:
            message.in_body = True
            if not message.body:
                self._body_at = self._end + 1
            message.add_to_body(line)

    def _trace_note(self, message: Message, line: str) -> None:
        match = _patterns()["h2"].match(line)
        if match and message.method and not any(header.key == match["name"].lower() for header in message.headers):
            message.headers.append(Header(match["name"], match["value"]))

    def _close(self) -> None:
        message = self._message
        self._message = None
        if message is None:
            return
        if message.method and message.body and is_answer("\n".join(message.body)):
            message.body.clear()  # the body is the answer's: other readers look at it where it stands
            self._end = self._body_at
        self._pieces.append(Piece(message.start, max(self._end, message.start + 1), message.value()))


def _without_tag(line: str) -> str:
    """A line of a log without the time and the tag that Android puts before each of OkHttp's."""
    if "kHttp" not in line[:120]:
        return line
    return re.sub(r"^.{0,100}?\b(?:OkHttp(?:Client)?|okhttp\.OkHttpClient)\b[^:\n]{0,30}: ?", "", line, count=1)


def _continues_value(header: Header, line: str) -> bool:
    """Whether a line goes on with a wrapped credential, rather than being a body or a remark."""
    if len(header.value) > MAX_VALUE or (header.key not in {"authorization", "cookie"} and "eyJ" not in header.value):
        return False
    run = line.strip()
    return len(run) >= 8 and " " not in run and re.fullmatch(r"[A-Za-z0-9_\-.+/=%\"']+", run) is not None


def _ends_message(line: str) -> bool:
    """A prompt, a command, a status, a loose Authorization field or a horizontal rule ends a body."""
    return (
        re.match(
            r"(?:[1-5]\d\d(?: [A-Z][A-Za-z ]{1,40})?$|[1-5]\d\d \{|header: |[$#%][ ]|PS [A-Z]:|curl |-{3,}$|={3,}$|\* "
            r"|[Aa]uthorization: \S)",
            line,
        )
        is not None
    )
