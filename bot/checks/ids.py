"""The ids in a path.

Is the tenant there and the token's own, is the contact the token's own (RFC 3986 for their writing).
"""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.intake.piece import is_unknown
from bot.placeholders import path_placeholder
from bot.redact import quote
from bot.report import Certainty, Finding
from bot.services import owners
from bot.url import percent_decoded

_ACTIONS = frozenset(
    {"search", "query", "describe", "public", "export", "import", "emailaddress", "portal", "contact", "organization"}
    | {"customer", "metrics", "me", "list", "batch"}
)
"""Words, in lower case, that stand where an id could, and are none."""
_WITHOUT_TENANT = frozenset({("batchposting", "warmupstepfunctions")})
"""First two segments, in lower case, of the paths that need no tenant."""


def find_ids(case: Case) -> Iterator[Finding]:
    """Findings about tenant and contact of a path whose service is known."""
    yield from _tenant(case)
    yield from _contact(case)


def _is_uuid(text: str) -> bool:
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and all(
        letter in "0123456789abcdefABCDEF" for part in parts for letter in part
    )


def _tenant(case: Case) -> Iterator[Finding]:
    segments, claimed = case.segments, case.rhythm_claim("tenant_id")
    if not owners(segments[0]) or tuple(part.lower() for part in segments[:2]) in _WITHOUT_TENANT:
        return
    if len(segments) == 1:
        yield Finding(
            "tenant-segment-missing",
            Certainty.POSSIBLE,
            "The path ends after the resource; almost every path goes on with the tenant id.",
            f"Try `{_form(case)}`.",
        )
        return
    second = percent_decoded(segments[1])
    if second == claimed or is_unknown(second) or path_placeholder(segments[1]):
        return
    if second.lower() == "current":
        if case.is_refused:
            yield Finding(
                "tenant-segment-missing",
                Certainty.POSSIBLE,
                "The guide gives this path without a tenant id; the reference and known clients put one in.",
                f"Try `{_form(case).removesuffix('…')}current`.",
            )
        return
    if (
        _is_uuid(second)
        or second.lower() in _ACTIONS
        or second == case.rhythm_claim("contact_id")
        or second == case.claims.get("sub")
    ):
        yield Finding(
            "tenant-segment-missing",
            Certainty.LIKELY,
            f"After `/{quote(segments[0], 40)}` comes `{quote(second, 40)}`, where the tenant id belongs.",
            f"Try `{_form(case)}`.",
        )
        return
    if isinstance(claimed, str) and second != claimed:
        yield Finding(
            "tenant-mismatch",
            Certainty.CERTAIN,
            f"The path names the tenant `{quote(second, 60)}`; the token is for"
            f" `{quote(claimed, 60)}`{_how(case, second, claimed)}.",
            f"Put `{quote(claimed, 60)}` into the path, or use a token of `{quote(second, 60)}`.",
        )


def _form(case: Case) -> str:
    """How the path begins where the tenant stands in its place."""
    claimed = case.rhythm_claim("tenant_id")
    tenant = quote(claimed, 40) if isinstance(claimed, str) else "<tenant_id>"
    return f"/{quote(case.segments[0], 40)}/{tenant}/…"


def _how(case: Case, second: str, claimed: str) -> str:
    if second.lower() == claimed.lower():
        return ": capital letters count"
    if second == case.rhythm_claim("customer_id"):
        return ": the path holds the customer id"
    if claimed.startswith(f"{second}."):
        return ": the ending is missing"
    return ""


def _contact(case: Case) -> Iterator[Finding]:
    part = _contact_part(case)
    if part is None or case.is_machine:
        return
    named = percent_decoded(part)
    subject, claimed = case.claims.get("sub"), case.rhythm_claim("contact_id")
    if isinstance(subject, str) and named == subject:
        yield Finding(
            "contact-mismatch",
            Certainty.CERTAIN,
            f"The path holds the login's id (`{quote(named.partition('|')[0], 30)}|…`), which is no contact id.",
            _fix_contact(claimed),
        )
    elif isinstance(claimed, str) and named != claimed:
        certainty = Certainty.LIKELY if case.is_refused else Certainty.POSSIBLE
        yield Finding(
            "contact-mismatch",
            certainty,
            f"The path names the contact `{quote(named, 60)}`; the token belongs to `{quote(claimed, 60)}`.",
            _fix_contact(claimed),
        )


def _fix_contact(claimed: object) -> str:
    if claimed:
        return f"Put the token's contact there: `{quote(str(claimed), 60)}`."
    return "Use the `contact_id` claim of a token that has one."


def _contact_part(case: Case) -> str | None:
    """The segment that names a contact, in the paths that are known to have one."""
    segments = case.segments
    part = None
    if segments[0] == "contacts" and len(segments) >= 3:
        part = segments[2]
    elif (segments[0] == "chapters" and len(segments) >= 5 and segments[2] == "contact") or (
        segments[0] == "engagementScores" and len(segments) >= 5 and segments[2:4] == ("customer", "contact")
    ):
        part = segments[4]
    if part is None or part == case.rhythm_claim("contact_id"):
        return None
    if part.lower() in _ACTIONS | {"current"} or is_unknown(part) or path_placeholder(part):
        return None
    return part
