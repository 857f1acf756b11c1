"""What is sent where code puts something else in the token's place: a promise, a task, a coroutine, a whole response.

Only what the language leaves no doubt about counts: a function that the paste shows to be asynchronous, a name that
says so by convention, a parsed response whose token is not taken out.
"""

from collections.abc import Iterable

from bot.intake.code.scope import Scope
from bot.intake.code.values import Chain, Value, bare_name
from bot.intake.piece import unknown

_PROMISES = frozenset({"getAccessTokenSilently", "getTokenSilently", "fetch"})


def written(scope: Scope, chain: Chain) -> str:
    """The text that the value of a chain becomes in a header; empty where it is not known."""
    last = chain.links[-1] if chain.links else None
    if last is None or last.arguments is None:
        return ""
    language = scope.dialect.name
    if language == "javascript":
        return _script(scope, chain, last.name)
    if language == "python":
        if last.name == "json" and not last.arguments.items:
            return "{'access_token': '" + unknown("access_token") + "'}"
        if not chain.awaited and len(chain.links) == 1 and last.name in scope.asynchronous():
            return f"<coroutine object {last.name[:60]} at 0x7f0000000000>"
    if language == "csharp" and not chain.awaited and last.name.endswith("Async") and len(last.name) > 5:
        return "System.Threading.Tasks.Task`1[System.String]"
    return ""


def _script(scope: Scope, chain: Chain, name: str) -> str:
    if chain.awaited:
        is_response = name == "json" or (chain.links[0].name == "axios" and len(chain.links) <= 2)
        return "[object Object]" if is_response else ""
    is_promise = name in _PROMISES or name in scope.asynchronous()
    return "[object Promise]" if is_promise and len(chain.links) <= 2 else ""


def hidden(pairs: Iterable[tuple[str, Value]], _items: object, whole: object) -> dict[str, str]:
    """An unknown audience, where the members of a token request take in a list that is not shown."""
    names = set() if whole else {bare_name(name) for name, _ in pairs}
    return {"audience": unknown("audience")} if "grant_type" in names and "audience" not in names else {}
