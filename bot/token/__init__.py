"""The compact form of tokens, read strictly and never verified (RFC 7515 section 7.1, RFC 7516 section 7.1, RFC 7519).

base64url without padding, UTF-8, JSON objects without duplicate names, no NaN or Infinity, bounded depth and size.
Whatever
the text is, the result is a value, never an exception. ``jku``, ``x5u``, ``jwk`` and ``crit`` are kept as data;
nothing follows them.
"""

import binascii
from collections.abc import Mapping
from typing import NamedTuple

from bot.token.strict_json import strict_json

MAX_LENGTH = 65_536
"""Characters of a token that is decoded; a longer one is malformed, since no server accepts such a header."""
RS256_SIGNATURE_LENGTH = 342
"""Characters of an RS256 signature by a 2048-bit key, which is what Auth0 uses."""
RS256_LAST_LETTERS = "AQgw"
"""The last letter of 256 bytes in base64url carries two bits, so it is one of these four."""

_PLAIN_ALPHABET = bytes.maketrans(b"-_+/=", b"+/!!!")
"""From base64url to base64, whose own letters become none of either."""
_PADDING = (b"", b"!", b"==", b"=")
"""What base64 wants behind a text by the rest of its length over four; one letter over is none at all."""

Members = Mapping[str, object]


class UnverifiedJWT(NamedTuple):
    """A signed or unsigned JWT that parsed. Nothing in it is verified. ``payload`` is the text of the claims."""

    value: str
    header: Members
    claims: Members
    signature: str
    payload: str

    def __repr__(self) -> str:
        """Name the kind of value alone."""
        return "UnverifiedJWT(...)"

    @property
    def algorithm(self) -> str:
        """The ``alg`` member as text; empty where it is missing or no text."""
        alg = self.header.get("alg")
        return alg if isinstance(alg, str) else ""


class EncryptedJWT(NamedTuple):
    """A JWE in compact form, whole or cut: only its JOSE header can be read."""

    value: str
    header: Members

    def __repr__(self) -> str:
        """Name the kind of value alone."""
        return "EncryptedJWT(...)"


class OpaqueToken(NamedTuple):
    """A value without the dots of a compact form and without its first letters."""

    value: str

    def __repr__(self) -> str:
        """Name the kind of value alone."""
        return "OpaqueToken(...)"


class MalformedToken(NamedTuple):
    """A value that begins or is divided like a token and does not parse.

    ``reason`` is a word: ``one-part``, ``signature-missing``, ``payload-cut``, ``header-cut``, ``first-letters-cut``,
    ``two-tokens``, ``detached``, ``too-long``, ``too-many-parts``, ``header``, ``payload``, ``lower-case``,
    ``upper-case``,
    ``json-serialization``.
    ``header`` and ``claims`` hold what could be read all the same.
    """

    value: str
    reason: str
    header: Members | None = None
    claims: Members | None = None

    def __repr__(self) -> str:
        """Name the reason alone."""
        return f"MalformedToken({self.reason})"


Token = UnverifiedJWT | EncryptedJWT | OpaqueToken | MalformedToken


def read_token(value: str) -> Token:
    """Read a token's compact form. ``value`` comes without scheme, quotes and blanks."""
    if len(value) > MAX_LENGTH:
        return MalformedToken(value, "too-long")
    parts = value.split(".")
    if len(parts) == 1:
        return _read_single(value)
    header = decode_object(parts[0])
    if header is None:
        return _without_header(value, parts)
    if "enc" in header and len(parts) <= 5:
        return EncryptedJWT(value, header)
    if len(parts) > 3:
        joined = (len(parts) == 5 and "eyJ" in parts[2]) or (len(parts) == 6 and parts[3].startswith("eyJ"))
        return MalformedToken(value, "two-tokens" if joined else "too-many-parts", header, decode_object(parts[1]))
    payload = _decode_text(parts[1])
    claims = _strict_object(payload) if payload is not None else None
    if len(parts) == 2:
        return MalformedToken(
            value, "signature-missing" if claims is not None else _cut_or_broken(parts[1]), header, claims
        )
    if payload is None or claims is None:
        return MalformedToken(value, "detached" if not parts[1] else _cut_or_broken(parts[1]), header)
    token = UnverifiedJWT(value, header, claims, parts[2], payload)
    if not parts[2] and token.algorithm.lower() != "none":
        return MalformedToken(value, "signature-missing", header, claims)
    return token


