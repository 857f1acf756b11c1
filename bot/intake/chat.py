"""Undoes what chat programs did to a paste.

Link markup, entities, fences, quoting, typographic quotes, rewritten links.

Slack's rules: links are ``<url|text>``, the characters ``&``, ``<`` and ``>`` come as entities. Everything undone is
noted as a
repair. Characters inside a token are left alone here; ``credentials`` repairs them where it can say what they mean.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from bot.intake.damage import EXOTIC_BLANKS, INVISIBLE
from bot.intake.typography import straightened
from bot.url import percent_decoded, read_url

MAX_REWRITES = 2_000


class Undone(NamedTuple):
    """The text without chat's traces, the repairs that were made, and marks.

    ``curly-option`` where a command's option is
    followed by a typographic quote.
    """

    text: str
    repairs: tuple[str, ...]
    marks: frozenset[str]


_DASHES = "\u2013\u2014\u2212\u2010\u2011"


_NAME = r"[A-Z][\w.'-]{0,30}(?: [A-Z][\w.'-]{0,30}){0,3}(?: APP)?"
_CLOCK = r"\[?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?\]?[ \t]*\n"
_SOURCES = {
    "link": r"<((?:https?://|mailto:|tel:)[^<>|\n]{1,8192})(?:\|([^<>\n]{0,8192}))?>",
    "mention": r"<[@#!]([^<>|\n]{1,200})(?:\|([^<>\n]{0,200}))?>",
    "fence": r"(?m)^[ \t>]*```[ \t]*(?:[A-Za-z0-9+#-]{1,16})?[ \t]*$|```",
    "curly": r"(?:-H|--header|-d|--data[a-z-]*)[ =]?[\u201c\u201d\u2018\u2019]",
    "clock": r":\d{2}(?: ?[AaPp][Mm])?\]?[ \t]*\n",
    "speaker": rf"(?m)^[ \t]*(?:New[ \t]*\n[ \t]*(?=\S.{{0,90}}{_CLOCK}))?(?:{_NAME}(?: :[a-z_]{{1,30}}:)?"
    rf"(?:,?[ ]{{1,4}}|[ \t]*\n[ \t]{{1,4}})|[a-z][\w.'-]{{0,30}}[ ]{{2,4}})?{_CLOCK}",
    "margin": rf"(?m)^[ \t{EXOTIC_BLANKS}{INVISIBLE}]*[{EXOTIC_BLANKS}{INVISIBLE}][ \t]*(?!eyJ)",
    "option-dash": rf"(?<![^\s])[{_DASHES}]{{1,2}}(?=[A-Za-z])",
    "safelink": r"(?i)https://(?:[a-z0-9.-]{1,60}\.safelinks\.protection\.outlook\.com"
    r"|urldefense\.(?:com|proofpoint\.com))/[^\s<>\"']{1,8192}"
    r"|https://slack-redir\.net/link\?[^\s<>\"']{1,8192}"
    r"|https://(?:www\.)?google\.com/url\?[^\s<>\"']{1,8192}",
}
_REWRITERS = (".safelinks.", "urldefense.", "slack-redir.", "google.com/url")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def undo(text: str) -> Undone:
    """Undo chat's traces in the order of the specification: entities, links, fences, quoting, quotes, dashes."""
    repairs: list[str] = []
    text = text.removeprefix("\ufeff").removeprefix("/rhythm-auth ")
    text = text.replace("\r\n", "\n") if "\r" in text else text
    for mark, name, step in _STEPS:
        if mark[0] in text and mark in text:  # one letter is looked for many times as fast as several
            text = _note(repairs, name, text, step(text))
    marks: frozenset[str] = frozenset()
    if not text.isascii():
        marks = frozenset({"curly-option"}) if _pattern("curly").search(text) else marks
        text = _note(repairs, "invisible-characters", text, _pattern("margin").sub(_plain_margin, text))
        text = _note(repairs, "smart-quotes", text, straightened(text))
        text = _note(repairs, "dashes", text, _pattern("option-dash").sub(_straight, text))
    if ("?" in text or "/v3/__" in text) and _is_rewritten(text.lower()):
        text = _note(repairs, "safelink", text, _pattern("safelink").sub(_target, text))
    return Undone(text, tuple(dict.fromkeys(repairs)), marks)


def _is_rewritten(lowered: str) -> bool:
    for name in _REWRITERS:  # noqa: SIM110 - a generator takes twice as long, and this is asked for every paste
        if name in lowered:
            return True
    return False


def _without_fences(text: str) -> str:
    return _pattern("fence").sub("", text)


def _without_speakers(text: str) -> str:
    """Drop the lines with name and time, or a time alone, between the messages of a copied thread."""
    return _pattern("speaker").sub("", text) if _pattern("clock").search(text) else text


def _note(repairs: list[str], name: str, before: str, after: str) -> str:
    if before != after:
        repairs.append(name)
    return after


def _without_markup(text: str) -> str:
    text = _pattern("link").sub(_link_text, text)
    return _pattern("mention").sub(lambda match: match[2] or "", text)


