"""What programs put before each line of another program's output: a container's name, a time, a host and a process."""

import re
from functools import cache

MIN_LINES = 3
"""From so many lines with the same kind of prefix on, it is one."""
_CONTAINER = r"[A-Za-z][\w.-]{0,60}[ ]{0,20}[ ]\|[ ]?"
"""Docker compose's. The same one stands before each line: in a table, words in the first column differ."""
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)[ ](?:(?:stdout|stderr)[ ][FP][ ])?"
"""A workflow runner's, Kubernetes'."""
_SYSLOG = r"[A-Z][a-z]{2}[ ]{1,2}\d{1,2}[ ]\d\d:\d\d:\d\d[ ][\w.-]{1,60}[ ][\w./-]{1,60}(?:\[\d{1,9}\])?:[ ]"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def unprefixed(text: str) -> str:
    """The text with blanks in the place of such prefixes, where its first line has one: places stay the same."""
    start = len(text) - len(text.lstrip())
    container = _pattern(_CONTAINER).match(text, start)
    sources = (re.escape(container[0]),) if container else (_TIME, _SYSLOG)
    for source in sources:
        if container is None and not _pattern(source).match(text, start):
            continue
        pattern = re.compile(source) if container else _pattern(source)
        matches = [(line, pattern.match(line)) for line in text.split("\n")]
        if sum(match is not None for _, match in matches) >= MIN_LINES:
            return "\n".join(" " * match.end() + line[match.end() :] if match else line for line, match in matches)
    return text
