"""HTTP calls in Ruby: Net::HTTP, Faraday, HTTParty, RestClient."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.dialects import RUBY
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.values import Chain, Group, Link, Value, named
from bot.intake.piece import Piece

_VERBS = "get|post|put|patch|delete|head"


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<message>Net::HTTP::(?:Get|Post|Put|Patch|Delete)\.new)\b|\b(?P<direct>Net::HTTP\.(?:get|get_response|post|post_form))\b"
        rf"|\b(?P<module>(?:Faraday|HTTParty|RestClient|Excon|HTTP)\.(?:{_VERBS}|auth|headers))\b|\b(?P<execute>RestClient::Request\.(?:execute|new))\b"
        rf"|(?<![\w.:])(?P<client>@{{0,2}}[a-z_]\w*+(?:\.\w++)*?\.(?:{_VERBS}))(?:[ \t]*+\(|[ \t]++[\"'])"
    )


def read(text: str) -> list[Piece]:
    """Every request in Ruby code, in order."""
    return _Ruby(text).read()


class _Ruby(CodeReader):
    dialect = RUBY

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        chain = self.scope.expressions.chain(match.start())
        if chain is None:
            return None
        if match["message"]:
            return self._message(chain)
        if match["direct"]:
            return self._direct(chain)
        if match["module"]:
            return self._module(chain)
        if match["execute"]:
            return self._execute(chain)
        return self._by_client(chain)

    def _url(self, call: Call, value: Value | None, base: str = "") -> None:
        """A URL, from a text or from a URI and its parts (``uri.request_uri``)."""
        if (
            isinstance(value, Chain)
            and value.links
            and value.links[-1].name in {"request_uri", "path", "to_s"}
            and value.is_plain
        ):
            value = value._replace(links=value.links[:-1])
        call.take_url(value, base)

    def _message(self, chain: Chain) -> Call | None:
        """``Net::HTTP::Get.new(uri, headers)`` with what is set on it later."""
        link = chain.links[3]
        call = self.start(chain, link, "Net::HTTP")
        given = link.arguments or Group()
        call.method = chain.links[2].name.upper()
        self._url(call, given.item(0))
        if call.url.startswith("/"):
            self._below_host(call)
        if len(given.items) > 1:
            call.take_headers(given.items[1])
        elif given.pairs:
            call.take_headers(Group(pairs=given.pairs))
        target = self.scope.target_of(chain.start)
        if target:
            call.take_changes(target, chain.start)
            self._take_body(call, target, chain.start)
            for basic in self._lines(target, "basic_auth", chain.start):
                call.take_basic(basic.item(0), basic.item(1))
        return call

    def _below_host(self, call: Call) -> None:
        """A path below the host of the ``Net::HTTP.new(host, port)`` before it."""
        made = re.compile(r"\bNet::HTTP\.(?:new|start)[ \t]*+(?=\()")
        for count, match in enumerate(made.finditer(self.text, max(0, call.start - REACH), call.start)):
            host = self.scope.expressions.group(match.end()).item(0) if count < 20 else None
            if host is not None and (text := self.evaluation.known(host, call.start)):
                call.url = f"https://{text}{call.url}" if call.url.startswith("/") else call.url

    def _take_body(self, call: Call, target: str, since: int) -> None:
        for change, value in self.scope.later(target, since):
            if change.key == "body" and value is not None:
                call.take_json(value)
        for form in self._lines(target, "set_form_data", since):
            call.take_form(form.item(0) or Group(pairs=form.pairs))

    def _lines(self, target: str, method: str, since: int) -> list[Group]:
        """The arguments of a method that is called on a variable, with or without brackets."""
        pattern = re.compile(rf"(?<![\w.]){re.escape(target)}\.{method}\b[ \t]*+")
        found = []
        for match in pattern.finditer(self.text, since, min(self.scope.until(target, since), since + REACH)):
            is_bracket = self.text[match.end() : match.end() + 1] == "("
            expressions = self.scope.expressions
            found.append(expressions.group(match.end()) if is_bracket else expressions.arguments(match.end()))
            if len(found) > 20:
                break
        return found

    def _direct(self, chain: Chain) -> Call | None:
        link = chain.links[2]
        call = self.start(chain, link, "Net::HTTP")
        given = link.arguments or Group()
        call.method = "POST" if link.name.startswith("post") else "GET"
        self._url(call, given.item(0))
        if link.name == "post_form":
            call.take_form(given.item(1) or Group(pairs=given.pairs))
        elif link.name == "post":
            call.take_json(given.item(1))
            call.take_headers(given.item(2) or Group(pairs=given.pairs))
        else:
            call.take_headers(given.item(1) or Group(pairs=given.pairs))
        return call if "://" in call.url else None

    def _module(self, chain: Chain) -> Call | None:
        """``HTTParty.get(url, headers: {...})``, ``RestClient.get(url, headers)``, ``Faraday.get(...)``."""
        place = next((at for at, link in enumerate(chain.links) if link.name.upper() in METHODS), None)
        if place is None:
            return None
        link, tool = chain.links[place], chain.links[0].name
        call = self.start(chain, link, tool)
        call.method = link.name.upper()
        for item in chain.links[1:place]:
            if item.name == "auth" and item.arguments:
                call.put("Authorization", call.text(item.arguments.item(0)))
            call.take_link(item)
        self._take_arguments(call, link.arguments or Group(), tool)
        return call if call.url else None

    def _take_arguments(self, call: Call, given: Group, tool: str, base: str = "") -> None:
        self._url(call, given.item(0), base)
        named_given = self._named(given)
        has_body = call.method in {"POST", "PUT", "PATCH"}
        if tool in {"HTTParty", "Excon", "HTTP"}:
            call.take_headers(named_given.get("headers"))
            call.take_query(named_given.get("query", "params"))
            call.take_form(named_given.get("body", "form"))
            call.take_json(named_given.get("json"))
            auth = self.evaluation.members(named_given.get("basic_auth"), call.end)
            if auth:
                call.take_basic(auth.get("username"), auth.get("password"))
            return
        headers = given.item(2) if has_body or tool == "Faraday" else given.item(1)
        if has_body and given.pairs and len(given.items) == 1:
            call.take_form(Group(pairs=given.pairs))
        elif headers is not None:
            call.take_headers(headers)
        elif given.pairs:
            call.take_headers(Group(pairs=tuple(pair for pair in given.pairs if pair[0] != "params")))
        if has_body and given.item(1) is not None:
            call.take_form(given.items[1])
        elif tool == "Faraday" and given.item(1) is not None:
            call.take_query(given.items[1])

    def _named(self, given: Group) -> Group:
        """The named arguments, whether they are written as such or as a last map."""
        if given.pairs or len(given.items) < 2:
            return given
        members = self.evaluation.members(given.items[1], given.end)
        return Group(pairs=members.pairs) if members else given

    def _execute(self, chain: Chain) -> Call | None:
        link = chain.links[-1]
        given = link.arguments or Group()
        members = self.evaluation.members(given.item(0), chain.end) if given.items else None
        pairs = Group(pairs=members.pairs) if members else given
        call = self.start(chain, link, "RestClient")
        call.take_method(pairs.get("method"))
        call.take_url(pairs.get("url"))
        call.take_headers(pairs.get("headers"))
        call.take_form(pairs.get("payload"))
        return call if call.url else None

    def _by_client(self, chain: Chain) -> Call | None:
        """A Faraday connection, or an ``http`` of ``Net::HTTP``: ``connection.get(path)``, perhaps with a block."""
        place = next((at for at, link in enumerate(chain.links) if link.name.upper() in METHODS and link.arguments), 0)
        if not place:
            return None
        link = chain.links[place]
        receiver = ".".join(item.name for item in chain.links[:place])
        assigned = self.scope.assigned(receiver, chain.start)
        made = assigned[1] if assigned and isinstance(assigned[1], Chain) else None
        maker = made.links[-1] if made and made.links[0].name in {"Faraday", "Net"} else None
        call = self.start(chain, link, made.links[0].name if made and maker else "")
        call.tool = "Net::HTTP" if call.tool == "Net" else call.tool
        call.method = link.name.upper()
        if maker is None:
            call.whole = False
        base = self._base(call, maker) if maker else ""
        self._take_arguments(call, link.arguments or Group(), call.tool or "RestClient", base)
        self._take_block(call, chain.end)
        if maker is not None and maker.arguments is not None:
            members = self.evaluation.members(self._named_of(maker.arguments, "headers"), call.start)
            call.take_defaults(members)
            self._take_connection(call, receiver, maker.arguments.end)
        is_sent = "://" in call.url or (call.url.startswith(("/", "\ue000")) and call.headers)
        return call if is_sent else None

    def _named_of(self, given: Group, name: str) -> Value | None:
        return given.get(name) or (
            self._named(Group(items=(named("_"), *given.items))).get(name) if given.items else None
        )

    def _base(self, call: Call, maker: Link) -> str:
        given = maker.arguments or Group()
        base = call.text(given.item(0) or given.get("url"))
        return base if "://" in base or not base else f"https://{base}"

    def _take_block(self, call: Call, at: int) -> None:
        """Header fields that a block behind the call sets: ``do |req| req.headers['Authorization'] = ... end``."""
        block = re.compile(r"[ \t]*(?:do|\{)[ \t]*\|[ \t]*(\w{1,40})[ \t]*\|").match(self.text, at)
        if block is None:
            return
        end = min(len(self.text), block.end() + 4_000)
        close = re.compile(r"^[ \t]*(?:end|\})", re.MULTILINE).search(self.text, block.end(), end)
        call.end = close.end() if close else call.end
        for owner in (block[1], f"{block[1]}.headers"):
            for change, value in self.scope.changes(owner, block.end(), close.end() if close else end):
                if value is not None and change.key and (owner != block[1] or change.key.lower() == "authorization"):
                    call.put(change.key, self.evaluation.first(value, change.start))
                elif value is not None and change.key == "url":
                    call.take_url(value)

    def _take_connection(self, call: Call, receiver: str, since: int) -> None:
        """What a Faraday connection adds: ``connection.headers[...] =``, ``request :authorization, ...``."""
        for change, value in self.scope.changes(f"{receiver}.headers", 0, call.start):
            if value is not None and change.key:
                call.put(change.key, self.evaluation.first(value, change.start))
        adding = re.compile(
            r"\.use\b|\.request[ \t(]*+(?!:(?:json|url_encoded|multipart|retry|gzip|authorization|basic_auth)\b)"
        )
        call.whole = call.whole and adding.search(self.text, max(since, call.start - REACH), call.start) is None
        pattern = re.compile(r"\.request[ \t]*+\(?[ \t]*+(?=:authorization|:basic_auth|:oauth2)")
        if (found := pattern.search(self.text, max(since, call.start - REACH), call.start)) is not None:
            given = self.scope.expressions.arguments(found.end())
            if call.text(given.item(0)) == "basic_auth" or call.text(given.item(1)) == "basic":
                call.take_basic(given.items[-2], given.items[-1])
            elif len(given.items) > 2:
                call.put("Authorization", f"{call.text(given.items[1])} {call.text(given.items[2])}")
