"""Texts that code builds and sends: forms, JSON, percent-encoding, Basic credentials. Unknown parts pass through."""

import base64
import json
import re
from collections.abc import Iterable
from functools import cache

from bot.intake.piece import UNKNOWN_CLOSE, UNKNOWN_OPEN, is_unknown, unknown


@cache
def _reserved() -> re.Pattern[str]:
    return re.compile(rf"[^A-Za-z0-9_.~\-{UNKNOWN_OPEN}{UNKNOWN_CLOSE}]")


def percent(text: str) -> str:
    """Percent-encode all but unreserved characters (RFC 3986 section 2.3) and the marks of unknown parts."""
    return _reserved().sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text)


def form(pairs: Iterable[tuple[str, str]]) -> str:
    """Name and value pairs as form text."""
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in pairs)


def json_text(value: object) -> str:
    """A value as JSON text."""
    return json.dumps(value, ensure_ascii=False)


def base64_text(text: str) -> str:
    """Standard base64 of a text; unknown where a part of it is."""
    return unknown("base64") if is_unknown(text) else base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


def basic(user: str, password: str) -> str:
    """The Authorization value of Basic credentials (RFC 7617)."""
    return f"Basic {base64_text(f'{user}:{password}')}"


def with_query(url: str, query: str) -> str:
    """A URL with more query text."""
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def joined_url(base: str, path: str) -> str:
    """A path below a base URL, with one slash between, as clients join them. A whole URL stays as it is."""
    if "://" in path or not base:
        return path
    if not path:
        return base
    if path.startswith("?"):
        return base + path
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def resolved_url(base: str, path: str) -> str:
    """A reference resolved against a base (RFC 3986 section 5.2, dot segments left): a leading / starts at the host."""
    if "://" in path or "://" not in base:
        return path if "://" in path else joined_url(base, path)
    scheme, _, rest = base.partition("://")
    authority, slash, base_path = rest.partition("/")
    if path.startswith("/"):
        return f"{scheme}://{authority}{path}"
    return f"{scheme}://{authority}{slash or '/'}{base_path.rpartition('/')[0]}{'/' if '/' in base_path else ''}{path}"
