"""Single lines that speak: status lines, server logs, clients' error texts with a status, challenges, URLs in prose."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.field_lines import QUOTES
from bot.intake.formats import in_literal
from bot.intake.piece import LooseURL, Piece, unknown

MAX_LINES = 20_000
"""How many lines of a paste are looked at one by one."""
MAX_ANSWERS = 1_000
"""How many answers are read from them."""


MAX_URLS = 500
_DOMAIN = "rhythmsoftware.com"
_HOST_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_SOURCES = {
    "number": r"[1-5]\d\d(?<![A-Za-z_\d]...)",
    "challenge": r"(?i)(?P<name>www-authenticate|x-amzn-errortype)[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[^\n]{1,2000})",
    "log": rf"(?:(?P<base>https?://[^\s\"/]{{3,253}})[ ])?\"(?P<method>{'|'.join(_METHODS)}) (?P<target>\S{{1,4096}})"
    r"(?: HTTP/[\d.]+)?\"[ \t:]+(?P<status>[1-5]\d\d)\b",
    "log2": rf"\b(?P<method>{'|'.join(_METHODS)})["
    r" \t]++(?P<target>https?://[^\s\"'<>`]{1,4096}|/[^\s\"'<>`]{1,4096})`?[ \t]++"
    r"(?:[\"']?HTTP/[\d.]+[\"']?[ \t]*+)?(?:->|=>|\u2192|:|-|\.{3}|resulted in|returned|responded|failed with"
    r"|status[:=]?)?[ \t]*+[\[(]?(?:an? )?[`\"']?(?:HTTP )?(?P<status>[1-5]\d\d)\b",
    "url-status": r"(?m)^[ \t]*+(?:[-*>\u2022][ ]|\d{1,3}[.)][ ])?[ \t]*+(?P<target>https?://[^\s\"'<>`|]{1,4096}"
    r"|[a-z0-9-]{1,40}\.api\.rhythmsoftware\.com/[^\s\"'<>`|]{1,4096})[ \t]*+(?:->|=>|\u2192|:|-|=)?[ \t]*+"
    r"(?:HTTP(?:/[\d.]{1,3})?[ ]|status[:=]?[ ]?)?(?P<status>[1-5]\d\d)(?:[ ][A-Z][A-Za-z ]{1,30})?[.,]?[ \t]*$",
    "for-url": r"(?P<status>[45]\d\d) (?:Client|Server) Error: (?P<reason>[^\n]{0,80}?) for url:"
    r" (?P<target>https?://[^\s\"'<>]{1,4096})"
    r"|(?:Client|Server) error '(?P<status2>[45]\d\d) (?P<reason2>[^'\n]{0,80})' for url"
    r" '(?P<target2>https?://[^\s\"'<>]{1,4096})'",
    "asserted": r"(?im)\bexpected (?P<status9>[1-5]\d\d) to (?:(?:deeply |strictly )?equal|be)\b[^\n]{0,40}$"
    r"|\bexpected\b[^\n]{0,60}?\b(?:got|received|was|actual)[: ]{1,3}[<\[]?(?P<status7>[1-5]\d\d)\b"
    r"|^[ \t]*(?:received|actual):[ ]{1,3}(?P<status8>[1-5]\d\d)[ \t]*$",
    "status": r"(?im)status(?:[ _]?code)?[\"']?(?:[ \t]*[:=]|[ \t]+(?:is|was|code|of)[ \t:]"
    r"|[ \t]+does not indicate success:)[ \t]*[\"']?(?P<status>[1-5]\d\d)\b"
    r"(?:[ \t]*\(?(?P<reason>[A-Z][A-Za-z ]{2,40}))?"
    r"|failed with status(?: code)? (?P<status2>[1-5]\d\d)"
    r"|^[ \t]*(?:HTTP(?:[ ]error)?[ ]|Error:?[ ]|\*?Response\*?:?[ ]|<Response \[|(?:[-=]>|\u2192|\#|//|--)[ ])?"
    r"(?P<status3>[1-5]\d\d)(?:\])?["
    r" \t:,-]{0,3}(?P<reason3>Unauthorized|Forbidden|Not Found|Too Many Requests|Bad Request|Internal Server"
    r" Error|Service Unavailable|Bad Gateway|Gateway Timeout|OK|Moved Permanently|Found|Proxy Authentication"
    r" Required|Request Header Fields Too Large)?(?:[ ]\([^)\n]{0,40}\))?[.>:]?[ \t]*(?:$|(?=\{))"
    r"|(?<!\[)<Response \[(?P<status4>[1-5]\d\d)\b"
    r"|\b(?:unauthorized|forbidden) \((?P<status6>40[13])\)"
    r"|(?:HTTP[ ]?Error|HTTPError|HttpError|HTTP/\d(?:\.\d)?|net::ERR_FAILED|error code|response code|returned"
    r" error|\(HTTP|responded with(?: a)?(?: status of)?|status=)[:= ]{1,2}(?P<status5>[1-5]\d\d)\b[:"
    r" ]{0,2}(?P<reason5>[A-Z][A-Za-z]{3,20})?",
    "awaited": r"awaiting response\.\.\. (?P<status>[1-5]\d\d)\b(?P<reason>[^\n]{0,60})",
    "url": r"https?://[^\s\"'<>|\\^`]{3,8192}",
    "host": r"(?i)(?<![a-z0-9_.@/-])(?:[a-z0-9-]{1,40}\.){1,4}rhythmsoftware\.com(?::\d{2,5})?/[^\s\"'<>|\\^`]{1,4096}",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def read_statuses(text: str) -> list[Piece]:
    """Lines that show an answer: access logs, clients' error texts, status lines.

    Only lines with a number that can be a status are looked at.
    """
    pieces: list[Piece] = []
    end = -1
    lines = 0
    for number in _pattern("number").finditer(text):
        if number.start() < end:
            continue
        start = text.rfind("\n", 0, number.start()) + 1
        end = text.find("\n", number.end())
        end = len(text) if end < 0 else end
        pieces += _statuses_of_line(text, start, end)
        lines += 1
        if lines == MAX_LINES or len(pieces) >= MAX_ANSWERS:
            break
    return pieces


def _statuses_of_line(text: str, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    line = text[start:end]
    if "awaiting response" in line:
        return _awaited(text, start, end)
    for name in _logs(line):
        for match in islice(_pattern(name).finditer(text, start, end), MAX_ANSWERS):
            if not _is_taken(match, pieces):
                pieces.append(Piece(match.start(), match.end(), _exchange(match.groupdict())))
    is_wanted = line.lstrip().startswith("status_code:") and "uri:" in text[max(0, start - 2_000) : start]
    is_asserted = "xpected" in line or "eceived:" in line or "ctual:" in line
    for name in ("asserted", "status") if is_asserted else ("status",):
        for match in islice(_pattern(name).finditer(text, start, end), MAX_ANSWERS):
            is_hoped = is_wanted or "xpect" in text[max(0, match.start() - 12) : match.start()]
            if not is_hoped and not _is_taken(match, pieces):  # what a test or a task hopes for is no answer
                pieces.append(Piece(match.start(), match.end(), _answer(match.groupdict())))
    if "/oauth/token" in line and len(pieces) == 1 and isinstance(pieces[0].value, HTTPResponse):
        pieces = [_of_token_endpoint(text, start, end, pieces[0], pieces[0].value)]
    return sorted(pieces, key=lambda piece: piece.start)


def _logs(line: str) -> tuple[str, ...]:
    """The patterns of lines with a request and its answer that a line may have."""
    named = ("for-url",) if " Error: " in line or " error '" in line else ()
    if any(method in line for method in _METHODS):
        return (*named, "log", "log2")
    return named or (("url-status",) if "://" in line or ".api." in line else ())


def _answer(groups: dict[str, str | None]) -> HTTPResponse:
    """The answer that a line shows, without the request."""
    status = next(int(value) for key, value in groups.items() if key.startswith("status") and value)
    reason = next((value for key, value in groups.items() if key.startswith("reason") and value), "")
    return HTTPResponse(status, (), "", Source.LOOSE, reason.strip())


def _awaited(text: str, start: int, end: int) -> list[Piece]:
    """What wget says of an answer, with the place that it follows on the next line."""
    found = _pattern("awaited").search(text, start, end)
    if found is None:
        return []
    following = text[end + 1 : end + 4_200].partition("\n")[0]
    name, _, place = following.partition(": ")
    is_place = name.strip() == "Location" and place.endswith("[following]")
    fields = (Header("Location", place.removesuffix("[following]").strip()),) if is_place else ()
    answer = HTTPResponse(int(found["status"]), fields, "", Source.TRACE, found["reason"].strip())
    return [Piece(found.start(), end + 1 + len(following) if is_place else found.end(), answer)]


def _of_token_endpoint(text: str, start: int, end: int, piece: Piece, answer: HTTPResponse) -> Piece:
    """A status in a line that names a token endpoint is that endpoint's answer."""
    url = re.compile(r"https?://[^\s\"'<>/]{3,253}/oauth/token\b").search(text, start, end)
    if url is None:
        return piece
    request = HTTPRequest("POST", url[0], (), "", Source.TRACE, whole=False)
    return Piece(start, end, Exchange(request, answer))