def _without_keys(text: str) -> str:
    """Drop the letters of PEM keys and certificates (RFC 7468): they are no tokens."""
    parts: list[str] = []
    position = 0
    while (start := text.find("-----BEGIN ", position)) >= 0:
        end = text.find("-----END ", start)
        parts.append(text[position:start])
        position = len(text) if end < 0 else text.find("\n", end) if text.find("\n", end) >= 0 else len(text)
    return "".join((*parts, text[position:]))


def _link_text(match: re.Match[str]) -> str:
    """The URL of a link, or its text where chat made a link out of a bare domain or an address."""
    target, shown = match[1], match[2]
    if target.startswith(("mailto:", "tel:")):
        return shown or target.partition(":")[2]
    if shown and "://" not in shown and target.rstrip("/") == f"http://{shown}".rstrip("/"):
        return shown
    return target


def _without_entities(text: str) -> str:
    text = text.replace("&lt;", "<").replace("&gt;", ">")
    for entity, letter in (
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ):
        text = text.replace(entity, letter)
    return text


def _without_inline_code(text: str) -> str:
    """Drop the backticks of inline code, but not those of a JavaScript template or a shell's substitution."""
    lines = text.split("\n")
    if text.count("`") > MAX_REWRITES:
        return text
    return "\n".join(_inline_line(line) if "`" in line else line for line in lines)


def _inline_line(line: str) -> str:
    pieces = line.split("`")
    if len(pieces) % 2 == 0 or "${" in line or re.search(r"(?:[=(,:+{\[]|=>|return|raw|html)\s*`", line):
        return line
    if re.search(r"(?i)bearer[ \t]*`[a-z]{1,20} ", line):  # a shell puts a command's output there
        return line
    if line.lstrip(" \t>$#*-").startswith("`") or all(
        _ends_word(pieces[at], pieces[at + 2]) for at in range(0, len(pieces) - 2, 2)
    ):
        return "".join(pieces)
    return line


def _ends_word(left: str, right: str) -> bool:
    """Whether backticks stand at the borders of words, as inline code does."""
    return (not left or not left[-1].isalnum()) and (not right or not right[0].isalnum())


def _without_quoting(text: str) -> str:
    """Drop the ``>`` of quoted lines, level by level, down to a transcript of curl, whose lines begin with > and <."""
    lines = text.split("\n")
    for _ in range(4):
        quoted = [line for line in lines if line.lstrip().startswith(">")]
        if not quoted or (any(map(_is_trace_line, lines)) and all(map(_may_be_sent, quoted))):
            break
        lines = [_unquoted_once(line) for line in lines]
    return "\n".join(lines)


def _unquoted_once(line: str) -> str:
    bare = line.lstrip()
    return bare[1:].removeprefix(" ") if bare.startswith(">") and len(line) - len(bare) <= 3 else line


def _may_be_sent(line: str) -> bool:
    """Whether a line with ``>`` can be what curl sent: a request line, a header line or nothing."""
    rest = line.strip()[1:].strip()
    return (
        not rest or re.match(r"[A-Z]{3,8} \S+ HTTP/|:?[A-Za-z0-9-]{1,64} ?:|[A-Za-z0-9_.=+/-]{20,}$", rest) is not None
    )


def _is_trace_line(line: str) -> bool:
    stripped = line.strip()
    if stripped.startswith("< "):
        return stripped[2:].startswith("HTTP/") or re.match(r"< [A-Za-z-]{2,40}: ", stripped) is not None
    return stripped.startswith("> ") and re.match(r"> [A-Z]{3,8} \S+ HTTP/", stripped) is not None


def _plain_margin(match: re.Match[str]) -> str:
    """A line's margin in plain blanks: invisible marks go, exotic blanks become blanks."""
    return "".join(" " if letter in EXOTIC_BLANKS else letter for letter in match[0] if letter not in INVISIBLE)


def _straight(match: re.Match[str]) -> str:
    return "--" if len(match[0]) == 2 or match[0] == "\u2014" or _is_long_option(match) else "-"


def _is_long_option(match: re.Match[str]) -> bool:
    rest = match.string[match.end() : match.end() + 12]
    word = re.match(r"[A-Za-z-]*", rest)
    return bool(word) and len(word[0]) > 2 if word else False


def _target(match: re.Match[str]) -> str:
    url = read_url(match[0])
    if url is None:
        return match[0]
    for name, value in url.parameters:
        if name in {"url", "u", "q"} and value:
            rewritten = "urldefense" in url.host and "://" not in value
            target = _without_proofpoint(value) if rewritten else value
            return target if "://" in target else match[0]
    if "urldefense" in url.host and "/v3/__" in url.path:
        inner = match[0].partition("/v3/__")[2].partition("__;")[0]
        return percent_decoded(inner)
    return match[0]


def _without_proofpoint(value: str) -> str:
    """Proofpoint's own escapes: ``_`` for a slash, ``-`` for a percent sign."""
    return percent_decoded(re.sub(r"-([0-9A-F]{2})", r"%\1", value.replace("_", "/")))


_STEPS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("<", "slack-markup", _without_markup),
    ("&", "entities", _without_entities),
    ("```", "code-fence", _without_fences),
    ("`", "code-fence", _without_inline_code),
    ("-----BEGIN ", "code-fence", _without_keys),
    (">", "quote-prefix", _without_quoting),
    (":", "quote-prefix", _without_speakers),
)
"""Steps in their order: the mark that must stand in the text, the repair's name, and what undoes it."""
