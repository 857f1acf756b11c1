"""HTTP calls in Go: net/http, resty."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.dialects import GO
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Group
from bot.intake.piece import Piece


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<made>http\.NewRequest(?:WithContext)?)[ \t]*+\(|\b(?P<direct>http\.(?:Get|Head|Post|PostForm))[ \t]*+\("
        r"|\b(?P<literal>http\.Request)\{"
        r"|(?<![\w.])(?P<client>[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*?\.(?:Get|Post|PostForm|Head))[ \t]*+\("
        r"|(?<![\w.])(?P<resty>[A-Za-z_]\w*+(?:\.New\(\))?\.R\(\))"
    )


def read(text: str) -> list[Piece]:
    """Every request in Go code, in order."""
    return _Go(text).read()


class _Go(CodeReader):
    dialect = GO

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        chain = self.scope.expressions.chain(match.start())
        if chain is None:
            return None
        if match["made"]:
            return self._made(chain)
        if match["literal"]:
            return self._literal(chain)
        if match["resty"]:
            return self._resty(chain)
        return self._direct(chain, is_client=bool(match["client"]))

    def _made(self, chain: Chain) -> Call | None:
        """``http.NewRequest(method, url, body)`` with what is set on it later."""
        link = chain.links[1]
        call = self.start(chain, link, "net/http")
        items = (link.arguments or Group()).items[link.name.endswith("WithContext") :]
        call.method = "GET"
        call.take_method(items[0] if items else None)
        call.take_url(items[1] if len(items) > 1 else None)
        call.take_json(items[2] if len(items) > 2 else None)
        target = self.scope.target_of(chain.start)
        if target:
            call.take_changes(target, chain.start)
            for given in self.calls_on(target, chain.start, "SetBasicAuth"):
                call.take_basic(given.item(0), given.item(1))
        return call if call.url or call.headers else None

    def _literal(self, chain: Chain) -> Call | None:
        members = chain.links[-1].members or Group()
        call = Call(self.evaluation, chain.start, chain.end, "net/http")
        call.method = "GET"
        call.take_method(members.get("Method"))
        call.take_url(members.get("URL"))
        call.take_headers(members.get("Header"))
        target = self.scope.target_of(chain.start)
        if target:
            call.take_changes(target, chain.start)
        return call

    def _direct(self, chain: Chain, *, is_client: bool) -> Call | None:
        link = chain.link("Get", "Head", "Post", "PostForm")
        if link is None or link.arguments is None:
            return None
        call = self.start(chain, link, "net/http")
        call.method = "POST" if link.name.startswith("Post") else link.name.upper()
        call.take_url(link.arguments.item(0))
        if link.name == "PostForm":
            call.take_form(link.arguments.item(1))
        elif link.name == "Post":
            call.put("Content-Type", call.text(link.arguments.item(1)))
            call.take_json(link.arguments.item(2))
        receiver = ".".join(item.name for item in chain.links[: chain.links.index(link)])
        made = self.scope.assigned(receiver, chain.start) if is_client else None
        call.whole = not is_client or made is not None
        return call if "://" in call.url else None

    def _resty(self, chain: Chain) -> Call | None:
        call = Call(self.evaluation, chain.start, chain.end, "resty")
        for link in chain.links:
            call.take_link(link)
            if link.name.upper() in METHODS and link.arguments:
                call.take_url(link.arguments.item(0))
            elif link.name in {"SetBody", "SetFormData"} and link.arguments:
                (call.take_json if link.name == "SetBody" else call.take_form)(link.arguments.item(0))
        return call if call.url else None