def _is_taken(match: re.Match[str], pieces: list[Piece]) -> bool:
    return any(piece.start < match.end() and match.start() < piece.end for piece in pieces[-50:])


def _exchange(groups: dict[str, str | None]) -> Exchange:
    """The request and the answer that a line of a log names."""
    target = groups.get("target") or groups.get("target2") or ""
    status = int(groups.get("status") or groups.get("status2") or 0)
    reason = groups.get("reason") or groups.get("reason2") or ""
    url = (groups.get("base") or "") + target.rstrip(".,;:)")
    url = url if url.startswith("/") or "://" in url else f"https://{url}"
    request = HTTPRequest(groups.get("method"), url, (), "", Source.TRACE, whole=False)
    return Exchange(request, HTTPResponse(status, (), "", Source.TRACE, reason.strip()))


def read_challenges(text: str) -> list[Piece]:
    """Loose ``WWW-Authenticate`` and ``x-amzn-errortype`` fields (RFC 6750 section 3): answers without a status."""
    lowered = text.lower()
    if "www-authenticate" not in lowered and "x-amzn-errortype" not in lowered:
        return []
    return [
        Piece(
            match.start(),
            match.end(),
            HTTPResponse(None, (Header(match["name"].lower(), match["value"].strip()),), "", Source.LOOSE),
        )
        for match in _pattern("challenge").finditer(text)
    ]


