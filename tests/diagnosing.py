"""What tests of the diagnosis have in common: minted tokens, cases and reports of small texts, the findings of one line."""

from bot.checks import CHECKS, Case, Check
from bot.diagnose import judge, read
from bot.report import Certainty, Outcome, Report
from bot.settings import Settings
from tests.pastes.minting import NOW, Mint

CERTAIN, LIKELY, POSSIBLE = Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE
DEFAULTS = Settings()
OURS = Settings(rhythm_auth0_domains=("acme.us.auth0.com",))
"""Settings of an operator who names the domain that minted tokens come from."""

URL = "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/search"
"""A call with which nothing is wrong for the tokens of this corpus."""


def mint(directive: str = "jwt", seed: str = "a test") -> str:
    """What a directive of the pastes' language makes (tests/pastes/minting.py), the same for the same seed."""
    return Mint(seed).text(f"{{{{mint {directive} }}}}")


def curl(value: str, url: str = URL, *options: str) -> str:
    """A curl command with that Authorization value."""
    return " ".join(("curl", f"-H 'Authorization: {value}'", *options, url))


def raw(value: str, url: str = URL, *lines: str) -> str:
    """A raw request with that Authorization value."""
    host, _, path = url.partition("://")[2].partition("/")
    return "\n".join((f"GET /{path} HTTP/1.1", f"Host: {host}", f"Authorization: {value}", *lines, ""))


def case_of(text: str, settings: Settings = DEFAULTS, *, at: float | None = None, url: str | None = None) -> Case:
    """The case that a text makes at NOW."""
    return read(text, settings, at, url, now=NOW)


def report_of(text: str, settings: Settings = DEFAULTS, *, at: float | None = None, url: str | None = None) -> Report:
    """The report on a text at NOW."""
    return judge(case_of(text, settings, at=at, url=url))


def line(name: str) -> Check:
    """The check of that id."""
    return next(check for check in CHECKS if check.id == name)


def found_by(
    name: str, text: str, settings: Settings = DEFAULTS, *, at: float | None = None, url: str | None = None
) -> dict[str, Certainty]:
    """What one line of the checklist finds in a text, before precedence hides any of it; of one cause the surest."""
    found: dict[str, Certainty] = {}
    for finding in line(name).find(case_of(text, settings, at=at, url=url)):
        known = found.setdefault(finding.cause, finding.certainty)
        found[finding.cause] = min(known, finding.certainty, key=list(Certainty).index)
    return found


def said_by(name: str, cause: str, text: str, settings: Settings = DEFAULTS, *, url: str | None = None) -> str:
    """The detail and the fix of one finding of a line, on two lines or more."""
    for finding in line(name).find(case_of(text, settings, url=url)):
        if finding.cause == cause:
            return f"{finding.detail}\n{finding.fix}"
    raise AssertionError(f"{name} does not find {cause}")


def state_of(
    name: str, text: str, settings: Settings = DEFAULTS, *, at: float | None = None, url: str | None = None
) -> tuple[Outcome, str]:
    """What one line of the checklist says of a text by itself."""
    return line(name).state(case_of(text, settings, at=at, url=url))


def causes_of(report: Report) -> list[str]:
    """The root cause and what is next, in order."""
    return [finding.cause for finding in ((report.root_cause,) if report.root_cause else ()) + report.next]


def outcome_of(report: Report, name: str) -> str:
    """The outcome of one line of a report; empty where the line is not there."""
    return next((str(check.outcome) for check in report.checks if check.id == name), "")


def notices_of(report: Report) -> list[str]:
    """The ids of a report's notices, in order."""
    return [notice.id for notice in report.notices]
