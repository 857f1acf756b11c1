"""Makes text safe for where it is shown: cleaned, escaped, cut to length; and writes moments and durations.

The rule for every text of a report: backticks mark code, all else is plain text. Source of the escapes and of the date
form: Slack's "Formatting message text".
"""

import re
import time
from typing import TypeAlias

from bot.render import texts

ELLIPSIS = "…"
SPANS_MOST = 6
"""Code spans that one text may hold; what follows is plain. It bounds the size of what is drawn."""
YEAR_10000 = 253_402_300_800
"""The first second that has no four-digit year: no time of a real token."""

_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})


Span: TypeAlias = tuple[str, bool]
"""A piece of a text, and whether it is code."""


def clean(text: str) -> str:
    """The text on one line: line breaks, control, format and unassigned characters become blanks, outer blanks go."""
    if text.isprintable():
        return text.strip()
    text = text.replace("\n", " ")
    if text.isprintable():
        return text.strip()
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, in at most ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def spans(text: str, limit: int = 3000) -> list[Span]:
    """The pieces of a text whose backticks mark code, cleaned, none empty, at most ``limit`` characters in all.

    A word of plain text that holds ``://`` is code as well, since a client would make it a link.
    """
    text = clean(text)
    if len(text) > limit:
        text = cut(text, limit - 1)
        if text.count("`") % 2:
            text += "`"
    if "`" not in text:
        if "://" not in text:
            return [(text, False)] if text else []
        return _unlinked(text)
    parts = text.split("`", SPANS_MOST * 2)
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    _trim(parts)
    found: list[Span] = []
    code = False
    for part in parts:
        if part:
            found += _unlinked(part) if not code and "://" in part else [(part, code)]
        code = not code
    return found


def _trim(parts: list[str]) -> None:
    """Move blanks at the ends of code, every second part, out of it: beside the text's own they would look like two."""
    for at in range(1, len(parts), 2):
        code = parts[at]
        if code[:1] != " " and code[-1:] != " ":
            continue
        before, after = parts[at - 1], parts[at + 1]
        if code.startswith(" ") and before and not before.endswith(" "):
            parts[at - 1] = before + " "
        if code.endswith(" ") and after[:1].isalnum():
            parts[at + 1] = " " + after
        parts[at] = code.strip(" ")


def _unlinked(text: str) -> list[Span]:
    found: list[Span] = []
    plain = ""
    for index, word in enumerate(text.split(" ")):
        blank = " " if index else ""
        if "://" in word and len(found) < SPANS_MOST:
            if plain + blank:
                found.append((plain + blank, False))
            bare = word.rstrip(".,;:!?)") or word
            found.append((bare, True))
            plain = word[len(bare) :]
        else:
            plain += blank + word
    return [*found, (plain, False)] if plain else found


def inert(text: str) -> str:
    """A text for where Slack parses nothing, safe even where a client or an e-mail shows it as mrkdwn after all."""
    if "<" not in text:
        return text
    for beginning in ("<!", "<@", "<#", "<http", "<mailto:"):
        text = text.replace(beginning, "‹" + beginning[1:])
    return text


def escape(text: str) -> str:
    """The three characters that Slack asks to escape, escaped: without them there is no mention and no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(escaped: str, limit: int) -> str:
    """An escaped text in at most ``limit`` characters, never cut inside an entity."""
    if len(escaped) <= limit:
        return escaped
    beginning = escaped[: limit - 1]
    entity = beginning.rfind("&")
    if entity > beginning.rfind(";"):
        beginning = beginning[:entity]
    return beginning.rstrip() + ELLIPSIS


def _ends_code(text: str) -> bool:
    """Whether a text holds a character that has a meaning, or an escape, in a code span."""
    return "`" in text or "<" in text or "&" in text or ">" in text


def _is_marked(text: str) -> bool:
    """Whether a text holds a character that mrkdwn may give a meaning to, or an escape."""
    return _ends_code(text) or "*" in text or "_" in text or ":" in text or "~" in text


def code(text: str, limit: int = 300) -> str:
    """A value as one mrkdwn code span, which it cannot leave: in it nothing but an entity has a meaning."""
    bare = text.strip()
    if bare and len(text) <= limit - 2 and text.isprintable() and not _ends_code(text):
        return f"`{bare}`"
    return "`" + (fit(escape(inert(clean(text)).replace("`", "ˋ")), limit - 2) or " ") + "`"


def plain(text: str, limit: int = 3000) -> str:
    """A text for mrkdwn in which nothing is markup: marks that Slack would obey are replaced by their look-alikes."""
    if len(text) <= limit and text.isprintable() and not _is_marked(text):
        return text.strip()
    words = [_plain_word(word) for word in inert(clean(text)).translate(_LOOK_ALIKES).split(" ")]
    line = " ".join(words)
    if line.startswith(">"):
        line = "›" + line[1:]
    return fit(escape(line), limit)


def _plain_word(word: str) -> str:
    if "_" in word:
        sides = zip(f" {word}", word, f"{word[1:]} ", strict=False)
        word = "".join("ˍ" if at == "_" and not (left + right).isalnum() else at for left, at, right in sides)
    return word.replace(":", "꞉") if word.count(":") > 1 else word


def instant(epoch: float) -> str | None:
    """A moment in UTC for people, to the minute; None where it is no real time."""
    return _format(epoch, "%04d-%02d-%02d %02d:%02d UTC", 5)


def moments(text: str) -> list[tuple[str, int | None]]:
    """The parts of a text: each moment that :func:`instant` could have written with its seconds, all else with None."""
    parts: list[tuple[str, int | None]] = []
    end = 0
    for found in re.finditer(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d) UTC", text):
        epoch = _epoch(*map(int, found.groups()))
        if epoch is not None and instant(epoch) == found[0]:
            parts += [(text[end : found.start()], None), (found[0], epoch)]
            end = found.end()
    parts.append((text[end:], None))
    return [part for part in parts if part[0]]


def _epoch(year: int, month: int, day: int, hour: int, minute: int) -> int | None:
    from calendar import timegm  # only Slack's renderers need it, and the command line's start-up is budgeted

    try:
        return timegm((year, month, day, hour, minute, 0))
    except ValueError:
        return None


def iso(epoch: float | None) -> str | None:
    """A moment as ISO 8601 in UTC, to the second; None where it is no real time."""
    return None if epoch is None else _format(epoch, "%04d-%02d-%02dT%02d:%02d:%02dZ", 6)


def _format(epoch: float, form: str, fields: int) -> str | None:
    if not 0 <= epoch < YEAR_10000:
        return None
    return form % time.gmtime(epoch)[:fields]


def slack_date(epoch: float) -> str:
    """A moment as mrkdwn that each reader sees in their own time zone."""
    fallback = instant(epoch)
    if fallback is None:
        return texts.NO_REAL_TIME
    return f"<!date^{int(epoch)}^{{date_short_pretty}} {{time}}|{fallback}>"
