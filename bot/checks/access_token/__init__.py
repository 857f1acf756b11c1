"""The line "Access token": is the value an access token, is it whole, and did the right issuer sign it."""

from collections.abc import Iterable

from bot.checks.access_token import client_error, cut, damage, issuer, kind
from bot.checks.base import Case, Check, joined
from bot.redact import quote
from bot.report import Finding, Outcome
from bot.token import UnverifiedJWT


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    if case.token is None and case.evidence.claims:
        return Outcome.INCONCLUSIVE, "decoded claims alone: the signature cannot be judged"
    if case.token is None:
        return Outcome.SKIPPED, "no token given"
    if isinstance(case.token, UnverifiedJWT):
        algorithm = quote(case.token.algorithm, 12) or "no alg"
        who = "a machine" if case.is_machine else "a user"
        verified = case.observations and any("signature-fits" in seen.facts for seen in case.observations)
        signature = "its signature fits the issuer's key" if verified else "its signature is not verified here"
        return Outcome.PASSED, f"a JWT for {who}, {algorithm}; {signature}"
    return Outcome.INCONCLUSIVE, "it could not be read"


_find = joined(kind.find, client_error.find, damage.find, cut.find, issuer.find)
_find_in_claims = joined(kind.find, issuer.find)


def find(case: Case) -> Iterable[Finding]:
    """Findings about the value; in a whole token that nothing is said of, only claims can be wrong."""
    return _find_in_claims(case) if case.is_plain else _find(case)


CHECK = Check("access-token", "Access token", find, state)
"""The second line of the checklist (RFC 7519, RFC 9068; the guide's step on the OAuth token)."""
