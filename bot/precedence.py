"""Which cause comes first: hiding, certainty, order and cure, as the public interface defines them."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.causes import cause, rank
from bot.report import Certainty, Finding

_ORDER = {Certainty.CERTAIN: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2}
MAX_NEXT = 2


class Ranked(NamedTuple):
    """The findings that count, the root cause first, and the hidden causes, each with the one that hides it."""

    shown: tuple[Finding, ...]
    hidden: dict[str, str]

    @property
    def root(self) -> Finding | None:
        """The root cause; None where nothing was found."""
        return self.shown[0] if self.shown else None

    @property
    def next(self) -> tuple[Finding, ...]:
        """What will be met after the root cause is fixed: the first two others that are certain or likely."""
        others = [finding for finding in self.shown[1:] if finding.certainty is not Certainty.POSSIBLE]
        return tuple(others[:MAX_NEXT])


def rank_findings(findings: Iterable[Finding]) -> Ranked:
    """Put findings in order and drop consequences. Of several findings of one cause the surest counts."""
    found: dict[str, Finding] = {}
    for finding in findings:
        known = found.get(finding.cause)
        if known is None or _ORDER[finding.certainty] < _ORDER[known.certainty]:
            found[finding.cause] = finding
    if len(found) <= 1:
        return Ranked(tuple(found.values()), {})
    hidden = _hidden(found)
    kept = [finding for finding in found.values() if finding.cause not in hidden]
    kept.sort(key=lambda finding: (_ORDER[finding.certainty], rank(finding.cause)))
    return Ranked(tuple(_containing_first(kept)), hidden)


def _hidden(found: dict[str, Finding]) -> dict[str, str]:
    """The found causes that another found one hides, with what they hide in turn.

    A possible cause hides possible ones alone.
    """
    hidden: dict[str, str] = {}
    for finding in sorted(found.values(), key=lambda item: (_ORDER[item.certainty], rank(item.cause))):
        if finding.cause in hidden:
            continue
        waiting = [finding]
        while waiting:
            hider = waiting.pop()
            for name in cause(hider.cause).hides.split():
                target = found.get(name)
                if target is None or name in hidden or name == finding.cause:
                    continue
                if hider.certainty is Certainty.POSSIBLE and target.certainty is not Certainty.POSSIBLE:
                    continue
                hidden[name] = finding.cause
                waiting.append(target)
    return hidden


def _containing_first(ordered: list[Finding]) -> list[Finding]:
    """Move causes that a token of another sort cures before the first one that any new token cures.

    They contain that cure.
    """
    first = next((at for at, finding in enumerate(ordered) if cause(finding.cause).cure == "new-token"), None)
    if first is None:
        return ordered
    moved = [
        finding
        for finding in ordered[first:]
        if cause(finding.cause).cure == "new-sort" and finding.certainty is not Certainty.POSSIBLE
    ]
    if not moved:
        return ordered
    rest = [finding for finding in ordered[first:] if finding not in moved]
    return [*ordered[:first], *moved, *rest]
