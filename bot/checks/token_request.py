"""The line "Token request".

Whether the token was asked for rightly, and what the authorization server said (RFC 6749 sections 4 to 6).

The texts are Auth0's; its codes and the API's are different things, so a token request is never judged as *the
request*.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.checks.token_error import PASSWORD_GRANTS, judge_error, judge_words
from bot.evidence import TokenRequest
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Certainty, Finding, Outcome
from bot.token import EncryptedJWT, OpaqueToken, UnverifiedJWT, read_token
from bot.token.kind import audience_of


def find(case: Case) -> Iterator[Finding]:
    """Findings about every token request of the paste."""
    if case.is_plain:
        return
    answered = False
    for request in case.evidence.token_requests[:50]:
        for finding in _answer(case, request):
            answered = True
            yield finding
        yield from _audience(case, request)
    if not answered:
        yield from judge_words(case)


def _audience(case: Case, request: TokenRequest) -> Iterator[Finding]:
    grant = request.parameter("grant_type") or ""
    if request.endpoint not in {"token", "authorize"} or not request.parameters:
        return
    judged = request.endpoint == "authorize" or grant == "client_credentials" or grant in PASSWORD_GRANTS
    expected, sent = case.settings.rhythm_audience, request.parameter("audience")
    result = _issued(request)
    if isinstance(result, UnverifiedJWT) and expected in audience_of(result.claims):
        return
    if case.has_right_audience and result is None and not request.error:
        return
    if sent is not None and (is_unknown(sent) or (sent[:2], sent[-2:]) == ("{{", "}}")):
        return
    place = "/authorize" if request.endpoint == "authorize" else "/oauth/token"
    fix = f"Send `audience={expected}` in the `{place}` request, then use the new token."
    if sent:
        if sent != expected:
            yield Finding(
                "token-request-audience-wrong",
                Certainty.CERTAIN,
                f"The `{place}` request names the audience `{quote(sent, 80)}`; Rhythm's is"
                f" `{expected}`.{_near(sent, expected)}",
                f"Send exactly `audience={expected}`, without a slash at its end.",
            )
    elif judged:
        other = next(
            (name for name in ("resource", "aud", "audiences", "resource_server") if request.parameter(name)), None
        )
        in_scope = expected in (request.parameter("scope") or "")
        opaque = isinstance(result, OpaqueToken | EncryptedJWT)
        certainty = Certainty.CERTAIN if other or in_scope or opaque else Certainty.LIKELY
        seen = f"The `{place}` request names no `audience`"
        if other or in_scope:
            seen += f"; what stands in `{other or 'scope'}` is not read as one"
        elif opaque:
            seen += ", and the token that came back is no JWT"
        yield Finding("token-request-audience-missing", certainty, f"{seen}.", fix)


def _near(sent: str, expected: str) -> str:
    if sent.rstrip("/") == expected:
        return " The slash at its end makes it another one."
    return ""


def _issued(request: TokenRequest) -> object:
    """The access token of the answer, parsed; None where none is shown."""
    body = request.response.body if request.response else ""
    _, mark, rest = body.partition('"access_token"')
    value = rest.partition('"')[2].partition('"')[0] if mark else ""
    return read_token(value) if len(value) >= 12 and not is_unknown(value) else None


def _answer(case: Case, request: TokenRequest) -> Iterator[Finding]:
    if request.response is None and not request.error:
        return
    status = request.response.status if request.response else None
    if status is not None and 200 <= status < 300:
        return
    texts = f"{request.error}\n{request.description}\n{request.response.text if request.response else ''}"
    finding = judge_error(case, request, texts, status)
    if finding is not None:
        yield finding


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    requests = case.evidence.token_requests
    if not requests:
        return Outcome.SKIPPED, "no token request given"
    last = requests[-1]
    if last.parameter("audience") == case.settings.rhythm_audience:
        return Outcome.PASSED, "it names the right audience"
    if last.response is None:
        return Outcome.INCONCLUSIVE, "its answer is not shown"
    return Outcome.PASSED, "nothing wrong in what is shown"


CHECK = Check("token-request", "Token request", find, state)
"""The line for token requests, there where one is shown."""
