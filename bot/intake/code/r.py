"""HTTP calls in R: httr's ``GET(url, add_headers(...))``, httr2's ``request(url) |> req_headers(...) |> ...``."""

import re
from functools import cache

from bot.intake.code import encoding
from bot.intake.code.calls import Call
from bot.intake.code.dialects import R
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.values import Chain, Group, Link, Value
from bot.intake.piece import Piece, unknown

_PLAIN_CONFIGS = frozenset(
    (
        *("accept", "accept_json", "accept_xml", "content_type", "content_type_json", "content_type_xml", "user_agent"),
        *("timeout", "verbose", "progress", "write_disk", "write_memory", "write_stream", "set_cookies", "use_proxy"),
    )
)
"""httr's settings of a request that add no Authorization field."""
_PLAIN_NAMES = frozenset(
    (
        *("verb", "url", "config", "handle", "query", "path", "body", "encode", "times", "quiet", "pause_base"),
        *("pause_cap", "pause_min"),
    )
)
"""The names of arguments by which httr's calls are given nothing else."""
_PLAIN_STEPS = frozenset(
    (
        *("req_perform", "req_perform_stream", "req_perform_connection", "req_perform_promise", "req_dry_run"),
        *("req_method", "req_user_agent", "req_timeout", "req_retry", "req_verbose", "req_error", "req_throttle"),
        *("req_cache", "req_progress", "req_proxy", "req_cookie_preserve", "req_cookies_set", "req_body_raw"),
        *("req_body_file", "req_body_multipart"),
    )
)
"""httr2's steps that add no Authorization field."""


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.$:])(?:httr::(?P<verb>GET|POST|PUT|PATCH|DELETE|HEAD|VERB|RETRY)"
        r"|(?P<bare>GET|POST|PUT|PATCH|DELETE|HEAD|VERB|RETRY)|(?:httr2::)?(?P<request>request))\("
    )


def read(text: str) -> list[Piece]:
    """Every request in R code, in order."""
    return _R(text).read()


