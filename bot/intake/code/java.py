"""HTTP calls in Java and Kotlin: java.net.http, HttpURLConnection, OkHttp, Spring's clients, Apache's, Unirest."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.dialects import JAVA, KOTLIN
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Group, Link, Value
from bot.intake.piece import Piece, unknown

_WITHOUT_VARIABLES = {"exchange": 4, "postForEntity": 3, "postForObject": 3}
"""How many arguments Spring's methods take before the variables of the URL; two for the others."""
_ADDING = ("nterceptor", ".authenticator(", ".filter(")
"""Words of what changes each request of a client before it is sent."""


@cache
def _anchors() -> re.Pattern[str]:
    verbs = "get|post|put|delete|patch|method"
    return re.compile(
        r"(?P<apex>\bHttpRequest[ \t]*+\(\))|(?P<builder>\bHttpRequest\.newBuilder[ \t]*+\()"
        r"|(?P<okhttp>\bRequest\.Builder[ \t]*+\()"
        r"|(?<![\w.])(?P<connection>(?:URI\.create|URL|URI|[A-Za-z_]\w*+)(?:\([^()\n]{0,2000}\))?"
        r"(?:\.toURL\(\))?\.openConnection[ \t]*+\()"
        r"|(?<![\w.])(?P<template>[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*?"
        r"\.(?:exchange|getForObject|getForEntity|postForEntity|postForObject)[ \t]*+\()"
        r"|(?P<apache>\bHttp(?:Get|Post|Put|Delete|Patch)[ \t]*+\()"
        rf"|(?P<unirest>\bUnirest\.(?:{verbs})[ \t]*+\()"
        rf"|(?<![\w.])(?P<reactive>[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*?"
        rf"\s{{0,80}}\.(?:{verbs})\([^()\n]{{0,60}}\)\s{{0,80}}\.uri[ \t]*+\()"
    )


def read(text: str) -> list[Piece]:
    """Every request in Java or Kotlin code, in order."""
    is_kotlin = re.search(r"^[ \t]*(?:val|var|fun|suspend fun)[ \t]+\w", text, re.MULTILINE) and not re.search(
        r";[ \t]*$", text, re.MULTILINE
    )
    return (_Kotlin if is_kotlin else _Java)(text).read()


