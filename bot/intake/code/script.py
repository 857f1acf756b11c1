"""What the readers of JavaScript's libraries share: lists of settings, as axios, got, fetch, jQuery take them."""

from bot.intake.code.calls import Call
from bot.intake.code.dialects import JAVASCRIPT
from bot.intake.code.evaluation import Members
from bot.intake.code.reader import CodeReader
from bot.intake.code.values import Chain, Link, Value


class ScriptReader(CodeReader):
    """Reads settings of calls in JavaScript."""

    dialect = JAVASCRIPT

    def take_config(self, call: Call, config: Value | None, base: str) -> None:
        """Settings of one call, as axios, got, ky and request name them."""
        if config is None or (isinstance(config, Chain) and config.name in {"undefined", "null", "function"}):
            return
        members = self.evaluation.members(config, call.end)
        if members is None:
            call.whole = False
            return
        if (url := members.get("url", "uri")) is not None:
            call.take_url(url, call.text(members.get("baseURL", "prefixUrl")) or base)
        call.take_method(members.get("method", "type"))
        self.take_headers(call, config, members)
        call.take_query(members.get("params", "searchParams", "query", "qs"))
        call.take_form(members.get("form"))
        call.take_json(members.get("data", "body", "json"))
        auth = self.evaluation.members(members.get("auth"), call.end)
        if auth is not None and (bearer := auth.get("bearer")) is not None:
            call.put("Authorization", f"Bearer {call.text(bearer)}")
        elif auth is not None:
            call.take_basic(auth.get("username", "user"), auth.get("password", "pass"))
        call.whole = call.whole and members.whole

    def take_headers(self, call: Call, config: Value, members: Members) -> None:
        """The header fields of settings, with those that are set on a variable's ``headers`` later."""
        if isinstance(config, Chain) and config.is_plain and self.scope.changes(f"{config.name}.headers", 0, call.end):
            member = Chain(None, (*config.links, Link("headers")))
            if (found := self.evaluation.members(member, call.end)) is not None:
                call.take_members(found)
                return
        call.take_headers(members.get("headers"))
