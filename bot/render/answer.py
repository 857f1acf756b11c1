"""Draws a report as a Slack message: the answer, in the order in which a tired reader needs it."""

from functools import lru_cache

from bot.render import texts
from bot.render.around import ALONE, Around
from bot.render.buttons import buttons
from bot.render.content import (
    DETAIL_MOST,
    NEXT_MOST,
    NOTICE_MOST,
    SUMMARY_MOST,
    Content,
    Step,
    checklist,
    kind,
    notices,
    repairs,
    tell,
)
from bot.render.elements import (
    Block,
    Message,
    context,
    divider,
    header,
    line,
    moment,
    ordered,
    preformatted,
    rich,
    told,
    words,
)
from bot.render.exposure import deletion, exposure, seen_by
from bot.render.markup import code, cut, inert, plain, slack_date
from bot.render.pages import linked
from bot.report import CheckResult, Outcome, Report, TokenFacts
from bot.stages import Stages, whole

STEP_MOST = 400


def answer(report: Report, *, reference: str, surface: str = "message", around: Around = ALONE) -> Message:
    """The answer to one paste.

    ``surface`` is ``message`` (only its reader sees it), ``dm`` (a direct message, beside the pasted one) or ``modal``.
    """
    return whole(answering(report, reference=reference, surface=surface, around=around))


def answering(report: Report, *, reference: str, surface: str = "message", around: Around = ALONE) -> Stages[Message]:
    """The answer to one paste, drawn in stages."""
    content = tell(report)
    yield
    if around.pending:
        content = content._replace(seen=tuple(text for text in content.seen if text != texts.NOT_ASKED))
    blocks = [context(texts.LIVE_RESULT)] if around.replaces else []
    blocks += [header(content.title), upper(content)]
    if around.pending:
        blocks.append(context(_pending(around.pending, surface)))
    yield
    lines = checklist(report)
    if lines:
        blocks += [divider(), rich(*_checks(lines))]
    yield
    blocks += _beside(report, surface, around)
    if report.token:
        blocks.append(context(*_facts(report.token, report.judged_at)))
    blocks.append(context(*_small_print(report, reference, surface, around.notes)))
    yield
    blocks.append(buttons(report, reference, surface, around))
    return Message(texts.VERDICT_LINE.format(title=content.title), blocks)


def _beside(report: Report, surface: str, around: Around) -> list[Block]:
    """The notices, and what to do about a token that others may see."""
    found = []
    notes = notices(report)
    if notes:
        found.append(rich(line(*[piece for note in notes for piece in _labelled(*note, NOTICE_MOST, gap="\n")])))
    exposed = exposure(report)
    if exposed and surface == "dm":
        found.append(rich(deletion(exposed, around.permalink)))
    elif exposed and around.origin:
        found.append(rich(seen_by(exposed, around.origin)))
    return found


def _pending(probes: tuple[str, ...], surface: str) -> str:
    known = dict.fromkeys(texts.PENDING_WHAT[probe] for probe in probes if probe in texts.PENDING_WHAT)
    return texts.PENDING.format(
        what=", ".join(known) or texts.PENDING_ELSE, where=texts.PENDING_WHERE.get(surface, "")
    ).strip()


def upper(content: Content) -> Block:
    """What was seen, what to do and what comes next: one rich text, its paragraphs parted by an empty line.

    Paragraphs that follow one another are one section with line breaks in it: not every client begins a line with a
    section.
    """
    parts: list[Block] = []
    run: list[Block] = []
    for index, text in enumerate(content.seen):
        run += [words(" ")] if index else []
        run += told(text, DETAIL_MOST)
        if index == 0 and content.valid_until is not None:
            run += [words(" "), moment(content.valid_until), words(".")]
    run = _steps(content, parts, run)
    if content.links:
        run += linked(content.links, gap="\n" if run else "")
    for index, text in enumerate(content.next):
        gap = "\n" if index or not run else "\n\n"
        run += _labelled(texts.NEXT, text, NEXT_MOST, gap=gap)
    if run:
        parts.append(line(*run))
    return rich(*parts)


def _steps(content: Content, parts: list[Block], run: list[Block]) -> list[Block]:
    """Add the steps to the ``run`` of pieces, and to ``parts`` what ends it; return the pieces that are not ended yet.

    Numbers are written where a command parts the steps, since a list cannot begin with 2 in every client.
    """
    steps = content.steps
    gap = "\n\n" if run else ""
    if len(steps) == 1:
        run += _labelled(content.label, steps[0].text, STEP_MOST, gap=gap)
        return _commanded(steps[0], parts, run)
    run.append(words(f"{gap}{content.label}:", bold=True))
    if any(step.commands for step in steps[:-1]):
        for number, step in enumerate(steps, start=1):
            run += [words(f"\n{number}. " if run else f"{number}. "), *told(step.text, STEP_MOST)]
            run = _commanded(step, parts, run)
        return run
    parts += [line(*run), ordered(line(*told(step.text, STEP_MOST)) for step in steps)]
    return _commanded(steps[-1], parts, [])


def _commanded(step: Step, parts: list[Block], run: list[Block]) -> list[Block]:
    """End the ``run`` with the commands of a step, if it has any; return what is not ended."""
    if not step.commands:
        return run
    parts += [line(*run)] if run else []
    parts += [preformatted(cut(command, STEP_MOST)) for command in step.commands if command]
    return []


def _labelled(label: str, text: str, limit: int, *, gap: str = "") -> list[Block]:
    mark = "" if label.endswith("?") else ":"
    return [words(f"{gap}{label}{mark} ", bold=True), *told(text, limit)]


def _checks(lines: tuple[CheckResult, ...]) -> list[Block]:
    pieces: list[Block] = []
    gap = ""
    for check in lines:
        summary = told(check.summary, SUMMARY_MOST)
        label = f"{gap}{_label(check.outcome, check.title)}{': ' if summary else ''}"
        pieces += (words(label, bold=True) if check.outcome is Outcome.FAILED else words(label), *summary)
        gap = "\n"
    return [line(*pieces)]


@lru_cache(maxsize=64)
def _label(outcome: Outcome, title: str) -> str:
    """How a line of the checklist begins: few titles, and all of them ours."""
    word, emoji = texts.OUTCOMES[outcome]
    return f"{word} {emoji} {inert(title)}"


def _facts(token: TokenFacts, now: int) -> list[str]:
    first = [plain(kind(token), 100), *(code(value, 80) for value in (token.redacted, token.fingerprint) if value)]
    lines = [" · ".join(first)]
    second = []
    if token.issued_at is not None:
        second.append(texts.ISSUED.format(moment=slack_date(token.issued_at)))
    if token.expires_at is not None:
        form = texts.EXPIRES if token.expires_at > now else texts.EXPIRED
        second.append(form.format(moment=slack_date(token.expires_at)))
    if token.issuer:
        second.append(texts.ISSUER.format(issuer=code(token.issuer, 120)))
    return [*lines, " · ".join(second)] if second else lines


def _small_print(report: Report, reference: str, surface: str, notes: tuple[str, ...]) -> list[str]:
    lines = [plain(note, 300) for note in notes]
    if report.repairs:
        lines.append(plain(repairs(report), 600))
    seen_by = [] if surface == "dm" else [texts.ONLY_YOU]
    lines.append(" ".join([*seen_by, texts.NOT_STORED, texts.REFERENCE.format(reference=code(reference, 40))]))
    return lines
