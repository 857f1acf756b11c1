"""Decoded claims as programs print them, when they print no JSON.

Maps of Java, Go, Ruby, PHP and Elixir, objects of Node, YAML, tables, lists of ``name: value`` lines, JSON without its
braces. A claim goes from its name to the next name; a run of claims ends where a value is followed by other text.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.intake.answers import http_date, iso_time
from bot.intake.documents import REGISTERED
from bot.intake.piece import Claims, Piece

MAX_NAMES = 2_000
MIN_TIME = 1_000_000_000
"""A smaller ``exp`` is a lifetime in a configuration, no moment."""
TIMES = frozenset({"exp", "iat", "nbf", "auth_time", "updated_at"})
HEADER = frozenset({"alg", "typ", "kid", "x5t", "enc", "cty"})
"""Members of a JOSE header (RFC 7515 section 4.1), which decoders print above the claims."""
KNOWN = (
    REGISTERED
    | TIMES
    | HEADER
    | {"jti", "acr", "amr", "cnf", "ver", "tid", "roles", "org_id", "org_name", "client_id", "name", "nickname"}
    | {"given_name", "family_name", "picture", "email", "email_verified", "tenant_id", "customer_id", "contact_id"}
)
"""Names that begin a claim wherever they stand, as URLs do; any other at the start of a line or behind a comma."""
_WORDS = {"null": None, "nil": None, "none": None, "true": True, "false": False}
_BRACKETS = "()[]{}"
_ALONE = frozenset({"iss", "aud", "exp", "iat", "nbf"})
"""Claims that can be judged where others were left out."""
_NO_MEMBERS = frozenset({"array", "=>", "->"})


class _Claim(NamedTuple):
    """A claim's name with its place, and where the value begins."""

    start: int
    name: str
    value: int


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(r"exp(?<![\w.-]exp)(?![\w.-])")  # begins with letters, so that most text is passed at once


@cache
def _names() -> re.Pattern[str]:
    line = r"^[ \t]*+(?:[>|*+\u2022-][ \t]*+)?+[\[\"'`*_]{0,2}+"
    name = r"https?://[\w.-]{3,80}(?:/[\w-]{1,60}){1,4}|[A-Za-z_][\w-]{1,40}"
    mark = r"[\"'`]?[*_]{0,2}\]?[ \t]{0,40}+(?:=>|->|=|\u2192|:(?!//))"
    cell = r"[\"'`]?(?:[ ]*+\t|[ \t]*+\||[ ]{2}|(?P<blank>[ ]))"
    return re.compile(
        rf"(?:(?P<line>{line})|(?P<item>[,;{{\[(][ \t]*+[\"']?+)|(?<=[\s\"']))(?P<name>{name})"
        rf"(?:{mark}|(?(line){cell}|(?!)))",
        re.MULTILINE,
    )


def has_marks(text: str) -> bool:
    """Whether the text may name the two claims without which no list of claims is read."""
    return "iss" in text and _marks().search(text) is not None


def read(text: str) -> list[Piece]:
    """The claims of the text, a run of them each, and a JOSE header where one stands with them."""
    pieces: list[Piece] = []
    run: dict[str, object] = {}
    start, is_whole = 0, True
    for claim, raw, end in _spans(text):
        start = start if run else claim.start
        value, is_last = _value(claim.name, raw)
        is_elided = _is_elided(raw.partition("\n\n")[0], value)
        is_whole = is_whole and not is_elided
        if not is_elided or isinstance(value, int | float):  # what is left out may stand behind a number
            _keep(run, claim.name, value)
        if is_last:
            line_end = text.find("\n", claim.value + len(raw) - len(raw.lstrip()))
            place = end if isinstance(value, list) or line_end < 0 else min(end, line_end)
            pieces += _pieces(run if is_whole else {name: run[name] for name in _ALONE & run.keys()}, start, place)
            run, is_whole = {}, True
    return pieces


def _spans(text: str) -> Iterator[tuple[_Claim, str, int]]:
    """Each claim with the text up to the next one and the place where that text ends."""
    before: _Claim | None = None
    for count, match in enumerate(_names().finditer(text)):
        if count == MAX_NAMES:
            break
        name = match["name"]
        is_place = match["line"] is not None or match["item"] is not None
        if not (name in REGISTERED if match["blank"] else is_place or "://" in name or name in KNOWN):
            continue
        if before is not None:
            yield before, text[before.value : match.start()], match.start()
        before = _Claim(match.start("name"), name, match.end())
    if before is not None:
        end = text.find("\n\n", before.value)
        end = min(len(text) if end < 0 else end, before.value + 8_000)
        yield before, text[before.value : end] + "\n.", end


