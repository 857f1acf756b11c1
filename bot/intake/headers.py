"""Loose header lines that carry, or should carry, credentials: in plain text, in JSON and in literals of code."""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, Source
from bot.intake.damage import EXOTIC_BLANKS, INVISIBLE
from bot.intake.field_lines import (
    QUOTES,
    FieldLine,
    blank_after,
    field_lines,
    is_aligned,
    is_in_mapping,
    is_in_quoted_list,
    is_label,
    lacks_colon,
    literal,
)
from bot.intake.formats import filled, is_expression
from bot.intake.piece import LooseHeader, Piece, blanked, unknown
from bot.intake.sentences import is_only_said, is_scheme_told, kept_before_sentence, says_none

MAX_FIELDS = 500
"""How many loose fields of one kind are read."""
_BLANKS = " \t" + EXOTIC_BLANKS + INVISIBLE


@cache
def _cookie() -> re.Pattern[str]:
    return re.compile(r"(?im)^[ \t]*(?P<name>(?:Set-)?Cookie)[ \t]*:(?P<value>[^\n]*)$")


@cache
def _bearer(blanks: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<value>(?:Bearer|bearer|BEARER)(?<![A-Za-z0-9_.-]......)(?:[{blanks}]{{1,4}}|[:=,_-])(?=\S)[^\n]{{1,70000}})"
    )


def read_headers(text: str) -> list[Piece]:
    """Header lines outside of messages: those that carry or should carry credentials, cookies, and challenges."""
    pieces: list[Piece] = []
    for line in field_lines(text):
        field = _field(text, line)
        if field is not None:
            name, value, end = field
            pieces.append(Piece(line.start, end, LooseHeader(Header(name, _unquoted(value)), Source.LOOSE)))
            if len(pieces) == MAX_FIELDS:
                break
    if lacks_colon(text) or "AUTHORIZATION," in text:
        from bot.intake import header_bare, header_forms, header_pairs

        rest = blanked(text, pieces)
        pieces += header_pairs.read(rest) or header_forms.read(rest) or header_bare.read(rest)
    pieces += [*_cookies(text), *_bearers(text, pieces)]
    return sorted(pieces, key=lambda piece: piece.start)


def _cookies(text: str) -> list[Piece]:
    if "cookie" not in text.lower():
        return []
    return [
        Piece(match.start(), match.end(), LooseHeader(Header(match["name"], match["value"].strip()), Source.LOOSE))
        for match in islice(_cookie().finditer(text), MAX_FIELDS)
    ]


def _bearers(text: str, taken: list[Piece]) -> list[Piece]:
    """A scheme and a credential without the field's name before them."""
    pieces: list[Piece] = []
    if not any(word in text for word in ("Bearer", "bearer", "BEARER")):
        return []
    # Plain text has a pattern of its own: sets with characters beyond Latin-1 take long to compile.
    pattern = _bearer(" \t" if text.isascii() else _BLANKS)
    for match in islice(pattern.finditer(text), MAX_FIELDS):
        if any(piece.start <= match.start() < piece.end for piece in taken):
            continue
        value = _in_quotes(text, match.start(), match["value"].strip())
        value, end = kept_before_sentence(text, match.start(), value, match.end())
        if not _is_credential_line(value) or is_scheme_told(text, match.start(), value):
            continue
        if _goes_on(value):
            value, end = _with_next_lines(text, value, end)
        pieces.append(Piece(match.start(), end, LooseHeader(Header("", _unquoted(value)), Source.LOOSE)))
    return pieces


def _in_quotes(text: str, start: int, value: str) -> str:
    """A value up to the quote that closes the literal in which it stands, where a comma or a bracket follows that."""
    quote = text[start - 1 : start]
    inner, _, after = value.partition(quote) if quote in QUOTES else (value, "", "")
    if after.strip()[:1] not in {",", "]", ")", "}"} or "eyJ" in value:
        return value
    if (known := filled(text, start - 1, inner, after)) != inner:
        return known
    if quote == '"' and "customHeaders" in text:  # Groovy, which fills in what a dollar sign marks
        return re.sub(r"\$(?:\{[^}]{0,200}\}|[A-Za-z_]\w{0,60})", lambda part: unknown(part[0]), inner)
    return inner


_MARKS_AROUND = "\"'`*"
_LABEL_LIKE = frozenset({"bearer", "auth", "token", "jwt", "authorize", "authentication"})
"""Names that are also ordinary words: they count only in front of what can be a credential."""


def _field(text: str, line: FieldLine) -> tuple[str, str, int] | None:
    """Name, value and end of a header line; None where it is a sentence or a literal whose value is not shown."""
    written, value, end = line.name.rstrip(), line.value.strip(" \t\r"), line.end
    blank = blank_after(line.name)
    name = written.strip().strip(_MARKS_AROUND) + ("" if blank and is_aligned(text, line) else blank)
    value = value.strip("*_ \t") if value.startswith(("*", "_ ")) and "eyJ" in value else value
    value, end = kept_before_sentence(text, line.start, value, end)
    if is_only_said(text, line.start, name, value) or is_expression(value) or is_label(text, line):
        return None
    if name.strip().lower() in _LABEL_LIKE and not (_is_credential_line(value) and not says_none(value)):
        return None
    opening = line.start if text[line.start] in QUOTES else max(0, line.start - 1)
    first = text[opening]
    if first in QUOTES and written[-1:] != first and first in value:
        inner, _, after = value.partition(first)
        inner = filled(text, opening, inner, after)
        value = _shown(inner, after, first, text[max(0, opening - 1) : opening])
    elif (literal := _in_code(text, line)) is not None:
        return (name.strip(), literal, end) if literal else None
    if value.startswith("[") and re.match(r"\[(?:(?i:bearer|basic)[ ]|[A-Za-z][\w-]{1,20}[ ]eyJ)", value):
        value = value[1:].partition("]")[0]
    if value in {"", "Bearer"} or _goes_on(value):
        value, end = _with_next_lines(text, value, end)
    return name, value, end


