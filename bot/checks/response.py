"""The line "Answer": what the shown answer says by itself: limits, permissions, firewalls, faults of the service.

Statuses and texts: RFC 6750 section 3.1, RFC 6585, and what AWS documents of its gateway's answers. Owners of a
gateway can change all
of them, so a text is a hint where it names no cause.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.redact import quote
from bot.report import Certainty, Finding, Outcome

_MORE = (
    "Give the whole curl command with its answer: without a token, its header and its URL there is nothing to compare."
)


def find(case: Case) -> Iterator[Finding]:
    """Findings about the judged answer, and about loose error texts where no answer is shown."""
    if case.response is None and not case.says:
        return
    status = case.response.status if case.response else None
    says = (
        case.says
        if case.response is None or status is None
        else case.response_says | (case.says & {"insufficient-scope", "explicit-deny"})
    )
    if "insufficient-scope" in says:
        yield Finding("scope-missing", Certainty.CERTAIN, f"The answer says `insufficient_scope`{_scope(case)}.")
    yield from _denied(case, says, status)
    if status == 429 or (status is None and "throttled" in says and not case.evidence.token_requests):
        yield Finding(
            "throttled",
            Certainty.CERTAIN,
            "The answer is 429: too many calls for this tenant. It says nothing of the token.",
            _wait(case),
        )
    yield from _server_side(case, says, status)
    if _is_unauthorized(case) and (case.service is not None or case.url is None or is_rhythm(case)):
        yield Finding(
            "unauthorized-unexplained",
            Certainty.POSSIBLE,
            "A 401 is shown, and nothing in what was given explains it.",
            _support(case) if case.credential or case.claims else _MORE,
        )


def _is_unauthorized(case: Case) -> bool:
    """Whether the answer is a 401, or a body alone that says so: a gateway writes that word with no other status."""
    return case.response is not None and (case.response.status == 401 or _says_only(case, "unauthorized"))


def _says_only(case: Case, word: str) -> bool:
    """Whether the answer is a body alone, and its reason that word."""
    answer = case.response
    return answer is not None and answer.status is None and answer.message.strip().rstrip(".").lower() == word


def is_rhythm(case: Case) -> bool:
    """Whether the judged request goes to a host of Rhythm's."""
    return case.url is not None and case.url.host.endswith("rhythmsoftware.com")


def _scope(case: Case) -> str:
    challenge = case.response.header("www-authenticate") if case.response else None
    _, mark, rest = (challenge or "").partition('scope="')
    wanted = quote(rest.partition('"')[0], 60) if mark else ""
    return f" and names the scope `{wanted}`" if wanted else ""


def _denied(case: Case, says: frozenset[str], status: int | None) -> Iterator[Finding]:
    if "explicit-deny" in says:
        detail = (
            "The gateway ran its authorizer, which knows the caller and denies this call (`with an explicit deny`)."
        )
        yield Finding(
            "permission-denied",
            Certainty.CERTAIN,
            f"{detail} Tenant, contact or permission do not fit.",
            _compare(case),
        )
    elif "denied" in says:
        worked = _worked_elsewhere(case)
        if worked:
            yield Finding(
                "authorizer-cache",
                Certainty.LIKELY,
                f"The same token is accepted at `{quote(worked, 60)}` and refused here without an explicit deny: a"
                " cached decision does not cover this route.",
            )
        else:
            yield Finding(
                "permission-denied",
                Certainty.LIKELY,
                "The gateway knows the caller and does not allow this call.",
                _compare(case),
            )
    elif _is_forbidden(case, says, status) and not ({"unknown-route", "insufficient-scope"} & says):
        yield _firewall(case)
    elif status == 401 and case.response is not None and (case.response.header("age") or "0").strip() not in {"", "0"}:
        yield Finding(
            "authorizer-cache",
            Certainty.POSSIBLE,
            "The answer carries an `Age` header: a cache on the way gave an older answer again.",
        )


def _is_forbidden(case: Case, says: frozenset[str], status: int | None) -> bool:
    """Whether a 403 is shown, or what is left of its page without a status."""
    return status == 403 or _says_only(case, "forbidden") or (status is None and "forbidden-page" in says)


def _firewall(case: Case) -> Finding:
    body = case.response.body.lstrip()[:1] if case.response else ""
    is_page = body == "<" or "forbidden-page" in case.says
    seen = "an HTML page" if is_page else "a bare `Forbidden`"
    return Finding(
        "firewall-blocked",
        Certainty.POSSIBLE,
        f"The answer is 403 with {seen}: a firewall answers like that, before anybody looks at the token.",
    )


def _worked_elsewhere(case: Case) -> str | None:
    """The path of another exchange with the same credentials that was accepted."""
    for exchange in case.evidence.exchanges:
        request, response = exchange.request, exchange.response
        if request is None or response is None or response.status is None or not 200 <= response.status < 300:
            continue
        mine, other = case.request.header("authorization") if case.request else None, request.header("authorization")
        if mine is None or other is None or mine.value == other.value:
            target = request.target
            path = target.path if target else (request.url or "")
            if path and path != case.path:
                return path
    return None


def _compare(case: Case) -> str:
    tenant = case.rhythm_claim("tenant_id")
    if isinstance(tenant, str):
        return (
            f"Compare the path with the token's tenant (`{quote(tenant, 60)}`) and contact.\nThen ask the tenant's"
            " administrator for the permission."
        )
    return ""


def _wait(case: Case) -> str:
    after = (case.response.header("retry-after") or "").strip() if case.response else ""
    if after.isascii() and after.isdigit():
        return f"Wait {int(after[:6])} s (`Retry-After`), then slow down."
    return ""


def _server_side(case: Case, says: frozenset[str], status: int | None) -> Iterator[Finding]:
    body = (case.response.body if case.response else "").replace(" ", "").lower()
    null_message = '"message":null' in body
    if "authorizer-failed" in says or (status == 500 and null_message):
        yield Finding(
            "authorizer-error",
            Certainty.CERTAIN,
            "The gateway's own authorizer failed: a fault on Rhythm's side.",
            _support(case),
        )
    elif status in {500, 502, 503, 504} or (status is None and "outage" in says and not case.evidence.token_requests):
        yield Finding(
            "service-outage",
            Certainty.LIKELY,
            (
                f"The answer is {status}: the service, not the token."
                if status
                else "The error text is a server's that is down."
            ),
        )


def _support(case: Case) -> str:
    request_id = next(
        (
            value
            for name in ("x-amzn-requestid", "x-amz-apigw-id", "x-request-id", "apigw-requestid")
            if case.response and (value := case.response.header(name))
        ),
        None,
    )
    which = f"the request id `{quote(request_id, 60)}`" if request_id else "the answer's request id"
    return f"Ask Rhythm support with {which}, the time of the call and the token's fingerprint."


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    if case.response is None:
        return Outcome.SKIPPED, "no answer given"
    if case.is_accepted:
        return Outcome.PASSED, f"{case.response.status}: the token was accepted"
    message = quote(case.response.message, 50)
    status = str(case.response.status or "")
    shown = " ".join(part for part in (status, f"`{message}`" if message else "") if part)
    return Outcome.INCONCLUSIVE, f"{shown or 'an answer'}; it names no cause of its own"


CHECK = Check("response", "Answer", find, state)
"""The line for the shown answer, there where one is shown."""
