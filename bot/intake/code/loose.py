"""Authorization fields that code sets without a call that is shown: ``headers["Authorization"] = f"Bearer {token}"``.

Only what code alone can be is taken: a literal with a prefix or in back ticks, an operator that joins, a variable, a
setter's comma. JSON and plain header lines are left to other readers.
"""

import re
from functools import cache
from itertools import islice

from bot.evidence import Header, Source
from bot.intake.code.dialects import PHP
from bot.intake.code.evaluation import Evaluation
from bot.intake.code.languages import language
from bot.intake.code.lexis import UnreadableError
from bot.intake.code.scope import Scope
from bot.intake.code.values import Chain, Join, Text, Value
from bot.intake.piece import LooseHeader, Piece, is_unknown, unknown

MAX_FIELDS = 64
_NAMES = r"(?:Proxy-)?Auth[A-Za-z]{1,14}(?:-Token)?|X-(?:Auth|Access|Api)[A-Za-z-]{0,20}"


@cache
def _fields() -> re.Pattern[str]:
    return re.compile(
        r"(?P<open>[\"'`]?)"
        rf"(?<![\w-])(?P<name>{_NAMES})(?P=open)[ \t]*+"
        r"(?P<mark>\)?\]?[ \t]*+=(?![=>])|=>|,|:(?!/))[ \t]*+(?=[^\s,;)}}\]])(?!(?-i:eyJ)[\w-]{17})",
        re.IGNORECASE,
    )


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w\"'`])(?:[fFrR$@]{{0,2}})[\"'`](?P<name>{_NAMES})[ \t]{{0,3}}:", re.IGNORECASE)


@cache
def _annotation() -> re.Pattern[str]:
    """An annotation of Feign or Retrofit, which fills in what stands in braces."""
    return re.compile(r"@(?:Headers|RequestLine)\(\s*\{?[^()]*$")


@cache
def _values() -> re.Pattern[str]:
    return re.compile(r"(?<![\w\"'`])[fFrR$@]{0,2}[\"'`](?=(?:Bearer|Basic|Token|JWT) )")


@cache
def _setters() -> re.Pattern[str]:
    return re.compile(
        r"(?:\.(?:setBearerAuth|bearer_auth|bearerAuth|SetAuthToken|withToken|WithOAuthBearerToken)"
        r"|\breq_auth_bearer_token)(?=\()"
    )


@cache
def _tuples() -> re.Pattern[str]:
    """Elixir's ``auth: {:bearer, token}``."""
    return re.compile(
        r"(?:\bauth:[ \t]*+)?\{:bearer,[ \t]*+(?:\"(?P<token>[^\"\n]{0,70000})\"|(?P<name>[\w.@]{1,80}))[ \t]*+\}"
    )


@cache
def _filled() -> re.Pattern[str]:
    """A variable in a server's setting (nginx, Caddy, Apache), or behind a Lisp's function that joins texts."""
    return re.compile(
        r"(?:(?:header|header_up|(?i:header[ ](?:set|add)))[ \t]{1,8}[\"']?Authorization[\"']?[ \t]{1,8}"
        r"[\"']Bearer[ ](?:\$\{?|%\{|\{\$?)(?P<variable>[\w.]{1,60})\}?[es]?[\"']"
        r"|\((?:str|concat|string-append)[ ]\"Bearer[ ]\"[ ](?P<name>[\w.*/<>!?-]{1,60}))"
    )


def read(text: str) -> list[Piece]:
    """Every Authorization field that code sets, in order."""
    evaluation = Evaluation(Scope(text, language(text)))
    pieces: list[Piece] = []
    for match in islice(_fields().finditer(text), MAX_FIELDS):
        if not evaluation.scope.expressions.is_comment(match.start()):
            pieces += _field(evaluation, match)
    for match in islice(_lines().finditer(text), MAX_FIELDS):
        pieces += _line(evaluation, match)
    for match in islice(_setters().finditer(text), MAX_FIELDS):
        pieces += _setter(evaluation, match)
    for match in islice(_tuples().finditer(text), MAX_FIELDS) if "{:bearer," in text else ():
        token = unknown(match["name"]) if match["token"] is None else match["token"]
        pieces.append(_piece(match.start(), match.end(), "Authorization", f"Bearer {token}"))
    for match in islice(_filled().finditer(text), MAX_FIELDS):
        value = f"Bearer {unknown(match['variable'] or match['name'])}"
        pieces.append(_piece(match.start(), match.end(), "Authorization", value))
    shows_field = bool(pieces)
    for match in islice(_values().finditer(text), MAX_FIELDS):
        is_assigned = text[max(0, match.start() - 8) : match.start()].rstrip().endswith("=")
        if any(piece.start <= match.start() < piece.end for piece in pieces):
            continue
        found = _value(evaluation, match)
        if shows_field and is_assigned:  # a variable, which the field that is shown may well use
            found = [
                piece
                for piece in found
                if isinstance(piece.value, LooseHeader) and is_unknown(piece.value.header.value)
            ]
        pieces += found
    return sorted(pieces, key=lambda piece: piece.start)


