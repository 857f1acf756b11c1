"""The line "Claims".

Rhythm's own claims (the guide's step on required claims; its sources disagree on ``customer_id``).
"""

from collections.abc import Iterator, Mapping

from bot.checks.base import Case, Check
from bot.redact import quote
from bot.report import Certainty, Finding, Outcome
from bot.services import CLAIM_PREFIX
from bot.token import UnverifiedJWT, read_token

_NAMES = ("tenant_id", "customer_id", "contact_id")
_READABLE = frozenset(
    {"access", "id", "self-made", "management-api", "userinfo", "mfa", "legacy", "foreign", "client-assertion"}
)


def find(case: Case) -> Iterator[Finding]:
    """Findings about the Rhythm claims, and about machine tokens where a contact is needed."""
    if not has_claims(case):
        return
    yield from _misnamed(case)
    if not case.rhythm_claim("tenant_id"):
        seen = "is there and empty" if CLAIM_PREFIX + "tenant_id" in case.claims else "is missing"
        certainty = Certainty.LIKELY if case.is_machine else Certainty.CERTAIN
        yield Finding(
            "tenant-id-missing",
            certainty,
            f"The claim `{CLAIM_PREFIX}tenant_id` {seen}; the API takes the tenant from it.",
        )
    if not case.rhythm_claim("customer_id"):
        yield Finding(
            "customer-id-missing",
            Certainty.POSSIBLE,
            f"The claim `{CLAIM_PREFIX}customer_id` is missing. Rhythm's own pages disagree on whether it is needed.",
        )
    if case.is_machine and not case.rhythm_claim("contact_id") and needs_current_contact(case):
        yield Finding(
            "m2m-token-without-contact",
            Certainty.CERTAIN,
            f"The token was issued to a machine, and `{quote(case.path, 60)}` asks for the contact of the person who"
            " calls.",
            "Use a user's token (authorization code flow) for this call.\nFor a machine, call a path that names the"
            " contact: `/contacts/<tenant_id>/<contact_id>`.",
        )


def has_claims(case: Case) -> bool:
    """Whether the claims are readable and whole enough to miss one."""
    if not case.claims or getattr(case.token, "reason", "") == "payload-cut":
        return False
    if case.token is None and len(case.claims) < 5 and not any(name.startswith(CLAIM_PREFIX) for name in case.claims):
        return False
    return case.kind in _READABLE


def needs_current_contact(case: Case) -> bool:
    """Whether the call is ``/contacts/current`` or ``/contacts/<tenant>/current``."""
    segments = case.segments
    return (
        bool(segments)
        and segments[0].lower() == "contacts"
        and segments[-1].lower() == "current"
        and len(segments) in {2, 3}
    )


def _misnamed(case: Case) -> Iterator[Finding]:
    for name in ("tenant_id", "contact_id"):
        if CLAIM_PREFIX + name in case.claims:
            continue
        near = near_name(case.claims, name)
        if near:
            yield Finding(
                "claims-misnamed",
                Certainty.CERTAIN,
                f"The value stands under `{quote(near, 80)}`; the API reads `{CLAIM_PREFIX}{name}` (http, no `www`).",
            )
            return
    if not case.rhythm_claim("tenant_id") and _beside(case):
        yield Finding(
            "claims-misnamed",
            Certainty.LIKELY,
            "The ID token beside it has the Rhythm claims, the access token has none: the API reads the access token.",
            "Do not send the ID token.\nAsk Rhythm support to put the claims on access tokens too.",
        )


def _beside(case: Case) -> bool:
    """Whether an ID token of the same paste and issuer has the tenant that the judged token lacks."""
    for other in case.others:
        if other.label.rpartition(":")[2] != "id_token":
            continue
        token = read_token(other.token)
        if isinstance(token, UnverifiedJWT) and token.claims.get("iss") == case.claims.get("iss"):
            return bool(token.claims.get(CLAIM_PREFIX + "tenant_id"))
    return False


def near_name(claims: Mapping[str, object], name: str) -> str | None:
    """Another name under which a claim's value stands: another scheme or host of the prefix, or no prefix at all."""
    camel = name.split("_", maxsplit=1)[0] + "Id"
    for key, value in claims.items():
        if not isinstance(value, str) or not value:
            continue
        tail = key.rpartition("/")[2].rpartition(":")[2].rpartition(".")[2]
        if tail in {name, camel} and (tail == key or "rhythm" in key.lower()):
            return key
    for outer in ("app_metadata", "user_metadata", "metadata", "rhythm"):
        inner = claims.get(outer)
        if isinstance(inner, dict):
            if isinstance(inner.get(name), str):
                return f"{outer}.{name}"
            deeper = inner.get("rhythm")
            if isinstance(deeper, dict) and isinstance(deeper.get(name), str):
                return f"{outer}.rhythm.{name}"
    return None


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong.

    It warns, and names the next line, where only the contact is missing.
    """
    if case.token is None and not case.claims:
        return Outcome.SKIPPED, "no token given"
    if not has_claims(case):
        return Outcome.SKIPPED, "they cannot be read from this value"
    there = [name for name in _NAMES if case.rhythm_claim(name)]
    if "contact_id" not in there and not case.is_machine and "tenant_id" in there:
        return Outcome.WARNING, "`contact_id` is missing: see First login"
    if case.is_machine and "contact_id" not in there:
        return Outcome.PASSED, f"{_listed(there)}; a machine has no contact"
    return Outcome.PASSED, _listed(there)


def _listed(names: list[str]) -> str:
    return ", ".join([f"`{name}`" for name in names]) or "none"


CHECK = Check("claims", "Claims", find, state)
"""The fifth line of the checklist."""
