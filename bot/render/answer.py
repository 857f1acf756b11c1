"""Draws a report as a Slack message: the answer, in the order in which a tired reader needs it."""

from bot.render import texts
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
    CHECK_ANOTHER,
    DISMISS,
    Block,
    Message,
    actions,
    button,
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
from bot.render.exposure import deletion, exposure
from bot.render.markup import code, cut, inert, plain, slack_date
from bot.render.pages import pages
from bot.report import CheckResult, Outcome, Report, TokenFacts

STEP_MOST = 400


def answer(
    report: Report, *, reference: str, surface: str = "message", live_follows: bool = False, permalink: str = ""
) -> Message:
    """The answer to one paste.

    ``surface`` is ``message`` (only its reader sees it), ``dm`` (a direct message, beside the pasted one, to which
    ``permalink`` leads) or ``modal``. ``live_follows`` says that live checks still run and their result comes in a
    message of its own.
    """
    content = tell(report)
    blocks = [header(content.title), _upper(content)]
    lines = checklist(report)
    if lines:
        blocks += [divider(), rich(*_checks(lines))]
    notes = notices(report)
    if notes:
        gaps = ("\n", *[""] * len(notes))
        parts = [_labelled(*note, NOTICE_MOST, gap=gap) for note, gap in zip(notes, gaps, strict=False)]
        blocks.append(rich(*parts))
    exposed = exposure(report)
    if surface == "dm" and exposed:
        blocks.append(rich(deletion(exposed, permalink)))
    if report.token:
        blocks.append(context(*_facts(report.token, report.judged_at)))
    blocks.append(context(*_small_print(report, reference, surface, live_follows=live_follows)))
    blocks.append(_buttons(surface))
    return Message(texts.VERDICT_LINE.format(title=content.title), blocks)


def _upper(content: Content) -> Block:
    """What was seen, what to do and what comes next: one rich text, its paragraphs parted by an empty line."""
    parts: list[Block] = []
    seen: list[Block] = []
    for index, text in enumerate(content.seen):
        seen += [words(" ")] if index else []
        seen += told(text, DETAIL_MOST)
        if index == 0 and content.valid_until is not None:
            seen += [words(" "), moment(content.valid_until), words(".")]
    if seen:
        parts.append(line(*seen))
    parts += _steps(content, gap="\n" if seen else "")
    parts += [
        _labelled(texts.NEXT, text, NEXT_MOST, gap="" if index else "\n") for index, text in enumerate(content.next)
    ]
    return rich(*parts)


def _steps(content: Content, gap: str) -> list[Block]:
    if len(content.steps) == 1:
        parts = [_labelled(content.label, content.steps[0].text, STEP_MOST, gap=gap), *_commands(content.steps[0])]
    else:
        parts = [line(words(f"{gap}{content.label}:", bold=True))]
        run: list[Block] = []
        offset = 0
        for number, step in enumerate(content.steps, start=1):
            run.append(line(*told(step.text, STEP_MOST)))
            if step.commands or number == len(content.steps):
                parts += [ordered(run, offset), *_commands(step)]
                run, offset = [], number
    return [*parts, pages(content.links, gap="")] if content.links else parts


def _commands(step: Step) -> list[Block]:
    return [preformatted(cut(command, STEP_MOST)) for command in step.commands if command]


def _labelled(label: str, text: str, limit: int, *, gap: str = "") -> Block:
    mark = "" if label.endswith("?") else ":"
    return line(words(f"{gap}{label}{mark} ", bold=True), *told(text, limit))


def _checks(lines: tuple[CheckResult, ...]) -> list[Block]:
    pieces: list[Block] = []
    for index, check in enumerate(lines):
        word, emoji = texts.OUTCOMES[check.outcome]
        summary = told(check.summary, SUMMARY_MOST)
        label = f"{word} {emoji} {inert(check.title)}{': ' if summary else ''}"
        pieces.append(words(f"\n{label}" if index else label, bold=check.outcome is Outcome.FAILED))
        pieces += summary
    return [line(*pieces)]


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


def _small_print(report: Report, reference: str, surface: str, *, live_follows: bool) -> list[str]:
    lines = []
    if live_follows:
        lines.append(texts.LIVE_FOLLOWS)
    if report.repairs:
        lines.append(plain(repairs(report), 600))
    seen_by = [] if surface == "dm" else [texts.ONLY_YOU]
    lines.append(" ".join([*seen_by, texts.NOT_STORED, texts.REFERENCE.format(reference=code(reference, 40))]))
    return lines


def _buttons(surface: str) -> Block:
    another = button(texts.CHECK_ANOTHER, CHECK_ANOTHER)
    if surface == "modal":
        return actions(another)
    return actions(another, button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN))
