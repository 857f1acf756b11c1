"""Settings of a client in a program's file: ``.env``, properties, YAML, INI, Terraform, a printed array.

With a grant type among them they make one request for a token. Whoever copies settings may leave some out, so that what
is not among them is missing at most likely.
"""

import re
from functools import cache

from bot.evidence import TokenRequest
from bot.intake.piece import Piece, unknown

MAX_SETTINGS = 200
MAX_GAP = 600
"""Characters between two settings of one client."""
_GRANTS = frozenset({"client_credentials", "password"})


def has_marks(text: str) -> bool:
    """Whether a grant type and a client are set in the text."""
    lowered = text.lower().replace("_", "").replace("-", "")
    return "granttype" in lowered and "clientid" in lowered


@cache
def _setting() -> re.Pattern[str]:
    return re.compile(
        r"(?im)^[ \t]*+[\"'\[]{0,2}(?:[\w.-]{0,120}?[._-])?"
        r"(?P<name>grant[_-]?type|client[_-]?id|client[_-]?secret|token[_-]?ur[il]|ur[il]|audience|scope)"
        r"[\"'\]]{0,2}[ \t]*+(?:=>|=|:|\t)[ \t]*+[\"'`]?(?P<value>[^\s\"'`,;]{0,500})"
    )


def read(text: str) -> list[Piece]:
    """The request that each client's settings make."""
    pieces: list[Piece] = []
    values: dict[str, str] = {}
    start = end = 0
    for number, match in enumerate(_setting().finditer(text)):
        name = _parameter(match["name"])
        if number == MAX_SETTINGS:
            break
        if values and (name in values or match.start() - end > MAX_GAP):
            pieces += _request(text, values, start, end)
            values = {}
        start = start if values else match.start()
        values[name], end = match["value"], match.end()
    return pieces + _request(text, values, start, end)


def _parameter(written: str) -> str:
    """What a setting is called in the request."""
    name = written.lower().replace("-", "").replace("_", "")
    known = {"granttype": "grant_type", "clientid": "client_id", "clientsecret": "client_secret"}
    return "url" if name.endswith(("url", "uri")) else known.get(name, name)


def _request(text: str, values: dict[str, str], start: int, end: int) -> list[Piece]:
    if values.get("grant_type") not in _GRANTS or not values.get("client_id") or "eyJ" in text[start:end]:
        return []
    url = values.get("url") or _only_endpoint(text)
    parameters = {name: value for name, value in values.items() if name != "url" and value}
    elsewhere = text[:start] + text[end:] if "audience" not in values else values["audience"] or "audience"
    is_shown = url.rstrip("/").endswith("/oauth/token") and "audience" not in elsewhere.lower()
    if not is_shown or any(mark in values.get("audience", "") for mark in "$%<({"):
        parameters["audience"] = unknown("audience")
    return [Piece(start, end, TokenRequest(url or None, "token", tuple(parameters.items())))]


def _only_endpoint(text: str) -> str:
    """The token endpoint that the text names elsewhere; empty where it names none or several."""
    urls = set(re.findall(r"https?://[\w.-]{1,253}/oauth/token\b", text))
    return urls.pop() if len(urls) == 1 else ""
