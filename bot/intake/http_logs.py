r"""HTTP messages that a client logs line by line, each line behind the log's own words.

Feign writes ``[Client#method] ---> GET https://... HTTP/1.1``, Apache's client
``http-outgoing-0 >> "GET / HTTP/1.1[\r][\n]"``.
Either may stand in a log of JSON lines.
"""

import json

MAX_PREFIX = 400
"""Characters of a line in which the client's mark is looked for."""
_END_OF_LINE = ("[\\n]", "[\\r]", "\\n", "\\r")


def bared(text: str) -> str:
    """The text with such lines without what the log puts before and behind them. Places stay the same."""
    return "\n".join(_bared(line) for line in text.split("\n"))


def _bared(line: str) -> str:
    logged = _message(line) if line.lstrip()[:1] == "{" else line
    sent = _feign(logged) if "#" in logged else _apache(logged) if "http-outgoing-" in logged else None
    if sent is None or len(sent) > len(line):
        return line
    return sent + " " * (len(line) - len(sent))


def _message(line: str) -> str:
    """What a line of JSON logs: its longest text with a client's mark."""
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return line
    texts = [value for value in members.values() if isinstance(value, str)] if isinstance(members, dict) else []
    return max((text for text in texts if "http-outgoing-" in text or "#" in text), key=len, default=line)


def _feign(line: str) -> str | None:
    """The line without ``[Client#method]`` and its arrows; None where that mark is not there."""
    mark = line.find("#", 0, MAX_PREFIX)
    opened, closed = line.rfind("[", 0, mark), line.find("] ", mark, mark + 200)
    if opened < 0 or closed < 0 or " " in line[opened:mark]:
        return None
    sent = line[closed + 2 :].rstrip()
    if sent.startswith(("---> END ", "<--- END ")):
        return ""
    if sent.startswith("<--- "):
        sent = sent.rpartition(" (")[0] if sent.endswith("ms)") else sent
    return sent.removeprefix("---> ").removeprefix("<--- ")


def _apache(line: str) -> str | None:
    """The line behind ``http-outgoing-0 >>``, without the quotes and the line end of its wire log."""
    mark = line.find("http-outgoing-", 0, MAX_PREFIX)
    _, way, sent = line[mark:].partition(" >> ") if " >> " in line[mark : mark + 40] else line[mark:].partition(" << ")
    if mark < 0 or not way:
        return None
    sent = sent.rstrip()
    if not sent.startswith('"'):
        return sent
    sent = sent[1:].removesuffix('"')
    for end in _END_OF_LINE:
        sent = sent.removesuffix(end)
    return sent
