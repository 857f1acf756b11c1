"""HTTP calls in JavaScript by other means than fetch and axios: jQuery, XMLHttpRequest, Node's https, superagent."""

import re

from bot.intake.code.calls import Call
from bot.intake.code.script import ScriptReader
from bot.intake.code.values import Chain, Group, Link


class OtherCalls(ScriptReader):
    """Reads the calls of older libraries and of the platforms themselves."""

    def jquery(self, chain: Chain, link: Link) -> Call | None:
        """``$.ajax(url, settings)`` and the shorter ones, with what ``beforeSend`` sets."""
        call = self.start(chain, link, "jQuery")
        items = (link.arguments or Group()).items
        call.method = link.name.upper() if link.name in {"get", "post"} else "GET"
        for item in items[:2]:
            members = self.evaluation.members(item, call.end)
            if members is None:
                text = self.evaluation.known(item, call.end) or (call.text(item) if item is items[0] else "")
                call.url = call.url or text
                continue
            self.take_config(call, item, "")
        for place in re.compile(r"setRequestHeader[ \t]*(?=\()").finditer(self.text, call.start, call.end):
            given = self.scope.expressions.group(place.end())
            call.put(call.text(given.item(0)), call.text(given.item(1)))
        return call if "://" in call.url or call.headers else None

    def node(self, chain: Chain, link: Link) -> Call | None:
        """``https.request(url, options, callback)``, either of the first two may be missing."""
        call = self.start(chain, link, "node")
        call.method = "GET"
        for item in (link.arguments or Group()).items[:2]:
            members = self.evaluation.members(item, call.end)
            if members is None:
                if call.url and isinstance(item, Chain) and _names_list(self.text[item.start : item.start + 80]):
                    call.whole = False
                call.url = call.url or (self.evaluation.known(item, call.end) or "")
                continue
            host = call.text(members.get("hostname") or members.get("host"))
            if host:
                scheme = call.text(members.get("protocol")).rstrip(":") or chain.links[0].name
                call.url = f"{scheme}://{host}{call.text(members.get('path')) or '/'}"
            call.take_method(members.get("method"))
            self.take_headers(call, item, members)
        for given in self.calls_on(self.scope.target_of(chain.start), call.end, "write", "end")[:1]:
            call.take_json(given.item(0))
        return call if call.url else None

    def xhr(self, chain: Chain, link: Link, receiver: str) -> Call | None:
        """``open(method, url)`` with what is set on the object before it is sent."""
        arguments = link.arguments or Group()
        call = self.start(chain, link, "XMLHttpRequest")
        call.take_method(arguments.item(0))
        if call.method is None or arguments.item(1) is None:
            return None
        call.take_url(arguments.item(1))
        sent = self.calls_on(receiver, call.end, "send")[:1]
        call.take_changes(receiver, chain.start, sent[0].start if sent else None)
        for given in sent:
            call.take_json(given.item(0))
        return call if call.url else None

    def agent(self, chain: Chain, link: Link, before: tuple[Link, ...]) -> Call | None:
        """superagent: a chain of ``set``, ``auth``, ``query`` and ``send``."""
        call = self.start(chain, link, "superagent")
        call.end = chain.end
        call.method = "DELETE" if link.name == "del" else link.name.upper()
        call.take_url((link.arguments or Group()).item(0))
        for item in chain.links[len(before) + 1 :]:
            given = item.arguments or Group()
            if item.name == "set" and len(given.items) == 2:
                call.put(call.text(given.items[0]), call.text(given.items[1]))
            elif item.name == "set":
                call.take_headers(given.item(0))
            elif item.name == "auth" and isinstance(given.item(1), Group):
                call.put("Authorization", f"Bearer {call.text(given.item(0))}")
            elif item.name == "auth":
                call.take_basic(given.item(0), given.item(1))
            elif item.name == "query":
                call.take_query(given.item(0))
            elif item.name == "send":
                call.take_json(given.item(0))
        return call if "://" in call.url else None


def _names_list(text: str) -> bool:
    """Whether an argument is a variable by its name, whose members are not shown, and no function."""
    name = re.match(r"(?!function\b|async\b|callback\b|cb\b)[\w$.]{1,60}+(?![ ]{0,4}=>|\()", text)
    return name is not None
