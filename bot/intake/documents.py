"""JSON amid text: token responses, error bodies, decoded claims, token requests; and the form bodies of token requests.

Exports (HAR, Postman, ...) have readers of their own and come first.
"""

import json
import re
from collections.abc import Iterator, Mapping

from bot.evidence import HTTPResponse, Source, TokenRequest
from bot.intake.answers import REASONS, first_object, message_of
from bot.intake.piece import Claims, JSONSerialization, LooseHeader, Piece
from bot.services import CLAIM_PREFIX
from bot.url import parameters

MAX_TRIES = 64
MAX_OBJECTS = 10_000
REGISTERED = frozenset(
    {"iss", "sub", "aud", "exp", "iat", "nbf", "azp", "gty", "scope", "nonce", "at_hash", "sid", "permissions"}
)
TOKEN_ERRORS = frozenset(
    {
        "access_denied",
        "unauthorized_client",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unsupported_grant_type",
        "unsupported_response_type",
        "too_many_requests",
        "unauthorized",
        "mfa_required",
        "login_required",
        "consent_required",
        "interaction_required",
        "blocked_user",
        "requires_verification",
        "too_many_attempts",
        "server_error",
        "temporarily_unavailable",
        "invalid_user_password",
        "password_leaked",
        "feature_disabled",
    }
)
"""Error codes of authorization servers (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect, Auth0's own)."""
WRAPPERS = ("data", "body", "response", "responseBody", "response_body")
"""Members under which clients show an answer's body."""


def has_marks(text: str) -> bool:
    """Whether the text may hold a JSON object or a form body."""
    return "{" in text or "grant_type=" in text or "error=" in text


def read(text: str) -> list[Piece]:
    """Every JSON object of a known kind, and every loose form body of a token request, in order."""
    pieces = [piece for start, end, members in objects(text) for piece in _known(text, start, end, members)]
    for match in re.finditer(
        r"(?<![^\s\"'])(?:[A-Za-z_]{1,30}=[^\s&\"'<>]{0,4096}&){0,20}grant_type=[^\s\"'<>]{1,8192}", text
    ):
        if not any(piece.start <= match.start() < piece.end for piece in pieces):
            pieces.append(Piece(match.start(), match.end(), TokenRequest(None, "token", parameters(match[0]))))
    pieces += _printed_errors(text, pieces)
    return sorted(pieces, key=lambda piece: piece.start)


def _printed_errors(text: str, taken: list[Piece]) -> list[Piece]:
    """Error objects as programs print them, without quotes around their names."""
    found: list[Piece] = []
    pattern = (
        r"\berror['\"]?\s{0,4}[:=]\s{0,4}['\"](?P<error>[a-z_]{4,40})['\"][,;\s]{1,4}"
        r"['\"]?error_description['\"]?\s{0,4}[:=]\s{0,4}(?P<quote>['\"])(?P<text>[^\n]{0,500}?)(?P=quote)"
    )
    for match in re.finditer(pattern, text):
        if match["error"] in TOKEN_ERRORS and not any(piece.start <= match.start() < piece.end for piece in taken):
            answer = HTTPResponse(None, (), "", Source.LOOSE, match["text"])
            found.append(
                Piece(
                    match.start(), match.end(), TokenRequest(None, "token", (), answer, match["error"], match["text"])
                )
            )
    return found


def objects(text: str) -> Iterator[tuple[int, int, dict[str, object]]]:
    """The JSON objects that begin anywhere in the text, outermost only, with their places."""
    decoder = json.JSONDecoder()
    position = failures = found = 0
    while failures < MAX_TRIES and found < MAX_OBJECTS and (start := text.find("{", position)) >= 0:
        following = text[start + 1 : start + 200].lstrip()[:1]
        if following not in {'"', "'"}:
            position = start + 1
            continue
        members, end = _object_at(decoder, text, start)
        if members is None:
            failures += 1
            position = start + 1
            continue
        found += 1
        yield start, end, members
        position = end


def _object_at(decoder: json.JSONDecoder, text: str, start: int) -> tuple[dict[str, object] | None, int]:
    try:
        value, end = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _python_object(decoder, text, start)
    return (value, end) if isinstance(value, dict) else (None, start)


def _python_object(decoder: json.JSONDecoder, text: str, start: int) -> tuple[dict[str, object] | None, int]:
    """A dictionary as Python or JavaScript prints it.

    Single quotes, None, True; read as JSON after exchanging those.
    """
    end = text.find("}", start) + 1
    chunk = text[start:end]
    if "'" not in chunk or len(chunk) > 20_000:
        return None, start
    swapped = chunk.replace('"', "\\u0022").replace("'", '"')
    swapped = re.sub(r"\bNone\b", "null", re.sub(r"\bTrue\b", "true", re.sub(r"\bFalse\b", "false", swapped)))
    try:
        value, _ = decoder.raw_decode(swapped)
    except (ValueError, RecursionError):
        return None, start
    return (value, end) if isinstance(value, dict) else (None, start)


