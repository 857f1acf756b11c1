"""What an answer says, before anybody draws it: title, what was seen, what to do, what comes next.

Slack and the terminal say the same because both draw this. Texts keep their backticks, which mark code.
"""

from functools import lru_cache
from typing import NamedTuple

from bot.causes import cause
from bot.render import texts
from bot.render.markup import clean, cut
from bot.report import Certainty, CheckResult, Finding, Link, Outcome, Report, TokenFacts, Verdict

DETAIL_MOST = 500
FIX_MOST = 1200
STEPS_MOST = 6
LINKS_MOST = 4
NEXT_MOST = 240
CHECKS_MOST = 10
TITLE_MOST = 40
SUMMARY_MOST = 160
NOTICES_MOST = 5
NOTICE_MOST = 240
"""What of a report is shown at most: texts in characters, lists in items. Real reports stay far below."""
COMMAND_LEAST = 34
"""Characters of code that fill a line of a telephone: at the end of a step they get a line of their own."""


class Step(NamedTuple):
    """One thing to do, and the commands to copy for it."""

    text: str
    commands: tuple[str, ...] = ()


_NOT_IN_URLS = frozenset(' "<>\\^`{|}')
"""Characters that a URL does not hold unescaped (RFC 3986, section 2)."""


_ACCEPTING = frozenset({"who-am-i", "who-am-i-tenant", "any-contact"})
"""The probes that the token is sent with."""


class Content(NamedTuple):
    """An answer's upper half.

    ``valid_until`` is the moment that ends the first sentence of ``seen``, in seconds since the epoch, or None.
    ``label`` stands over the steps.
    """

    title: str
    seen: tuple[str, ...]
    valid_until: int | None
    label: str
    steps: tuple[Step, ...]
    links: tuple[Link, ...]
    next: tuple[str, ...]


def tell(report: Report) -> Content:
    """What to say about a report."""
    if report.root_cause:
        return _found(report, report.root_cause)
    if report.verdict is Verdict.CLEAR:
        return _clear(report)
    if report.verdict is Verdict.NOTHING_TO_CHECK:
        return Content(
            texts.NOTHING_TITLE, (texts.NOTHING_SEEN,), None, texts.DO_THIS, steps(texts.NOTHING_FIX), (), ()
        )
    return _undecided(report)


def headline(finding: Finding) -> str:
    """The problem, said with its certainty only where it is not certain: "Likely: the token is cut"."""
    problem = cause(finding.cause).problem
    if finding.certainty is Certainty.CERTAIN:
        return problem
    return texts.CERTAINTIES[finding.certainty] + _lowered(problem)


def _lowered(problem: str) -> str:
    first = problem.split(" ", 1)[0].rstrip(",:")
    return problem if first in texts.NAMES else problem[0].lower() + problem[1:]


def fix(finding: Finding) -> str:
    """What to do about a finding: its own fix, else the table's."""
    return finding.fix if clean(finding.fix) else cause(finding.cause).fix


def links(finding: Finding) -> tuple[Link, ...]:
    """Where to read on: the finding's own links, then the table's, each address once."""
    found: dict[str, Link] = {}
    for link in (*finding.links, *cause(finding.cause).links):
        found.setdefault(link.url, link)
    return tuple(found.values())


def steps(text: str) -> tuple[Step, ...]:
    """The steps of a fix: one a line; a line that is nothing but code is a command of the step before it.

    Long code at the end of a step becomes its command: there it can be copied, and does not burst a narrow screen.
    """
    found: list[Step] = []
    for line in text[:FIX_MOST].splitlines():
        bare = clean(line)
        command = bare[1:-1].strip()
        if found and command and bare[0] == bare[-1] == "`" and "`" not in command:
            found[-1] = Step(found[-1].text, (*found[-1].commands, command))
        elif bare and len(found) < STEPS_MOST:
            found.append(_step(bare))
    return tuple(found)


def _step(line: str) -> Step:
    before, _, rest = line.removesuffix(".").removesuffix("`").rpartition("`")
    if line.endswith(("`", "`.")) and before.strip() and before.count("`") % 2 == 0 and len(rest) >= COMMAND_LEAST:
        return Step(before.rstrip(" :") + ":", (rest,))
    return Step(line)


def _found(report: Report, root: Finding) -> Content:
    title = texts.WORKS_TITLE if root.cause == "unauthorized-unexplained" and works(report) else headline(root)
    return Content(
        title,
        (root.detail,) if root.detail else (),
        None,
        texts.DO_THIS,
        steps(fix(root)),
        _shown(links(root)),
        tuple(_next(root, finding) for finding in report.next),
    )


