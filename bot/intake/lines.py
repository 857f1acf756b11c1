"""Single lines that speak: status lines, server logs, clients' error texts with a status, challenges, URLs in prose."""

import re
from functools import cache

from bot.evidence import Exchange, Header, HTTPRequest, HTTPResponse, Source
from bot.intake.piece import LooseURL, Piece

MAX_LINES = 20_000
"""How many lines of a paste are looked at one by one."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "challenge": re.compile(
            r"(?P<name>www-authenticate|x-amzn-errortype)[\"']?[ \t]*[:=][ \t]*[\"']?(?P<value>[^\n]{1,2000})",
            re.IGNORECASE,
        ),
        "log": re.compile(
            r"\"(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?P<target>\S{1,4096})(?: HTTP/[\d.]+)?\"["
            r" \t:]+(?P<status>[1-5]\d\d)\b"
        ),
        "log2": re.compile(
            r"\b(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)["
            r" \t]+(?P<target>https?://[^\s\"'<>]{1,4096}|/[^\s\"'<>]{1,4096})[ \t]+"
            r"(?:[\"']?HTTP/[\d.]+[\"']?[ \t]*)?(?:->|=>|\u2192|:|-|\.{3}|resulted in|returned"
            r"|failed with|status[:=]?)?["
            r" \t]*[\[(]?(?:an? )?[`\"']?(?:HTTP )?(?P<status>[1-5]\d\d)\b"
        ),
        "for_url": re.compile(
            r"(?P<status>[45]\d\d) (?:Client|Server) Error: (?P<reason>[^\n]{0,80}?) for url:"
            r" (?P<target>https?://[^\s\"'<>]{1,4096})"
            r"|(?:Client|Server) error '(?P<status2>[45]\d\d) (?P<reason2>[^'\n]{0,80})' for url"
            r" '(?P<target2>https?://[^\s\"'<>]{1,4096})'"
        ),
        "status": re.compile(
            r"status(?:[ _]?code)?[\"']?(?:[ \t]*[:=]|[ \t]+(?:is|was|code|of)[ \t:]|[ \t]+does not indicate success:)["
            r" \t]*[\"']?(?P<status>[1-5]\d\d)\b(?:[ \t]*\(?(?P<reason>[A-Z][A-Za-z ]{2,40}))?"
            r"|failed with status(?: code)? (?P<status2>[1-5]\d\d)"
            r"|^[ \t]*(?:HTTP(?:[ ]error)?[ ]|Error:?[ ]|Response:?[ ]|<Response \[)?(?P<status3>[1-5]\d\d)(?:\])?["
            r" \t:,-]{0,3}(?P<reason3>Unauthorized|Forbidden|Not Found|Too Many Requests|Bad Request|Internal Server"
            r" Error|Service Unavailable|Bad Gateway|Gateway Timeout|OK|Moved Permanently|Found|Proxy Authentication"
            r" Required|Request Header Fields Too Large)?(?:[ ]\([^)\n]{0,40}\))?[.>]?[ \t]*(?:$|(?=\{))"
            r"|<Response \[(?P<status4>[1-5]\d\d)\b"
            r"|(?:HTTP[ ]?Error|HTTPError|HttpError|HTTP/\d(?:\.\d)?|net::ERR_FAILED|error code|response code|returned"
            r" error|\(HTTP|responded with(?: a)?(?: status of)?|status=)[:= ]{1,2}(?P<status5>[1-5]\d\d)\b[:"
            r" ]{0,2}(?P<reason5>[A-Z][A-Za-z]{3,20})?",
            re.IGNORECASE | re.MULTILINE,
        ),
        "url": re.compile(r"https?://[^\s\"'<>|\\^`]{3,8192}"),
        "host": re.compile(
            r"(?<![A-Za-z0-9_.@/-])(?:[a-z0-9-]{1,40}\.){1,4}rhythmsoftware\.com(?::\d{2,5})?/[^\s\"'<>|\\^`]{1,4096}",
            re.IGNORECASE,
        ),
    }


def read_statuses(text: str) -> list[Piece]:
    """Lines that show an answer: access logs, clients' error texts, status lines."""
    pieces: list[Piece] = []
    for name in ("for_url", "log", "log2"):
        for match in _patterns()[name].finditer(text):
            if any(piece.start <= match.start() < piece.end for piece in pieces):
                continue
            groups = match.groupdict()
            target = groups.get("target") or groups.get("target2") or ""
            status = int(groups.get("status") or groups.get("status2") or 0)
            reason = groups.get("reason") or groups.get("reason2") or ""
            request = HTTPRequest(groups.get("method"), target.rstrip(".,;)"), (), "", Source.TRACE, whole=False)
            answer = HTTPResponse(status, (), "", Source.TRACE, reason.strip())
            pieces.append(Piece(match.start(), match.end(), Exchange(request, answer)))
            if len(pieces) > MAX_LINES:
                return pieces
    for match in _patterns()["status"].finditer(text):
        if any(piece.start <= match.start() < piece.end for piece in pieces[-50:]):
            continue
        groups = match.groupdict()
        status = next(int(value) for key, value in groups.items() if key.startswith("status") and value)
        reason = next((value for key, value in groups.items() if key.startswith("reason") and value), "")
        pieces.append(Piece(match.start(), match.end(), HTTPResponse(status, (), "", Source.LOOSE, reason.strip())))
        if len(pieces) > MAX_LINES:
            break
    return sorted(pieces, key=lambda piece: piece.start)


def read_challenges(text: str) -> list[Piece]:
    """Loose ``WWW-Authenticate`` and ``x-amzn-errortype`` fields (RFC 6750 section 3): answers without a status."""
    return [
        Piece(
            match.start(),
            match.end(),
            HTTPResponse(None, (Header(match["name"].lower(), match["value"].strip()),), "", Source.LOOSE),
        )
        for match in _patterns()["challenge"].finditer(text)
    ]


def read_urls(text: str) -> list[Piece]:
    """URLs in prose, without the punctuation of the sentence around them."""
    pieces: list[Piece] = []
    for name in ("url", "host"):
        for match in _patterns()[name].finditer(text):
            if any(piece.start <= match.start() < piece.end for piece in pieces[-200:]):
                continue
            url = match[0].rstrip(".,;:!?)]}*_")
            pieces.append(
                Piece(match.start(), match.start() + len(url), LooseURL(url if "://" in url else f"https://{url}"))
            )
            if len(pieces) > 500:
                return pieces
    return sorted(pieces, key=lambda piece: piece.start)
