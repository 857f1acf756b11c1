"""HTTP calls in PHP: the curl extension, Guzzle, Laravel, WordPress, stream contexts."""

import re
from functools import cache

from bot.intake.code.calls import METHODS, Call
from bot.intake.code.evaluation import Members
from bot.intake.code.php_curl import CurlCalls
from bot.intake.code.values import Chain, Group, Link, Value
from bot.intake.piece import Piece

_NAMED = frozenset({"method", "uri", "url", "options", "headers", "query", "body", "data", "content", "parameters"})
"""Names of arguments that are no header fields."""
_GUZZLE_VERBS = "get|post|put|patch|delete|head|request|send"


_LARAVEL = frozenset(
    (
        *("Http", "baseUrl", "accept", "acceptJson", "asJson", "asForm", "asMultipart", "contentType", "timeout"),
        *("connectTimeout", "retry", "throw", "withHeaders", "withHeader", "withToken", "withBasicAuth", "withBody"),
        *("withDigestAuth", "withOptions", "withQueryParameters", "withUrlParameters", "withUserAgent", "attach"),
        *("withoutVerifying", "withoutRedirecting", "withCookies", "replaceHeaders", "dump"),
    )
)
"""Laravel's own methods before a call: a project's macro may add the field."""


@cache
def _anchors() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<curl>curl_init)[ \t]*+\(|(?<!\w)(?P<laravel>\\?(?:[A-Z]\w*\\)*+Http::\w{1,40})[ \t]*+\("
        rf"|(?P<client>\$\w++(?:->\w++)*?->(?:{_GUZZLE_VERBS})(?:Async)?)[ \t]*+\("
        r"|\b(?P<wordpress>wp_(?:safe_)?remote_(?:get|post|request))[ \t]*+\("
        r"|\b(?P<stream>file_get_contents|fopen)[ \t]*+\("
        r"|\bnew[ \t]+(?P<inline>\\?(?:[A-Z]\w*\\)*+(?:Client|Request))[ \t]*+\("
        r"|\((?=new[ \t]+\\?(?:[A-Z]\w*\\)*+Client\b)(?P<made>)"
    )


def read(text: str) -> list[Piece]:
    """Every request in PHP code, in order."""
    return _PHP(text).read()


class _PHP(CurlCalls):
    def anchors(self) -> re.Pattern[str]:
        return _anchors()

    def call(self, match: re.Match[str]) -> Call | None:
        if match["curl"]:
            return self.curl(match.start())
        start = match.start("inline") if match["inline"] else match.start()
        if match["made"] is not None:
            value, _ = self.scope.expressions.value(start)
            chain = value if isinstance(value, Chain) else None
        else:
            chain = self.scope.expressions.chain(start)
        if chain is None:
            return None
        if match["laravel"]:
            return self._laravel(chain)
        if match["wordpress"]:
            return self._wordpress(chain)
        if match["stream"]:
            return self._stream(chain)
        if match["inline"]:
            return self._message(chain)
        return self._guzzle(chain)

    def _guzzle(self, chain: Chain) -> Call | None:
        link = chain.link(*_GUZZLE_VERBS.split("|"), *(f"{verb}Async" for verb in _GUZZLE_VERBS.split("|")))
        if link is None or link.arguments is None:
            return None
        call = self.start(chain, link, "Guzzle")
        verb = link.name.removesuffix("Async")
        items = list(link.arguments.items)
        if verb == "send":
            return None
        if verb == "request" and items:
            call.take_method(items.pop(0))
        elif verb.upper() in METHODS:
            call.method = verb.upper()
        receiver = ".".join(item.name for item in chain.links[: chain.links.index(link)])
        made = self._made(chain, receiver)
        settings = made.arguments.item(0) if made and made.arguments else None
        base = self.evaluation.members(settings, call.start)
        call.take_url(items[0] if items else None, call.text(base.get("base_uri")) if base else "", resolves=True)
        if len(items) > 1:
            self._take_options(call, items[1])
        for name, value in link.arguments.pairs:  # Perl's LWP takes header fields as pairs behind the URL
            if name.lower() not in _NAMED and not name.startswith(":"):
                call.put(name, call.text(value))
        call.whole = call.whole and made is not None
        if base is not None:
            self._take_auth(call, base)
            call.take_defaults(self.evaluation.members(base.get("headers"), call.start))
        elif settings is not None:
            call.whole = False
        is_sent = "://" in call.url or (call.url.startswith(("/", "\ue000")) and call.headers) or made is not None
        return call if is_sent else None

    def _made(self, chain: Chain, receiver: str) -> Link | None:
        """The ``new Client(...)`` of a call: in its chain, or where its variable was assigned."""
        head = chain.head if isinstance(chain.head, Chain) else None
        if head is not None:
            return head.link("Client")
        assigned = self.scope.assigned(receiver, chain.start)
        if assigned is None and receiver.startswith("this."):
            assigned = self.scope.assigned(receiver.removeprefix("this."), chain.start)
        return assigned[1].link("Client") if assigned and isinstance(assigned[1], Chain) else None

    def _take_options(self, call: Call, value: Value) -> None:
        members = self.evaluation.members(value, call.end)
        if members is None:
            call.whole = False
            return
        call.whole = call.whole and members.whole
        call.take_headers(members.get("headers"))
        call.take_query(members.get("query"))
        call.take_form(members.get("form_params"))
        call.take_json(members.get("json", "body"))
        self._take_auth(call, members)

    def _take_auth(self, call: Call, members: Members) -> None:
        """User and password; or a handler of the code's own, which may add any field."""
        given = members.get("auth")
        auth = self.evaluation.members(given, call.end)
        if auth and len(auth.items) >= 2:
            call.take_basic(auth.items[0], auth.items[1])
        elif given is not None or members.get("handler") is not None:
            call.whole = False

    def _message(self, chain: Chain) -> Call | None:
        """``new Request(method, url, headers, body)``."""
        link = chain.links[0]
        if link.name != "Request" or link.arguments is None or len(link.arguments.items) < 2:
            return None
        call = self.start(chain, link, "Guzzle")
        call.take_method(link.arguments.items[0])
        call.take_url(link.arguments.items[1])
        call.take_headers(link.arguments.item(2))
        call.take_json(link.arguments.item(3))
        return call if call.method and "://" in call.url else None

    def _laravel(self, chain: Chain) -> Call | None:
        """``Http::withToken($token)->get($url)``."""
        place = next(
            (at for at, link in enumerate(chain.links) if link.name.upper() in METHODS and link.arguments), None
        )
        if place is None:
            return None
        link = chain.links[place]
        call = self.start(chain, link, "Laravel")
        call.method = link.name.upper()
        given = link.arguments or Group()
        base = next((item.arguments for item in chain.links[:place] if item.name == "baseUrl" and item.arguments), None)
        call.take_url(given.item(0), call.text(base.item(0)) if base else "")
        for item in chain.links[:place]:
            if item.name not in {"Http", "baseUrl"}:
                call.take_link(item)
            call.whole = call.whole and item.name in _LARAVEL
        if call.method == "GET":
            call.take_query(given.item(1))
        elif any(item.name == "asForm" for item in chain.links[:place]):
            call.take_form(given.item(1))
        else:
            call.take_json(given.item(1))
        return call

    def _wordpress(self, chain: Chain) -> Call | None:
        link = chain.links[0]
        call = self.start(chain, link, "WordPress")
        given = link.arguments or Group()
        call.method = "POST" if link.name.endswith("post") else "GET"
        call.take_url(given.item(0))
        members = self.evaluation.members(given.item(1), call.end)
        if members is not None:
            call.take_method(members.get("method"))
            call.take_headers(members.get("headers"))
            call.take_form(members.get("body"))
        call.whole = call.whole and (members is not None or given.item(1) is None)
        return call

    def _stream(self, chain: Chain) -> Call | None:
        """``file_get_contents($url, false, $context)``."""
        given = chain.links[0].arguments or Group()
        call = self.start(chain, chain.links[0], "php-stream")
        call.take_url(given.item(0))
        call.method = "GET"
        if not call.url.startswith("http"):
            return None
        context = given.item(2)
        if (
            isinstance(context, Chain)
            and context.is_plain
            and (assigned := self.scope.assigned(context.name, call.end))
        ):
            context = assigned[1]
        made = context.link("stream_context_create") if isinstance(context, Chain) else None
        options = self.evaluation.members(made.arguments.item(0) if made and made.arguments else None, call.end)
        http = self.evaluation.members(options.get("http", "https"), call.end) if options else None
        call.whole = context is None or http is not None
        if http is not None:
            call.take_method(http.get("method"))
            call.take_form(http.get("content"))
            self._take_header_text(call, http.get("header"))
        return call

    def _take_header_text(self, call: Call, value: Value | None) -> None:
        if value is None:
            return
        if (members := self.evaluation.members(value, call.end)) is not None:
            self.take_lines(call, Group(items=members.items, pairs=members.pairs))
            return
        for line in call.text(value).replace("\r\n", "\n").split("\n"):
            call.take_line(line)