def _read_single(value: str) -> Token:
    if value.startswith("eyJ"):
        members = decode_object(value)
        if members is not None and "alg" not in members:
            return MalformedToken(value, "one-part", None, members)
        return MalformedToken(value, "one-part", members)
    return OpaqueToken(value)


def _without_header(value: str, parts: list[str]) -> MalformedToken | OpaqueToken:
    for prefix in ("e", "ey", "eyJ", "eyJh"):
        header = decode_object(prefix + parts[0])
        if header is not None and "alg" in header:
            return MalformedToken(value, "first-letters-cut", header, decode_object(parts[1]))
    if parts[0][:5].lower() == "eyjhb" and value in {value.lower(), value.upper()}:
        return MalformedToken(value, "lower-case" if value == value.lower() else "upper-case")
    if len(parts) in {2, 3} and decode_object(parts[1]) is not None:
        return MalformedToken(value, "header", None, decode_object(parts[1]))
    if len(parts) > 3 and len(parts) != 5 and len(value) > 80:
        return MalformedToken(value, "too-many-parts")
    if parts[0].startswith("eyJ") or len(parts) in {3, 5}:
        return MalformedToken(value, "header")
    return OpaqueToken(value)


def _cut_or_broken(part: str) -> str:
    """Tell a payload that stops before its end from one that is broken inside."""
    text = _decode_cut_text(part)
    if text is None or not text.startswith("{") or text.rstrip().endswith("}"):
        return "payload"
    return "payload-cut"


def claims_before_cut(part: str) -> Members:
    """The whole members at the start of a payload that was cut (RFC 7519 section 3), as far as they can be read."""
    text = _decode_cut_text(part)
    if text is None or not text.startswith("{"):
        return {}
    for end in _member_ends(text):
        members = _strict_object(text[:end] + "}")
        if members is not None:
            return members
    return {}


def _member_ends(text: str) -> list[int]:
    """The last commas between members, latest first; a few suffice."""
    ends: list[int] = []
    end = len(text)
    while len(ends) < 8 and (end := text.rfind(",", 0, end)) > 0:
        ends.append(end)
    return ends


def decode_object(part: str) -> Members | None:
    """Decode one part as base64url of a JSON object; None where it is none of the strict kind."""
    text = _decode_text(part)
    return _strict_object(text) if text is not None else None


def decode_bytes(part: str) -> bytes | None:
    """Decode base64url without padding (RFC 7515 appendix C); None for any other text."""
    try:
        plain = part.encode("ascii").translate(_PLAIN_ALPHABET) + _PADDING[len(part) % 4]
        return binascii.a2b_base64(plain, strict_mode=True)
    except ValueError:
        return None


def _decode_text(part: str) -> str | None:
    raw = decode_bytes(part)
    try:
        return raw.decode("utf-8") if raw is not None else None
    except UnicodeDecodeError:
        return None


def _decode_cut_text(part: str) -> str | None:
    """Decode as far as whole groups of four letters go; a letter of several bytes may be cut at the end."""
    raw = decode_bytes(part[: len(part) - len(part) % 4])
    return raw.decode("utf-8", "ignore") if raw is not None else None


def _strict_object(text: str) -> Members | None:
    members = strict_json(text)
    return members if isinstance(members, dict) else None


def signature_is_cut(token: UnverifiedJWT) -> bool:
    """Whether the signature's text cannot be whole.

    RS256 by Auth0's keys, by its length and last letter; others by length.
    """
    signature = token.signature
    if len(signature) % 4 == 1:
        return True
    if token.algorithm == "RS256" and len(signature) <= RS256_SIGNATURE_LENGTH:
        return len(signature) != RS256_SIGNATURE_LENGTH or signature[-1] not in RS256_LAST_LETTERS
    expected = _SIGNATURE_LENGTHS.get(token.algorithm)
    return expected is not None and len(signature) < expected


_SIGNATURE_LENGTHS = {
    "HS256": 43,
    "HS384": 64,
    "HS512": 86,
    "ES256": 86,
    "ES384": 128,
    "ES512": 176,
    "RS384": 342,
    "RS512": 342,
    "PS256": 342,
    "PS384": 342,
    "PS512": 342,
}
"""Characters of a whole signature by algorithm (RFC 7518 section 3.1), for RSA with 2048-bit keys."""