def _in_code(text: str, line: FieldLine) -> str | None:
    """The value of a header in a literal of code or JSON: without its quotes, parts that are not shown as unknown ones.

    None where the line is an ordinary header line; empty where the value is no literal at all.
    """
    value = line.value.strip(" \t\r")
    named = line.name.rstrip()[-1:] in QUOTES or text[line.start] in QUOTES
    quote = re.match(r"(?P<prefix>\$?[rRbBfFuU]?)(?P<quote>[\"'`])", value)
    if quote is None:
        return "" if named and not value.lower().startswith(("bearer", "basic", "eyj")) else None
    inner, mark, after = literal(value[quote.end() :], quote["quote"])
    if not mark or not (
        named
        or (
            re.match(r"\s*(?:[,;)}\]+.]|$)", after)
            and (
                _line_is_code(text, line.start, after)
                or is_in_mapping(text, line.start)
                or is_in_quoted_list(text, line)
            )
        )
    ):
        return None
    return _shown(inner, after, quote["quote"], quote["prefix"])


_TEMPLATES = {"`": r"\$\{[^}]{0,200}\}", "f": r"\{[^}]{0,200}\}", "$": r"\{[^}]{0,200}\}", '"': r"#\{[^}]{0,200}\}"}
"""What a literal fills in, by its prefix or its quote: JavaScript, Python, C#, Ruby."""


def _shown(inner: str, after: str, quote: str, prefix: str) -> str:
    """A literal's text: what code puts into it or joins to it is unknown."""
    template = _TEMPLATES.get(prefix.lower()) or _TEMPLATES.get(quote)
    if template is not None:
        inner = re.sub(template, lambda part: unknown(part[0]), inner)
    if re.match(r"\s*(?:\+|\.\s*\$|\.[A-Za-z]|\.\s+(?:\w+\(|[A-Z_]{3})|\.\.|%|&\s*[$A-Za-z]|\|\||<>|\^)", after):
        inner += unknown(after.strip()[:40])
    return inner


def _line_is_code(text: str, start: int, after: str) -> bool:
    """Whether an unquoted name stands in a literal: behind a brace or bracket, or before a comma or brace."""
    before = text[max(0, start - 200) : start].rstrip(" \t")
    return before.endswith(("{", ",", "[", "(", "{\n", ",\n", "[\n", "(\n")) or after.strip()[:1] in {",", "}", "+"}


def _is_credential_line(value: str) -> bool:
    """Whether what follows ``Bearer`` can be meant as a credential, and is no sentence about bearer tokens."""
    rest = value.strip("\"'` ")
    if rest[:6].lower() == "bearer":
        rest = rest[6:].lstrip(_BLANKS + "\n\r\f\v:=,_-")
    if re.match(r"(?:realm|scope|error|error_description|error_uri|authorization_uri|resource_metadata|algs) ?=", rest):
        return False  # a challenge's parameters (RFC 6750 section 3)
    if rest.startswith("[PII ") or re.match(r"[\"'`](?:[ ]{1,2}\w+[ ,.;:?!]|[,.;:?!)])", rest):
        return False  # what .NET's messages put for a token; a quote that closes the word told of
    word = rest.split(" ", 1)[0] if rest else ""
    plain = word.strip("\"'`<>[](){}.,;:")
    if (
        "eyJ" in rest
        or re.match(r"[<{\[$%*\u2026\"'#]", rest)
        or plain.lower() in {"undefined", "null", "none", "nil", "nan", "false", "true"}
    ):
        return not rest.startswith(("(", "http"))
    return (len(plain) >= 12 and (any(letter.isdigit() for letter in plain) or "_" in plain)) or bool(
        re.match(r"[A-Z][A-Z_]{5,}", plain)
    )


def _goes_on(value: str) -> bool:
    """Whether a value is a token that the line's end has cut."""
    tail = value.rstrip("\"'`, ").rsplit(" ", 1)[-1]
    return "eyJ" in tail and (tail.count(".") < 2 or len(tail.rsplit(".", 1)[-1]) < 342)


def _with_next_lines(text: str, value: str, end: int) -> tuple[str, int]:
    for _ in range(60):
        match = re.compile(r"[ \t]*\r?\n[ \t]*(?:> ?)?(?P<run>[^\s]{1,8192})[ \t]*(?=\r?\n|$)").match(text, end)
        if match is None:
            break
        run = match["run"]
        wordy = re.fullmatch(r"[A-Za-z0-9_\-.+/=%\"'`,;]+", run) is None or (run.isalpha() and len(run) < 20)
        if wordy or (not value and "eyJ" not in run):
            break
        value, end = f"{value}\n{run}" if value else run, match.end()
        if not _goes_on(value.replace("\n", "")):
            break
    return value, end


def _unquoted(value: str) -> str:
    """Drop a quote or a comma that belongs to the text around a header line, as in a list or a sentence."""
    value = value.strip()
    if value[-1:] in {",", ";"} and value[-2:-1] in {'"', "'"}:
        value = value[:-1]
    for quote in "\"'`":
        if value.endswith(quote) and value.count(quote) == 1:
            return value[:-1].rstrip()
        if (
            value.startswith(quote)
            and value.endswith(quote)
            and value.count(quote) == 2
            and value[1:8].lower() == "bearer "
        ):
            return value
    return value
