"""Writes the generated parts of README.md: the help of the command line, the settings, the causes.

Run by ``make readme``; a test holds the page to what this prints.
"""

import re
from pathlib import Path

from bot.__main__ import parsers
from bot.causes import CAUSES
from bot.settings import SETTINGS

README = Path(__file__).resolve().parent.parent / "README.md"


def filled(page: str) -> str:
    """The page with each generated part put between its markers."""
    for name, text in (("help", _help()), ("settings", _settings()), ("causes", _causes())):
        before, begin, rest = page.partition(f"<!-- {name}:begin -->")
        _, end, after = rest.partition(f"<!-- {name}:end -->")
        page = f"{before}{begin}\n{text}\n{end}{after}"
    return page


def _help() -> str:
    _, check = parsers(width=100)
    text = check.format_help().strip()
    return f"```text\n{text}\n```"


def _settings() -> str:
    rows = [f"| `{setting.name}` | {setting.meaning} | {_code(setting.default)} |" for setting in SETTINGS]
    return "\n".join(["| setting | meaning | default |", "|---|---|---|", *rows])


def _causes() -> str:
    rows = [f"| `{cause.id}` | {_cell(cause.problem)} | {_cell(cause.recognised)} |" for cause in CAUSES]
    return "\n".join(["| cause | problem | recognised by |", "|---|---|---|", *rows])


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return (
        re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|").replace("<", "&lt;")
        if "`" not in text
        else text.replace("|", "\\|")
    )


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
