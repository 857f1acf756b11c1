"""Whether a placeholder, or an unresolved variable, stands where the token should be."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import AuthorizationHeader, Source
from bot.intake.piece import is_unknown
from bot.placeholders import placeholder
from bot.redact import quote, shorten
from bot.report import Certainty, Finding


def find(case: Case) -> Iterator[Finding]:
    """A placeholder in the judged field, or as the only value of a paste without one."""
    for header in case.authorizations[:1]:
        text = header.credentials.strip()
        kind = placeholder(text)
        if (
            kind is None
            or is_unknown(text)
            or header.scheme.lower() == "basic"
            or _stands_for_a_shown_token(case, header, kind)
        ):
            continue
        if kind == "mask":
            yield Finding(
                "token-redacted",
                Certainty.POSSIBLE,
                "A mask stands in place of the whole token, so nothing of it can be checked.",
            )
            return
        certainty = _placeholder_certainty(case, header, kind)
        yield Finding(
            "placeholder-credentials",
            certainty,
            f"What stands after `Bearer` is {_described(kind)}: `{_shown(text)}`.",
            _fix_placeholder(case, kind),
        )
        return
    if not case.authorizations and case.credential is None:
        for credential in case.evidence.credentials:
            kind = placeholder(credential.value)
            if kind and not credential.label.startswith("parameter:"):
                yield Finding(
                    "placeholder-credentials",
                    Certainty.LIKELY,
                    f"What stands for the token is {_described(kind)}: `{_shown(credential.value)}`.",
                    _fix_placeholder(case, kind),
                )
                return


def _stands_for_a_shown_token(case: Case, header: AuthorizationHeader, kind: str) -> bool:
    """Whether a marker or a template was put there for the reader: a real token stands elsewhere in the paste."""
    if (
        kind not in {"marker", "template", "variable"}
        or header.source in {Source.TRACE, Source.CODE}
        or case.credential is None
    ):
        return False
    single_quoted = case.request is not None and "single-quoted" in case.request.flags
    return case.credential.token.startswith("eyJ") and not (kind == "variable" and single_quoted)


def _shown(text: str) -> str:
    return quote(text, 60) if len(text) <= 60 else shorten(text)


def _placeholder_certainty(case: Case, header: AuthorizationHeader, kind: str) -> Certainty:
    """A template may have been pasted for privacy; what was sent, or what no template ever is, is certain."""
    if kind in {"missing-value", "object", "task", "sample"}:
        return Certainty.CERTAIN
    if header.source in {Source.RAW, Source.TRACE, Source.COMMAND, Source.CODE}:
        return Certainty.CERTAIN
    if kind == "low-code" and header.source is Source.EXPORT:
        return Certainty.CERTAIN
    if case.request is not None and "expression-as-text" in case.request.flags:
        return Certainty.CERTAIN
    if "malformed" in case.says or (kind == "marker" and case.is_refused):
        return Certainty.CERTAIN
    return Certainty.LIKELY


def _described(kind: str) -> str:
    return {
        "missing-value": "the word for a missing value",
        "object": "an object turned into text",
        "task": "an unfinished task turned into text",
        "template": "a template that no tool filled in",
        "low-code": "an expression that the tool sent as text",
        "variable": "a variable that was not expanded",
        "expression": "code that was sent as text",
        "sample": "the sample token of a documentation page",
    }.get(kind, "a placeholder")


def _fix_placeholder(case: Case, kind: str) -> str:
    if kind == "missing-value":
        return "Read the token after the login or token call has finished, and stop when it is missing."
    if kind in {"object", "task"}:
        return "Await the call that gets the token, and send its `access_token` text, not the object."
    if kind == "template":
        return (
            "Select the environment that defines the variable, save its current value, and look at the tool's console"
            " for what was sent."
        )
    if kind == "low-code":
        return "Switch the field to expression mode, or use the tool's own Bearer credential."
    if kind == "variable":
        if case.request is not None and "single-quoted" in case.request.flags:
            return (
                'Put the header in double quotes: `-H "Authorization: Bearer $TOKEN"`. A shell expands nothing between'
                " single quotes."
            )
        return "Let the shell expand it: double quotes in sh, `%VAR%` in cmd alone, `$env:VAR` in PowerShell alone."
    if kind == "expression":
        return (
            'Make it a template: backticks in JavaScript, `f"…"` in Python, `$"…"` in C#, double quotes in Ruby and'
            " PHP."
        )
    return "Put the real access token in its place."
