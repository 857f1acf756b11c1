"""Damage inside the token's text. How sure it is depends on where the text stood: chat may have made it.

Certain in a code literal or where a client's error names it, likely in a raw dump, trace, export or command,
possible in a loose header or a bare token.
"""

from collections.abc import Iterator

from bot.checks.access_token.cut import lost_underscores
from bot.checks.base import Case
from bot.evidence import Source
from bot.intake.damage import SHOWN_RETURN
from bot.report import Certainty, Finding
from bot.token import MalformedToken, UnverifiedJWT


def find(case: Case) -> Iterator[Finding]:
    """Findings about damage, several where several stand in the token."""
    credential = case.credential
    if credential is None or case.token is None:
        return
    damage = set(credential.damage)
    certainty = damage_certainty(case)
    if {"ellipsis", "redacted"} & damage:
        readable = bool(case.claims)
        what = "three dots stand" if "ellipsis" in damage else "a mask stands"
        yield Finding(
            "token-redacted",
            Certainty.POSSIBLE,
            f"In the token {what} in place of letters{', yet its claims can be read' if readable else ''}. It may have"
            " been shortened for the chat, or sent like that.",
        )
        return
    if "line-break" in damage or "line-break-end" in damage:
        where = "inside" if "line-break" in damage else "at the end of"
        # chat writes no escapes: a program printed this one
        is_shown = any(mark in credential.value for mark in ("\\n", "\\r", SHOWN_RETURN))
        is_printed = certainty is Certainty.POSSIBLE and is_shown
        sure = Certainty.LIKELY if is_printed else certainty
        yield Finding("token-line-break", sure, f"A line break stands {where} the token.")
    if "blank" in damage:
        yield Finding("token-whitespace", certainty, "A blank stands inside the token.")
    if "invisible" in damage or "no-break-space" in damage:
        yield Finding(
            "token-invisible-character",
            certainty,
            "A character that does not show (zero-width, no-break or soft hyphen) stands in the token.",
        )
    if "percent" in damage:
        yield Finding(
            "token-percent-encoded",
            Certainty.CERTAIN,
            "The token holds `%` escapes: it was URL-encoded and not decoded again.",
        )
    if {"plain-base64", "padding", "padding-inside"} & damage:
        yield _alphabet(damage, certainty)
    if "encoded-twice" in damage:
        yield Finding(
            "token-encoded-twice",
            Certainty.CERTAIN,
            "Decoded once, the value is a token again: it was base64-encoded a second time.",
        )
    yield from _markup(case, damage, certainty)


def damage_certainty(case: Case) -> Certainty:
    """How sure damage in the judged token is, by where it stood."""
    return {Source.CODE: Certainty.CERTAIN, Source.LOOSE: Certainty.POSSIBLE, Source.PROSE: Certainty.POSSIBLE}.get(
        case.source, Certainty.LIKELY
    )


def _alphabet(damage: set[str], certainty: Certainty) -> Finding:
    if "plain-base64" in damage:
        return Finding(
            "token-wrong-base64",
            min(certainty, Certainty.LIKELY, key=_order) if certainty is not Certainty.CERTAIN else Certainty.LIKELY,
            "The token holds `+` or `/`: plain base64 where base64url belongs.",
        )
    where = "inside" if "padding-inside" in damage else "at the end of"
    return Finding(
        "token-wrong-base64",
        Certainty.LIKELY if "padding-inside" in damage else Certainty.POSSIBLE,
        f"Padding signs (`=`) stand {where} the token; a JWT has none (RFC 7515 section 2).",
    )


def _order(certainty: Certainty) -> int:
    return list(Certainty).index(certainty)


def _markup(case: Case, damage: set[str], certainty: Certainty) -> Iterator[Finding]:
    if "dash" in damage:
        yield Finding(
            "token-markup", certainty, "A long dash stands in the token where `-` belongs: text formatting changed it."
        )
    elif "markdown-escape" in damage:
        yield Finding("token-markup", certainty, "Backslashes stand in the token, as Markdown writes them.")
    elif isinstance(case.token, MalformedToken) and case.token.reason in {"lower-case", "upper-case"}:
        yield Finding(
            "token-markup",
            Certainty.CERTAIN,
            f"The token is written in {case.token.reason.replace('-', ' ')} throughout; its letters are"
            " case-sensitive.",
        )
    elif isinstance(case.token, UnverifiedJWT) and lost_underscores(case.token):
        yield Finding(
            "token-markup",
            Certainty.POSSIBLE,
            "A token of this length without a single `_` is rare (0.7 %): italics may have eaten them in pairs.",
        )
