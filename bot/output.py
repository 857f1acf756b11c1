"""What the command line writes: text that any encoding can take, JSON, and arguments that hold no secret."""

import io
import json
import sys

from bot.redact import scrub


def write_text(text: str) -> None:
    """Write for people; what the terminal's encoding lacks becomes a question mark."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)


def write_json(value: object) -> None:
    """Write JSON for programs, in ASCII where standard output is not UTF-8."""
    is_utf_8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=not is_utf_8) + "\n")


def harmless(argument: str) -> str:
    """An argument for an error text; a token that was put in its place is masked, a path's plain parts are not."""
    return "/".join(scrub(part) for part in argument.split("/"))
