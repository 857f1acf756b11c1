"""The line "Token request": whether the token was asked for rightly, and what the authorization server said (RFC 6749 sections 4 to 6).

The texts are Auth0's; its codes and the API's are different things, so a token request is never judged as *the request*.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.evidence import TokenRequest
from bot.intake.piece import is_unknown
from bot.intake.statements import statements
from bot.kind import audience_of
from bot.redact import quote
from bot.report import Certainty, Finding, Outcome
from bot.token import EncryptedJWT, OpaqueToken, UnverifiedJWT, read_token

_PASSWORD_GRANTS = frozenset({"password", "http://auth0.com/oauth/grant-type/password-realm"})
_CONSOLE = "Copy Client ID, Secret and Auth0 domain again, all three from one page: Rhythm Console, Security & Settings, API Keys."


def find(case: Case) -> Iterator[Finding]:
    """Findings about every token request of the paste."""
    answered = False
    for request in case.evidence.token_requests[:50]:
        for finding in _answer(case, request):
            answered = True
            yield finding
        yield from _audience(case, request)
    if not answered:
        yield from _loose(case)


def _audience(case: Case, request: TokenRequest) -> Iterator[Finding]:
    grant = request.parameter("grant_type") or ""
    if request.endpoint not in {"token", "authorize"} or not request.parameters:
        return
    judged = request.endpoint == "authorize" or grant == "client_credentials" or grant in _PASSWORD_GRANTS
    expected, sent = case.settings.rhythm_audience, request.parameter("audience")
    result = _issued(request)
    if isinstance(result, UnverifiedJWT) and expected in audience_of(result.claims):
        return
    if case.has_right_audience and result is None and not request.error:
        return
    if sent is not None and is_unknown(sent):
        return
    place = "/authorize" if request.endpoint == "authorize" else "/oauth/token"
    fix = f"Send `audience={expected}` in the `{place}` request, then use the new token."
    if sent:
        if sent != expected:
            yield Finding(
                "token-request-audience-wrong",
                Certainty.CERTAIN,
                f"The `{place}` request names the audience `{quote(sent, 80)}`; Rhythm's is `{expected}`.{_near(sent, expected)}",
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


def judge_error(case: Case, request: TokenRequest, texts: str, status: int | None) -> Finding | None:
    """The cause that an authorization server's answer names, the most exact text first."""
    said = frozenset(statement.says for statement in statements(texts))
    error, lowered = request.error, texts.lower()
    expected = case.settings.rhythm_audience
    shown = f"`{quote(request.description or error or request.response.message if request.response else request.error, 100)}`"
    answer = f"Auth0 answered {shown}." if shown != "``" else f"Auth0 answered {status}."
    if "quota" in said:
        return Finding("m2m-quota-exhausted", Certainty.CERTAIN, answer)
    if status == 429 or "token-throttled" in said or error == "too_many_requests":
        return Finding("token-endpoint-throttled", Certainty.CERTAIN, answer)
    if "global-client" in said:
        return Finding(
            "token-request-audience-missing",
            Certainty.CERTAIN,
            f"{answer} It says so when a client credentials request names no audience.",
            f"Send `audience={expected}` in the `/oauth/token` request.",
        )
    if "audience-unknown-to-server" in said:
        return Finding(
            "token-request-audience-wrong",
            Certainty.CERTAIN,
            f"{answer} Auth0 compares the audience letter by letter.",
            f"Send exactly `audience={expected}`, without a slash at its end.",
        )
    if "grant-type" in said:
        return Finding("grant-type-not-enabled", Certainty.CERTAIN, answer, _grant_fix(lowered))
    if "client-grant" in said or (
        error == "unauthorized_client" and (request.parameter("client_id") or "").startswith("tpc_")
    ):
        return Finding("client-grant-missing", Certainty.CERTAIN, answer)
    if "refresh-rejected" in said or (error == "invalid_grant" and request.parameter("grant_type") == "refresh_token"):
        return Finding("refresh-token-rejected", Certainty.CERTAIN, answer)
    if "login-refused" in said or (
        error == "invalid_grant" and (request.parameter("grant_type") or "") in _PASSWORD_GRANTS
    ):
        return Finding("login-refused", Certainty.CERTAIN, answer)
    if "code-rejected" in said or error == "invalid_grant":
        return Finding("authorization-code-rejected", Certainty.CERTAIN, answer)
    if (
        "callback-mismatch" in said
        or error in {"invalid_scope", "unsupported_response_type"}
        or (request.endpoint == "authorize" and error in {"invalid_request", "unauthorized_client"})
    ):
        return Finding("login-request-rejected", Certainty.CERTAIN, answer)
    if error == "unsupported_grant_type":
        return Finding("grant-type-not-enabled", Certainty.CERTAIN, answer, _grant_fix(lowered))
    if error == "unauthorized_client":
        return Finding(
            "client-grant-missing" if "third" in lowered else "grant-type-not-enabled", Certainty.CERTAIN, answer
        )
    if error == "access_denied" and request.endpoint == "authorize":
        return Finding("login-refused", Certainty.CERTAIN, answer)
    if error in {"invalid_client", "access_denied", "unauthorized"} or "client-wrong" in said or status == 401:
        return Finding("client-credentials-wrong", Certainty.CERTAIN, answer, _CONSOLE)
    if status is not None and status >= 500:
        return None
    return None


def _grant_fix(lowered: str) -> str:
    if "password" in lowered:
        return "Use the authorization code flow, or ask Rhythm support to enable the password grant for these credentials: it is off by default."
    return ""


def _loose(case: Case) -> Iterator[Finding]:
    """Error texts without a request: what they say is likely even alone, and certain where no other server writes it."""
    said = frozenset(statement.says for statement in case.evidence.statements) | case.response_says
    expected = case.settings.rhythm_audience
    table = (
        ("quota", "m2m-quota-exhausted", Certainty.LIKELY, ""),
        (
            "global-client",
            "token-request-audience-missing",
            Certainty.CERTAIN,
            f"Send `audience={expected}` in the `/oauth/token` request.",
        ),
        (
            "audience-unknown-to-server",
            "token-request-audience-wrong",
            Certainty.CERTAIN,
            f"Send exactly `audience={expected}`, without a slash at its end.",
        ),
        ("grant-type", "grant-type-not-enabled", Certainty.CERTAIN, ""),
        ("client-grant", "client-grant-missing", Certainty.CERTAIN, ""),
        ("refresh-rejected", "refresh-token-rejected", Certainty.CERTAIN, ""),
        ("login-refused", "login-refused", Certainty.CERTAIN, ""),
        ("code-rejected", "authorization-code-rejected", Certainty.CERTAIN, ""),
        ("callback-mismatch", "login-request-rejected", Certainty.CERTAIN, ""),
        ("client-wrong", "client-credentials-wrong", Certainty.CERTAIN, _CONSOLE),
        ("token-throttled", "token-endpoint-throttled", Certainty.CERTAIN, ""),
    )
    for says, cause, certainty, fix in table:
        if says in said:
            yield Finding(cause, certainty, "The error text is the authorization server's, and says so.", fix)
            return


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
