"""HTTP calls in Dart: the http package and dio."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.dialects import DART
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Group
from bot.intake.piece import Piece


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.$])[A-Za-z_]\w*+\??\.(?P<method>get|post|put|patch|delete|head|request)(?:<\w{1,40}>)?[ \t]*+\("
    )


def read(text: str) -> list[Piece]:
    """Every request in Dart code, in order."""
    return _Dart(text).read()


class _Dart(CodeReader):
    dialect = DART

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        found = self.chain_at(match.start(), match["method"])
        if found is None:
            return None
        chain, link, before = found
        call = self.start(chain, link, "dio" if before and before[0].name.lower().endswith("dio") else "dart:http")
        given = link.arguments or Group()
        call.method = link.name.upper() if link.name.upper() in METHODS else "GET"
        call.take_url(given.item(0))
        call.take_headers(given.get("headers"))
        call.take_form(given.get("body", "data"))
        call.take_query(given.get("queryParameters"))
        options = given.get("options")
        if isinstance(options, Chain) and options.links[-1].arguments:
            call.take_headers(options.links[-1].arguments.get("headers"))
        elif call.tool == "dio":
            call.whole = False
        return call if "://" in call.url or call.headers else None
