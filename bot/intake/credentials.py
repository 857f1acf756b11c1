"""Tokens and other credentials wherever they stand in a text, with what the text calls them.

Everything here is linear in the length of the text: long runs of letters are searched once, and the patterns of the
other kinds are tried inside of them alone.
"""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from bot.evidence import Credential, Source
from bot.intake.compact import compact_forms, is_random
from bot.intake.damage import SHOWN_RETURN, is_undamaged, repair

MAX_CREDENTIALS = 64
"""How many credentials of one paste are looked at; the rest is left."""

MAX_CANDIDATES = 256
"""How many values of one kind are tried."""
_BEFORE_VALUE = 100
"""Characters before a value in which its name is looked for."""

LABELS = {
    "accesstoken": "access_token",
    "access": "access_token",
    "bearertoken": "access_token",
    "bearer": "access_token",
    "idtoken": "id_token",
    "refreshtoken": "refresh_token",
    "clientsecret": "client_secret",
    "secret": "client_secret",
    "clientid": "client_id",
    "code": "code",
    "authorizationcode": "code",
    "authcode": "code",
    "mfatoken": "mfa_token",
    "clientassertion": "client_assertion",
    "assertion": "client_assertion",
    "appsession": "cookie:appSession",
    "token": "token",
}
"""What texts call a credential, without blanks, hyphens, underscores and case, and the label it gets."""


class Found(NamedTuple):
    """A credential and the place of its text, in characters."""

    start: int
    end: int
    credential: Credential

    def __repr__(self) -> str:
        """Show the place alone."""
        return f"Found({self.start}, {self.end})"


_NAMES = (
    r"access[ _-]?token|id[ _-]?token|refresh[ _-]?token|client[ _-]?secret|client[ _-]?id|authorization[ _-]code"
    r"|auth[ _-]code|mfa[ _-]?token|client[ _-]?assertion|bearer[ _-]?token|appSession|token|jwt|code|secret|assertion"
    r"|access|bearer"
)

