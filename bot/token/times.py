"""Times in claims: numbers of seconds since the epoch (RFC 7519 section 2, NumericDate)."""

from collections.abc import Mapping

MAX_SECONDS = 99_999_999_999
"""The latest moment that is taken for seconds since the epoch; a later one is written in milliseconds."""


def seconds_of(claims: Mapping[str, object], name: str) -> float | None:
    """A time claim in seconds since the epoch; None where it is missing, no number, or not in seconds."""
    value = claims.get(name)
    if type(value) is int or type(value) is float:  # no bool, though that is an int
        return value if 0 <= value <= MAX_SECONDS else None
    return None


def odd_time(claims: Mapping[str, object]) -> str | None:
    """The name of a time claim that Auth0 would not have written so: missing ``exp``, text, or milliseconds."""
    if "exp" not in claims:
        return "exp"
    for name in ("exp", "iat", "nbf"):
        value = claims.get(name, 0)
        if not (type(value) is int or type(value) is float) or value > MAX_SECONDS:  # no bool, though that is an int
            return name
    return None
