"""Where the console's lines come from: a person at a terminal, or a pipe."""

import re
from collections.abc import Iterable
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout

from bot.redact import shorten

ESCAPE_SECONDS = 0.2
"""How long a terminal may take between Escape and the rest of an arrow key."""
_LONG = re.compile(r"[A-Za-z0-9_\-+/=.%]{32,}")


class Reader(Protocol):
    """Gives one typed text after another. None: there is no more, or the person stepped back."""

    async def line(self, prompt: str, /) -> str | None:
        """The next text; it may have several lines."""

    async def answer(self, prompt: str, /) -> str | None:
        """What is filled in into an input."""


class Terminal:
    """A person at a terminal. What is pasted is one text, and nothing typed is kept beyond this process."""

    def __init__(self) -> None:
        keys = KeyBindings()

        @keys.add("escape")
        def step_back(event: KeyPressEvent) -> None:
            event.app.exit(exception=EOFError)

        self._lines: PromptSession[str] = PromptSession(erase_when_done=True)
        self._answers: PromptSession[str] = PromptSession(erase_when_done=True, key_bindings=keys)
        self._answers.app.timeoutlen = self._answers.app.ttimeoutlen = ESCAPE_SECONDS

    async def line(self, prompt: str) -> str | None:
        """The next text; None at Ctrl-D."""
        return await self._ask(self._lines, prompt)

    async def answer(self, prompt: str) -> str | None:
        """What is filled in into an input; None at Escape and Ctrl-D."""
        return await self._ask(self._answers, prompt)

    async def _ask(self, session: PromptSession[str], prompt: str) -> str | None:
        try:
            with patch_stdout(raw=True):
                return await session.prompt_async(HTML("<b>{}</b> ").format(prompt))
        except (EOFError, KeyboardInterrupt):
            return None


class Piped:
    """Lines that were written beforehand. A line that ends in a backslash goes on in the next one."""

    def __init__(self, text: str) -> None:
        self._lines = joined(text.splitlines())

    async def line(self, _prompt: str) -> str | None:
        """The next text."""
        return self._lines.pop(0) if self._lines else None

    async def answer(self, prompt: str) -> str | None:
        """The next text, for an input."""
        return await self.line(prompt)


def joined(lines: Iterable[str]) -> list[str]:
    """Lines, with those that a backslash continues put together."""
    whole: list[str] = []
    going_on = False
    for line in lines:
        if going_on:
            whole[-1] += f"\n{line}"
        else:
            whole.append(line)
        going_on = line.endswith("\\")
    return whole


def echoed(text: str) -> str:
    """What was typed, with long values shortened: they may be tokens, and nobody reads them."""
    return _LONG.sub(lambda found: shorten(found[0]) if _is_token(found[0]) else found[0], text)


def _is_token(run: str) -> bool:
    return "/" not in run.strip("/") or any(len(part) > 60 for part in run.split("/"))
