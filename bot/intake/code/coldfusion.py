"""HTTP calls in ColdFusion: ``<cfhttp url="..."><cfhttpparam type="header" ...></cfhttp>``, and those in CFScript."""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, HTTPRequest, Source
from bot.intake.code import encoding
from bot.intake.code.calls import MAX_CALLS
from bot.intake.piece import Piece, unknown

REACH = 72_000
"""How far from one parameter, in characters, the next one is looked for."""
MAX_PARAMETERS = 100
"""How many parameters of one call are read."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    value = r"\"[^\"]{0,66000}\"|'[^']{0,66000}'"
    attributes = rf"(?P<attributes>(?:[\s,]*[A-Za-z_]\w*\s*=\s*(?:{value}|[\w.]+))*+)[\s,]*"
    return {
        "call": re.compile(rf"(?i)(?P<open><cfhttp\b|\bcfhttp\s*\(){attributes}(?P<close>/?>|\))"),
        "parameter": re.compile(rf"(?i)(?:<cfhttpparam\b|\bcfhttpparam\s*\(){attributes}(?:/?>|\))"),
        "attribute": re.compile(rf"([A-Za-z_]\w*)\s*=\s*({value}|[\w.]+)"),
        "end": re.compile(r"(?i)</cfhttp>|\}|(?<!/)<cfhttp\b|\bcfhttp\s*\("),
        "hole": re.compile(r"#([^#\n]{1,200})#"),
    }


def read(text: str) -> list[Piece]:
    """Every request, in order. One whose parameters do not end in the text is not whole."""
    calls = islice(_patterns()["call"].finditer(text), MAX_CALLS)
    return [piece for match in calls if (piece := _piece(text, match)) is not None]


def _piece(text: str, match: re.Match[str]) -> Piece | None:
    given = _attributes(match)
    url = given.get("url", "")
    if "://" not in url:
        return None
    parameters, end, whole = _parameters(text, match)
    headers = [Header(name, value) for kind, name, value in parameters if kind in {"header", "cgi"}]
    query = [(name, value) for kind, name, value in parameters if kind == "url"]
    form = [(name, value) for kind, name, value in parameters if kind == "formfield"]
    body = next((value for kind, _, value in parameters if kind in {"body", "xml"}), "") or encoding.form(form)
    if "username" in given and not any(header.key == "authorization" for header in headers):
        headers.append(Header("Authorization", encoding.basic(given["username"], given.get("password", ""))))
    whole = whole and "attributecollection" not in given
    method, url = given.get("method", "GET").upper(), encoding.with_query(url, encoding.form(query))
    request = HTTPRequest(method, url, tuple(headers), body[:65_536], Source.CODE, whole, "ColdFusion")
    return Piece(match.start(), end, request)


def _parameters(text: str, call: re.Match[str]) -> tuple[list[tuple[str, str, str]], int, bool]:
    """Kind, name and value of each parameter, where the call ends, and whether all of them could be read."""
    found: list[tuple[str, str, str]] = []
    position = call.end()
    if call["close"].startswith("/") or text[position : position + 200].lstrip()[:1] not in {"<", "{"}:
        return found, position, True
    whole = True
    for _ in range(MAX_PARAMETERS):
        parameter = _patterns()["parameter"].search(text, position, position + REACH)
        end = _patterns()["end"].search(text, position, position + REACH)
        if parameter is None or (end is not None and end.start() < parameter.start()):
            break
        whole = whole and "cfhttpparam" not in text[position : parameter.start()].lower()
        members = _attributes(parameter)
        found.append((members.get("type", "").lower(), members.get("name", ""), members.get("value", "")))
        position = parameter.end()
    close = _patterns()["end"].search(text, position, position + REACH)
    if close is None:
        return found, position, False
    whole = whole and "cfhttpparam" not in text[position : close.start()].lower()
    return found, close.end(), whole and close[0].lower() in {"</cfhttp>", "}"}


def _attributes(match: re.Match[str]) -> dict[str, str]:
    """Names in lower case with their values; a variable, in hashes or without quotes, is unknown."""
    found: dict[str, str] = {}
    for name, value in _patterns()["attribute"].findall(match["attributes"]):
        is_text = value[:1] in {'"', "'"}
        found[name.lower()] = _filled(value[1:-1]) if is_text else unknown(value)
    return found


def _filled(text: str) -> str:
    return _patterns()["hole"].sub(lambda hole: unknown(hole[1]), text)
