"""The flow.

``read`` turns a paste into a case, ``judge`` turns a case into a report. Both are pure and never raise for any text.
"""

import re
import time
from functools import cache

from bot import intake
from bot.causes import cause
from bot.checks import CHECKS, Case, live
from bot.facts import request_facts, response_facts, token_facts
from bot.intake.damage import REPAIR_NAMES
from bot.notices import notices
from bot.observation import Observations
from bot.precedence import Ranked, rank_findings
from bot.report import (
    Certainty,
    CheckResult,
    Finding,
    Outcome,
    Report,
    Verdict,
)
from bot.selection import select
from bot.services import DOCS_HOST
from bot.settings import Settings
from bot.stages import Stages, whole
from bot.withholding import without_secrets

_OPENINGS = frozenset(
    {"The", "Its", "It", "A", "An", "What", "In", "No", "After", "This", "One", "Two", "There"}
    | {"Backslashes", "Brackets", "Padding", "Quotes"}
)
"""First words of a clause that are written small behind "likely:"."""
_UNEXPLAINED = "unauthorized-unexplained"
_STANDS_WHATEVER_THE_ANSWER = frozenset({"docs-mock-host", "auth0-host-called"})


def read(
    text: str, settings: Settings, at: float | None = None, url: str | None = None, *, now: float | None = None
) -> Case:
    """Read a paste.

    ``at`` is the moment to judge by and ``now`` the present one, both in seconds since the epoch; ``url`` is
    the request's URL for a paste that shows none.
    """
    present = time.time() if now is None else now
    return select(intake.read_evidence(text, settings), settings, at, url, present)


def judge(case: Case, observations: Observations = ()) -> Report:
    """Judge a case, with what live probes observed where they ran."""
    return whole(judging(case, observations))


def judging(case: Case, observations: Observations = ()) -> Stages[Report]:
    """Judge a case as :func:`judge` does, in stages."""
    case = case._replace(observations=observations) if observations else case
    withdrawn: tuple[Finding, ...] = ()
    refuted: tuple[Finding, ...] = ()
    if _is_accepted(case):
        found = yield from _finding(case._replace(observations=()))
        kept = [finding for finding in found if finding.cause in _STANDS_WHATEVER_THE_ANSWER]
        withdrawn = tuple(
            finding
            for finding in rank_findings(found).shown
            if finding not in kept and finding.certainty is not Certainty.POSSIBLE
        )
        ranked = rank_findings(kept)
    elif observations:
        from bot.weighing import sharpen, weigh

        weighed = weigh(case, (yield from _finding(case)))
        refuted = weighed.refuted
        ranked = sharpen(case, rank_findings(weighed.kept))
    else:
        ranked = rank_findings((yield from _finding(case)))
    yield
    lines = tuple(_lines(case, ranked))
    yield
    token, request, response = token_facts(case), request_facts(case), response_facts(case)
    yield
    beside = tuple(notices(case, ranked.shown, withdrawn, refuted))
    yield
    report = Report(
        verdict=_verdict(case, ranked),
        root_cause=ranked.root,
        next=ranked.next,
        checks=lines,
        token=token,
        request=request,
        response=response,
        repairs=_repairs(case),
        notices=beside,
        live=live.probes(case) if observations else None,
        judged_at=round(case.now),
    )
    return without_secrets(report, case)


def _finding(case: Case) -> Stages[list[Finding]]:
    found: list[Finding] = []
    for check in CHECKS:
        found += check.find(case)
        yield
    return found


def _is_accepted(case: Case) -> bool:
    return case.is_accepted and not (case.url is not None and case.url.host == DOCS_HOST)


def _verdict(case: Case, ranked: Ranked) -> Verdict:
    root = ranked.root
    if root is not None:
        return Verdict.INCONCLUSIVE if root.certainty is Certainty.POSSIBLE else Verdict.BLOCKED
    evidence = case.evidence
    if case.claims or _is_accepted(case) or _has_good_token_request(case):
        return Verdict.CLEAR
    if (
        evidence.exchanges
        or evidence.headers
        or evidence.credentials
        or evidence.token_requests
        or evidence.statements
        or case.url
    ):
        return Verdict.INCONCLUSIVE
    return Verdict.NOTHING_TO_CHECK


def _has_good_token_request(case: Case) -> bool:
    return any(
        request.parameter("audience") == case.settings.rhythm_audience for request in case.evidence.token_requests
    )


def _lines(case: Case, ranked: Ranked) -> list[CheckResult]:
    """Each line says its first finding, else what hides its findings, else the check's own word.

    Beside a cause that was found, the answer is not called unexplained.
    """
    first: dict[str, Finding] = {}
    for finding in ranked.shown:
        if finding.cause != _UNEXPLAINED or finding is ranked.root:
            first.setdefault(cause(finding.cause).check, finding)
    hiders: dict[str, str] = {}
    for name in ranked.hidden:
        hider = name
        while hider in ranked.hidden:
            hider = ranked.hidden[hider]
        hiders.setdefault(cause(name).check, hider)
    absent = _absent(case)
    lines = []
    for name, title, _, state in CHECKS:
        own = first.get(name)
        if own is not None:
            lines.append(CheckResult(name, title, _outcome(own), _summary(own)))
        elif name in absent:
            continue
        elif name in hiders:
            lines.append(CheckResult(name, title, Outcome.SKIPPED, f"see {_title(cause(hiders[name]).check)}"))
        else:
            lines.append(CheckResult(name, title, *state(case)))
    return lines


def _absent(case: Case) -> set[str]:
    """The lines that are left out where they have no finding, since nothing is shown that they could judge."""
    absent = set()
    if not case.evidence.token_requests:
        absent.add("token-request")
    if case.response is None:
        absent.add("response")
    if not case.observations:
        absent.add("live")
    return absent


def _title(check_id: str) -> str:
    return next(check.title for check in CHECKS if check.id == check_id)


def _outcome(finding: Finding) -> Outcome:
    """Failed is only for what is determinate."""
    return Outcome.FAILED if finding.certainty is Certainty.CERTAIN else Outcome.WARNING


def _summary(finding: Finding) -> str:
    """What was seen, in one clause: the headline says the problem, a line need not repeat it."""
    prefix = {Certainty.LIKELY: "likely: ", Certainty.POSSIBLE: "possibly: "}.get(finding.certainty, "")
    clause = _first_clause(finding.detail or cause(finding.cause).problem)
    if prefix and clause.split(" ", 1)[0] in _OPENINGS:
        clause = clause[:1].lower() + clause[1:]
    return prefix + clause


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(r"(?:[^`.;:]++|`[^`]*+(?:`|\Z)|[.;:](?! |\Z))*+")


def _first_clause(text: str) -> str:
    """The text up to its first full stop, colon or semicolon outside of code, cut to about 120 characters."""
    match = _clause().match(text)
    text = match[0] if match else text
    if len(text) <= 120:
        return text
    cut = text[:119].rsplit(" ", 1)[0]
    return f"{cut}`…" if cut.count("`") % 2 else f"{cut}…"


def _repairs(case: Case) -> tuple[str, ...]:
    own = []
    if case.credential is not None and case.credential.damage:
        own = [REPAIR_NAMES[name] for name in case.credential.damage if name in REPAIR_NAMES]
    return tuple(dict.fromkeys((*case.evidence.repairs, *own)))
