"""HTTP calls in Power Query (Excel, Power BI): ``Web.Contents(url, [Headers=[...], RelativePath="..."])``."""

import re
from functools import cache

from bot.intake.code.calls import Call
from bot.intake.code.dialects import POWER_QUERY
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Group, Value
from bot.intake.piece import Piece


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.])Web\.Contents(?=\()")


def read(text: str) -> list[Piece]:
    """Every request in a query, in order. A quoted name (``#"Content-Type"``) is read like a text."""
    return _PowerQuery(text.replace('#"', ' "')).read()


class _PowerQuery(CodeReader):
    dialect = POWER_QUERY

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        given = self.scope.expressions.group(match.end())
        call = Call(self.evaluation, match.start(), given.end, "Power Query")
        call.take_url(given.item(0))
        second = given.item(1)
        options = self.evaluation.resolve(second, given.end) if second is not None else Group()
        if not isinstance(options, Group):
            call.whole = False
            return call if "://" in call.url else None
        headers = options.get("Headers")
        call.whole = headers is not None  # without any, the data source's own settings may add credentials
        call.take_headers(headers)
        if (path := options.get("RelativePath")) is not None:
            call.take_url(path, call.url)
        call.take_query(options.get("Query"))
        content = options.get("Content")
        call.method = "POST" if content is not None else "GET"
        call.take_form(_sent(_sent(content, "ToBinary"), "BuildQueryString"))
        return call if "://" in call.url else None


def _sent(value: Value | None, function: str) -> Value | None:
    """What a conversion is given: ``Text.ToBinary(Uri.BuildQueryString([...]))``."""
    link = value.link(function) if isinstance(value, Chain) else None
    return link.arguments.item(0) if link is not None and link.arguments is not None else value
