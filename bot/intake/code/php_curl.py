"""HTTP calls of PHP's curl extension."""

import re

from bot.intake.code.calls import Call
from bot.intake.code.dialects import PHP
from bot.intake.code.reader import REACH, CodeReader
from bot.intake.code.scope import is_word
from bot.intake.code.values import Chain, Group, Text, Value


class CurlCalls(CodeReader):
    """Reads a handle of the curl extension with all its options."""

    dialect = PHP

    def curl(self, at: int) -> Call | None:
        """``curl_init`` with every option that is set until the handle is made anew."""
        chain = self.scope.expressions.chain(at)
        if chain is None:
            return None
        call = self.start(chain, chain.links[0], "php-curl")
        target = self.scope.target_of(at)
        if (url := (chain.links[0].arguments or Group()).item(0)) is not None:
            call.take_url(url)
        end = min(self.scope.until(target, at) if target else len(self.text), at + REACH)
        setting = re.compile(rf"\bcurl_setopt(?P<many>_array)?[ \t]*+(?=\([ \t]*+\$?{re.escape(target)}\b)")
        for count, match in enumerate(setting.finditer(self.text, at, end)):
            given = self.scope.expressions.group(match.end())
            call.end = max(call.end, given.end)
            if count > 100:
                break
            if match["many"]:
                members = self.evaluation.members(given.item(1), given.end)
                call.whole = call.whole and members is not None
                for name, value in members.pairs if members else ():
                    self._take_option(call, name, value)
            elif (
                (option := given.item(1)) is not None
                and (content := given.item(2)) is not None
                and isinstance(option, Chain)
            ):
                self._take_option(call, option.name, content)
        call.method = call.method or ("POST" if call.body else "GET")
        return call if call.url or call.headers else None

    def _take_option(self, call: Call, name: str, value: Value) -> None:
        option = name.removeprefix("CURLOPT_")
        if option == "URL":
            call.take_url(value)
        elif option == "HTTPHEADER":
            self.take_lines(call, value)
        elif option == "CUSTOMREQUEST":
            call.take_method(value)
        elif option == "POST" and not is_word(value, "false", "FALSE"):
            call.method = call.method or "POST"
        elif option == "POSTFIELDS":
            call.take_form(value)
        elif option == "USERPWD":
            user, _, password = call.text(value).partition(":")
            call.take_basic(Text(user), Text(password))
        elif option == "XOAUTH2_BEARER":
            call.put("Authorization", f"Bearer {call.text(value)}")
        elif option == "FOLLOWLOCATION" and is_word(value, "true", "TRUE"):
            call.flags.add("follows-redirects")

    def take_lines(self, call: Call, value: Value) -> None:
        """Header lines. Of a map only the values are sent, so that a line without a colon is no header field."""
        members = self.evaluation.members(value, call.end)
        if members is None:
            call.whole = False
            return
        call.whole = call.whole and members.whole
        for item in members.items:
            call.take_line(call.text(item))
        for _, item in members.pairs:
            call.take_line(call.text(item))
