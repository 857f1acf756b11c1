"""What an authorization server's error says (RFC 6749 sections 4.1.2.1 and 5.2; the texts are Auth0's)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.checks.base import Case
from bot.evidence import TokenRequest
from bot.intake.statements import statements
from bot.redact import quote
from bot.report import Certainty, Finding

PASSWORD_GRANTS = frozenset({"password", "http://auth0.com/oauth/grant-type/password-realm"})
_CONSOLE = (
    "Copy Client ID, Secret and Auth0 domain again, all three from one page: Rhythm Console, Security & Settings, API"
    " Keys."
)
_PASSWORD_IS_OFF = (
    "Use the authorization code flow, or ask Rhythm support to enable the password grant for these credentials: it is"
    " off by default."
)


class _Answer(NamedTuple):
    """An error as the rules look at it: what its texts say, its code, its status, and the request it answers."""

    said: frozenset[str]
    error: str
    status: int | None
    text: str
    request: TokenRequest

    @property
    def counts_by_the_hour(self) -> bool:
        """Whether Auth0's own counters of tokens per hour and day stand in its header, not Rhythm's monthly ones."""
        answer = self.request.response
        return answer is not None and any(header.key.endswith("-quota-limit") for header in answer.headers)

    def is_grant(self, *grants: str) -> bool:
        return self.error == "invalid_grant" and (self.request.parameter("grant_type") or "") in grants


_RULES: tuple[tuple[str, Callable[[_Answer], bool]], ...] = (
    ("token-endpoint-throttled", lambda it: it.status == 429 and it.counts_by_the_hour),
    ("m2m-quota-exhausted", lambda it: "quota" in it.said),
    (
        "token-endpoint-throttled",
        lambda it: it.status == 429 or "token-throttled" in it.said or it.error == "too_many_requests",
    ),
    ("token-request-audience-missing", lambda it: "global-client" in it.said),
    ("token-request-audience-wrong", lambda it: "audience-unknown-to-server" in it.said),
    ("grant-type-not-enabled", lambda it: "grant-type" in it.said or it.error == "unsupported_grant_type"),
    (
        "client-grant-missing",
        lambda it: (
            "client-grant" in it.said
            or (it.error == "unauthorized_client" and (it.request.parameter("client_id") or "").startswith("tpc_"))
        ),
    ),
    ("refresh-token-rejected", lambda it: "refresh-rejected" in it.said or it.is_grant("refresh_token")),
    ("login-refused", lambda it: "login-refused" in it.said or it.is_grant(*PASSWORD_GRANTS)),
    ("authorization-code-rejected", lambda it: "code-rejected" in it.said or it.error == "invalid_grant"),
    (
        "login-request-rejected",
        lambda it: (
            "callback-mismatch" in it.said
            or it.error in {"invalid_scope", "unsupported_response_type"}
            or (it.request.endpoint == "authorize" and it.error in {"invalid_request", "unauthorized_client"})
        ),
    ),
    ("client-grant-missing", lambda it: it.error == "unauthorized_client" and "third" in it.text),
    ("grant-type-not-enabled", lambda it: it.error == "unauthorized_client"),
    ("login-refused", lambda it: it.error == "access_denied" and it.request.endpoint == "authorize"),
    (
        "client-credentials-wrong",
        lambda it: (
            it.error in {"invalid_client", "access_denied", "unauthorized"}
            or "client-wrong" in it.said
            or it.status == 401
        ),
    ),
)
"""Causes and how their answers look, the most exact first: the first rule that fits decides."""

_WORDS = (
    ("quota", "m2m-quota-exhausted"),
    ("global-client", "token-request-audience-missing"),
    ("audience-unknown-to-server", "token-request-audience-wrong"),
    ("grant-type", "grant-type-not-enabled"),
    ("client-grant", "client-grant-missing"),
    ("refresh-rejected", "refresh-token-rejected"),
    ("login-refused", "login-refused"),
    ("code-rejected", "authorization-code-rejected"),
    ("callback-mismatch", "login-request-rejected"),
    ("client-wrong", "client-credentials-wrong"),
    ("token-throttled", "token-endpoint-throttled"),
    ("grant-refused", "authorization-code-rejected"),
)
"""Statements that no other server writes, and the cause each means."""


def judge_error(case: Case, request: TokenRequest, texts: str, status: int | None) -> Finding | None:
    """The cause that an authorization server's answer names; None where it names none."""
    said = frozenset(statement.says for statement in statements(texts))
    answer = _Answer(said, request.error, status, texts.lower(), request)
    named = next((cause for cause, fits in _RULES if fits(answer)), None)
    if named is None:
        return None
    message = request.description or request.error or (request.response.message if request.response else "")
    shown = f"`{quote(message, 100)}`" if message else str(status)
    return Finding(
        named, Certainty.CERTAIN, f"Auth0 answered {shown}.{_remark(named)}", fix_for(named, case, answer.text)
    )


def judge_words(case: Case) -> Iterator[Finding]:
    """The cause that loose error texts name, without the request.

    Certain by its very words; likely a quota, and likely where ``invalid_grant`` alone does not say what was refused.
    """
    said = frozenset(statement.says for statement in case.evidence.statements) | case.response_says
    says, named = next(((says, cause) for says, cause in _WORDS if says in said), ("", None)) if said else ("", None)
    if named is not None:
        named = _of_grant(case, said) if says == "grant-refused" else named
        certainty = Certainty.LIKELY if says in {"quota", "grant-refused"} else Certainty.CERTAIN
        seen = f"The error text is the authorization server's, and says so.{_remark(named)}"
        if says == "grant-refused":
            seen = (
                "`invalid_grant` is the authorization server's word for a code, refresh token or login that it refuses."
            )
        yield Finding(named, certainty, seen, fix_for(named, case, ""))


def _of_grant(case: Case, said: frozenset[str]) -> str:
    """What ``invalid_grant`` refuses: the grant that the paste asks with or speaks of, else the usual one, a code."""
    grants = {request.parameter("grant_type") for request in case.evidence.token_requests}
    if "refresh_token" in grants or "refresh-asked" in said:
        return "refresh-token-rejected"
    return "login-refused" if not grants.isdisjoint(PASSWORD_GRANTS) else "authorization-code-rejected"


def _remark(cause: str) -> str:
    return {
        "token-request-audience-missing": " It says so when a client credentials request names no audience.",
        "token-request-audience-wrong": " Auth0 compares the audience letter by letter.",
    }.get(cause, "")


def fix_for(cause: str, case: Case, text: str) -> str:
    """The fix fitted to the case; empty where the table's own fits."""
    expected = case.settings.rhythm_audience
    if cause == "token-request-audience-missing":
        return f"Send `audience={expected}` in the `/oauth/token` request."
    if cause == "token-request-audience-wrong":
        return f"Send exactly `audience={expected}`, without a slash at its end."
    if cause == "grant-type-not-enabled" and "password" in text:
        return _PASSWORD_IS_OFF
    return _CONSOLE if cause == "client-credentials-wrong" else ""
