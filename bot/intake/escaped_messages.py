r"""Messages that stand in a literal of code or of a log, their line ends as escapes: ``send("GET / HTTP/1.1\r\n...")``.

Sockets are written to like this in every language; the ``\r\n`` behind a field ends its line and belongs to no token.
"""

import re
from functools import cache

MAX_LITERAL = 70_000
MAX_LITERALS = 500
"""How many literals of one message are joined."""


@cache
def _opening(methods: str) -> re.Pattern[str]:
    """A quote in front of a request line or a status line that ends in an escape."""
    return re.compile(
        rf"(?P<quote>[\"'`])(?=(?:{methods}) (?:/|https?://)[^\s\"']{{0,4096}} HTTP/\d(?:\.\d)?(?:\\r)?\\n"
        r"|HTTP/\d(?:\.\d)? [1-5]\d\d\b[^\n\"'\\]{0,80}(?:\\r)?\\n)"
    )


@cache
def _joint() -> re.Pattern[str]:
    """What stands between two literals of one message: an operator, or the next call of the same kind."""
    return re.compile(
        r"\)?[ \t]*+;?[ \t]*+(?:\\?\r?\n)?[ \t]*+"
        r"(?:\+|\.|&|<<|,|[$\w.]{1,40}[ \t]*+(?:\.=|\+=|<<)|[$\w.>-]{1,60}\()?+[ \t]*+(?:\r?\n)?[ \t]*+"
        r"(?:String\()?[bBfFrRuU]?(?P<quote>[\"'`])"
    )


def on_lines(text: str, methods: str) -> str:
    """The text with such messages put on lines of their own. Places stay the same."""
    kept: list[str] = []
    position = 0
    for match in _opening(methods).finditer(text):
        if match.start() < position or _is_debug_line(text, match.start()):
            continue
        kept.append(text[position : match.start()] + "\n")
        body, position = _message(text, match.end(), match["quote"])
        kept.append(body)
    return "".join(kept) + text[position:] if kept else text


def _is_debug_line(text: str, quote: int) -> bool:
    """Whether the quote opens what Python's ``http.client`` prints: the reader of messages knows those lines."""
    return text[max(0, quote - 8) : quote].removeprefix("\n") in {"send: b", "reply: "}


def _message(text: str, start: int, quote: str) -> tuple[str, int]:
    """A message from behind its first quote, on lines, and the place where it ends."""
    parts: list[str] = []
    end = start
    for _ in range(MAX_LITERALS):
        end = _end_of_literal(text, start, quote)
        parts.append(text[start:end].replace("\\r\\n", "   \n").replace("\\n", " \n"))
        joint = _joint().match(text, end + 1)
        if joint is None or "\\n" not in text[joint.end() : _end_of_literal(text, joint.end(), joint["quote"])]:
            break
        parts.append(" " * (joint.end() - end))
        start, quote = joint.end(), joint["quote"]
    return "".join(parts), end


def _end_of_literal(text: str, start: int, quote: str) -> int:
    """The place of the quote that closes it, or of the line's end."""
    line_end = text.find("\n", start, start + MAX_LITERAL)
    line_end = min(len(text), start + MAX_LITERAL) if line_end < 0 else line_end
    end = text.find(quote, start, line_end)
    while end > 0 and text[end - 1] == "\\":
        end = text.find(quote, end + 1, line_end)
    return line_end if end < 0 else end
