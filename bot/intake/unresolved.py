"""Clients' error texts that name the host they could not reach: requests of which nothing else is shown.

Only hosts that look like Rhythm's are taken; what else a program failed to reach is not asked about.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import HTTPRequest, Source
from bot.intake.piece import Piece

MAX_TEXTS = 50
_MARKS = (
    "resolve",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UnknownHost",
    "lookup",
    "not known",
    "such host",
    "ConnectionPool(host=",
    "an't find ",
    "TCP connection to ",
    "getaddrinfo for ",
)
_NAMES = ("ythm", "rhyt", "software")


@cache
def _pattern() -> re.Pattern[str]:
    """The texts of curl, wget, Node, Java, .NET, PowerShell, Go, Dart, PHP, Ruby, Python's urllib3, nslookup, ping."""
    host = r"[\"'\u2018\u201c(]?(?P<host{0}>[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,8}})"
    return re.compile(
        rf"(?:could not resolve host:?|unable to resolve host address|ENOTFOUND|EAI_AGAIN|UnknownHostException:"
        rf"|failed to resolve|could not be resolved:|\blookup|host lookup:|no such host is known\.?|not known"
        rf"|unable to resolve host|server can't find|getaddrinfo for|\bping:|TCP connection to) {host.format(1)}"
        rf"|ConnectionPool\(host={host.format(2)}['\"]?, port=\d{{1,5}}\)"
        r"(?:: Max retries exceeded with url: (?P<path>/[^\s\"'<>]{0,2000}))?",
        re.IGNORECASE,
    )


def read(text: str) -> list[Piece]:
    """The request behind each such text, as far as it can be told: its host, at times its path."""
    if not any(mark in text for mark in _MARKS):
        return []
    pieces: list[Piece] = []
    for match in islice(_pattern().finditer(text), MAX_TEXTS):
        host = (match["host1"] or match["host2"]).lower().rstrip(".-")
        if "." in host and any(name in host for name in _NAMES):
            url = f"https://{host}{match['path'] or '/'}"
            request = HTTPRequest(None, url, (), "", Source.TRACE, whole=False)
            pieces.append(Piece(match.start(), match.end(), request))
    return pieces
