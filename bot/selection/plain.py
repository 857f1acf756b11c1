"""The paste that most people give: one whole token, alone or in one request that sends it rightly."""

from bot.evidence import AuthorizationHeader, Credential, Evidence, HTTPRequest, HTTPResponse
from bot.token import RS256_LAST_LETTERS, RS256_SIGNATURE_LENGTH, Token, UnverifiedJWT

MAX_CHARACTERS = 8_000
"""Characters of a token that every server accepts in a header."""
MAX_OTHERS = 1_000
"""Characters of the other headers of its request, names included."""


def is_plain(
    evidence: Evidence,
    request: HTTPRequest | None,
    response: HTTPResponse | None,
    authorizations: tuple[AuthorizationHeader, ...],
    credential: Credential | None,
    token: Token | None,
) -> bool:
    """Whether nothing is shown but one undamaged JWT with a whole signature, and nothing but claims can be wrong.

    It stands alone, or in one ``Authorization: Bearer`` field, written exactly so, of one request without an answer.
    The header, damage, and what answers or error texts tell need no look then, which halves the time of judging.
    """
    if response is not None or credential is None or credential.damage or type(token) is not UnverifiedJWT:
        return False
    if len(token.value) > MAX_CHARACTERS or not _is_signed(token) or _shows_more(evidence):
        return False
    if not authorizations:
        return request is None and not evidence.headers and credential.label in {"", "access_token"}
    return len(authorizations) == 1 and _is_sent_rightly(request, authorizations[0], token.value)


def _is_signed(token: UnverifiedJWT) -> bool:
    signature = token.signature
    return (
        len(signature) == RS256_SIGNATURE_LENGTH
        and signature[-1] in RS256_LAST_LETTERS
        and token.header.get("alg") == "RS256"
    )


def _shows_more(evidence: Evidence) -> bool:
    """Whether there is anything beside one credential and one request."""
    return bool(
        len(evidence.credentials) != 1
        or evidence.statements
        or evidence.marks
        or evidence.token_requests
        or len(evidence.exchanges) + len(evidence.headers) > 1
        or (evidence.exchanges and (evidence.exchanges[0].hops or evidence.exchanges[0].last_request))
    )


def _is_sent_rightly(request: HTTPRequest | None, header: AuthorizationHeader, token: str) -> bool:
    if header.value != f"Bearer {token}" or header.name != "Authorization":
        return False
    if request is None:
        return True
    if "@" in (request.url or ""):  # before the host it gives a user and a password
        return False
    sizes = [len(field.value) + len(field.name) for field in request.headers]
    return not request.flags and sum(sizes) <= MAX_CHARACTERS + MAX_OTHERS
