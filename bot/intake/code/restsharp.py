"""RestSharp's requests, and what C#'s clients have in common: who sends a request, and how that client was made."""

import re

from bot.intake.code.calls import Call
from bot.intake.code.dialects import CSHARP
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.values import Chain, Group, Link, Text, Value, named

_SENDERS = (
    *("Execute", "ExecuteAsync", "ExecuteGetAsync", "ExecutePostAsync"),
    *("GetAsync", "PostAsync", "PutAsync", "DeleteAsync", "Get", "Post"),
)


class RestSharpReader(CodeReader):
    """Reads ``new RestRequest(path)`` below its client's base."""

    dialect = CSHARP

    def made(self, receiver: str, at: int, *names: str) -> Link | None:
        """The link that made a client, where the paste shows it."""
        assigned = self.scope.assigned(receiver, at)
        value = assigned[1] if assigned else None
        if not isinstance(value, Chain):
            return None
        return next(
            (link for link in value.links if link.name in {*names, "new"} and (link.arguments or link.members)), None
        )

    def sender(self, target: str, at: int, *methods: str) -> str:
        """The client whose method is given a request: in the text before it, or later with its name."""
        names = "|".join(methods)
        inline = re.compile(rf"([\w.]{{1,80}})\.(?:{names})(?:<[^()\n]{{0,80}}>)?\(\s*(?:new\s+)?$").search(
            self.text[max(0, at - 200) : at]
        )
        if inline:
            return inline[1]
        if not target:
            return ""
        sent = re.compile(
            rf"(?<![\w.])([\w.]{{1,80}})\.(?:{names})(?:<[^()\n]{{0,80}}>)?\(\s*{re.escape(target)}\b"
        ).search(self.text, at, at + REACH)
        return sent[1] if sent else ""

    def rest(self, chain: Chain) -> Call | None:
        """A request below its client's base."""
        call = self.start(chain, chain.links[0], "RestSharp")
        call.end = chain.end
        given = chain.links[0].arguments or Group()
        target = self.scope.target_of(chain.start)
        client = self.sender(target, chain.start, *_SENDERS) or "client"
        made = self.made(client, chain.start, "RestClient")
        base = self._base_of(call, made)
        first = given.item(0)
        is_path = first is not None and not (isinstance(first, Chain) and first.name.startswith("Method."))
        call.take_url(first if is_path else None, base)
        call.method = "GET"
        call.take_method(given.item(1) if is_path else first)
        call.whole = made is not None
        call.take_changes(target, chain.start)
        for headers in self.calls_on(target, chain.start, "AddHeaders"):
            call.take_headers(headers.item(0))
        for parameter in self.calls_on(target, chain.start, "AddParameter", "AddBody", "AddJsonBody", "AddStringBody"):
            self._take_parameter(call, parameter)
        options = self._options(made, chain.start)
        call.whole = call.whole and not (isinstance(options, Chain) and options.is_plain)
        for name in (client, f"{client}.DefaultParameters", _variable(made)):
            for change, value in self.scope.changes(name, 0, len(self.text)):
                if change.key == "Authenticator" and value is not None:
                    self._take_authenticator(call, value)
        for default in self.calls_on(client, 0, "AddDefaultHeader"):
            call.put(call.text(default.item(0)), call.text(default.item(1)))
        if isinstance(options, Chain) and options.links[-1].members:
            given_auth = options.links[-1].members.get("Authenticator")
            if given_auth is not None:
                self._take_authenticator(call, given_auth)
        return call if call.url else None

    def _options(self, made: Link | None, at: int) -> Value | None:
        """What a client is made with: its base, or options that name it; looked up where a variable holds them."""
        first = made.arguments.item(0) if made and made.arguments else None
        if isinstance(first, Chain) and first.is_plain and (assigned := self.scope.assigned(first.name, at)):
            return assigned[1]
        return first

    def _base_of(self, call: Call, made: Link | None) -> str:
        first = self._options(made, call.start)
        if isinstance(first, Chain) and first.links and first.links[-1].arguments:
            inner = first.links[-1].arguments.item(0)
            return call.text(inner)
        return call.text(first) if first is not None else ""

    def _take_authenticator(self, call: Call, value: Value) -> None:
        link = value.links[-1] if isinstance(value, Chain) and value.links else named("x").links[0]
        given = link.arguments or Group()
        if link.name == "JwtAuthenticator":
            call.put("Authorization", f"Bearer {call.text(given.item(0))}")
        elif link.name == "HttpBasicAuthenticator":
            call.take_basic(given.item(0), given.item(1))
        elif link.name == "OAuth2AuthorizationRequestHeaderAuthenticator":
            call.put("Authorization", f"{call.text(given.item(1)) or 'OAuth'} {call.text(given.item(0))}")
        else:
            call.whole = False

    def _take_parameter(self, call: Call, given: Group) -> None:
        kind = given.item(2)
        if isinstance(kind, Chain) and kind.name.endswith("HttpHeader"):
            call.put(call.text(given.item(0)), call.text(given.item(1)))
        elif isinstance(kind, Chain) and kind.name.endswith("RequestBody"):
            call.body = call.text(given.item(1))
        elif len(given.items) >= 2 and isinstance(given.items[0], Text):
            pair = f"{given.items[0].value}={call.text(given.items[1])}"
            call.body = f"{call.body}&{pair}" if call.body else pair
        else:
            call.take_json(given.item(0))


def _variable(made: Link | None) -> str:
    """The variable that holds a client's options; empty where they stand in the call."""
    first = made.arguments.item(0) if made and made.arguments else None
    return first.name if isinstance(first, Chain) and first.is_plain else ""
