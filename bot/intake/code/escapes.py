"""Escapes in string literals: which there are in each language, and what they stand for."""

_HEX = "[0-9A-Fa-f]"
ESCAPES = {
    "python": rf"u{_HEX}{{4}}|U{_HEX}{{8}}|x{_HEX}{{2}}|[0-7]{{1,3}}",
    "javascript": rf"u\{{{_HEX}{{1,6}}\}}|u{_HEX}{{4}}|x{_HEX}{{2}}|0",
    "csharp": rf"u{_HEX}{{4}}|U{_HEX}{{8}}|x{_HEX}{{1,4}}|0",
    "java": rf"u+{_HEX}{{4}}|[0-7]{{1,3}}",
    "go": rf"u{_HEX}{{4}}|U{_HEX}{{8}}|x{_HEX}{{2}}|[0-7]{{3}}",
    "php": rf"u\{{{_HEX}{{1,6}}\}}|x{_HEX}{{1,2}}|[0-7]{{1,3}}",
    "ruby": rf"u\{{{_HEX}{{1,6}}\}}|u{_HEX}{{4}}|x{_HEX}{{1,2}}|[0-7]{{1,3}}",
    "single": r"\\|'",
}
"""What may follow the backslash, by language, beyond one letter; ``single``: quotes that know no escapes."""
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b", "s": " "}
_KNOWN = {
    "python": "ntrbfva",
    "javascript": "ntrbfv",
    "csharp": "ntrbfvae",
    "java": "ntrbfs",
    "go": "ntrbfva",
    "php": "ntrvef",
    "ruby": "ntrbfvaes",
    "single": "",
}
_DROPS_BACKSLASH = frozenset({"javascript", "ruby"})
"""Where an escape that means nothing stands for its letter; elsewhere the backslash stays."""


def unescaped(escape: str, rules: str) -> str:
    """The character that an escape stands for (without its backslash)."""
    letter, digits = escape[0], escape.lstrip("uUx").strip("{}")
    if escape in {"\n", "\r\n"}:
        return ""
    if letter in "uUx" and digits and len(escape) > 1:
        return _character(int(digits, 16))
    if letter in "01234567" and rules != "single":
        return _character(int(escape, 8))
    if escape in _KNOWN[rules]:
        return _LETTERS[escape]
    if escape in {"\\", "'", '"', "`", "$", "#"} and rules != "single":
        return escape
    if rules == "single" and escape in {"\\", "'"}:
        return escape
    return escape if rules in _DROPS_BACKSLASH else "\\" + escape


def _character(code: int) -> str:
    """A character by its code point; a half of a pair, or none at all, becomes the replacement character."""
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"
