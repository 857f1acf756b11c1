"""The line "Access token": is the value an access token, is it whole, and did the right issuer sign it."""

from bot.checks.access_token import client_error, cut, damage, issuer, kind
from bot.checks.base import Case, Check, joined
from bot.redact import quote
from bot.report import Outcome
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
        verified = any("signature-fits" in observation.facts for observation in case.observations)
        signature = "its signature fits the issuer's key" if verified else "its signature is not verified here"
        return Outcome.PASSED, f"a JWT for {who}, {algorithm}; {signature}"
    return Outcome.INCONCLUSIVE, "it could not be read"


CHECK = Check(
    "access-token", "Access token", joined(kind.find, client_error.find, damage.find, cut.find, issuer.find), state
)
"""The second line of the checklist (RFC 7519, RFC 9068; the guide's step on the OAuth token)."""
