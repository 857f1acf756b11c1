"""Whether a text states that an error happened, or only speaks of it.

People write of errors that they handle in code, test for, ask about, rule out or list; a reason counts only where the
text reports it.
"""

import re
from functools import cache

MAX_PLACES = 16
"""How many places of one phrase are looked at."""
_WIDTH = 160
"""Characters before and after a phrase that are looked at."""

_SOURCES = {
    # before the phrase: code that compares with it, tests for it, catches or raises it
    "handled": r"(?:[=!]=|\bcase\b|\b(?:includes|contains|startswith|endswith|indexof|match|matches|equals?|tobe"
    r"|toequal|tothrow|tomatch|expect|describe|it|test|raises|raise_error|assert\w{0,20}|regexp?|\.is|new \w{0,40})"
    r" ?\()[^\"'`/\n]{0,40}[\"'`/][^\n]{0,80}$"
    r"|\bcatch ?\([^\"'`)\n]{0,80}$|\b(?:instanceof|isinstance|rescue|import|throw new|raise) ?[^\"'`\n]{0,80}$"
    r"|(?:^|\n)[ \t]*except\b[^\"'`:\n]{0,80}$",
    # behind the phrase: the comparison the other way round, a key of a table of texts
    "compared": r"[\w ]{0,40}[\"'`](?: (?:not )?in \w| ?[=!]==?|[ \t]*(?:=>|:)[ \t]*[\"'`\w])",
    # before the phrase: a condition, a denial
    "condition": r"\b(?:if (?:you|the|a|an|your|it(?! helps| matters)|one|that)|(?:when|whenever) you|in case"
    r"|for example|e\.g\.)\b[^\n]{0,120}$",
    "own": r"\b(?:i|we|us|me|my|our)\b",
    "denial": r"\b(?:not|isn.t|wasn.t|never|neither|nor|nicht|kein|keine|pas|no)(?: an?| the| about)? "
    r"[\"'`\u201c\u2018\u201e*]{1,2}$|\b(?:it.s|that.s|is|are|was) not (?:an? |the )?$",
    # anywhere in the sentence: what a status stands for, a note of what is to be done
    "told": r"\b[1-5]\d\d (?:means|stands for|is for)\b|\b(?:todo|fixme)\b",
    # anywhere in the sentence: a question about the words, a matter of the past
    "question": r"\b(?:difference|mean|means|meant|would (?:it|the|that|rhythm|happen)|does it|do they|handle|catch"
    r"|distinguish|tell\b.{0,40}\bapart)\b",
    "report": r"\b(?:i|we|i.m|we.re|keep|keeps|always|still|it)\b[^\n]{0,30}\b(?:get|got|gets|getting|receive|received"
    r"|receiving|see|seeing|saw|says|returns|returned|throws|fails)\b|^\W*(?:get|got|getting|seeing|receiving)\b",
    "past": r"\b(?:that.s|that is|was|were|is|got|been|now|already|we|i) (?:solved|resolved|fixed|gone|sorted)\b",
    "bullet": r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d{1,2}[.)])[ \t]+[\"'`]?$",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_SOURCES[name])


def is_stated(lowered: str, at: int, phrase: str) -> bool:
    """Whether the phrase at that place of a text in lower case is reported as something that happened."""
    end = at + len(phrase)
    start = lowered.rfind("\n", max(0, at - _WIDTH), at)
    before = lowered[max(0, at - _WIDTH) if start < 0 else start : at]
    after = lowered[end : end + _WIDTH].partition("\n")[0]
    if _pattern("handled").search(before) or _pattern("compared").match(after):
        return False
    if _pattern("denial").search(before):
        return False
    opening, sentence = _sentence(before, after)
    if _pattern("condition").search(opening) and not _pattern("own").search(opening):
        return False
    if _pattern("past").search(sentence) or _pattern("told").search(sentence):
        return False
    asks = "?" in sentence and _pattern("question").search(sentence) is not None
    return not asks or _pattern("report").search(opening) is not None


def is_listed(lowered: str, at: int, phrase: str) -> bool:
    """Whether a line of a list holds nothing but the phrase."""
    rest = lowered[at + len(phrase) : at + len(phrase) + 3].partition("\n")[0]
    return not rest.strip("\"'`.,; ") and _pattern("bullet").search(lowered[max(0, at - 8) : at]) is not None


def _sentence(before: str, after: str) -> tuple[str, str]:
    """The sentence around a phrase: what stands in it before the phrase, and all but the phrase."""
    opening = re.split(r"[.!?](?=\s)", before)[-1]
    match = re.search(r"[.!?](?=[\s\"'\u201d]|$)", after)
    return opening, opening + " " + (after[: match.end()] if match else after)
