"""Tokens and other credentials wherever they stand in a text, with what the text calls them.

A token may be wrapped over lines or hold a blank; what follows is joined only where the token so far is not whole and
the next
piece cannot be an ordinary word. Everything here is linear in the length of the text.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.evidence import Credential, Source
from bot.intake.damage import DASHES, EXOTIC_BLANKS, INVISIBLE, redactions, repair

MAX_CREDENTIALS = 64
"""How many credentials of one paste are looked at; the rest is left."""

_LETTERS = r"A-Za-z0-9_\-.+/=%~*"
_ODD = re.escape("\\" + INVISIBLE + EXOTIC_BLANKS + DASHES + "\u2026\u2022\u2588")

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
    "jwt": "token",
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


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    names = (
        r"access[ _-]?token|id[ _-]?token|refresh[ _-]?token|client[ _-]?secret|client[ _-]?id|authorization["
        r" _-]code|auth[ _-]code"
        r"|mfa[ _-]?token|client[ _-]?assertion|bearer["
        r" _-]?token|appSession|token|jwt|code|secret|assertion|access|bearer"
    )
    return {
        "jwt": re.compile(
            rf"(?:eyJ|ZXlK|(?<![A-Za-z0-9_\-.+/=%])(?:yJhbGciOi|JhbGciOi|hbGciOi|eyjhbgcioi))[{_LETTERS}{_ODD}]*"
        ),
        "next": re.compile(rf"(?P<gap>[ \t]*\r?\n[ \t]*(?:>[ ]?)*[ \t]*|[ \t]{{1,4}})(?P<run>[{_LETTERS}{_ODD}]+)"),
        "label": re.compile(
            rf"(?<![A-Za-z0-9])(?P<name>{names})[\"'`*]{{0,2}}[ \t]*(?:is[ \t]+|was[ \t]+|=>|[:=]|[ \t])["
            r" \t:=]*[\"'`<*(]{0,2}(?:Bearer[ \t]+)?[\"'<]?$",
            re.IGNORECASE,
        ),
        "named": re.compile(
            rf"(?<![A-Za-z0-9])(?P<name>{names})[\"'`*]{{0,2}}[ \t]*(?:=>|[:=]|[ ]is[ ])["
            r" \t]*[\"'`<]{0,2}(?P<value>[A-Za-z0-9_\-.~+/|:=%]{12,2048})",
            re.IGNORECASE,
        ),
        "word": re.compile(
            r"(?<![A-Za-z0-9_\-./@:%=+&?#$~|])[A-Za-z0-9_\-]{20,512}(?![A-Za-z0-9_\-/@:%=+&?#$~|(]|\.[A-Za-z0-9])"
        ),
        "known": re.compile(
            r"(?<![A-Za-z0-9_\-])(?:ya29\.|gh[oprsu]_|github_pat_|xox[abeoprs]-|xapp-|sk_live_|sk_test_|sk-|rk_live_|glpat-|AIza|AKIA|EAAC|00D[A-Za-z0-9]{12}!|pat-|"
            r"SG\.|shpat_|npm_|dop_v1_|v1\.M)[A-Za-z0-9_\-.~!/+]{8,2048}"
        ),
        "pair": re.compile(r"(?<![A-Za-z0-9_\-:/.])[A-Za-z0-9]{32}:[A-Za-z0-9_\-]{48,80}(?![A-Za-z0-9_\-:])"),
        "complete": re.compile(r"[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]{342}"),
    }


def find(text: str, source: Source = Source.LOOSE) -> list[Found]:
    """Every credential in ``text`` in order.

    Compact forms, labelled values, values of known makers, and lone random words.
    """
    found: list[Found] = []
    taken: list[tuple[int, int]] = []

    def add(start: int, end: int, value: str, label: str) -> None:
        if len(found) >= MAX_CREDENTIALS or any(start < right and left < end for left, right in taken):
            return
        repaired = repair(value)
        taken.append((start, end))
        found.append(Found(start, end, Credential(value, label, source, repaired.value, repaired.damage)))

    position = 0
    pattern = _patterns()["jwt"]
    while len(found) < MAX_CREDENTIALS and (match := pattern.search(text, position)):
        end = _extended(text, match.start(), match.end())
        start, stop = _with_wrapping(text, match.start(), end)
        add(start, stop, text[start:stop], label_before(text, start))
        position = max(end, match.end())
    for match in _matches("known", text):
        add(match.start(), match.end(), match[0].rstrip("."), label_before(text, match.start()) or "")
    for match in _matches("named", text):
        label = _label(match["name"])
        value = match["value"].rstrip(".,;:")
        if is_random(value) or label == "client_secret":
            add(match.start("value"), match.start("value") + len(value), value, label)
    for match in _matches("pair", text):
        add(match.start(), match.end(), match[0], "")
    alone = text.strip()
    for match in _matches("word", text):
        if is_random(match[0]) and (match[0] == alone or _mixed(match[0])):
            add(match.start(), match.end(), match[0], label_before(text, match.start()))
    return sorted(found, key=lambda item: item.start)


def _matches(name: str, text: str) -> list[re.Match[str]]:
    out: list[re.Match[str]] = []
    for match in _patterns()[name].finditer(text):
        out.append(match)
        if len(out) >= MAX_CREDENTIALS * 4:
            break
    return out


def _label(name: str) -> str:
    return LABELS.get(name.lower().replace(" ", "").replace("_", "").replace("-", ""), "")


def label_before(text: str, start: int) -> str:
    """The label that the text gives to the value that begins at ``start``.

    The name right before it, or an empty text.
    """
    match = _patterns()["label"].search(text[max(0, start - 64) : start])
    return _label(match["name"]) if match else ""


def _extended(text: str, start: int, end: int) -> int:
    """The end of a token that goes on behind a line break or a blank."""
    step = _patterns()["next"]
    for _ in range(60):
        value = text[start:end]
        mask = redactions().match(text, end)
        if mask is not None:
            end = mask.end()
            continue
        if _patterns()["complete"].search(value) or value.count(".") > 4:
            return end
        match = step.match(text, end)
        if match is None or not _continues(text, value, match):
            return end
        end = match.end()
    return end


def _continues(text: str, value: str, match: re.Match[str]) -> bool:
    run, gap = match["run"], match["gap"]
    following = text[match.end() : match.end() + 1]
    if run.startswith(("eyJ", "--", "-H", "-d", "-X", "http", "/")) and not (
        run.startswith("eyJ") and value.endswith(".")
    ):
        return False
    if following in {":", "(", "@"} or (run.rstrip(".").isalpha() and len(run) < 24 and not value.endswith((".", "-"))):
        return False
    if value.endswith((",", ";", '"')) or following == "=":
        return False
    if "\n" not in gap:
        return len(run) >= 16 and is_random(run.replace(".", ""))
    line_ends = following in {"", "\n", "\r", '"', "'", "`", " ", ",", "\\", "}", "<"}
    return line_ends and (
        is_random(run.replace(".", "")) if len(run) >= 12 else value.count(".") == 2 or "." in run.strip(".")
    )


def _with_wrapping(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen the place to quotes or brackets that enclose the value alone, so that they count as damage, not as text."""
    while (
        start
        and end < len(text)
        and text[start - 1] + text[end] in {"<>", "[]", "()", "**", "\u201c\u201d", "\u2018\u2019"}
    ):
        start, end = start - 1, end + 1
        if end - start > 100_000:
            break
    if text[max(0, start - 2) : start] in {"b'", 'b"'} and text[end : end + 1] == text[start - 1]:
        return start - 2, end + 1
    return start, end


def is_random(value: str) -> bool:
    """Whether a value looks drawn at random: letters and digits mixed, no UUID, no plain number, no word, no path."""
    if (
        len(value) < 12
        or not any(letter.isdigit() for letter in value)
        or not any(letter.isalpha() for letter in value)
    ):
        return False
    if len(value) == 36 and value[8] + value[13] + value[18] + value[23] == "----":
        return False
    words = value.replace("-", "_").split("_")
    return not (len(words) > 2 and all(word.isalpha() or word.isdigit() for word in words))


def _mixed(value: str) -> bool:
    return any(letter.isupper() for letter in value) and any(letter.islower() for letter in value)
