"""HTTP calls in Python: requests, httpx, aiohttp, urllib3, urllib, http.client."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.dialects import PYTHON
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Group, Link, Text, Value, named
from bot.intake.piece import Piece

_MODULES = {
    "requests": "requests",
    "httpx": "httpx",
    "grequests": "requests",
    "aiohttp": "aiohttp",
    "urllib3": "urllib3",
}
_CLIENTS = {
    "session": "requests",
    "cachedsession": "requests",
    "oauth2session": "requests",
    "client": "httpx",
    "asyncclient": "httpx",
    "clientsession": "aiohttp",
    "poolmanager": "urllib3",
    "httpsconnection": "http.client",
    "httpconnection": "http.client",
}
_BASIC = ("HTTPBasicAuth", "BasicAuth")


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.])(?P<receiver>(?:[A-Za-z_]\w*+(?:\(\))?\.)*+)"
        r"(?P<method>get|post|put|patch|delete|head|options|request|stream|urlopen|Request)[ \t]*+\("
    )


def read(text: str) -> list[Piece]:
    """Every request in Python code, in order."""
    return _Python(text).read()


class _Python(CodeReader):
    dialect = PYTHON

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        found = self.chain_at(match.start(), match["method"])
        if found is None or found[1].arguments is None:
            return None
        chain, link, before = found
        receiver = ".".join(item.name for item in before)
        if link.name in {"urlopen", "Request"}:
            return self._urllib(chain, link)
        if not before:
            return None
        if receiver in _MODULES:
            call = self.start(chain, link, _MODULES[receiver])
            self._take(call, link, "")
            return call
        return self._by_client(chain, link, before, receiver)

    def _by_client(self, chain: Chain, link: Link, before: tuple[Link, ...], receiver: str) -> Call | None:
        made = self._maker(before, receiver, chain.start)
        if made is None:
            call = self.start(chain, link, "")
            call.whole = False
            self._take(call, link, "")
            is_sent = "://" in call.url or (call.url.startswith(("/", "\ue000")) and call.headers)
            return call if is_sent else None
        tool = _CLIENTS[made.name.lower()]
        call = self.start(chain, link, tool)
        arguments = made.arguments or Group()
        if tool == "http.client":
            scheme = "http" if made.name == "HTTPConnection" else "https"
            host = call.text(arguments.item(0) or arguments.get("host"))
            self._take(call, link, f"{scheme}://{host}")
            return call
        self._take(
            call, link, call.text(arguments.get("base_url") or (arguments.item(0) if tool == "aiohttp" else None))
        )
        self._take_session(call, receiver, arguments, chain.start)
        return call

    def _maker(self, before: tuple[Link, ...], receiver: str, at: int) -> Link | None:
        """The call that made a client: in the chain itself, or where the client was assigned."""
        for link in before:
            if link.arguments is not None and link.name.lower() in _CLIENTS:
                return link
        assigned = self.scope.assigned(receiver, at)
        value = assigned[1] if assigned else None
        if not isinstance(value, Chain):
            return None
        return next(
            (link for link in value.links if link.arguments is not None and link.name.lower() in _CLIENTS), None
        )

    def _take(self, call: Call, link: Link, base: str) -> None:
        """What the arguments of a call say, by the order that the libraries give them."""
        given = link.arguments or Group()
        order = ["url", "params"] if link.name in {"get", "head", "options", "delete"} else ["url", "data", "json"]
        if link.name in {"request", "stream"}:
            last = ["body", "headers"] if call.tool == "http.client" else ["params", "data", "headers"]
            order = ["method", "url", *last]
        arguments: dict[str, Value] = {**dict(zip(order, given.items, strict=False)), **dict(given.pairs)}
        if link.name.upper() in METHODS:
            call.method = link.name.upper()
        call.take_method(arguments.get("method"))
        call.take_url(arguments.get("url"), base)
        call.take_query(arguments.get("params"))
        call.take_headers(arguments.get("headers"))
        call.take_form(
            arguments.get("data") or arguments.get("content") or arguments.get("body") or arguments.get("fields")
        )
        call.take_json(arguments.get("json"))
        self._take_auth(call, arguments.get("auth"))
        if cookies := self.evaluation.texts(arguments.get("cookies"), call.end):
            call.put("Cookie", "; ".join(f"{name}={value}" for name, value in cookies))
        call.whole = call.whole and given.whole and "..." not in arguments and "header" not in arguments
        if any(_is_true(arguments.get(name)) for name in ("allow_redirects", "follow_redirects")):
            call.flags.add("follows-redirects")

    def _take_session(self, call: Call, receiver: str, arguments: Group, at: int) -> None:
        """What a session adds to each of its requests."""
        headers = named("headers")._replace(links=(*(Link(name) for name in receiver.split(".")), Link("headers")))
        call.take_defaults(self.evaluation.members(headers, at, made=True))
        if (given := arguments.get("headers")) is not None:
            members = self.evaluation.members(given, at)
            call.take_defaults(members)
            call.whole = call.whole and members is not None
        assigned = self.scope.assigned(f"{receiver}.auth", at)
        self._take_auth(call, arguments.get("auth") or (assigned[1] if assigned else None))
        trust = self.scope.assigned(f"{receiver}.trust_env", at)
        if (trust and _is_false(trust[1])) or _is_false(arguments.get("trust_env")):
            call.flags.add("ignores-environment")

    def _take_auth(self, call: Call, value: Value | None) -> None:
        if value is None or (isinstance(value, Chain) and value.name == "None"):
            return
        found = self.evaluation.resolve(value, call.end)
        if isinstance(found, Chain) and found.is_plain and (assigned := self.scope.assigned(found.name, call.end)):
            found = assigned[1]
        maker = found.link(*_BASIC) if isinstance(found, Chain) else None
        pair = maker.arguments if maker else found
        if isinstance(pair, Group) and len(pair.items) + len(pair.pairs) >= 2:
            values = [*pair.items, *(item for _, item in pair.pairs)]
            call.take_basic(values[0], values[1])
        elif isinstance(found, Chain) and found.links and (given := found.links[-1].arguments) is not None:
            call.whole = False
            token = given.item(0) or given.get("token")
            if token is not None and _bearer_class().search(found.links[-1].name):
                written = call.text(token)
                call.put("Authorization", written if written[:7].lower() == "bearer " else f"Bearer {written}")
        else:
            call.whole = False

    def _urllib(self, chain: Chain, link: Link) -> Call | None:
        """``urlopen`` with a URL, or a ``Request`` with what is added to it later."""
        call = self.start(chain, link, "urllib")
        arguments = link.arguments or Group()
        url = arguments.item(0) or arguments.get("url")
        if url is None or (link.name == "urlopen" and not isinstance(self.evaluation.resolve(url, call.end), Text)):
            return None
        call.take_url(url)
        data = arguments.get("data") or arguments.item(1)
        call.take_form(data)
        call.method = "POST" if call.body else "GET"
        call.take_method(arguments.get("method"))
        if link.name == "Request":
            call.take_headers(arguments.get("headers") or arguments.item(2))
            call.take_changes(self.scope.target_of(chain.start), chain.start)
        return call if "://" in call.url or call.headers else None


@cache
def _bearer_class() -> re.Pattern[str]:
    """The names that projects give to their classes for it, as ``BearerAuth`` or ``TokenAuth``."""
    return re.compile(r"(?i)bearer|^(?:http)?tokenauth")


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Chain) and value.name == "True"


def _is_false(value: Value | None) -> bool:
    return isinstance(value, Chain) and value.name == "False"
