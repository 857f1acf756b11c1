"""Parts of one answer that a text shows apart: a status line, a challenge, a body."""

from bot.evidence import HTTPResponse, Source
from bot.intake.answers import first_object
from bot.intake.statements import statements

_GATEWAYS = (
    "unauthorized",
    "forbidden",
    "missing authentication token",
    "user is not authorized",
    "the incoming token",
)


def speaking(response: HTTPResponse) -> HTTPResponse:
    """The answer with what its text states."""
    return response._replace(says=statements(response.text)) if not response.says else response


def is_bare(response: HTTPResponse) -> bool:
    """Whether an answer is a status line alone."""
    return not response.body and not response.headers


def completes(earlier: HTTPResponse, later: HTTPResponse) -> bool:
    """Whether a later piece is the rest of the same answer: a status with a body, a body with a challenge."""
    if earlier.status is not None and later.status is not None:
        return earlier.status == later.status and not earlier.body and (not earlier.headers or not later.headers)
    return not (earlier.body and later.body)


def joined(earlier: HTTPResponse, later: HTTPResponse) -> HTTPResponse:
    """One answer of two parts; what the earlier says of itself counts."""
    merged = HTTPResponse(
        earlier.status if earlier.status is not None else later.status,
        (*earlier.headers, *later.headers),
        earlier.body or later.body,
        earlier.source if earlier.source is not Source.LOOSE else later.source,
        later.message if later.body or not earlier.message else earlier.message,
        earlier.date if earlier.date is not None else later.date,
    )
    return speaking(merged)


def is_answer(body: str) -> bool:
    """Whether JSON right below a request is what came back: an error, a token response, a gateway's message."""
    body = body.lstrip()
    members = first_object(body) if body[:1] == "{" else None
    if members is None or "grant_type" in members:
        return False
    if isinstance(members.get("error"), str) or {"access_token", "token_type"} <= members.keys():
        return True
    if "statusCode" in members and ("body" in members or "message" in members):
        return True
    message = members.get("message", members.get("Message"))
    return len(members) == 1 and isinstance(message, str) and message.lower().startswith(_GATEWAYS)
