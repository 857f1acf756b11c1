"""HTTP calls in C#: HttpClient, HttpRequestMessage, RestSharp, HttpWebRequest, WebClient, Flurl."""

import re
from functools import cache

from bot.intake.code.calls import Call
from bot.intake.code.restsharp import RestSharpReader
from bot.intake.code.values import Chain, Group, Link, Text, Value
from bot.intake.piece import Piece

_VERBS = "Get|Post|Put|Delete|Patch"


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<message>\bHttpRequestMessage[ \t]*+[({{])|(?P<rest>\bRestRequest[ \t]*+\()"
        r"|(?P<web>\bWebRequest\.Create(?:Http)?[ \t]*+\()"
        rf"|(?<![\w.$])(?P<receiver>(?:[A-Za-z_]\w*+(?:\([^()\n]{{0,80}}\))?[?!]?\.)++)"
        rf"(?:(?P<verb>{_VERBS})(?:String|Stream|ByteArray|AsJson|FromJson)?Async|Download(?:String|Data)(?:TaskAsync)?|Upload(?:String|Data|Values))"
        r"(?:<[^()\n]{0,80}>)?[ \t]*+\("
        r"|(?P<flurl>\"https?://[^\"\n]{1,2000}\"\s{0,60}\.(?:With|AppendPath)\w{1,40}\()"
    )


def read(text: str) -> list[Piece]:
    """Every request in C# code, in order."""
    return _CSharp(text).read()


class _CSharp(RestSharpReader):
    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        if match["flurl"]:
            return self._flurl(match.start())
        chain = self.scope.expressions.chain(match.start())
        if chain is None:
            return None
        if match["message"]:
            return self._message(chain)
        if match["rest"]:
            return self.rest(chain)
        if match["web"]:
            return self._web(chain)
        return self._by_client(chain, match)

    def _by_client(self, chain: Chain, match: re.Match[str]) -> Call | None:
        place = match["receiver"].count(".")
        link = chain.links[place] if place < len(chain.links) else None
        if link is None or link.arguments is None or not link.arguments.items:
            return None
        receiver = ".".join(item.name for item in chain.links[:place])
        call = self.start(chain, link, "HttpClient" if match["verb"] else "WebClient")
        call.method = (match["verb"] or ("POST" if link.name.startswith("Upload") else "GET")).upper()
        call.take_url(link.arguments.items[0], self._base(call, receiver), resolves=True)
        if (content := link.arguments.item(1)) is not None and call.method in {"POST", "PUT", "PATCH"}:
            self._take_content(call, content)
        self._take_client(call, receiver)
        return call if "://" in call.url or call.headers else None

    def _take_content(self, call: Call, value: Value) -> None:
        """A body: form content is sent as a form, an object as JSON."""
        source: Value = value
        if isinstance(value, Chain) and value.is_plain and (assigned := self.scope.assigned(value.name, call.end)):
            source = assigned[1]
        maker = source.link("FormUrlEncodedContent") if isinstance(source, Chain) else None
        if maker and maker.arguments:
            call.take_form(maker.arguments.item(0))
        else:
            call.take_json(value)

    def _base(self, call: Call, receiver: str) -> str:
        assigned = self.scope.assigned(f"{receiver}.BaseAddress", call.start)
        made = self.made(receiver, call.start, "HttpClient")
        given = made.members.get("BaseAddress") if made and made.members else None
        return call.text(assigned[1] if assigned else given)

    def _take_client(self, call: Call, receiver: str) -> None:
        """What a client adds to each request."""
        made = self.made(receiver, call.start, "HttpClient", "WebClient") if receiver else None
        call.whole = call.whole and made is not None
        for member in ("DefaultRequestHeaders", "Headers"):
            owner = Chain(None, (*(Link(name) for name in receiver.split(".")), Link(member)))
            call.take_defaults(self.evaluation.members(owner, call.start, made=True))
            if made and made.members and (given := made.members.get(member)) is not None:
                call.take_defaults(self.evaluation.members(given, call.start))

    def _message(self, chain: Chain) -> Call | None:
        """``new HttpRequestMessage(method, url)`` with its members and what is set on it later, sent by some client."""
        link = chain.links[0]
        call = self.start(chain, link, "HttpClient")
        call.end = chain.end
        given, members = link.arguments or Group(), link.members or Group()
        target = self.scope.target_of(chain.start)
        method = given.item(0) or members.get("Method") or self._assigned(target, "Method", chain.start)
        call.take_method(method)
        client = self.sender(target, chain.start, "SendAsync", "Send")
        url = given.item(1) or members.get("RequestUri") or self._assigned(target, "RequestUri", chain.start)
        call.take_url(url, self._base(call, client), resolves=True)
        call.take_headers(members.get("Headers"))
        content = members.get("Content") or self._assigned(target, "Content", chain.start)
        if content is not None:
            self._take_content(call, content)
        if target:
            call.take_changes(target, chain.start)
        if client:
            self._take_client(call, client)
        return call

    def _assigned(self, target: str, member: str, since: int) -> Value | None:
        """What is assigned to a member of a variable behind a place."""
        if not target:
            return None
        return next(
            (value for change, value in self.scope.later(target, since) if change.key == member and not change.method),
            None,
        )

    def _web(self, chain: Chain) -> Call | None:
        """``WebRequest.Create(url)`` with what is set on it later."""
        link = chain.links[-1]
        call = self.start(chain, link, "HttpWebRequest")
        call.take_url((link.arguments or Group()).item(0))
        target = self.scope.target_of(chain.start)
        call.method = "GET"
        call.take_method(self._assigned(target, "Method", chain.start))
        if target:
            call.take_changes(target, chain.start)
        return call if call.url else None

    def _flurl(self, at: int) -> Call | None:
        value, end = self.scope.expressions.value(at)
        if not isinstance(value, Chain) or not isinstance(value.head, Text):
            return None
        call = Call(self.evaluation, at, end, "Flurl")
        call.take_url(value.head)
        for link in value.links:
            call.take_link(link)
            if verb := re.match(rf"({_VERBS})(?:Json|String)?Async", link.name):
                call.method = verb[1].upper()
        return call
