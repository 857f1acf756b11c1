"""Draws a report for people at a terminal: the same words and order as in Slack, in plain text or with colours."""

from bot.render import texts
from bot.render.content import Content, checklist, tell
from bot.render.markup import clean, instant, remaining, spans
from bot.report import CheckResult, Outcome, Report, TokenFacts

_BOLD, _DIM, _RED, _GREEN, _YELLOW, _CYAN, _OFF = "1", "2", "31", "32", "33", "36", "0"
_COLOURS = {
    Outcome.PASSED: _GREEN,
    Outcome.FAILED: _RED,
    Outcome.WARNING: _YELLOW,
    Outcome.SKIPPED: _DIM,
    Outcome.INCONCLUSIVE: _YELLOW,
}


def terminal(report: Report, *, color: bool, width: int = 80) -> str:
    """The answer as text that ends with a line break. ``width`` is in columns; commands and links are never broken."""
    paint = _Paint(color, max(width, 40))
    content = tell(report)
    parts = [paint.style(clean(content.title), _BOLD), *_upper(content, paint)]
    lines = checklist(report)
    if lines:
        parts += ["", paint.style(texts.CHECKS, _BOLD), *_checks(lines, paint)]
    for notice in report.notices:
        label = texts.SECURITY if notice.id == "secret-exposed" else texts.NOTE
        parts += ["", *paint.wrapped(f"{label}: {notice.text}")]
    if report.token:
        parts += ["", *_facts(report.token, report.judged_at, paint)]
    if report.repairs:
        known = ", ".join(texts.REPAIRS.get(repair, repair) for repair in report.repairs)
        parts += ["", *paint.wrapped(texts.REPAIRED.format(repairs=known))]
    return "\n".join(part.rstrip() for part in parts) + "\n"


class _Paint:
    """Knows whether there are colours and how wide the terminal is."""

    def __init__(self, color: bool, width: int) -> None:  # noqa: FBT001 - a private class with one caller
        self._color = color
        self._width = width

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[{_OFF}m" if self._color and text else text

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        """Lines of a text of a report: code spans stay whole, and stand between backticks where there is no colour."""
        hanging = " " * len(first) if rest is None else rest
        lines: list[str] = []
        row, used = first, len(first)
        empty = True
        for word, shown, glued in self._words(text):
            blank = 0 if empty or glued else 1
            if not empty and not glued and used + blank + len(word) > self._width:
                lines.append(row)
                row, used, blank = hanging, len(hanging), 0
            row += " " * blank + shown
            used += blank + len(word)
            empty = False
        return [*lines, row]

    def _words(self, text: str) -> list[tuple[str, str, bool]]:
        """Words with their visible form, their painted form, and whether they touch the word before."""
        found: list[tuple[str, str, bool]] = []
        touching = False
        for span in spans(text):
            if span.code:
                visible = span.text if self._color else f"`{span.text}`"
                found.append((visible, self.style(span.text, _CYAN) if self._color else visible, touching))
                touching = True
                continue
            for index, word in enumerate(span.text.split(" ")):
                if word:
                    found.append((word, word, touching and index == 0))
                touching = word != ""
        return found


def _upper(content: Content, paint: _Paint) -> list[str]:
    seen = list(content.seen)
    if seen and content.valid_until is not None:
        seen[0] += f" {texts.VALID_UNTIL} {instant(content.valid_until) or 'no real time'}."
    lines = ["", *paint.wrapped(" ".join(seen))] if seen else []
    lines += ["", paint.style(content.label, _BOLD)]
    for number, step in enumerate(content.steps, start=1):
        lines += paint.wrapped(step.text, f"  {number}. " if len(content.steps) > 1 else "  ")
        lines += [f"       {paint.style(clean(command), _CYAN)}" for command in step.commands]
    lines += [f"  {clean(link.title)}: {link.url}" for link in content.links]
    if content.next:
        lines += ["", paint.style(texts.NEXT, _BOLD)]
        for text in content.next:
            lines += paint.wrapped(text, "  ")
    return lines


def _checks(lines: tuple[CheckResult, ...], paint: _Paint) -> list[str]:
    status = max(len(texts.OUTCOMES[check.outcome][0]) for check in lines)
    title = min(max(len(clean(check.title)) for check in lines), 24)
    drawn: list[str] = []
    for check in lines:
        word = texts.OUTCOMES[check.outcome][0]
        start = f"  {word:<{status}}  {clean(check.title):<{title}}  "
        first, *others = paint.wrapped(check.summary, start)
        drawn.append("  " + paint.style(word, _COLOURS[check.outcome]) + first[2 + len(word) :])
        drawn += others
    return drawn


def _facts(token: TokenFacts, now: int, paint: _Paint) -> list[str]:
    kind = texts.KINDS.get(token.kind, token.kind)
    first = [f"{kind} {texts.SUBJECTS.get(token.subject, '')}".strip()]
    first += [value for value in (token.redacted, token.fingerprint) if value]
    second = []
    if token.issued_at is not None:
        second.append(texts.ISSUED.format(moment=instant(token.issued_at) or "at no real time"))
    if token.expires_at is not None:
        form = texts.EXPIRES if token.expires_at > now else texts.EXPIRED
        moment = instant(token.expires_at) or "at no real time"
        second.append(f"{form.format(moment=moment)} ({remaining(token.expires_at, now)})")
    if token.issuer:
        second.append(texts.ISSUER.format(issuer=token.issuer))
    return [paint.style(line, _DIM) for part in (first, second) if part for line in paint.wrapped(" · ".join(part))]
