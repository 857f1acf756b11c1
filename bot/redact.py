"""The only code that prints a part of a token, and the masks for every text that may hold one.

Rules (public interface, "Report"): at most the first 4 and last 4 characters and the length, and of a value under 24
characters the length alone; a fingerprint is ``sha256:`` and 12 hex digits, and only of values of 32 characters and
more.
"""

import re
from functools import cache
from itertools import pairwise

MASK = "[masked]"
_LONGEST_PLAIN = 10
"""Characters of a text that is too short for what is masked by its beginning."""


def shorten(secret: str) -> str:
    """A secret's redacted form: its ends and its length in characters."""
    length = f"{len(secret):,} characters"
    if len(secret) < 24:
        return f"({length})"
    return f"{secret[:4]}…{secret[-4:]} ({length})"


def fingerprint(secret: str) -> str | None:
    """A name for a token that does not give it away; None for values under 32 characters, which could be guessed."""
    if len(secret) < 32:
        return None
    import hashlib  # it loads OpenSSL, which a paste without a token need not wait for

    return "sha256:" + hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9_\-+/=]{20,}")


def _has_marks(lowered: str) -> bool:
    """Whether a text in lower case holds the beginning of what :func:`_marked` finds: a quick look before the search.

    One ``in`` after the other takes half the time of a pattern.
    """
    return (
        "eyj" in lowered
        or "zxlk" in lowered
        or "xox" in lowered
        or "xapp" in lowered
        or "gh" in lowered
        or "sk" in lowered
        or "pk" in lowered
        or "ya29" in lowered
        or "v1" in lowered
        or "bearer " in lowered
        or "basic " in lowered
    )


@cache
def _long_runs() -> re.Pattern[str]:
    return re.compile(r"(?<![A-Za-z0-9_\-+/=])[A-Za-z0-9_\-+/=]{41,}")


@cache
def _marked() -> re.Pattern[str]:
    """Values that their first letters give away.

    Compact JWTs, Slack's, GitHub's and Google's tokens; what follows a scheme.
    """
    return re.compile(
        r"(?:eyJ|ZXlK)[A-Za-z0-9_\-+/=.%]{8,}"
        r"|\b(?:xox[a-z]|xapp|gh[a-z]|sk|pk|ya29|v1)[-_.][A-Za-z0-9_\-.]{8,}"
        r"|(?<=bearer )\S{8,}|(?<=basic )\S{8,}",
        re.IGNORECASE,
    )


def scrub(text: str) -> str:
    """Mask whatever may be a secret in a text meant for a log.

    Strict, so that a long ordinary word may be masked too.
    """
    return _runs().sub(lambda match: MASK if _is_random(match[0]) else match[0], _marked().sub(MASK, text))


def _is_random(run: str) -> bool:
    """Whether a run of base64 letters looks drawn at random rather than named by a person."""
    if any(letter.isdigit() for letter in run):
        return True
    turns = sum(1 for left, right in pairwise(run) if left.islower() and right.isupper())
    return turns >= 5 or (turns > 0 and len(run) >= 40)


def may_be_token(word: str) -> bool:
    """Whether a word may be an opaque token: 25 characters and more, of both cases and with digits."""
    return (
        len(word) >= 25
        and any(letter.isdigit() for letter in word)
        and any(letter.islower() for letter in word)
        and any(letter.isupper() for letter in word)
    )


def quote(text: str, limit: int = 80) -> str:
    """A pasted value made fit for an answer.

    One line, no control characters, nothing like a token, at most ``limit`` long.
    """
    length = len(text)
    if length <= limit and " " not in text and text.isprintable():
        if length <= _LONGEST_PLAIN or (length <= 40 and not _has_marks(text.lower())):
            return text
        line = text
    else:
        line = text[: limit * 8]
        if not line.isprintable():
            line = "".join(letter if letter.isprintable() else " " for letter in line)
        if " " in line:
            line = " ".join(line.split())
    if len(line) > _LONGEST_PLAIN and _has_marks(line.lower()):
        line = _marked().sub(MASK, line)
    if len(line) > 40:
        line = _long_runs().sub(lambda match: MASK if _is_random(match[0]) else match[0], line)
    return line if len(line) <= limit else line[: limit - 1] + "…"


def may_show(text: str, secrets: tuple[str, ...]) -> bool:
    """Whether a text may show 25 consecutive characters of a secret: a quick look before :func:`withhold`.

    A secret without blanks can only be shown by a long word.
    """
    together = "".join(secrets)
    if not together.isascii() or len(together.split(None, 1)) != 1:
        return True
    if "/" not in together:  # then no stretch of a secret goes on over a slash, and the words of addresses are short
        text = text.replace("/", " ")
    # Of 25 characters in a row, eight stand behind a multiple of 18. What two secrets make at their seam does no harm.
    words = text.split()
    if max(map(len, words), default=0) < 25:
        return False
    for word in [word for word in words if len(word) >= 25]:
        for start in range(0, len(word) - 7, 18):
            if word[start : start + 8] in together:
                return True
    return False


def withhold(text: str, secrets: tuple[str, ...]) -> str:
    """Mask each stretch of ``text`` that shares 25 or more consecutive characters with one of ``secrets``.

    Shorter ones, down to 20, are masked where they are met.
    """
    if len(text) < 20:
        return text
    for secret in secrets:
        start = 0
        while start + 20 <= len(text):
            if text[start : start + 20] not in secret:
                start += 6
                continue
            end = start + 20
            while end < len(text) and text[start : end + 1] in secret:
                end += 1
            while start > 0 and text[start - 1 : end] in secret:
                start -= 1
            text = text[:start] + MASK + text[end:]
            start += len(MASK)
    return text
