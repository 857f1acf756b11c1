"""What may be done to a minted text before it stands in a paste: cutting, breaking, encoding, decorating. No operation checks tokens."""

import base64
import json
import re
from collections.abc import Callable, Mapping

_CODE_POINTS = re.compile(r"U\+([0-9A-F]{4,6})(?:,(?=U\+)|)")


def alter(text: str, operation: str, value: str) -> str:
    """Do one operation of the language. Raises ValueError where there is none of that name."""
    if operation not in ALTERATIONS:
        raise ValueError(f"no such operation: {operation}")
    return ALTERATIONS[operation](text, value)


def characters(text: str) -> str:
    """The text with every U+XXXX turned into its character."""
    return _CODE_POINTS.sub(lambda match: chr(int(match[1], 16)), text)


def _cut(text: str, value: str) -> str:
    return text[int(value[:-1]) :] if value.endswith(":") else text[: int(value)]


def _broken(text: str, value: str) -> str:
    width, _, mark = value.partition(":")
    size = int(width)
    return (characters(mark) or "\n").join(text[at : at + size] for at in range(0, len(text), size))


def _inserted(text: str, value: str) -> str:
    place, _, what = value.partition(":")
    at = int(place)
    return text[:at] + characters(what) + text[at:]


def _replaced(text: str, value: str) -> str:
    what, _, by = value.partition(":")
    if what not in text:
        raise ValueError(f"nothing to replace: {what}")
    return text.replace(what, characters(by))


def _padded(text: str, value: str) -> str:
    if value == "end":
        return text + "=="
    return ".".join(part + "=" * (-len(part) % 4) for part in text.split("."))


def encoded(value: Mapping[str, object], *, spaced: bool = False) -> str:
    """A JSON object as a part of the compact form; ``spaced`` writes it with blanks."""
    text = json.dumps(value) if spaced else json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def segment(token: str, index: int) -> object:
    """The decoded JSON of one part of a compact token."""
    part = token.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


ALTERATIONS: dict[str, Callable[[str, str], str]] = {
    "part": lambda text, value: text.split(".")[int(value) - 1],
    "cut": _cut,
    "keep": lambda text, value: text[: int(value)],
    "break": _broken,
    "insert": _inserted,
    "replace": _replaced,
    "upper": lambda text, _: text.upper(),
    "lower": lambda text, _: text.lower(),
    "twice": lambda text, _: text + text,
    "double": lambda text, _: base64.b64encode(text.encode()).decode().rstrip("="),
    "percent": lambda text, _: text.replace(".", "%2E"),
    "pad": _padded,
    "plain": lambda text, _: text.replace("-", "+").replace("_", "/"),
    "escape": lambda text, _: text.replace("_", "\\_").replace("-", "\\-"),
    "nosig": lambda text, value: text.rpartition(".")[0] + ("." if value == "dot" else ""),
    "ellipsis": lambda text, value: text[:12] + (value or "…") + text[-6:],
    "stars": lambda text, _: text[:10] + "*" * 12 + text[-4:],
    "prefix": lambda text, value: characters(value) + text,
    "suffix": lambda text, value: text + characters(value),
}
