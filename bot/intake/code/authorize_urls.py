"""Login URLs that code puts together (RFC 6749 section 4.1.1): their parameters are a list, or are set one by one.

``urlencode(params)``, ``http_build_query([...])``, ``new URLSearchParams({...})``, ``.queryParam("client_id", id)``.
Only text that names Auth0 or Rhythm is read: other providers' login URLs end alike.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Source, TokenRequest
from bot.intake.code.dialects import JAVASCRIPT, PHP, PYTHON, RUBY, Dialect
from bot.intake.code.evaluation import Evaluation
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.reader import token_piece
from bot.intake.code.scope import Scope
from bot.intake.piece import Piece, unknown

MAX_PLACES = 16
MAX_PARAMETERS = 64
_DIALECTS: dict[str, Dialect] = {"http_build_query": PHP, "urlencode": PYTHON, "encode_www_form": RUBY}


@cache
def _builders() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w$])(?P<name>urlencode|http_build_query|encode_www_form|URLSearchParams|(?:querystring|qs)\.stringify)"
        r"[ \t]*+(?=\()"
    )


@cache
def _setters() -> re.Pattern[str]:
    return re.compile(
        r"\.(?:set|append|queryParam|appendQueryParameter|addParameter|addQueryParameter|addQueryParam)\(\s{0,40}"
        r"(?P<quote>[\"'])(?P<name>\w{2,40})(?P=quote)\s{0,40},\s{0,40}(?:(?P<mark>[\"'])(?P<value>[^\"'\n]{0,500})(?P=mark))?"
    )


@cache
def _endpoint() -> re.Pattern[str]:
    return re.compile(r"https?://(?P<domain>[^\s\"'`<>/]{1,200})/authorize(?![\w/-])")


@cache
def _owner() -> re.Pattern[str]:
    return re.compile(r"(?i)auth0|rhythm")


def read(text: str) -> list[Piece]:
    """The login request of the text, where it shows what the URL is made of; at most one for each way to make it."""
    if "/authorize" not in text or "response_type" not in text or not _owner().search(text):
        return []
    built = [piece for match in islice(_builders().finditer(text), MAX_PLACES) for piece in _built(text, match)]
    return built or _set(text)


def _built(text: str, match: re.Match[str]) -> list[Piece]:
    evaluation = Evaluation(Scope(text, _DIALECTS.get(match["name"], JAVASCRIPT)))
    try:
        given = evaluation.scope.expressions.group(match.end())
        given_list = given if given.pairs else given.item(0)
        members = evaluation.members(given_list, given.end)
        pairs = evaluation.texts(given_list, given.end)
    except UnreadableError:
        return []
    if members is None or not pairs or "response_type" not in dict(pairs):
        return []
    return [_piece(text, match.start(), given.end, dict(pairs), is_whole=members.whole)]


def _set(text: str) -> list[Piece]:
    found = list(islice(_setters().finditer(text), MAX_PARAMETERS))
    parameters = {
        match["name"]: unknown(match["name"]) if match["value"] is None else match["value"] for match in found
    }
    if "response_type" not in parameters:
        return []
    return [_piece(text, found[0].start(), found[-1].end(), parameters, is_whole=True)]


def _piece(text: str, start: int, end: int, parameters: dict[str, str], *, is_whole: bool) -> Piece:
    """The request. An audience that the code names elsewhere may be added where it is not seen, so it is unknown."""
    if "audience" not in parameters and (not is_whole or "audience" in text.lower()):
        parameters["audience"] = unknown("audience")
    endpoint = _endpoint().search(text)
    domain = endpoint["domain"] if endpoint and not re.search(r"[${}%#]", endpoint["domain"]) else unknown("domain")
    url = f"https://{domain}/authorize"
    return token_piece(start, end, TokenRequest(url, "authorize", tuple(parameters.items()), source=Source.CODE))
