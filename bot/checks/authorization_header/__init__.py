"""The line "Authorization header": is it there, is it written right, did it arrive."""

from collections.abc import Iterable

from bot.checks.authorization_header import copies, credentials, placeholder, presence, shape, transport
from bot.checks.base import Case, Check, joined
from bot.evidence import Source
from bot.intake.piece import is_unknown
from bot.redact import quote
from bot.report import Finding, Outcome


def state(case: Case) -> tuple[Outcome, str]:
    """What the line says when nothing is found wrong."""
    header = case.authorization
    if header is not None and case.is_plain:
        return Outcome.PASSED, "`Authorization: Bearer …`"
    if header is None:
        if case.request is not None and not case.request.whole:
            return Outcome.SKIPPED, "the request's headers are not shown"
        return Outcome.SKIPPED, "no header or request given"
    if is_unknown(header.credentials):
        return Outcome.PASSED, "`Authorization: Bearer` with a variable; its value is not shown"
    if not header.name and header.source is Source.LOOSE:
        return Outcome.PASSED, "`Bearer` and the token; the header's name is not shown"
    return Outcome.PASSED, f"`{quote(header.name.strip(), 30)}: {quote(header.scheme, 20)} …`"


_find = joined(presence.find, placeholder.find, copies.find, credentials.find, shape.find, transport.find)


def find(case: Case) -> Iterable[Finding]:
    """Findings about the header; where it is as it should be, or there is a bare token alone, none of them fits."""
    return () if case.is_plain else _find(case)


CHECK = Check("authorization-header", "Authorization header", find, state)
"""The first line of the checklist (RFC 6750 section 2.1; the guide's step on the Authorization header)."""
