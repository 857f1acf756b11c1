"""HTTP calls in Swift and Objective-C's Foundation: URLRequest with its header fields, and Alamofire."""

import re
from functools import cache
from itertools import islice

from bot.intake.code.calls import Call
from bot.intake.code.dialects import SWIFT
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.values import Chain, Group, Text, Value
from bot.intake.piece import Piece, unknown


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])(?:(?P<request>URLRequest)|(?:AF|Alamofire|session)\.request)[ \t]*+\(")


@cache
def _hole() -> re.Pattern[str]:
    return re.compile(r"\\\((?:[^()\n]|\([^()\n]{0,200}\)){0,200}\)")


@cache
def _fields() -> re.Pattern[str]:
    """Alamofire's ``HTTPHeader``: ``.authorization(bearerToken: token)`` or ``name: "...", value: "..."``."""
    return re.compile(
        r"\.authorization\((?!username)(?P<bearer>bearerToken:)?[ \t]*"
        r"|\bname:[ \t]*\"(?P<name>[\w-]{1,60})\",[ \t]*value:[ \t]*"
    )


def read(text: str) -> list[Piece]:
    """Every request in Swift code, in order."""
    return _Swift(text).read()


class _Swift(CodeReader):
    dialect = SWIFT

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        given = self.scope.expressions.arguments(match.end())
        call = Call(self.evaluation, match.start(), given.end, "URLSession" if match["request"] else "Alamofire")
        call.method = "GET"
        self._take_url(call, given.get("url") if match["request"] else given.item(0))
        if match["request"]:
            self._take_settings(call, self._assigned_to(match.start()))
        else:
            call.take_method(given.get("method"))
            call.take_headers(given.get("headers"))
            self._take_fields(call)
            call.whole = call.whole and given.get("interceptor") is None
        call.headers = [header._replace(value=_filled(header.value)) for header in call.headers]
        return call if "://" in call.url or call.headers else None

    def _take_fields(self, call: Call) -> None:
        """Header fields that are made as values of their own, before the request or among its arguments."""
        for match in islice(_fields().finditer(self.text, max(self.behind, call.end - REACH), call.end), 40):
            read = self.scope.value_at(match.end())
            if read is not None:
                value = call.text(read[0])
                call.put(match["name"] or "Authorization", f"Bearer {value}" if match["bearer"] else value)

    def _take_url(self, call: Call, value: Value | None) -> None:
        found = self.evaluation.resolve(value, call.end) if value is not None else None
        if isinstance(found, Chain) and found.is_plain:
            found = self._address(found.name, call.start) or found
        if isinstance(found, Chain) and found.links and found.links[0].arguments:
            given = found.links[0].arguments
            found = given.get("string") or given.item(0)
        call.take_url(found)
        call.url = _filled(call.url)

    def _address(self, name: str, before: int) -> Value | None:
        """What a name was last made of, ``let url = URL(string: ...)!``, before a place."""
        made = re.compile(rf"(?<!\w){re.escape(name)}[^=\n]{{0,60}}=[ \t]*URL[ \t]*\(")
        places = [match.end() for match in made.finditer(self.text, max(0, before - REACH), before)]
        given = self.scope.expressions.arguments(places[-1]) if places else None
        return (given.get("string") or given.item(0)) if given else None

    def _assigned_to(self, start: int) -> str:
        """The name of the variable that a request is assigned to; empty where it is none."""
        line = self.text[max(0, start - 120) : start].rpartition("\n")[2]
        match = re.search(r"(?:var|let)[ \t]+(\w+)[^=\n]{0,60}=[ \t]*$", line)
        return match[1] if match else ""

    def _take_settings(self, call: Call, name: str) -> None:
        call.whole, since = bool(name) and "httpAdditionalHeaders" not in self.text, call.end
        for given in self.calls_on(name, since, "setValue", "addValue"):
            field = given.get("forHTTPHeaderField")
            if given.items and isinstance(field, Text):
                call.put(field.value, call.text(given.items[0]))
                call.end = max(call.end, given.end)
            else:
                call.whole = False
        for change, value in self.scope.later(name, since) if name else ():
            if change.key == "allHTTPHeaderFields" and isinstance(value, Group):
                call.take_headers(value)
            elif change.key == "httpMethod" and isinstance(value, Text):
                call.method = value.value.upper()


def _filled(text: str) -> str:
    """A literal with what it interpolates, in brackets behind a backslash, as unknown."""
    return _hole().sub(lambda hole: unknown(hole[0][2:-1]), text)