class _Java(CodeReader):
    dialect = JAVA

    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        chain = self.scope.expressions.chain(match.start())
        if chain is None:
            return None
        if match["apex"]:
            return self._apex(chain)
        if match["builder"]:
            return self._builder(chain, chain.links, "java.net.http")
        if match["okhttp"]:
            return self._builder(chain, chain.links, "OkHttp")
        if match["connection"]:
            return self._connection(chain)
        if match["template"]:
            return self._template(chain)
        if match["apache"]:
            return self._apache(chain)
        if match["unirest"]:
            call = self._builder(chain, chain.links, "Unirest")
            call.take_url((chain.links[1].arguments or Group()).item(0))
            return call
        return self._reactive(chain)

    def _builder(self, chain: Chain, links: tuple[Link, ...], tool: str) -> Call:
        """A chain that builds a request, or a builder on which more is set later."""
        call = Call(self.evaluation, chain.start, chain.end, tool)
        call.method = "GET"
        for link in links:
            call.take_link(link)
            given = (link.arguments or Group()).item(0)
            if link.name == "newBuilder" and given is not None:
                call.take_url(given)
            if given is not None and link.name.upper() in {"POST", "PUT", "PATCH", "BODY", "BODYVALUE"}:
                self._take_body(call, given)
        target = self.scope.target_of(chain.start)
        if target and not chain.link("build"):
            call.take_changes(target, chain.start)
        call.whole = call.whole and not any(word in self.text for word in _ADDING)
        return call

    def _take_body(self, call: Call, value: Value) -> None:
        """A body: of a form, or the text that is given to a publisher or body."""
        value = self._written(call, value)
        form = value.link("add", "addEncoded") if isinstance(value, Chain) else None
        if isinstance(value, Chain) and form:
            pairs = [item.arguments.items[:2] for item in value.links if item.name.startswith("add") and item.arguments]
            call.take_form(Group(pairs=tuple((call.text(pair[0]), pair[1]) for pair in pairs if len(pair) == 2)))
        else:
            call.take_json(value)

    def _written(self, call: Call, value: Value) -> Value:
        """What OkHttp's ``RequestBody.create(type, text)`` or ``text.toRequestBody(type)`` puts into a body."""
        if isinstance(value, Chain) and value.is_plain and (assigned := self.scope.assigned(value.name, call.end)):
            value = assigned[1]
        if not isinstance(value, Chain):
            return value
        if value.head is not None and value.link("toRequestBody"):
            return value.head
        made = value.link("create") if value.links and value.links[0].name == "RequestBody" else None
        texts = made.arguments.items if made and made.arguments else ()
        return next((item for item in texts if "=" in call.text(item) or "{" in call.text(item)), value)

    def _apex(self, chain: Chain) -> Call | None:
        """Salesforce's ``HttpRequest``, on which everything is set."""
        call = Call(self.evaluation, chain.start, chain.end, "Apex")
        target = self.scope.target_of(chain.start)
        for given in self.calls_on(target, chain.start, "setEndpoint"):
            call.take_url(given.item(0))
            call.end = given.end
        for given in self.calls_on(target, chain.start, "setMethod"):
            call.take_method(given.item(0))
        for given in self.calls_on(target, chain.start, "setBody"):
            call.take_json(given.item(0))
        if target:
            call.take_changes(target, chain.start)
        return call if call.url else None

    def _connection(self, chain: Chain) -> Call | None:
        call = Call(self.evaluation, chain.start, chain.end, "HttpURLConnection")
        links = tuple(link for link in chain.links if link.name not in {"openConnection", "toURL"})
        call.take_url(chain._replace(links=links))
        call.method = "GET"
        target = self.scope.target_of(chain.start)
        for given in self.calls_on(target, chain.start, "setRequestMethod"):
            call.take_method(given.item(0))
        if target:
            call.take_changes(target, chain.start)
        return call

    def _template(self, chain: Chain) -> Call | None:
        """``exchange(url, method, entity, type)`` and the shorter ones."""
        link = chain.link("exchange", "getForObject", "getForEntity", "postForEntity", "postForObject")
        if link is None or link.arguments is None:
            return None
        call = self.start(chain, link, "RestTemplate")
        given = link.arguments
        call.take_url(given.item(0))
        call.method = "POST" if link.name.startswith("post") else "GET"
        entity = given.item(1) if link.name.startswith("post") else given.item(2) if link.name == "exchange" else None
        if link.name == "exchange":
            call.take_method(given.item(1))
        if len(given.items) > _WITHOUT_VARIABLES.get(link.name, 2):
            call.url = _expanded(call.url)
        receiver = ".".join(item.name for item in chain.links[: chain.links.index(link)])
        made = self.scope.assigned(receiver, chain.start)
        call.whole = made is not None and isinstance(made[1], Chain) and made[1].links[-1].name == "RestTemplate"
        if entity is not None:
            self._take_entity(call, entity)
        return call if "://" in call.url or call.headers else None

    def _take_entity(self, call: Call, value: Value) -> None:
        """``new HttpEntity<>(body, headers)``."""
        if isinstance(value, Chain) and value.is_plain and (assigned := self.scope.assigned(value.name, call.end)):
            value = assigned[1]
        made = value.link("HttpEntity", "RequestEntity") if isinstance(value, Chain) else None
        if made is None or made.arguments is None:
            call.whole = call.whole and isinstance(value, Chain) and value.name == "null"
            return
        items = made.arguments.items
        if len(items) > 1:
            call.take_json(items[0])
        if items:
            call.take_headers(items[-1])

    def _apache(self, chain: Chain) -> Call | None:
        call = self.start(chain, chain.links[0], "HttpClient")
        call.method = chain.links[0].name.removeprefix("Http").upper()
        call.take_url((chain.links[0].arguments or Group()).item(0))
        target = self.scope.target_of(chain.start)
        if target:
            call.take_changes(target, chain.start)
        for given in self.calls_on(target, chain.start, "setEntity"):
            call.take_json(given.item(0))
        return call

    def _reactive(self, chain: Chain) -> Call | None:
        """Spring's WebClient and RestClient: ``client.get().uri(path)``, below the base of the client's builder."""
        place = next(
            (at for at, link in enumerate(chain.links) if link.name.upper() in METHODS or link.name == "method"), 0
        )
        receiver = ".".join(link.name for link in chain.links[:place])
        call = self._builder(chain, chain.links[place:], "WebClient")
        assigned = self.scope.assigned(receiver, chain.start)
        made = assigned[1] if assigned else None
        call.whole = isinstance(made, Chain)
        path = chain.link("uri")
        for link in made.links if isinstance(made, Chain) else ():
            if link.name in {"create", "baseUrl"} and link.arguments and path and path.arguments:
                call.take_url(path.arguments.item(0), call.text(link.arguments.item(0)))
            elif link.name in {"defaultHeader", "defaultHeaders"}:
                call.take_link(link)
        if path and path.arguments and len(path.arguments.items) > 1:
            call.url = _expanded(call.url)
        for setter in re.compile(r"setBearerAuth(?=\()").finditer(self.text, call.start, call.end):
            call.put("Authorization", f"Bearer {call.text(self.scope.expressions.group(setter.end()).item(0))}")
        return call if "://" in call.url or call.headers else None


class _Kotlin(_Java):
    dialect = KOTLIN


def _expanded(url: str) -> str:
    """A URL of Spring's with the variables that its arguments fill in as unknown."""
    return re.sub(r"\{(\w{1,60})\}", lambda part: unknown(part[1]), url)