def read_urls(text: str) -> list[Piece]:
    """URLs in prose, without the punctuation of the sentence around them."""
    pieces: list[Piece] = []
    for match in _urls(text):
        if any(piece.start <= match.start() < piece.end for piece in pieces[-200:]):
            continue
        found = _one_cell(match[0])
        url = found.rstrip(".,;:!?)]}*_")
        end = match.start() + len(url)
        if text[max(0, match.start() - 2) : match.start()] == '"=':  # n8n's expression mode
            url = found.partition("{{")[0] + unknown("expression") if "{{" in found else url
        elif text[match.start() - 1 : match.start()] in QUOTES:
            url = in_literal(found, text[match.start() + len(found) :][:40])
        pieces.append(Piece(match.start(), end, LooseURL(url if "://" in url else f"https://{url}")))
        if len(pieces) > MAX_URLS:
            return pieces
    return sorted(pieces, key=lambda piece: piece.start)


def _one_cell(url: str) -> str:
    """A URL without the cells that follow it in comma-separated values."""
    if "," not in url:
        return url
    path, mark, query = url.partition("?")
    if "," in path:
        return path.partition(",")[0]
    return path + mark + re.split(r",(?=Bearer\b|eyJ|https?:)", query, maxsplit=1)[0]


def _urls(text: str) -> Iterator[re.Match[str]]:
    """URLs, then hosts of Rhythm that stand without a scheme."""
    if "://" in text:
        yield from _pattern("url").finditer(text)
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text  # a dotted I becomes two characters
    at = lowered.find(_DOMAIN)
    while at >= 0:
        before = lowered[max(0, at - 200) : at]
        start = at - len(before) + len(before.rstrip(_HOST_LETTERS))
        match = _pattern("host").match(text, start)
        if match:
            yield match
        at = lowered.find(_DOMAIN, max(at + 1, match.end() if match else 0))
