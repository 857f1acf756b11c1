"""Weighs what the paste shows against what the API said just now.

A success refutes what looked wrong in the token itself, and never what is wrong in the shown request: that it sharpens.
"""

from typing import NamedTuple

from bot.checks import Case
from bot.checks import live as check
from bot.checks.live import Live, is_refused, live
from bot.observation import Observation
from bot.precedence import Ranked
from bot.question import own_findings
from bot.report import Certainty, Finding

_REFUTED_BY_SIGNATURE = frozenset(
    {"signature-invalid", "signing-key-unknown", "token-truncated", "token-markup", "token-malformed"}
)
"""What cannot be where the issuer's key verifies the token's text."""


class Weighed(NamedTuple):
    """Findings that stand, those of the live checks first, and those that the live checks refute."""

    kept: tuple[Finding, ...]
    refuted: tuple[Finding, ...]


def weigh(case: Case, found: list[Finding]) -> Weighed:
    """Weigh the findings of all lines. Of two findings of one cause that are as sure, the live one counts."""
    seen = live(case)
    own = {(finding.cause, finding.detail) for finding in own_findings(case)}
    lively = tuple(check.find(case))
    shown = _asked_again(case, seen)

    def is_refuted(finding: Finding) -> bool:
        if finding.cause == "contact-id-missing":
            return seen.linked
        if finding.cause == "tenant-segment-missing":
            return seen.linked and shown is not None and shown.status == 200
        if finding.certainty is Certainty.CERTAIN or (finding.cause, finding.detail) not in own:
            return False
        return seen.accepted or (seen.says("keys", "signature-fits") and finding.cause in _REFUTED_BY_SIGNATURE)

    others = [finding for finding in found if finding not in lively]
    refuted = tuple(finding for finding in others if is_refuted(finding))
    kept = (_settled(finding, seen, shown) for finding in others if finding not in refuted)
    return Weighed((*lively, *kept), refuted)


def _asked_again(case: Case, seen: Live) -> Observation | None:
    """What the API answered just now to the path that the paste shows, where that is who-am-I without a tenant."""
    is_ours = case.service == "rolodex" and case.segments == ("contacts", "current")
    return seen.seen.get("who-am-i") if is_ours else None


def _settled(finding: Finding, seen: Live, shown: Observation | None) -> Finding:
    """A path without tenant is likelier the cause where the API refuses it and takes the one with it."""
    if finding.cause != "tenant-segment-missing" or shown is None or not (seen.linked and is_refused(shown)):
        return finding
    detail = f"The API, asked just now, answers {shown.status} to this path and 200 to the one with the tenant id."
    return finding._replace(certainty=Certainty.LIKELY, detail=detail)


def sharpen(case: Case, ranked: Ranked) -> Ranked:
    """Say of the root cause that the token itself works, where the API accepted it just now."""
    root = ranked.root
    if root is None or not live(case).accepted or root.cause == "contact-id-missing":
        return ranked
    if root.cause == "unauthorized-unexplained":
        sharper = root._replace(
            detail=f"{root.detail} Asked just now, the API accepts this very token: it works now, or the header did not"
            " arrive as it is shown.",
            fix="Send the same request again.\nIf it is refused again, look at what is really sent: `curl -v` shows the"
            " header line.\nIf that is right, ask Rhythm support with the answer's request id and the time.",
        )
    else:
        sharper = root._replace(detail=f"{root.detail} The token itself works: the API accepted it just now.")
    return ranked._replace(shown=(sharper, *ranked.shown[1:]))