def _shown(found: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links that may be shown as such: https, short, in characters that a URL may hold unescaped."""
    return tuple([shown for link in found if (shown := _safe(link))])[:LINKS_MOST]


@lru_cache(maxsize=256)
def _safe(link: Link) -> Link | None:
    """A link as it may be shown. Links come from our tables, so there are few."""
    title = cut(clean(link.title), 100)
    is_safe = link.url.startswith("https://") and len(link.url) <= 200 and _is_plain(link.url)
    return Link(title, link.url) if title and is_safe else None


def _is_plain(url: str) -> bool:
    return url.isascii() and url.isprintable() and _NOT_IN_URLS.isdisjoint(url)


def _next(root: Finding, finding: Finding) -> str:
    cure = cause(root.cause).cure
    cured = cause(finding.cause).cure == "new-token" and cure != ""
    if cured:
        return f"{headline(finding)}. {texts.CURED}"
    first = steps(fix(finding))[0]
    return " ".join([f"{headline(finding)}.", first.text, *(f"`{command}`" for command in first.commands)])


def _clear(report: Report) -> Content:
    token = report.token
    passed = {check.id for check in report.checks if check.outcome is Outcome.PASSED}
    for_rhythm = token is not None and "audience" in passed
    until = token.expires_at if token and "expiry" in passed else None
    title = texts.CLEAR_TOKEN_TITLE if token else texts.CLEAR_TITLE
    if works(report):
        title = texts.CLEAR_WORKS_TITLE
    if until is None:
        seen = texts.CLEAR_FOR_RHYTHM if for_rhythm else texts.CLEAR_SEEN
    else:
        seen = texts.CLEAR_FOR_RHYTHM_UNTIL if for_rhythm else texts.CLEAR_UNTIL
    return Content(title, (seen, *_unchecked(report)), until, texts.STILL_401, steps(_more(report)), (), ())


def _undecided(report: Report) -> Content:
    reasons = [
        texts.COULD_NOT_CHECK.format(title=check.title, why=check.summary.rstrip("."))
        if check.summary
        else texts.COULD_NOT_CHECK_ALONE.format(title=check.title)
        for check in report.checks
        if check.outcome is Outcome.INCONCLUSIVE
    ]
    seen = reasons[:3] or [texts.TOO_LITTLE]
    return Content(texts.UNDECIDED_TITLE, tuple(seen), None, texts.DO_THIS, steps(_more(report)), (), ())


def _more(report: Report) -> str:
    """What to give, or whom to ask, where nothing was found: the next thing that would settle the matter."""
    bare = report.token is None and all(
        check.outcome is Outcome.SKIPPED for check in report.checks if check.id == "authorization-header"
    )
    if report.request is None or bare:
        return texts.MORE_REQUEST
    if report.response is None:
        return texts.MORE_RESPONSE
    return texts.MORE_SUPPORT


def _unchecked(report: Report) -> list[str]:
    skipped = [check.title for check in report.checks if check.outcome is Outcome.SKIPPED]
    unseen = [texts.NOT_CHECKED.format(titles=", ".join(skipped))] if skipped else []
    if report.live is None:
        return [*unseen, texts.NOT_ASKED]
    reasons = [check.summary for check in report.checks if check.id == "live" and check.outcome is Outcome.INCONCLUSIVE]
    return [*unseen, *(texts.UNSETTLED.format(why=reason.rstrip(".")) for reason in reasons if reason)]


def works(report: Report) -> bool:
    """Whether the API, asked just now, accepted the token: the one thing that settles the matter."""
    return any(probe.id in _ACCEPTING and probe.outcome is Outcome.PASSED for probe in report.live or ())


def checklist(report: Report) -> tuple[CheckResult, ...]:
    """The lines of the checklist to show: none where there was nothing to check."""
    if report.verdict is Verdict.NOTHING_TO_CHECK:
        return ()
    known = texts.CHECK_TITLES
    return tuple(
        [check if known.get(check.id) == check.title else _titled(check) for check in report.checks[:CHECKS_MOST]]
    )


def _titled(check: CheckResult) -> CheckResult:
    title = cut(clean(check.title), TITLE_MOST)
    return check if title == check.title else check._replace(title=title)


def notices(report: Report) -> tuple[tuple[str, str], ...]:
    """The notices as label and text; secrets that were shown first, since they are the one thing that cannot wait."""
    first = sorted(report.notices, key=lambda notice: notice.id != texts.SECRET_EXPOSED)[:NOTICES_MOST]
    return tuple((texts.NOTICE_LABELS.get(notice.id, texts.NOTE), notice.text) for notice in first)


def repairs(report: Report) -> str:
    """What was undone before judging, as a sentence; empty where nothing was."""
    if not report.repairs:
        return ""
    known = [texts.REPAIRS.get(repair) or cut(clean(repair), TITLE_MOST) for repair in report.repairs[:14]]
    return texts.REPAIRED.format(repairs=", ".join(known))


def kind(token: TokenFacts) -> str:
    """What kind of value the token is, and whose it is, in words."""
    named = texts.KINDS.get(token.kind) or cut(clean(token.kind), TITLE_MOST) or texts.KINDS["unknown"]
    return f"{named} {texts.SUBJECTS[token.subject]}" if token.subject in texts.SUBJECTS else named