def _field(evaluation: Evaluation, match: re.Match[str]) -> list[Piece]:
    text = evaluation.scope.text
    try:
        value, end = evaluation.scope.expressions.value(match.end())
    except UnreadableError:
        return []
    if not _is_code(text, match, value, end):
        return []
    content = evaluation.first(value, match.start())
    if joined := _joined().match(text, end):  # another language's operator
        content += unknown(joined["name"])
    return [_piece(match.start(), end, match["name"], content)]


@cache
def _joined() -> re.Pattern[str]:
    """What joins texts in some language: ``+``, Lua's ``..``, Haskell's ``++``, Elixir's ``<>``, SQL's ``||``."""
    return re.compile(r"[ \t]*(?:\+\+?|\.\.?|<>|&|\|\||\^|~)[ \t]*(?P<name>[$@:]?\w{1,60})")


def _line(evaluation: Evaluation, match: re.Match[str]) -> list[Piece]:
    """A literal that holds a whole field: ``'Authorization: Bearer ' . $token``. A shell's option is no code."""
    before = evaluation.scope.text[max(0, match.start() - 20) : match.start()].rstrip()
    if before.endswith(("-H", "--header", "--header=")):
        return []
    try:
        value, end = evaluation.scope.expressions.value(match.start())
    except UnreadableError:
        return []
    name, _, content = evaluation.text(value, match.start()).partition(":")
    if _annotation().search(evaluation.scope.text[max(0, match.start() - 60) : match.start()]):
        content = re.sub(r"\{(\w{1,60})\}", lambda field: unknown(field[1]), content)
        value = Join((value,))
    is_code = isinstance(value, Join) or (isinstance(value, Text) and evaluation.dialect is PHP)
    return [_piece(match.start(), end, name, content.lstrip(" "))] if is_code else []


def _value(evaluation: Evaluation, match: re.Match[str]) -> list[Piece]:
    """A field's value alone: ``"Bearer " + token``, or a variable that is given one with a token in it."""
    try:
        value, end = evaluation.scope.expressions.value(match.start())
    except UnreadableError:
        return []
    before = evaluation.scope.text[max(0, match.start() - 8) : match.start()].rstrip()
    content = evaluation.text(value, match.start())
    is_code = isinstance(value, Join) or (before.endswith("=") and "eyJ" in content[:24])
    return [_piece(match.start(), end, "Authorization", content)] if is_code else []


def _setter(evaluation: Evaluation, match: re.Match[str]) -> list[Piece]:
    try:
        given = evaluation.scope.expressions.group(match.end())
    except UnreadableError:
        return []
    token = given.item(0)
    return (
        []
        if token is None
        else [_piece(match.start(), given.end, "Authorization", f"Bearer {evaluation.text(token, match.start())}")]
    )


def _is_code(text: str, match: re.Match[str], value: Value, end: int) -> bool:
    """Whether a name and its value can be nothing but code."""
    mark, opened = match["mark"].strip(), match["open"]
    first = text[match.end()]
    before, after = text[max(0, match.start() - 80) : match.start()].rstrip(), text[end : end + 80].lstrip()
    if isinstance(value, Chain):
        is_call = any(link.arguments is not None for link in value.links) and value.start == match.end()
        is_member = before.endswith(("{", ",", "[", "("))
        is_property = is_call or text[match.start() - 1 : match.start()] == "."
        return (is_member and bool(opened)) or (is_property and mark.endswith("="))
    if not isinstance(value, Text | Join):
        return False
    if mark == "," and isinstance(value, Text) and _names_field(value.value):
        return False  # a list of names
    if mark == "," and (after.startswith(":") or not before.endswith(("(", "{", "[", "."))):
        return False
    if mark != ":":
        return mark.endswith("=") or bool(opened) or isinstance(value, Join) or before.endswith(".")
    if isinstance(value, Join) or first in "`fFrRbB$@":
        return True
    in_braces = before.endswith(("{", ",")) or after.startswith("}")
    return in_braces and (opened != '"' or first != '"')


def _names_field(text: str) -> bool:
    """Whether a text is the name of another field, as in a list of those that are allowed."""
    first = text.lower().partition("-")[0]
    return (
        len(text) < len("Access-Control-Request-Headers") and first in _FIELD_WORDS and text.replace("-", "").isalpha()
    )


_FIELD_WORDS = frozenset(
    (
        "accept",
        "access",
        "cache",
        "content",
        "cookie",
        "date",
        "dnt",
        "etag",
        "host",
        "if",
        "origin",
        "range",
        "referer",
        "user",
        "x",
    )
)


def _piece(start: int, end: int, name: str, value: str) -> Piece:
    return Piece(start, max(end, start + 1), LooseHeader(Header(name, value), Source.CODE))
