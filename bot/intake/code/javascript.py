"""HTTP calls in JavaScript and TypeScript: fetch, axios and its like; other means are in ``javascript_others``."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.evaluation import Members
from bot.intake.code.javascript_others import OtherCalls
from bot.intake.code.setters import set_by
from bot.intake.code.values import Chain, Group, Link, Text, Value
from bot.intake.piece import Piece

_FETCHES = frozenset({"fetch", "$fetch", "useFetch", "ofetch", "fetchJson"})
_CONFIGURED = {
    "axios": "axios",
    "got": "got",
    "ky": "ky",
    "request": "request",
    "needle": "needle",
    "$http": "angular",
    "rp": "request",
}
_AGENTS = frozenset({"superagent", "agent", "request", "sa"})
_MAKERS = frozenset({"create", "extend"})
_INTERCEPTING = ("interceptors.request", "beforeRequest", "onRequest", "init: [")
"""Words of functions that change each request before it is sent, in axios, ky, got and ofetch."""
_INTERCEPTED = ("config", "request", "req", "r", "cfg", "conf", "options", "opts", "init")
"""What those functions call the request."""


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.$])(?P<receiver>(?:[A-Za-z_$][\w$]*+(?:\(\))?[?!]?\.)*+)"
        r"(?P<method>\$?fetch|useFetch|ofetch|fetchJson|axios|got|ky|needle|rp|request|\$http|ajax|getJSON|open"
        r"|get|post|put|patch|delete|del|head|options)(?:<[^()\n]{0,80}>)?[ \t]*+\("
    )


@cache
def _stringified() -> re.Pattern[str]:
    return re.compile(
        r"(?:localStorage|sessionStorage|AsyncStorage)\.setItem\([^()\n]{1,80},\s*JSON\.stringify\(|JSON\.stringify\(\s*[\w.]{0,60}token\s*\)",
        re.IGNORECASE,
    )


def read(text: str) -> list[Piece]:
    """Every request in JavaScript or TypeScript, in order."""
    return _JavaScript(text).read()


class _JavaScript(OtherCalls):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._is_stringified = _stringified().search(text) is not None

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        found = self.chain_at(match.start(), match["method"])
        if found is None or found[1].arguments is None or found[1].arguments.pairs:
            return None  # an argument with a name is another language's
        chain, link, before = found
        call = self._read(chain, link, before)
        if call is not None and self._is_stringified:
            call.flags.add("stringified")
        return call

    def _read(self, chain: Chain, link: Link, before: tuple[Link, ...]) -> Call | None:
        receiver = ".".join(item.name for item in before)
        first = receiver.partition(".")[0]
        if link.name in _FETCHES:
            return self._fetch(chain, link)
        if receiver in {"$", "jQuery"}:
            return self.jquery(chain, link)
        if receiver.lower() in {"https", "http"} and link.name in {"request", "get"} and self._is_nodes(chain, link):
            return self.node(chain, link)
        if link.name == "open":
            return self.xhr(chain, link, receiver)
        if chain.link("set", "auth") and (first in _AGENTS or chain.link("send", "end", "set")):
            return self.agent(chain, link, before)
        if not before and link.name in _CONFIGURED:
            return self._configured(chain, link, _CONFIGURED[link.name], "")
        if not before or (link.name in _CONFIGURED and link.name != "request"):
            return None
        return self._by_client(chain, link, receiver)

    def _is_nodes(self, chain: Chain, link: Link) -> bool:
        """Whether ``http.get`` is Node's own: that takes whole URLs, and nothing of it can be awaited."""
        arguments = link.arguments or Group()
        first = self.evaluation.resolve(arguments.items[0], chain.start) if arguments.items else None
        if isinstance(first, Text) and first.value.startswith("/"):
            return False
        is_awaited = self.text[max(0, chain.start - 12) : chain.start].rstrip().endswith("await")
        return not is_awaited and self._maker(chain.links[0].name, chain) is None

    def _by_client(self, chain: Chain, link: Link, receiver: str) -> Call | None:
        """``axios.get(url, config)`` and the same on an instance, whose settings the paste may show."""
        maker = self._maker(receiver, chain)
        tool = _CONFIGURED.get(receiver.rpartition(".")[2], "axios" if maker else "")
        call = self._configured(chain, link, tool, receiver, maker)
        if call is None:
            return None
        if maker is None and not tool:
            call.whole = False
        is_sent = "://" in call.url or (call.url.startswith(("/", "\ue000")) and (call.headers or tool))
        return call if is_sent else None

    def _maker(self, receiver: str, chain: Chain) -> Link | None:
        """The call that made a client, ``axios.create(...)``; None where the paste shows none."""
        assigned = self.scope.assigned(receiver, chain.start)
        return assigned[1].link(*_MAKERS) if assigned and isinstance(assigned[1], Chain) else None

    def _configured(self, chain: Chain, link: Link, tool: str, receiver: str, maker: Link | None = None) -> Call | None:
        """A call that takes a URL, perhaps a body, and a list of settings."""
        call = self.start(chain, link, tool)
        items = list((link.arguments or Group()).items)
        settings = maker.arguments.item(0) if maker and maker.arguments else None
        base = self.evaluation.members(settings, chain.start) if settings is not None else None
        url = items.pop(0) if items and isinstance(self.evaluation.resolve(items[0], call.end), Text | Chain) else None
        if url is not None and not items and self._is_settings(url, call.end):
            items, url = [url], None
        verb = "DELETE" if link.name == "del" else link.name.upper()
        has_body = verb in {"POST", "PUT", "PATCH"} and tool not in {"got", "ky", "request"}
        body = items.pop(0) if has_body and items else None
        call.method = verb if (verb in METHODS and tool != "request") or (verb in METHODS and receiver) else None
        config = items[0] if items else None
        root = self._base(receiver or link.name, base, call)
        if url is not None:
            call.take_url(url, root)
        self.take_config(call, config, root)
        call.take_json(body)
        call.method = call.method or ("POST" if call.body else "GET")
        self._take_defaults(call, receiver or link.name, base)
        return call

    def _is_settings(self, value: Value, at: int) -> bool:
        return self.evaluation.members(value, at) is not None

    def _base(self, receiver: str, settings: Members | None, call: Call) -> str:
        """The URL below which a client sends: of its settings, or of its defaults."""
        given = settings.get("baseURL", "prefixUrl") if settings else None
        assigned = self.scope.assigned(f"{receiver}.defaults.baseURL", call.start)
        return call.text(given) or (call.text(assigned[1]) if assigned else "")

    def _take_defaults(self, call: Call, receiver: str, settings: Members | None) -> None:
        """What a client adds to each call: its settings' headers, its defaults, its interceptors."""
        if settings is not None:
            headers = self.evaluation.members(settings.get("headers"), call.end)
            if headers is not None:
                common = self.evaluation.members(headers.get("common"), call.end)
                call.take_defaults(headers._replace(pairs=tuple(pair for pair in headers.pairs if pair[0] != "common")))
                call.take_defaults(common)
            call.whole = call.whole and settings.whole and (headers is not None or settings.get("headers") is None)
        owners = [
            f"{receiver}.defaults.headers{part}" for part in ("", ".common", f".{(call.method or 'get').lower()}")
        ]
        if any(word in self.text for word in _INTERCEPTING):
            owners += [f"{name}.headers{part}" for name in _INTERCEPTED for part in ("", ".common")]
            call.whole = False
        for owner in owners:
            changes = self.scope.changes(owner, 0, call.start if owner.startswith(receiver) else len(self.text))
            pairs: list[tuple[str, Value]] = []
            for change, value in changes:
                if change.method and isinstance(value, Group):
                    pairs += set_by(change.method, value) or ()
                elif change.key not in {"", "common"} and value is not None:
                    pairs.append((change.key, value))
            call.take_defaults(Members(tuple(pairs), (), whole=True))

    def _fetch(self, chain: Chain, link: Link) -> Call | None:
        call = self.start(chain, link, "fetch")
        arguments = link.arguments or Group()
        target, config = arguments.item(0), arguments.item(1)
        if isinstance(target, Chain) and (made := target.link("Request")) and made.arguments:
            target, config = made.arguments.item(0), made.arguments.item(1)
        call.take_url(target)
        call.method = "GET"
        if config is not None:
            self._take_fetch(call, config)
        return call if "://" in call.url or call.headers else None

    def _take_fetch(self, call: Call, config: Value) -> None:
        members = self.evaluation.members(config, call.end)
        if members is None:
            call.whole = False
            return
        call.take_method(members.get("method"))
        self.take_headers(call, config, members)
        call.take_json(members.get("body", "payload"))
        call.take_query(members.get("query", "params"))
        call.whole = call.whole and members.whole
