"""The line "Audience".

Whether the token is meant for the Rhythm API (RFC 7519 section 4.1.3; the guide's step on the audience).

``aud`` is a text or a list; a list that holds the right value is right, whatever else it holds.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.intake.authorization import edits
from bot.redact import quote
from bot.report import Certainty, Finding, Outcome
from bot.services import PRODUCTION_SUFFIX
from bot.token.kind import is_client_id
from bot.url import read_url


def find(case: Case) -> Iterator[Finding]:
    """Findings about the audience."""
    if case.claims and not case.has_right_audience and _is_readable(case):
        expected = case.settings.rhythm_audience
        fix = f"Request a new token with exactly this parameter:\n`audience={expected}`"
        if case.audience:
            listed = ", ".join(f"`{quote(item, 80)}`" for item in case.audience[:3])
            yield Finding(
                "audience-wrong",
                Certainty.CERTAIN,
                f"The token is for {listed}; Rhythm accepts `{expected}`.{_hint(case)}",
                fix,
            )
        elif "aud" in case.claims or case.token is not None or len(case.claims) > 3:
            yield Finding(
                "audience-missing",
                Certainty.CERTAIN,
                f"The token has no `aud` claim; Rhythm accepts `{expected}` alone.",
                fix,
            )
    elif not case.claims:
        yield from _stated(case)


def _is_readable(case: Case) -> bool:
    """Whether the claims are whole enough to miss one: of a cut payload only what is there counts."""
    reason = getattr(case.token, "reason", "")
    return reason != "payload-cut" or "aud" in case.claims


def _hint(case: Case) -> str:
    value, expected = case.audience[0], case.settings.rhythm_audience
    if value.rstrip("/") == expected:
        return " The slash at its end makes it another one."
    if value.removeprefix("http://") == expected.removeprefix("https://"):
        return " `http` in place of `https` makes it another one."
    plain = value.strip(" <>\"'").rstrip("/")
    if plain != value and plain == expected:
        return " Quotes, brackets or blanks around it are part of it."
    if value.lower() == expected.lower():
        return " Capital letters make it another one."
    url = read_url(value)
    if url is not None and url.host.endswith(PRODUCTION_SUFFIX):
        return " A service's address is no audience: one audience serves every service."
    if edits(value, expected, 3) <= 3:
        return " It is misspelt."
    if is_client_id(value):
        return " That is a client id."
    return ""


def _stated(case: Case) -> Iterator[Finding]:
    expected = case.settings.rhythm_audience
    fix = f"Request a new token with exactly this parameter:\n`audience={expected}`"
    if "audience" in case.says:
        yield Finding(
            "audience-wrong", Certainty.LIKELY, "The error text says that the token is for another audience.", fix
        )
    elif "audience-missing" in case.says:
        yield Finding("audience-missing", Certainty.LIKELY, "The error text says that the token has no audience.", fix)


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    if case.has_right_audience:
        more = len(case.audience) - 1
        return Outcome.PASSED, f"for `{case.settings.rhythm_audience}`" + (f" and {more} more" if more else "")
    if case.token is None and not case.claims:
        return Outcome.SKIPPED, "no token given"
    return Outcome.SKIPPED, "it cannot be read from this value"


CHECK = Check("audience", "Audience", find, state)
"""The fourth line of the checklist."""
