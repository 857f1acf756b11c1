"""Tokens that are not whole: letters lost at an end, parts missing, text that is no compact form at all."""

from collections.abc import Iterator

from bot.checks.base import Case
from bot.evidence import Source
from bot.report import Certainty, Finding
from bot.token import MAX_LENGTH, MalformedToken, OpaqueToken, UnverifiedJWT, signature_is_cut

_FIELD_LIMITS = frozenset({255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096})
"""Lengths, in characters, at which columns and secret stores cut a value."""
_SHORTEST = 20
"""A shorter value in a loose line, unless it is one word, is a piece of code rather than what somebody sends."""
_OTHER_KINDS = frozenset(
    {"opaque", "refresh", "authorization-code", "client-secret", "client-id", "client-credentials", "foreign"}
)
"""Kinds that a check of their own names, whatever their text parses to."""
_CUT = {
    "signature-missing": "The signature, the third part, is missing.",
    "payload-cut": "The token ends inside its second part.",
    "one-part": "Only one part of the token is there, without a dot.",
    "first-letters-cut": "The token's first letters are missing: it should begin with `eyJ`.",
}
_BROKEN = {
    "too-long": f"The value is longer than {MAX_LENGTH:,} characters, the most that is read.",
    "detached": "The second part is empty: a detached JWS (RFC 7515 appendix F), which carries no claims.",
    "json-serialization": (
        "This is a JWS in its JSON serialization (RFC 7515 section 7.2); a Bearer header carries the compact one:"
        " three parts, two dots."
    ),
    "too-many-parts": "The value has more than three parts; a signed token has three.",
    "payload": "The second part does not decode to a JSON object: letters were changed or lost.",
    "header": "The first part does not decode to a JSON object: letters were changed or lost.",
}


def find(case: Case) -> Iterator[Finding]:
    """Findings about a token that lost letters, or never was one."""
    token, credential = case.token, case.credential
    if token is None or credential is None or {"ellipsis", "redacted"} & set(credential.damage):
        return
    if isinstance(token, UnverifiedJWT):
        yield from _signature(token)
    elif isinstance(token, OpaqueToken):
        if case.kind == "unknown" and not _is_of_code(case):
            length = len(credential.token)
            yield Finding(
                "token-malformed",
                Certainty.CERTAIN,
                f"The value has {length} characters and is no token that Auth0 issues.",
            )
    elif isinstance(token, MalformedToken) and case.kind not in _OTHER_KINDS:
        yield from _malformed(token, {"encoded-twice", "percent"} & set(credential.damage))


def _is_of_code(case: Case) -> bool:
    """Whether a loose value holds what only code has, a format's place or an operator: what it sends is not known."""
    credential = case.credential
    if credential is None or case.source not in {Source.LOOSE, Source.PROSE}:
        return False
    return len(credential.token) < _SHORTEST and not credential.token.isalnum()


def _signature(token: UnverifiedJWT) -> Iterator[Finding]:
    if token.signature and signature_is_cut(token) and not lost_underscores(token):
        seen = f"Its claims can be read, but the signature has {len(token.signature)} characters and cannot be whole."
        yield Finding("token-truncated", Certainty.LIKELY, seen + _at_limit(token.value))


def _malformed(token: MalformedToken, other_damage: set[str]) -> Iterator[Finding]:
    if token.reason in _CUT:
        is_readable = token.claims is not None and token.reason != "payload-cut"
        certainty = Certainty.LIKELY if is_readable else Certainty.CERTAIN
        yield Finding("token-truncated", certainty, _CUT[token.reason] + _at_limit(token.value))
    elif token.reason in _BROKEN and not (token.reason in {"header", "payload"} and other_damage):
        yield Finding("token-malformed", Certainty.CERTAIN, _BROKEN[token.reason])


def _at_limit(value: str) -> str:
    if len(value) not in _FIELD_LIMITS:
        return ""
    return f" Its length is exactly {len(value):,} characters, like a field's limit: widen that field."


def lost_underscores(token: UnverifiedJWT) -> bool:
    """Whether a signature is short, ends rightly, and no underscore is left anywhere.

    Italics eat them, a cut does not.
    """
    short = token.algorithm == "RS256" and 300 < len(token.signature) < 342
    return short and "_" not in token.value and len(token.value) > 600 and token.signature[-1] in "AQgw"