class _R(CodeReader):
    dialect = R

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._has_defaults = "set_config(" in text or "with_config(" in text or "httr_config" in text

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        chain = self.scope.expressions.chain(match.start())
        if chain is None:
            return None
        place = next((at for at, link in enumerate(chain.links) if link.arguments is not None), None)
        if place is None:
            return None
        link, steps = chain.links[place], chain.links[place + 1 :]
        call = self._built(match, chain, link, steps) if match["request"] else self._sent(chain, link)
        return call if "://" in call.url else None

    def _sent(self, chain: Chain, link: Link) -> Call:
        """A request of httr, which the call sends at once."""
        call = self.start(chain, link, "httr")
        given = link.arguments or Group()
        items = list(given.items)
        call.method = link.name
        if link.name in {"VERB", "RETRY"}:
            call.method = None
            call.take_method(given.get("verb") or (items.pop(0) if items else None))
        call.take_url(given.get("url") or (items.pop(0) if items else None))
        self._take_path(call, given.get("path"))
        call.take_query(given.get("query"))
        is_json = call.evaluation.known(given.get("encode"), call.end) == "json"
        (call.take_json if is_json else call.take_form)(given.get("body"))
        for config in (*items, *(value for name, value in given.pairs if name == "config")):
            self._take_config(call, config)
        names = {name for name, _ in given.pairs}
        call.whole = call.whole and given.whole and names <= _PLAIN_NAMES and not self._has_defaults
        return call

    def _take_config(self, call: Call, value: Value, depth: int = 0) -> None:
        """One setting of a request: header fields, credentials, or one that has to do with neither."""
        if isinstance(value, Chain) and value.is_plain and depth < 4:
            found = self.scope.assigned(value.name, call.start)
            if found is not None:
                self._take_config(call, found[1], depth + 1)
                return
        link = value.links[-1] if isinstance(value, Chain) and value.links else None
        given = link.arguments if link else None
        if link is None or given is None:
            call.whole = False
        elif link.name == "add_headers":
            self._take_headers(call, given)
        elif link.name == "c" and depth < 4:
            for item in given.items:
                self._take_config(call, item, depth + 1)
            call.whole = call.whole and given.whole and not given.pairs
        elif link.name == "authenticate" and len(given.items) == 2 and not given.pairs:
            call.take_basic(*given.items)
        elif link.name not in _PLAIN_CONFIGS:
            call.whole = False

    def _take_headers(self, call: Call, given: Group) -> None:
        """Named header fields, and those of lists: ``c(...)``, ``.headers = c(...)``, ``!!!fields``."""
        own = tuple(pair for pair in given.pairs if pair[0] != ".headers" and not pair[0].startswith(".redact"))
        call.take_headers(given._replace(pairs=own, items=()))
        for value in (*given.items, given.get(".headers")):
            if value is not None:
                call.take_headers(value)

    def _built(self, match: re.Match[str], chain: Chain, link: Link, steps: tuple[Link, ...]) -> Call:
        """A request of httr2, which step after step is added to; whole where it is shown to be sent as it is."""
        call = Call(self.evaluation, chain.start, chain.end, "httr2")
        given = link.arguments or Group()
        call.method = "GET"
        call.take_url(given.get("base_url") or given.item(0))
        for step in steps:
            self._take_step(call, step.name, step.arguments or Group())
        call.whole = call.whole and "://" in call.url and self._is_performed(match.start(), chain, steps)
        return call

    def _take_step(self, call: Call, name: str, given: Group) -> None:
        first = given.item(0)
        if name.startswith("req_url"):
            self._take_address(call, name, given)
        elif name.startswith("req_body_"):
            self._take_body(call, name, given)
        elif name in {"req_headers", "req_headers_redacted"}:
            self._take_headers(call, given)
        elif name == "req_auth_bearer_token":
            call.put("Authorization", f"Bearer {call.text(given.get('token') or first)}")
        elif name == "req_auth_basic":
            password = given.get("password") or (given.items[1] if len(given.items) > 1 else None)
            call.take_basic(given.get("username") or first, password)
        elif name.startswith("req_oauth"):
            call.put("Authorization", f"Bearer {unknown(name)}")
        elif name == "req_method":
            call.take_method(first)
        elif name not in _PLAIN_STEPS and not name.startswith("resp_"):
            call.whole = False

    def _take_address(self, call: Call, name: str, given: Group) -> None:
        if name == "req_url_path":
            self._take_path(call, given.item(0))
        elif name == "req_url_path_append":
            parts = [call.text(item).strip("/") for item in given.items]
            call.url = "/".join((call.url.rstrip("/"), *parts))
        elif name == "req_url_query":
            call.take_query(given)
        else:
            call.whole = False

    def _take_body(self, call: Call, name: str, given: Group) -> None:
        call.method = "POST" if call.method == "GET" else call.method
        data = given.get("data") or given.item(0) or given
        if name == "req_body_form":
            call.take_form(data)
        elif name == "req_body_json":
            call.take_json(data)

    def _take_path(self, call: Call, value: Value | None) -> None:
        if value is not None:
            call.url = encoding.resolved_url(call.url, "/" + call.text(value).lstrip("/"))

    def _is_performed(self, start: int, chain: Chain, steps: tuple[Link, ...]) -> bool:
        """Whether the request is sent as it is: at the chain's end, in what sends it, or by its name's only use."""
        if any(step.name.startswith("req_perform") for step in steps):
            return True
        before, after = self.text[max(0, start - 120) : start], self.text[chain.end : chain.end + REACH]
        if before.rstrip().endswith("req_perform("):
            return after.lstrip()[:1] == ")"
        target = re.search(r"(?:^|\n)[ \t>]*([\w.]{1,60})[ \t]*(?:<-|=)[ \t]*$", before)
        if target is None or chain.end + REACH < len(self.text):
            return False
        name = rf"(?<![\w.$]){re.escape(target[1])}(?![\w.])"
        sent = re.search(rf"req_perform\w{{0,20}}\(\s*{name}\s*[,)]|{name}\s*(?:\|>|%>%)\s*req_perform", after)
        return sent is not None and len(re.findall(name, after)) == 1
