"""Damage inside the token's text. How sure it is depends on where the text stood: chat may have made it.

Certain in a code literal or where a client's error names it, likely in a raw dump, trace, export or command, possible in a loose
header or a bare token.
"""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import Source
from bot.report import Certainty, Finding
from bot.token import MAX_LENGTH, MalformedToken, OpaqueToken, UnverifiedJWT, signature_is_cut

_BREAKS = frozenset({10, 13})
_QUOTES = frozenset({0x201C, 0x201D, 0x2018, 0x2019})
_FIELD_LIMITS = frozenset({255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096})
_ODD_KINDS = frozenset(
    {"opaque", "refresh", "authorization-code", "client-secret", "client-id", "client-credentials", "foreign"}
)


def find(case: Case) -> Iterator[Finding]:
    """Findings about damage, several where several stand in the token."""
    yield from _named_by_client(case)
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
            f"In the token {what} in place of letters{', yet its claims can be read' if readable else ''}. It may have been shortened for the chat, or sent like that.",
        )
        return
    if "line-break" in damage or "line-break-end" in damage:
        where = "inside" if "line-break" in damage else "at the end of"
        yield Finding("token-line-break", certainty, f"A line break stands {where} the token.")
    if "blank" in damage:
        yield Finding("token-whitespace", certainty, "A blank stands inside the token.")
    elif "blank-outer" in damage and credential.source is Source.CODE:
        yield Finding("token-whitespace", certainty, "A blank stands before or after the token in the literal.")
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
    yield from _cut(case)


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
    elif isinstance(case.token, MalformedToken) and case.token.reason == "lower-case":
        yield Finding(
            "token-markup",
            Certainty.CERTAIN,
            "The token is written in lower case throughout; its letters are case-sensitive.",
        )
    elif isinstance(case.token, UnverifiedJWT) and lost_underscores(case.token):
        yield Finding(
            "token-markup",
            Certainty.POSSIBLE,
            "A token of this length without a single `_` is rare (0.7 %): italics may have eaten them in pairs.",
        )


def lost_underscores(token: UnverifiedJWT) -> bool:
    """Whether a signature is short, ends rightly, and no underscore is left anywhere: italics eat them, a cut does not."""
    short = token.algorithm == "RS256" and 300 < len(token.signature) < 342
    return short and "_" not in token.value and len(token.value) > 600 and token.signature[-1] in "AQgw"


def _cut(case: Case) -> Iterator[Finding]:
    token, value = case.token, case.credential.token if case.credential else ""
    at_limit = len(value) in _FIELD_LIMITS
    limit = (
        f" Its length is exactly {len(value):,} characters, like a field's limit: widen that field." if at_limit else ""
    )
    if isinstance(token, UnverifiedJWT):
        if token.signature and signature_is_cut(token) and not lost_underscores(token):
            yield Finding(
                "token-truncated",
                Certainty.LIKELY,
                f"Its claims can be read, but the signature has {len(token.signature)} characters and cannot be whole.{limit}",
            )
        return
    if not isinstance(token, MalformedToken) or case.kind in _ODD_KINDS:
        if isinstance(token, OpaqueToken) and case.kind == "unknown":
            yield Finding(
                "token-malformed",
                Certainty.CERTAIN,
                f"The value has {len(value)} characters and is no token that Auth0 issues.",
            )
        return
    reason = token.reason
    if reason in {"two-tokens", "lower-case"}:
        return
    if reason == "signature-missing":
        yield Finding("token-truncated", Certainty.CERTAIN, f"The signature, the third part, is missing.{limit}")
    elif reason == "payload-cut":
        yield Finding("token-truncated", Certainty.CERTAIN, f"The token ends inside its second part.{limit}")
    elif reason == "one-part":
        yield Finding(
            "token-truncated", Certainty.CERTAIN, f"Only one part of the token is there, without a dot.{limit}"
        )
    elif reason == "first-letters-cut":
        yield Finding(
            "token-truncated", Certainty.CERTAIN, "The token's first letters are missing: it should begin with `eyJ`."
        )
    elif reason == "too-long":
        yield Finding(
            "token-malformed",
            Certainty.CERTAIN,
            f"The value has {len(value):,} characters; tokens are read up to {MAX_LENGTH:,}.",
        )
    elif reason == "detached":
        yield Finding(
            "token-malformed",
            Certainty.CERTAIN,
            "The second part is empty: a detached JWS (RFC 7515 appendix F), which carries no claims.",
        )
    elif reason == "json-serialization":
        yield Finding(
            "token-malformed",
            Certainty.CERTAIN,
            "This is a JWS in its JSON serialization (RFC 7515 section 7.2); a Bearer header carries the compact one: three parts, two dots.",
        )
    elif reason == "too-many-parts":
        yield Finding(
            "token-malformed",
            Certainty.CERTAIN,
            f"The value has {value.count('.') + 1} parts; a signed token has three.",
        )
    elif not ({"encoded-twice", "percent"} & set(case.credential.damage if case.credential else ())):
        yield Finding("token-malformed", Certainty.CERTAIN, _broken(reason))


def _broken(reason: str) -> str:
    if reason == "payload":
        return "The second part does not decode to a JSON object: letters were changed or lost."
    return "The first part does not decode to a JSON object: letters were changed or lost."


def _named_by_client(case: Case) -> Iterator[Finding]:
    """What a client's own error text says of the character it refuses: nothing reached the API."""
    damage = set(case.credential.damage) if case.credential else set()
    for statement in case.statements:
        if statement.says != "header-character":
            continue
        character = statement.character
        if character in _BREAKS or (character is None and {"line-break", "line-break-end"} & damage):
            yield Finding(
                "token-line-break",
                Certainty.CERTAIN,
                "The client refuses the header because of a line break in it: nothing was sent.",
            )
        elif character in _QUOTES:
            yield Finding(
                "credentials-quoted",
                Certainty.CERTAIN,
                "The client refuses the header because of a typographic quote in it: nothing was sent.",
                "Retype the quotes, or send the bare token.",
            )
        elif character == 0x2026:
            yield Finding(
                "token-redacted",
                Certainty.CERTAIN,
                "The client refuses the header because of an ellipsis (…) in it: the shortened text was sent, not the token.",
                "Copy the whole token with the copy button, not the shortened text.",
            )
        elif character in {0x2013, 0x2014, 0x2212}:
            yield Finding(
                "token-markup",
                Certainty.CERTAIN,
                "The client refuses the header because of a long dash in it: text formatting changed the token.",
            )
        elif character in {9, 32}:
            yield Finding(
                "token-whitespace",
                Certainty.CERTAIN,
                "The client refuses the header because of a blank in it: nothing was sent.",
            )
        elif character is not None:
            yield Finding(
                "token-invisible-character",
                Certainty.CERTAIN,
                f"The client refuses the header because of the character U+{character:04X} in it: nothing was sent.",
            )
        elif {"invisible", "no-break-space"} & damage:
            yield Finding(
                "token-invisible-character",
                Certainty.CERTAIN,
                "The client refuses the header because of a character that does not show: nothing was sent.",
            )
        elif "typographic-quotes" in damage:
            yield Finding(
                "credentials-quoted",
                Certainty.CERTAIN,
                "The client refuses the header because of a typographic quote in it: nothing was sent.",
            )
        else:
            yield Finding(
                "token-line-break",
                Certainty.LIKELY,
                "The client refuses the header's value: a line break at the token's end is the usual reason.",
                "Strip the token before use, for example with `.strip()` or `tr -d '\\r\\n'`.",
            )
        return
