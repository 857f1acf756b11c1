"""What is sent where code puts something else in the token's place: a promise, a task, a coroutine, a whole response.

Only what the language leaves no doubt about counts: a function that the paste shows to be asynchronous, a name that
says so by convention, a parsed response whose token is not taken out.
"""

import re

from bot.intake.code.values import Chain
from bot.intake.piece import unknown

_PROMISES = frozenset({"getAccessTokenSilently", "getTokenSilently", "fetch"})


def written(text: str, dialect: str, chain: Chain) -> str:
    """The text that the value of a chain becomes in a header; empty where it is not known."""
    last = chain.links[-1] if chain.links else None
    if last is None or last.arguments is None:
        return ""
    if dialect == "javascript":
        return _script(text, chain, last.name)
    if dialect == "python":
        if last.name == "json" and not last.arguments.items:
            return "{'access_token': '" + unknown("access_token") + "'}"
        if (
            not chain.awaited
            and len(chain.links) == 1
            and re.search(rf"\basync[ \t]+def[ \t]+{re.escape(last.name)}\b", text)
        ):
            return f"<coroutine object {last.name} at 0x7f0000000000>"
    if dialect == "csharp" and not chain.awaited and last.name.endswith("Async") and len(last.name) > 5:
        return "System.Threading.Tasks.Task`1[System.String]"
    return ""


def _script(text: str, chain: Chain, name: str) -> str:
    if chain.awaited:
        is_response = name == "json" or (chain.links[0].name == "axios" and len(chain.links) <= 2)
        return "[object Object]" if is_response else ""
    escaped = re.escape(name)
    shown = rf"\basync[ \t]+(?:function[ \t]+)?{escaped}[ \t]*\(|\b{escaped}[ \t]*[:=][ \t]*async\b"
    if len(chain.links) <= 2 and (name in _PROMISES or re.search(shown, text)):
        return "[object Promise]"
    return ""