def _known(text: str, start: int, end: int, members: dict[str, object]) -> list[Piece]:
    if isinstance(members.get("access_token"), str) and "grant_type" not in members:
        return (
            []
            if _is_sent(text, start)
            else [Piece(start, end, HTTPResponse(None, (), text[start:end][:65_536], Source.LOOSE))]
        )
    if isinstance(members.get("payload"), str) and ("signature" in members or "signatures" in members):
        return [Piece(start, end, JSONSerialization(text[start:end]))]
    if is_claims(members):
        return [Piece(start, end, Claims(members))]
    if isinstance(members.get("alg"), str) and ("typ" in members or "kid" in members) and len(members) < 12:
        return [Piece(start, end, Claims(members, is_header=True))]
    if is_token_request(members):
        pairs = tuple((name, value) for name, value in members.items() if isinstance(value, str))
        return [Piece(start, end, TokenRequest(None, "token", pairs))]
    for name in ("payload", "claims", "decoded", "decodedToken", "body"):
        inner = members.get(name)
        if isinstance(inner, dict) and is_claims(inner):
            return [Piece(start, end, Claims(inner))]
    found = _error(start, end, members, _status(members)) or _wrapped_error(start, end, members)
    return found + _beside(text, start, end) if found else found


def _beside(text: str, start: int, end: int) -> list[Piece]:
    """The call that a log's line names beside the reason: its URL, and the field that was sent."""
    written = text[start:end]
    if re.search(r"\.api\.rhythmsoftware\.com/[A-Za-z]", written) is None:
        return []
    from bot.intake import headers, lines

    pieces = lines.read_urls(written)
    for piece in headers.read_headers(written):  # another name may be the log's own label
        if isinstance(piece.value, LooseHeader) and piece.value.header.key == "authorization":
            pieces.append(piece)
    return [piece._replace(start=piece.start + start, end=piece.end + start) for piece in pieces]


def _error(start: int, end: int, members: dict[str, object], status: int | None) -> list[Piece]:
    """An error body: an authorization server's, or any other that gives a reason."""
    error = members.get("error")
    if isinstance(error, str) and error.lower() in TOKEN_ERRORS and not _is_gateway(members):
        description = members.get("error_description") or members.get("description") or ""
        answer = HTTPResponse(None, (), json.dumps(members)[:4_000], Source.LOOSE, message_of(members))
        request = TokenRequest(None, "token", (), answer, error.lower(), str(description)[:500])
        return [Piece(start, end, request)]
    if is_error(members):
        body = json.dumps(members, ensure_ascii=False)[:8_000]
        return [Piece(start, end, HTTPResponse(status, (), body, Source.LOOSE, message_of(members)))]
    return []


def _wrapped_error(start: int, end: int, members: dict[str, object]) -> list[Piece]:
    """An error body that a client shows as a member beside its status, as an object or as text."""
    status = _status(members)
    if status is None:
        return []
    for name in WRAPPERS:
        inner = members.get(name)
        if isinstance(inner, str) and inner.lstrip().startswith("{"):
            inner = first_object(inner.strip())
        if isinstance(inner, dict):
            return _error(start, end, inner, status)
    return []


def _is_sent(text: str, start: int) -> bool:
    """Whether an object stands behind ``Bearer``: the readers of headers look at it there."""
    return text[max(0, start - 8) : start].rstrip(" '\"").lower().endswith("bearer")


def _is_gateway(members: Mapping[str, object]) -> bool:
    """A gateway's own body.

    It has a message beside ``error`` (``{"statusCode":401,"error":"Unauthorized","message":...}``).
    """
    return "message" in members or "statusCode" in members or "path" in members


def is_claims(members: Mapping[str, object]) -> bool:
    """Whether an object is a claims set (RFC 7519 section 4) rather than another document."""
    if "access_token" in members or "grant_type" in members:
        return False
    registered = REGISTERED.intersection(members)
    named = any(name.startswith(CLAIM_PREFIX) for name in members)
    return (named and bool(registered)) or (len(registered) >= 2 and bool({"iss", "aud", "exp", "iat"} & registered))


def is_token_request(members: Mapping[str, object]) -> bool:
    """Whether an object is the body of a token request (RFC 6749 section 4)."""
    return isinstance(members.get("grant_type"), str)


def is_error(members: Mapping[str, object]) -> bool:
    """Whether an object is an error body: it gives a reason and holds little else."""
    if "access_token" in members or len(members) > 12:
        return False
    message = members.get("message") or members.get("msg")
    if isinstance(message, str) and "uthorization: " in message and "ormat is " not in message:
        return False  # a log's line that shows the field: the readers of headers look at it
    return (any(name in members for name in REASONS) and bool(message_of(members) or _status(members))) or (
        "message" in members and members["message"] is None
    )


def _status(members: Mapping[str, object]) -> int | None:
    for name in ("statusCode", "status", "code", "status_code", "httpStatus"):
        value = members.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 599:
            return value
    return None