_SOURCES = {
    "label": rf"(?i)(?<![a-z0-9])(?P<name>{_NAMES})[\"'`*]{{0,2}}[ \t]*(?:is[ \t]+|was[ \t]+|=>|[:=]|[ \t])["
    r" \t:=]*[\"'`<*(]{0,2}[ \t]*(?:Bearer[ \t]+)?[\"'<]?$",
    "run": r"[A-Za-z0-9_\-.~+/|:=%!]{11,}",
    "digit": r"[0-9]",
    "named": rf"(?i)(?<![a-z0-9])(?P<name>{_NAMES})[\"'`*]{{0,2}}[ \t]*(?:=>|[:=]|[ ]is[ ])["
    r" \t]*[\"'`<]{0,2}(?P<value>[a-z0-9_\-.~+/|:=%]{12,2048})",
    "word": r"(?<![A-Za-z0-9_\-./@:%=+&?#$~|])[A-Za-z0-9_\-]{20,512}(?![A-Za-z0-9_\-/@:%=+&?#$~|(]|\.[A-Za-z0-9])",
    "known": r"(?<![A-Za-z0-9_\-])(?:ya29\.|gh[oprsu]_|github_pat_|xox[abeoprs]-|xapp-|sk_live_|sk_test_|sk-|rk_live_"
    r"|glpat-|AIza|AKIA|EAAC|00D[A-Za-z0-9]{12}!|pat-|SG\.|shpat_|npm_|dop_v1_|v1\.M)[A-Za-z0-9_\-.~!/+]{8,2048}",
    "pair": r"(?<![A-Za-z0-9_\-:/.])[A-Za-z0-9]{32}:[A-Za-z0-9_\-]{48,80}(?![A-Za-z0-9_\-:])",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def find(text: str, source: Source = Source.LOOSE) -> list[Found]:
    """Every credential in ``text`` in order.

    Compact forms, labelled values, values of known makers, and lone random words.
    """
    if not text:
        return []
    if text.startswith("eyJ") and is_undamaged(text):
        return [Found(0, len(text), Credential(text, "", source, text))]
    finds = _Finds(text, source)
    finds.add_compact()
    candidates = finds.candidates()
    for match in candidates["known"]:
        finds.add(match.start(), match.end(), match[0].rstrip("."))
    for match in candidates["named"]:
        label = _label(match["name"])
        value = match["value"].rstrip(".,;:")
        if is_random(value) or label == "client_secret":
            finds.add(match.start("value"), match.start("value") + len(value), value, label)
    for match in candidates["pair"]:
        finds.add(match.start(), match.end(), match[0], "")
    alone = text.strip() if candidates["word"] else ""
    for match in candidates["word"]:
        if match[0].startswith(("AAAAB3NzaC1", "AAAAC3NzaC1", "AAAAE2VjZHNh")):  # a public key of SSH
            continue
        if is_random(match[0]) and (match[0] == alone or (_mixed(match[0]) and not _names_other(text, match.start()))):
            finds.add(match.start(), match.end(), match[0])
    return sorted(finds.found, key=lambda item: item.start)


class _Finds:
    """What was found in one text so far. A place is taken once."""

    def __init__(self, text: str, source: Source) -> None:
        self._text, self._source = text, source
        self.found: list[Found] = []

    def add(self, start: int, end: int, value: str, label: str | None = None) -> None:
        """Take a value with its label, by default the one that stands before it, where its place is still free."""
        if len(self.found) >= MAX_CREDENTIALS or any(start < item.end and item.start < end for item in self.found):
            return
        repaired = repair(value)
        name = label_before(self._text, start) if label is None else label
        self.found.append(Found(start, end, Credential(value, name, self._source, repaired.value, repaired.damage)))

    def add_compact(self) -> None:
        """Every compact form, from its first letters on."""
        for start, end in compact_forms(self._text):
            if len(self.found) == MAX_CREDENTIALS:
                return
            shown = len(SHOWN_RETURN) if self._text.startswith(SHOWN_RETURN, end) else 0
            self.add(start, end + shown, self._text[start : end + shown])

    def candidates(self) -> dict[str, list[re.Match[str]]]:
        """What may be a credential of another kind, by kind, inside of the runs of letters that are long enough."""
        text = self._text
        matches: dict[str, list[re.Match[str]]] = {"known": [], "named": [], "pair": [], "word": []}
        taken = [(item.start, item.end) for item in self.found]
        named_end = passed = 0
        for run in _pattern("run").finditer(text):
            start, end = run.span()
            while passed < len(taken) and taken[passed][1] <= start:
                passed += 1
            if passed < len(taken) and taken[passed][0] <= start and end <= taken[passed][1]:
                continue
            _collect(matches["known"], _pattern("known"), text, start, end)
            before = max(named_end, start - _BEFORE_VALUE)
            has_digit = _pattern("digit").search(text, start, end) is not None
            if has_digit or "secret" in text[before:end].lower():
                _collect(matches["named"], _pattern("named"), text, before, end)
                named_end = matches["named"][-1].end() if matches["named"] else 0
            if has_digit and end - start >= 20:
                _collect(matches["word"], _pattern("word"), text, start, end + 2)
                if end - start > 80 and ":" in run[0]:
                    _collect(matches["pair"], _pattern("pair"), text, start, end + 1)
        return matches


def _collect(matches: list[re.Match[str]], pattern: re.Pattern[str], text: str, start: int, end: int) -> None:
    if len(matches) < MAX_CANDIDATES:
        matches += islice(pattern.finditer(text, start, end), MAX_CANDIDATES - len(matches))


def _label(name: str) -> str:
    return LABELS.get(name.lower().replace(" ", "").replace("_", "").replace("-", ""), "")


def label_before(text: str, start: int) -> str:
    """The label that the text gives to the value that begins at ``start``.

    The name right before it, or an empty text.
    """
    before = text[max(0, start - 64) : start]
    match = _pattern("label").search(before) if before else None
    return _label(match["name"]) if match else ""


_OTHER_NAMES = (
    *("id", "ids", "trace", "root", "etag", "hash", "nonce", "state", "thumbprint", "x5t", "sub", "azp", "jti"),
    *("request", "correlation", "fingerprint"),
)
_OTHER_WORDS = (" matches", " kid", " key id", " signing key")


def _names_other(text: str, start: int) -> bool:
    """Whether what stands before a word names it as something else: ``kid: "..."``, ``x-request-id=...``."""
    before = text[max(0, start - 48) : start].rstrip(" \t\"'`<({[").lower()
    name = before.rstrip(":= \t\"'`")
    if name == before:
        return before.endswith(_OTHER_WORDS)
    return name.endswith((*_OTHER_NAMES, *_OTHER_WORDS)) and not name.endswith(("client_id", "client id", "clientid"))


def _mixed(value: str) -> bool:
    return any(letter.isupper() for letter in value) and any(letter.islower() for letter in value)
