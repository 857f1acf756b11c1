"""HTTP calls in Visual Basic: ``http.Open "GET", url`` with ``setRequestHeader``, as macros make them."""

import re
from functools import cache

from bot.intake.code.calls import Call
from bot.intake.code.dialects import BASIC
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.values import Group
from bot.intake.piece import Piece


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.])(?P<object>[A-Za-z_]\w*+)?\.Open[ \t(]++(?=\"(?:GET|POST|PUT|PATCH|DELETE)\")", re.IGNORECASE
    )


def read(text: str) -> list[Piece]:
    """Every request in Visual Basic, in order."""
    return _Basic(text).read()


class _Basic(CodeReader):
    dialect = BASIC

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        given = self.scope.expressions.arguments(match.end())
        call = Call(self.evaluation, match.start(), given.end, "XMLHTTP")
        call.take_method(given.item(0))
        call.take_url(given.item(1))
        next_open = _anchors().search(self.text, given.end, given.end + REACH)
        end = next_open.start() if next_open else min(len(self.text), given.end + REACH)
        for header in self._lines(match["object"] or "", "setRequestHeader", given.end, end):
            if len(header.items) >= 2:
                call.put(call.text(header.items[0]), call.text(header.items[1]))
                call.end = header.end
        for body in self._lines(match["object"] or "", "send", given.end, end)[:1]:
            call.take_json(body.item(0))
        return call if "://" in call.url else None

    def _lines(self, name: str, method: str, since: int, before: int) -> list[Group]:
        """The arguments of a method that is called on the object, or on that of ``With``."""
        pattern = re.compile(rf"(?<!\w){re.escape(name)}\.{method}[ \t(]++(?=[\w\"])", re.IGNORECASE)
        return [
            self.scope.expressions.arguments(match.end())
            for match in list(pattern.finditer(self.text, since, before))[:60]
        ]
