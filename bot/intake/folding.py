"""Messages that stand on one line, as a slash command or a form field makes them out of a raw request."""

import re
from functools import cache

METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE"


@cache
def _breaks() -> re.Pattern[str]:
    """A blank in front of a request line, a status line or a well-known field."""
    return re.compile(
        rf" (?=(?:{METHODS}) (?:/|https?://)\S{{0,4096}} HTTP/\d|HTTP/\d(?:\.\d)? [1-5]\d\d\b(?!\S)"
        r"|(?:Host|Authorization|Accept|User-Agent|Content-Type|Content-Length|Cookie|Connection|Date|WWW-Authenticate"
        r"|Accept-Encoding|x-amzn-\w+|Cache-Control|Origin|Referer|Server): )",
        re.IGNORECASE,
    )


@cache
def _dump() -> re.Pattern[str]:
    """What stands before such a message: a quote, at times with an arrow."""
    return re.compile(
        rf"[ \t]*(?:(?:<-|->)[ ]b?(?P<arrowed>[\"'])|b?(?P<bare>[\"'])(?=(?:{METHODS}) (?:/|https?://)|HTTP/\d))"
    )


def unfolded(text: str) -> str:
    """The text with such messages put on lines. Each blank becomes one line break, so that places stay the same."""
    if "HTTP/" not in text:
        return text
    if "] ---> " in text or "http-outgoing-" in text:
        from bot.intake.http_logs import bared

        text = bared(text)
    if "\n" in text:
        from bot.intake.log_prefixes import unprefixed

        text = unprefixed(text)
    if text.count("\\r\\n\n") > 1:  # each line of Wireshark's tree shows its end
        text = text.replace("\\r\\n\n", "    \n")
    if text.count("^M\n") > 1:  # an editor shows the carriage return that ends each line of a message
        text = text.replace("^M\n", "  \n")
    lines = text.split("\n")
    if "\\r\\n" in text:
        lines = "\n".join(_undumped(line) if "\\r\\n" in line else line for line in lines).split("\n")
    if "\\n" in text and any("HTTP/" in line and "\\n" in line for line in lines):
        from bot.intake.escaped_messages import on_lines

        lines = on_lines("\n".join(lines), METHODS).split("\n")
    return "\n".join(_breaks().sub("\n", line) if _is_folded(line) else line for line in lines)


def _undumped(line: str) -> str:
    """A message printed as a literal, its line ends as escapes: Go's ``%q``, Ruby's debug output."""
    match = _dump().match(line)
    if match is None:
        return line
    quote = match["arrowed"] or match["bare"]
    body = line[match.end() :]
    inner = body.rstrip()
    if inner.endswith(quote):
        body = inner[:-1] + " " + body[len(inner) :]
    return " " * match.end() + body.replace("\\r\\n", "   \n")


def _is_folded(line: str) -> bool:
    return "HTTP/" in line and ": " in line and line[:2] not in {"> ", "< ", "* "} and "-H" not in line
