"""Logins as URLs show them: ``/authorize`` addresses and what comes back to a redirect URI (RFC 6749 section 4.1).

A callback is a request to the client's own site: never the judged one, whether it stands in prose, in an address bar or
in a server's log.
"""

from bot.evidence import Exchange, HTTPRequest, HTTPResponse, Source, TokenRequest
from bot.intake.documents import TOKEN_ERRORS
from bot.intake.piece import LooseURL, Piece, unknown
from bot.intake.token_calls import is_auth0_host, token_endpoint
from bot.url import parameters, read_url

_OUR_DOMAIN = ".rhythmsoftware.com"


def as_login(piece: Piece, domains: tuple[str, ...]) -> Piece:
    """The piece as a token request where its URL is one or carries an error back; a callback with a code as its URL."""
    text = _address(piece)
    url = read_url(text) if text and ("?" in text or "#" in text) else None
    if url is None:
        return piece
    pairs = (*url.parameters, *parameters(url.fragment))
    named = dict(pairs)
    if isinstance(piece.value, LooseURL) and token_endpoint(url, domains) == "authorize" and url.query:
        return piece._replace(value=TokenRequest(text, "authorize", _filled(pairs, url.query)))
    if url.host.endswith(_OUR_DOMAIN):
        return piece
    error, said = named.get("error", "").lower(), named.get("error_description", "")
    if error in TOKEN_ERRORS:
        answer = HTTPResponse(None, (), "", Source.LOOSE, said)
        return piece._replace(value=TokenRequest(None, "authorize", (), answer, error, said))
    code = named.get("code", "")
    if isinstance(piece.value, LooseURL) or len(code) < 16 or "state" not in named or is_auth0_host(url.host, domains):
        return piece
    return piece._replace(value=LooseURL(text, code))


def _filled(pairs: tuple[tuple[str, str], ...], query: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a login URL. Where code fills in an audience, or more parameters, the audience is unknown."""
    if not ("{" in query or "$" in query or query.endswith(("=", "&", "+"))):
        return pairs
    is_open = query.endswith(("=", "&", "+")) or any("{" in name or "$" in name for name, _ in pairs)
    shown = tuple(
        (name, unknown(name)) if name == "audience" and ("{" in value or "$" in value or not value) else (name, value)
        for name, value in pairs
    )
    return (*shown, ("audience", unknown("audience"))) if is_open and "audience" not in dict(pairs) else shown


def _address(piece: Piece) -> str:
    """The URL of a lone address or of a request without credentials; a path alone counts as some site's."""
    if isinstance(piece.value, LooseURL):
        return piece.value.url
    request = piece.value.request if isinstance(piece.value, Exchange) else piece.value
    if not isinstance(request, HTTPRequest) or request.method not in {"GET", None}:
        return ""
    text = request.url or ""
    if ("?" not in text and "#" not in text) or request.header("authorization"):
        return ""
    return f"https://site.invalid{text}" if text.startswith("/") else text
