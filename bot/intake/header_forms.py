"""Authorization fields in maps, lists, elements and settings of servers, where the value needs no scheme to be one.

``{Accept=*/*, Authorization=...}``, ``"Authorization": ["..."]``, ``proxy_set_header Authorization "..."``.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, Source
from bot.intake.piece import LooseHeader, Piece

MAX_FIELDS = 64
_VALUE = r"(?P<value>(?:[A-Za-z][A-Za-z0-9_-]{1,20}[ \t]{1,2})?(?-i:eyJ)[^\s\"'`|,;\]}<>]{20,})"
_NAME = r"(?P<name>authori[sz]ation|authentication)"
_MAP = rf"(?:(?<=\{{)|(?<=,[ ])|(?:(?<=header)|(?<=headers))[._]){_NAME}=[\"']?\[?{_VALUE}"
_BEHIND = r"(?:(?<=header)|(?<=header[ ]set)|(?<=header_up))[ \t]{1,8}[\"']?"
_FORMS: tuple[tuple[str, str], ...] = (
    # a map as Java prints it, {Accept=*/*, Authorization=...}; logfmt's header.authorization=
    ("=", _MAP),
    # its lists of values: Authorization=[...]
    ("=[", rf"(?<![\w.-]){_NAME}=\[{_VALUE}"),
    # a list of values in JSON: "Authorization": ["..."]
    ("[", rf"(?<=[\"']){_NAME}[\"'][ \t]*+:[ \t]*+\[\s{{0,40}}[\"']{_VALUE}"),
    # Objective-C's @{@"Authorization": @"..."}, SAS's "Authorization"="..."
    ('@"', rf"@\"{_NAME}\"[ \t]{{0,4}}:[ \t]{{0,4}}@\"{_VALUE}"),
    ("=", rf"(?<=[\"']){_NAME}[\"'][ \t]{{0,4}}=[ \t]{{0,4}}[\"']{_VALUE}"),
    # Rust's header::AUTHORIZATION, HeaderValue::from_static("...")
    ("AUTHORIZATION,", rf"(?<=[(:]){_NAME}[ \t]*+,\s{{0,40}}(?:HeaderValue::\w{{4,20}}\(&?)?\"{_VALUE}"),
    # a builder's authorizationHeader("...")
    ("Header(", rf"\.{_NAME}Header\([ \t]{{0,4}}[\"']{_VALUE}"),
    # arguments between columns of blanks: Create Dictionary    Authorization=...
    ("    ", rf"(?<=\w[ ]{{4}}){_NAME}={_VALUE}"),
    # XML: the value in the element behind the name's, or in one inside the element that names it
    ("</", rf">\s{{0,20}}{_NAME}\s{{0,20}}</[\w:.-]{{1,60}}>\s{{0,200}}<[^<>]{{1,200}}>\s{{0,20}}{_VALUE}"),
    ("<value>", rf"\"{_NAME}\"[^<>\n]{{0,80}}>\s{{0,200}}<value>\s{{0,20}}{_VALUE}"),
    # a server's configuration: proxy_set_header Authorization "..."
    ("eader", rf"{_BEHIND}{_NAME}[\"']?[ \t]{{1,8}}[\"']?{_VALUE}"),
    # a pair of Kotlin's: "Authorization" to "..."
    (" to ", rf"\"{_NAME}\"[ \t]{{1,4}}to[ \t]{{1,4}}\"{_VALUE}"),
    # PL/SQL: headers(1).name := 'Authorization'; headers(1).value := '...'
    (":=", rf"'{_NAME}'[ \t]*+;\s{{0,80}}[\w.()]{{1,80}}\.value[ \t]*+:=[ \t]*+'{_VALUE}"),
)
"""The writings, each with a mark that its text holds."""


@cache
def _form(source: str) -> re.Pattern[str]:
    return re.compile("(?i)" + source)


def read(text: str) -> list[Piece]:
    """Every such field that holds a JWT, in the order of the writings."""
    pieces: list[Piece] = []
    for mark, source in _FORMS if "eyJ" in text else ():
        if mark not in text:
            continue
        for match in islice(_form(source).finditer(text), MAX_FIELDS):
            if not any(piece.start < match.end() and match.start() < piece.end for piece in pieces):
                header = Header(match["name"], match["value"])
                pieces.append(Piece(match.start(), match.end(), LooseHeader(header, Source.LOOSE)))
    return pieces
