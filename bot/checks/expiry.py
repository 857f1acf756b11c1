"""The line "Expiry": whether the token was valid at the moment of the request (RFC 7519 sections 4.1.4 to 4.1.6).

Judged by the request's own time where the paste shows it, with the operator's leeway. A time in milliseconds is no
time of
Auth0's and is left to the kind of the token: validators accept it as a date far ahead.
"""

from collections.abc import Iterator

from bot.checks.base import Case, Check
from bot.report import Certainty, Finding, Outcome
from bot.spans import moment, span
from bot.token.times import seconds_of


def find(case: Case) -> Iterator[Finding]:
    """Findings about ``exp``, ``nbf`` and ``iat``."""
    leeway = case.settings.clock_leeway_seconds
    expires, begins, issued = case.expires, seconds_of(case.claims, "nbf"), case.issued
    if expires is not None and expires + leeway < case.now:
        yield Finding(
            "token-expired",
            Certainty.CERTAIN,
            f"It expired on {moment(expires)}, {_ago(case, case.now - expires)}.",
            _fix(case, case.now - expires),
        )
    elif "expired" in case.says:
        yield _stated(expires)
    if begins is not None and begins - leeway > case.now:
        yield Finding(
            "token-not-yet-valid",
            Certainty.CERTAIN,
            f"Its `nbf` is {moment(begins)}, {_ahead(case, begins - case.now)}.",
        )
    elif "not-yet-valid" in case.says:
        yield Finding("token-not-yet-valid", Certainty.LIKELY, "The error text says that the token is not valid yet.")
    if issued is not None and issued - leeway > case.now:
        yield Finding(
            "issued-in-future",
            Certainty.LIKELY,
            f"Its `iat` is {moment(issued)}, {_ahead(case, issued - case.now)}: a clock is wrong.",
        )
    elif "issued-in-future" in case.says:
        yield Finding(
            "issued-in-future",
            Certainty.LIKELY,
            "The error text says that the token was issued in the future: a clock is wrong.",
        )


def _stated(expires: float | None) -> Finding:
    if expires is None:
        return Finding("token-expired", Certainty.LIKELY, "The error text says that the token has expired.")
    return Finding(
        "token-expired",
        Certainty.LIKELY,
        f"The error text says that the token has expired; the one given here is valid until {moment(expires)}, so"
        " another one was sent, or a clock is wrong.",
        "Look at which token the program sends, and at the clock of the machine that says so.",
    )


def _reference(case: Case) -> str:
    return {"answer": "the answer's own time", "export": "the time of the request", "given": "the given time"}.get(
        case.time_source, "now"
    )


def _fix(case: Case, ago: float) -> str:
    if case.is_machine:
        return "Request a new token. Cache it until shortly before its `exp` (24 hours), and then request the next one."
    if ago > 7 * 86_400:
        return "Request a new token at run time instead of keeping one in code or configuration."
    return "Request a new token: sign in again, or use the refresh token if you have one."


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    expires = case.expires
    if expires is not None:
        left = expires - case.now
        if left < 0:
            return Outcome.PASSED, "it ends about now, within the clock's tolerance"
        at = f" at {_reference(case)}" if case.time_source != "present" else ""
        return Outcome.PASSED, f"{span(left)} left{at}"
    if case.token is None and not case.claims:
        return Outcome.SKIPPED, "no token given"
    return Outcome.SKIPPED, "it cannot be read from this value"


def _ago(case: Case, seconds: float) -> str:
    return f"{span(seconds)} ago" if case.time_source == "present" else f"{span(seconds)} before {_reference(case)}"


def _ahead(case: Case, seconds: float) -> str:
    return f"{span(seconds)} from now" if case.time_source == "present" else f"{span(seconds)} after {_reference(case)}"


CHECK = Check("expiry", "Expiry", find, state)
"""The third line of the checklist (the guide's step on expiry)."""
