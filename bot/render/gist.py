"""What of a report may lie in Slack: ids, certainties, outcomes, times, a kind. No token, no claim, no text of a paste.

A click in an ephemeral message does not carry the message, so what a button needs stands in its value, as a gist.
"""

import json
from collections.abc import Mapping
from itertools import repeat
from typing import Any, NamedTuple

from bot.causes import known_ids
from bot.render import texts
from bot.render.content import works
from bot.render.markup import YEAR_10000
from bot.report import Certainty, CheckResult, Finding, LiveProbe, Outcome, Report, TokenFacts, Verdict

VALUE_MOST = 2000
"""Characters that Slack keeps in a button's value."""

_encoded = json.JSONEncoder(separators=(",", ":")).encode

_VERSION = 1
_ABSENT = "."
_BOOLEANS = {True: "true", False: "false"}
_OUTCOMES = {outcome.value[0]: outcome for outcome in Outcome}
_LETTERS = {outcome: letter for letter, outcome in _OUTCOMES.items()}


class Gist(NamedTuple):
    """A gist that was read: the report as far as it tells of it, its reference, and where it belongs (``more``)."""

    report: Report
    reference: str
    more: Mapping[str, str]


def gist(report: Report, reference: str, more: Mapping[str, str] | None = None, *, fingerprint: bool = False) -> str:
    """The gist of a report, for a button's value.

    ``more`` are ids of Slack that the button needs. The token's ``fingerprint`` is for its owner's buttons alone.
    """
    return completed(basis(report, reference), report, more, fingerprint=fingerprint)


def completed(written: str, report: Report, more: Mapping[str, str] | None = None, *, fingerprint: bool = False) -> str:
    """The gist with this basis; several buttons of one answer share it."""
    token = report.token
    if fingerprint and token and token.fingerprint and _is_fingerprint(token.fingerprint):
        written = f'{written[:-1]},"print":"{token.fingerprint}"}}'
    if more:
        written = f'{written[:-1]},"more":{_encoded({name: value[:60] for name, value in more.items()})}}}'
    return written


def basis(report: Report, reference: str) -> str:
    """What the gists of all buttons of an answer have in common."""
    found = [finding for finding in (report.root_cause, *report.next) if finding is not None]
    causes = ",".join([f'["{finding.cause}","{finding.certainty}"]' for finding in found[:3]])
    # Words and numbers of ours alone, which nothing has to be escaped in; an encoder takes five times as long.
    written = (
        f'{{"v":{_VERSION},"ref":"{_id(reference)}","verdict":"{report.verdict}","at":{report.judged_at},'
        f'"root":{_BOOLEANS[report.root_cause is not None]},"causes":[{causes}],"checks":"{_letters(report)}",'
        f'"live":{_BOOLEANS[report.live is not None]}'
    )
    if works(report):
        written += ',"works":true'
    if (token := report.token) is not None:
        kind = token.kind if token.kind in texts.KINDS else "unknown"
        written += f',"token":["{kind}",{_real(token.issued_at)},{_real(token.expires_at)}]'
    return written + "}"


def read_gist(value: str) -> Gist | None:
    """Read a gist; None for anything else, such as what an older version wrote."""
    try:
        written = json.loads(value)
        return _read(written) if written["v"] == _VERSION else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def redacted(report: Report) -> Report:
    """The report without anything that a gist does not hold."""
    read = read_gist(gist(report, "", fingerprint=True))
    return report._replace(root_cause=None, next=(), checks=(), token=None) if read is None else read.report


def _read(written: dict[str, Any]) -> Gist | None:
    known = known_ids()
    found = [Finding(cause, Certainty(certainty), "") for cause, certainty in written["causes"] if cause in known]
    if len(found) != len(written["causes"]) or (written["root"] and not found):
        return None
    root, following = (found[0], found[1:]) if written["root"] else (None, found)
    lines = [
        CheckResult(check, texts.CHECK_TITLES[check], _OUTCOMES[letter], "")
        for check, letter in zip(texts.CHECK_TITLES, written["checks"], strict=True)
        if letter != _ABSENT
    ]
    token = None
    if "token" in written:
        kind, issued_at, expires_at = written["token"]
        token = _token(kind, issued_at, expires_at, written.get("print"))
    report = Report(
        Verdict(written["verdict"]),
        root,
        tuple(following),
        tuple(lines),
        token,
        None,
        None,
        (),
        (),
        _live(written),
        int(written["at"]),
    )
    return Gist(report, str(written["ref"]), {str(name): str(of) for name, of in written.get("more", {}).items()})


def _live(written: dict[str, Any]) -> tuple[LiveProbe, ...] | None:
    """Of the probes it is known whether the API accepted the token, and no more."""
    if not written["live"]:
        return None
    return (LiveProbe("who-am-i", Outcome.PASSED, ""),) if written.get("works") is True else ()


def _token(kind: str, issued_at: object, expires_at: object, fingerprint: object) -> TokenFacts:
    return TokenFacts(
        kind=kind if kind in texts.KINDS else "unknown",
        redacted=None,
        fingerprint=fingerprint if isinstance(fingerprint, str) and _is_fingerprint(fingerprint) else None,
        subject="unknown",
        issuer=None,
        audience=(),
        issued_at=_moment(issued_at),
        expires_at=_moment(expires_at),
        tenant_id=None,
        customer_id=None,
        contact_id=None,
    )


def _id(reference: str) -> str:
    if reference.isascii() and reference[:40].replace("-", "").isalnum():
        return reference[:40]
    return "".join(letter for letter in reference[:40] if letter.isascii() and (letter.isalnum() or letter == "-"))


def _letters(report: Report) -> str:
    """The outcomes of the known lines in their order, a letter each."""
    found = {check.id: _LETTERS[check.outcome] for check in report.checks}
    return "".join(map(found.get, texts.CHECK_TITLES, repeat(_ABSENT)))


def _is_fingerprint(text: str) -> bool:
    return len(text) == 19 and text.startswith("sha256:") and text[7:].isalnum() and text.isascii()


def _real(moment: int | None) -> str:
    """A moment that is one, as JSON: others are long numbers that somebody chose, and need not travel."""
    return str(moment) if moment is not None and 0 <= moment < YEAR_10000 else "null"


def _moment(value: object) -> int | None:
    return value if isinstance(value, int) else None