def _keep(run: dict[str, object], name: str, value: object) -> None:
    """A name that stands twice has a list as its value, as .NET prints it: one line for each member."""
    if name in run and name in {"aud", "permissions", "roles", "amr"}:
        first = run[name]
        run[name] = [*(first if isinstance(first, list) else [first]), *(value if isinstance(value, list) else [value])]
    else:
        run.setdefault(name, value)


def _pieces(run: dict[str, object], start: int, end: int) -> list[Piece]:
    """The pieces of a run that is a claims set: it names its issuer, a moment as its end, and something more."""
    expiry = run.get("exp")
    issuer = run.get("iss")
    if not isinstance(issuer, str) or " " in issuer or not isinstance(expiry, int | float) or expiry < MIN_TIME:
        return []  # a blank in the issuer: words about claims
    if len(REGISTERED.intersection(run)) <= len(("iss", "exp")):
        return []
    header = {name: value for name, value in run.items() if name in HEADER}
    claims = {name: value for name, value in run.items() if name not in HEADER}
    pieces = [Piece(start, end, Claims(claims))]
    return [*pieces, Piece(start, end, Claims(header, is_header=True))] if "alg" in header else pieces


def _value(name: str, raw: str) -> tuple[object, bool]:
    """The value of a claim, and whether other text follows it, so that the run ends here."""
    text = re.sub(r"^(?:string|int|float|bool)\(", "(", raw.strip(" \t\r\n|*"))
    text = re.sub(r"^(?:Array)?\(\d{1,6}\) (?=[\"'\[{])", "", text)
    if text[:1] in {"[", "{"} or text[:6].lower().startswith(("array", "- ", "(\n")):
        return _items(text), "\n." in raw
    if text[:1] in {'"', "'"}:
        inner, _, after = text[1:].partition(text[0])
        return _scalar(name, inner), _goes_on(re.sub(r"^ \((?:string|number)\)", "", after))
    line, _, after = text.strip("()" if name in TIMES else "").partition("\n")
    if name == "aud" and after.lstrip().startswith("http") and "\n." not in raw:
        return _items(text), False
    return _scalar(name, _unbracketed(line)), _goes_on(after)


def _is_elided(raw: str, value: object) -> bool:
    """Whether a printer left something of a value out: ``aud: Array(2)``, ``aud: (2) [...]``, ``sub: ...``."""
    is_cut = "\u2026" in raw or "..." in raw or (value == [] and not re.search(r"\[\s*\]|\(\s*\)|\{\s*\}", raw))
    return is_cut or (isinstance(value, str) and re.fullmatch(r"\(\d+\).*|\[(?:Array|Object)\]", value) is not None)


def _goes_on(after: str) -> bool:
    """Whether there is more behind a value than commas, brackets and a comment."""
    first, _, rest = after.partition("\n")
    first = re.sub(r"^[ \t,;]*(?://|#|<--|--).*", "", first)
    return (first + rest).strip(" \t\r\n,;|*`\"'-+>" + _BRACKETS) != ""


def _unbracketed(line: str) -> str:
    """An unquoted value without the comment behind it and the bracket of the map that it ends."""
    value = re.split(r"[ \t]+(?://|#)|\t|[ ]\|", line, maxsplit=1)[0]
    for opening, closing in ("()", "[]", "{}"):
        if closing in value and opening not in value:
            value = value[: value.index(closing)]
    return value.strip(" \t\r,;|`\"'")


def _scalar(name: str, value: str) -> object:
    if name in TIMES:
        return _moment(value)
    if name not in HEADER and value.lower() in _WORDS:
        return _WORDS[value.lower()]
    if name == "aud" and "," in value:
        return _items(value)
    return value


def _moment(value: str) -> object:
    number = re.match(r"\d{1,16}(?:\.\d{1,12})?(?:[eE]\+?\d{1,2})?(?![\d-])", value)
    if number:
        return int(float(number[0]))
    moment = iso_time(value[:40])
    return http_date(value[:60]) if moment is None else moment


def _items(text: str) -> list[str]:
    """The members of a list: what stands in quotes, else what stands between blanks and commas."""
    quoted = re.findall(r"\"([^\"\n]{1,2000})\"|'([^'\n]{1,2000})'", text[:8_000])
    if quoted:
        return [first or second for first, second in quoted]
    words = re.split(r"[\s,\[\]{}()]+", text[: _closing(text)])
    return [word for word in words if len(word) > 1 and not word.isdigit() and word.lower() not in _NO_MEMBERS]


def _closing(text: str) -> int:
    """Where a list ends: at its bracket, which no index stands before as in ``[0]``."""
    found = (text.find(mark, 1, 8_000) for mark in "]}")
    return min((at for at in found if at > 0 and not text[at - 1].isdigit()), default=8_000)
