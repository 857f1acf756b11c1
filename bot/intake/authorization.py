"""Reading an Authorization field's value into scheme, separator and credentials, however it is written."""

import re
from functools import cache

from bot.evidence import AuthorizationHeader, Header, Source
from bot.intake.damage import INVISIBLE
from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN

SCHEMES = frozenset(
    [
        "basic",
        "bearer",
        "digest",
        "dpop",
        "token",
        "jwt",
        "oauth",
        "oauth2",
        "apikey",
        "api-key",
        "key",
        "hawk",
        "mac",
        "negotiate",
        "ntlm",
        "aws4-hmac-sha256",
        "sso-key",
        "gnap",
        "privatetoken",
        "access_token",
        "accesstoken",
        "authtoken",
        "auth",
    ]
)
"""Scheme words that are met in this place, registered (RFC 9110 section 16.4.1) or not."""


_SOURCES = {
    "name": r"(?i)[\"']?(?:proxy-)?authori[sz]ation[\"']?[{blanks}]*[:=][{blanks}]*",
    "bearer": r"(?i)(?P<scheme>bearer)(?P<separator>\s*[:=,;_\-+.|/]*\s*)",
    "scheme": r"(?P<scheme>[A-Za-z][A-Za-z0-9_-]{1,20})(?P<separator>[:=]?[{blanks}]+|:(?=[{blanks}]*eyJ))",
    "second": r"(?i),\s*(?P<scheme>Bearer|Basic|Digest|Token|DPoP)\s+\S",
    "quoted": r"(?i)(?:authorization|bearer|basic|token|jwt)\b",
}


@cache
def _pattern(name: str, *, ascii_only: bool = True) -> re.Pattern[str]:
    # Plain text has patterns of its own: sets with characters beyond Latin-1 take long to compile.
    blanks = r"\s" if ascii_only else rf"\s{INVISIBLE}"
    return re.compile(_SOURCES[name].replace("{blanks}", blanks))


def read_authorization(header: Header, source: Source) -> AuthorizationHeader:
    """Take a field's value apart. Quotes around the whole value stay with the credentials, as damage."""
    value = header.value.strip(" \t")
    if value.startswith("Bearer eyJ") and "," not in value:  # what follows can be no scheme and no name
        return AuthorizationHeader(header.name, header.value, "Bearer", " ", value[7:], source)
    rest, repeated = value, 0
    quote = rest[:1] if rest[:1] in {'"', "'"} and len(rest) > 1 else ""
    if quote and _pattern("quoted").match(rest, 1):
        rest = rest[1:]
    else:
        quote = ""
    while "uthori" in rest[:24].lower() and (match := _pattern("name", ascii_only=rest.isascii()).match(rest)):
        rest, repeated = rest[match.end() :], repeated + 1
    scheme, separator, rest = _scheme(rest)
    while (
        scheme.lower() == "bearer" and (again := _pattern("bearer").match(rest)) is not None and _is_again(rest, again)
    ):
        rest, repeated = rest[again.end() :], repeated + 1
    while scheme and (inner := _past_name(rest)) is not rest:
        rest, repeated = inner, repeated + 1
    other = _pattern("second").search(rest) if "," in rest and len(rest) < 20_000 else None
    return AuthorizationHeader(
        header.name,
        header.value,
        scheme,
        separator,
        f"{quote}{rest}" if quote else rest,
        source,
        repeated,
        other["scheme"] if other else "",
    )


def _past_name(rest: str) -> str:
    """What stands behind the field's name and a scheme, where a value goes on with them: ``Authorization: Bearer``."""
    match = _pattern("name", ascii_only=rest.isascii()).match(rest) if "uthori" in rest[:24].lower() else None
    return _scheme(rest[match.end() :])[2] if match else rest


def _is_again(rest: str, again: re.Match[str]) -> bool:
    return bool(again["separator"]) or rest[again.end() : again.end() + 3] == "eyJ" or again.end() == len(rest)


def _scheme(rest: str) -> tuple[str, str, str]:
    bearer = _pattern("bearer").match(rest)
    if bearer and bearer["separator"].endswith("=") and rest[bearer.end() :].startswith("{{"):
        return bearer["scheme"], bearer["separator"][:-1], rest[bearer.end() - 1 :]
    if bearer and (
        bearer["separator"] or len(rest) == len(bearer["scheme"]) or _begins_credential(rest[bearer.end() :])
    ):
        return bearer["scheme"], bearer["separator"], rest[bearer.end() :]
    other = _pattern("scheme", ascii_only=rest.isascii()).match(rest)
    if other and (
        other["scheme"].lower() in SCHEMES
        or is_like_bearer(other["scheme"])
        or "eyJ" in rest[other.end() : other.end() + 4]
    ):
        return other["scheme"], other["separator"], rest[other.end() :]
    if rest.strip().lower() in SCHEMES - {"key", "auth"}:
        return rest.strip(), "", ""
    return "", "", rest


def _begins_credential(rest: str) -> bool:
    return rest.startswith(("eyJ", "{", "<", "$", "[", "%")) or (
        # a variable right behind the scheme; of two in a row the first can be the blank
        rest.startswith(UNKNOWN_OPEN) and rest.find(UNKNOWN_CLOSE) == len(rest) - 1
    )


def is_like_bearer(word: str) -> bool:
    """Whether a word is ``Bearer`` with a slip of the keyboard: at most two edits, or the letters in another order."""
    lowered = word.lower()
    return lowered != "bearer" and (sorted(lowered) == sorted("bearer") or edits(lowered, "bearer", 2) <= 2)


def edits(left: str, right: str, limit: int) -> int:
    """The edit distance of two words (insertions, deletions, exchanges, swaps), or ``limit + 1`` where it is more."""
    if abs(len(left) - len(right)) > limit or len(left) > 80:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        line = [i]
        for j, b in enumerate(right, 1):
            cost = min(row[j] + 1, line[j - 1] + 1, row[j - 1] + (a != b))
            if before and i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        before, row = row, line
    return min(row[-1], limit + 1)
