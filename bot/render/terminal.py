"""Draws a report for people at a terminal: the same words and order as in Slack, in plain text or with colours."""

from collections.abc import Iterable

from bot.render import texts
from bot.render.content import Content, Step, checklist, kind, notices, repairs, tell
from bot.render.markup import clean, instant, spans
from bot.report import CheckResult, Link, Outcome, Report, TokenFacts

_BOLD, _DIM, _RED, _GREEN, _YELLOW, _CYAN = "1", "2", "31", "32", "33", "36"
_COLOURS = {
    Outcome.PASSED: _GREEN,
    Outcome.FAILED: _RED,
    Outcome.WARNING: _YELLOW,
    Outcome.SKIPPED: _DIM,
    Outcome.INCONCLUSIVE: _YELLOW,
}
WIDTH_LEAST = 40
TEXT_MOST = 600
"""Characters of one text that are shown: what a report says is far shorter."""


def terminal(report: Report, *, color: bool, width: int = 80) -> str:
    """The answer as text that ends with a line break. ``width`` is in columns; commands and links are never broken."""
    paint = Paint(width=width, color=color)
    content = tell(report)
    parts = [paint.bold(content.title), *_upper(content, paint)]
    lines = checklist(report)
    if lines:
        parts += ["", paint.bold(texts.CHECKS), *_checks(lines, paint)]
    for label, text in notices(report):
        parts += ["", *paint.wrapped(f"{label}: {text}")]
    if report.token:
        parts += ["", *_facts(report.token, report.judged_at, paint)]
    if report.repairs:
        parts += ["", *paint.wrapped(repairs(report))]
    return "\n".join(part.rstrip() for part in parts) + "\n"


class Paint:
    """Writes lines of a terminal: knows how wide it is, and whether it has colours."""

    def __init__(self, *, width: int, color: bool) -> None:
        self._width = max(width, WIDTH_LEAST)
        self._color = color

    def bold(self, text: str) -> str:
        """A heading."""
        return self.style(clean(text), _BOLD)

    def style(self, text: str, code: str) -> str:
        """The text in a colour or weight, by its ANSI number."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._color and text else text

    def wrapped(self, text: str, first: str = "") -> list[str]:
        """The lines of a text of a report, ``first`` before the first of them and as much room before the others.

        Code spans stay whole, and stand between backticks where there is no colour to tell them.
        """
        lines: list[str] = []
        row, used, empty = first, len(first), True
        for shown, size, glued in self._words(text[:TEXT_MOST]):
            if not empty and not glued:
                if used + 1 + size > self._width:
                    lines.append(row)
                    row, used = " " * len(first), len(first)
                else:
                    row, used = row + " ", used + 1
            row, used, empty = row + shown, used + size, False
        return [*lines, row]

    def steps(self, label: str, steps: Iterable[Step]) -> list[str]:
        """What to do: numbered where there are several steps, commands on lines of their own."""
        known = list(steps)
        lines = [self.bold(label)]
        for number, step in enumerate(known, start=1):
            start = f"  {number}. " if len(known) > 1 else "  "
            lines += self.wrapped(step.text, start)
            lines += [" " * (len(start) + 2) + self.style(command, _CYAN) for command in step.commands]
        return lines

    def links(self, links: Iterable[Link]) -> list[str]:
        """Pages to read, each on a line that a terminal can open."""
        return [f"  {clean(link.title)}: {clean(link.url)}" for link in links]

    def _words(self, text: str) -> list[tuple[str, int, bool]]:
        """Words as painted, their visible length, and whether they touch the word before."""
        found: list[tuple[str, int, bool]] = []
        touching = False
        for piece, code in spans(text):
            if code:
                shown = self.style(piece, _CYAN) if self._color else f"`{piece}`"
                found.append((shown, len(piece) + (0 if self._color else 2), touching))
                touching = True
                continue
            for index, word in enumerate(piece.split(" ")):
                if word:
                    found.append((word, len(word), touching and index == 0))
                touching = word != ""
        return found


def _upper(content: Content, paint: Paint) -> list[str]:
    seen = list(content.seen)
    if seen and content.valid_until is not None:
        seen[0] += f" {instant(content.valid_until) or texts.NO_REAL_TIME}."
    lines = ["", *paint.wrapped(" ".join(seen))] if seen else []
    lines += ["", *paint.steps(content.label, content.steps), *paint.links(content.links)]
    if content.next:
        lines += ["", paint.bold(texts.NEXT)]
        for text in content.next:
            lines += paint.wrapped(text, "  ")
    return lines


def _checks(lines: tuple[CheckResult, ...], paint: Paint) -> list[str]:
    status = max(len(texts.OUTCOMES[check.outcome][0]) for check in lines)
    title = max(len(check.title) for check in lines)
    drawn: list[str] = []
    for check in lines:
        word = texts.OUTCOMES[check.outcome][0]
        first, *others = paint.wrapped(check.summary, f"  {word:<{status}}  {check.title:<{title}}  ")
        drawn.append("  " + paint.style(word, _COLOURS[check.outcome]) + first[2 + len(word) :])
        drawn += others
    return drawn


def _facts(token: TokenFacts, now: int, paint: Paint) -> list[str]:
    first = [kind(token), *(value for value in (token.redacted, token.fingerprint) if value)]
    second = []
    if token.issued_at is not None:
        second.append(texts.ISSUED.format(moment=instant(token.issued_at) or texts.NO_REAL_TIME))
    if token.expires_at is not None:
        form = texts.EXPIRES if token.expires_at > now else texts.EXPIRED
        moment = instant(token.expires_at) or texts.NO_REAL_TIME
        second.append(form.format(moment=moment))
    third = [texts.ISSUER.format(issuer=f"`{token.issuer}`")] if token.issuer else []
    return [line for part in (first, second, third) if part for line in paint.wrapped(" · ".join(part))]
