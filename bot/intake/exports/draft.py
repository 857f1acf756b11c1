"""A request that is put together from an export, and the values that tools resolve before they send it."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from functools import cache

from bot.evidence import Header, HTTPRequest, HTTPResponse, Source
from bot.intake.answers import body_message, http_date
from bot.intake.exports.documents import members_of, objects_of, text_of
from bot.intake.piece import unknown

MAX_HEADERS = 200
MAX_BODY = 65_536


@cache
def _variable() -> re.Pattern[str]:
    return re.compile(r"\{\{\s{0,8}(?:_\.)?([\w.$ -]{1,80}?)\s{0,8}\}\}")


def resolved(text: str, variables: Mapping[str, str]) -> str:
    """A text with the variables that the export defines filled in; others stay as they are written."""
    for _ in range(3):
        if "{{" not in text or not variables:
            return text
        filled = _variable().sub(lambda match: variables.get(match[1], match[0]), text)
        if filled == text or len(filled) > MAX_BODY:
            return text
        text = filled
    return text


@cache
def _expressions() -> re.Pattern[str]:
    return re.compile(r"\{\{(?P<double>[^{}]{0,500}(?:\{[^{}]{0,200}\}[^{}]{0,200})?)\}\}|@\{(?P<flow>[^{}]{0,500})\}")


def evaluated(text: str) -> str:
    """A text in which a tool evaluates expressions: what they come to is unknown."""
    return _expressions().sub(lambda match: unknown((match["double"] or match["flow"] or "").strip()), text)


class Draft:
    """A request of an export. ``variables`` are those that the export defines."""

    def __init__(self, tool: str, variables: Mapping[str, str] | None = None) -> None:
        self.tool = tool
        self.method = ""
        self.url = ""
        self.headers: list[Header] = []
        self.body = ""
        self.whole = True
        self.flags: set[str] = set()
        self.at: float | None = None
        self._variables = variables or {}

    def text(self, value: object) -> str:
        """A member's text with its variables filled in."""
        return resolved(text_of(value), self._variables)

    def put(self, name: str, value: str) -> None:
        """One header field."""
        if name.strip() and len(self.headers) < MAX_HEADERS:
            self.headers.append(Header(name, value))

    def take_fields(self, value: object) -> None:
        """Header fields as a list of names and values, as a map, or as lines."""
        for name, content in self.pairs(value):
            self.put(name, content)

    def pairs(self, value: object) -> list[tuple[str, str]]:
        """Names and values as the tools list them, without those that are switched off."""
        if isinstance(value, dict):
            return [
                (name, self.text(_first(content))) for name, content in value.items() if not isinstance(content, dict)
            ]
        if isinstance(value, str):
            lines = (line.partition(":") for line in value.split("\n")[:MAX_HEADERS])
            return [(name, self.text(content.strip())) for name, colon, content in lines if colon]
        return [
            (self.text(item.get("name", item.get("key"))), self.text(item.get("value")))
            for item in objects_of(value)
            if not item.get("disabled") and item.get("enabled") is not False and item.get("active") is not False
        ]

    def take_query(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Parameters that the tool adds to the query."""
        added = "&".join(f"{name}={value}" for name, value in pairs if name)
        if added:
            self.url += ("&" if "?" in self.url else "?") + added

    def take_bearer(self, token: str, prefix: str = "") -> None:
        """The Authorization field of a bearer token."""
        self.put("Authorization", f"{prefix or 'Bearer'} {token}")

    def take_basic(self, user: str, password: str) -> None:
        """The Authorization field of Basic credentials (RFC 7617)."""
        value = base64.b64encode(f"{user}:{password}".encode("utf-8", "replace")).decode("ascii")
        self.put("Authorization", f"Basic {value}")
        self.flags.add("user-option")

    def request(self) -> HTTPRequest:
        """The request."""
        return HTTPRequest(
            self.method.upper() or None,
            self.url or None,
            tuple(self.headers),
            self.body[:MAX_BODY],
            Source.EXPORT,
            self.whole,
            self.tool,
            frozenset(self.flags),
            self.at,
        )


def response_of(status: object, headers: list[tuple[str, str]], body: str, reason: str = "") -> HTTPResponse | None:
    """An answer; None where there was none (browsers write status 0)."""
    number = (
        int(status)
        if isinstance(status, str) and status.isascii() and status.isdigit() and len(status) == 3
        else status
    )
    if not isinstance(number, int) or isinstance(number, bool) or not 100 <= number <= 599:
        return None
    fields = tuple(Header(name, value) for name, value in headers[:MAX_HEADERS])
    date = next((header.value for header in fields if header.key == "date"), "")
    body = body[:MAX_BODY]
    return HTTPResponse(number, fields, body, Source.EXPORT, body_message(body) or reason, http_date(date))


def content_of(content: object) -> str:
    """The body in a HAR content object, decoded where it is base64."""
    members = members_of(content)
    text = text_of(members.get("text"))
    if members.get("encoding") != "base64":
        return text
    try:
        return base64.b64decode(text[: MAX_BODY * 2], validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value
