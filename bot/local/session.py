"""One person's session at the console: reads a line, does it in Slack, and shows what appears."""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.local.drawing import Drawing, Indented
from bot.local.lines import COMMAND, Line, understood
from bot.local.reading import Reader, echoed
from bot.local.samples import Sample
from bot.local.slack import Answer, Message, Person, Slack, View
from bot.local.slack.forms import inputs

ANSWER_SECONDS = 10.0
"""How long the console waits for the first thing to appear."""
HELP = (
    (f"{COMMAND} TEXT", "diagnoses the text; only you see the answer"),
    (COMMAND, "opens the private form; Escape closes it"),
    (f"{COMMAND} help", "what the bot itself has to say"),
    ("anything else", "is a direct message to the bot; lines that are pasted together are one message"),
    ("samples", "lists the samples"),
    ("sample NAME", f"pastes one as a direct message; with --command behind it, to {COMMAND}"),
    ("1, press 1", "presses the button with that number"),
    ("home", "opens the bot's Home"),
    ("shortcut", "picks “Diagnose Rhythm 401” from the menu of your last direct message"),
    ("close", "closes an open form"),
    ("quit, Ctrl-D", "leaves"),
)


SAMPLES = f"""
sample NAME pastes one as a direct message.
sample NAME --command gives it to {COMMAND}."""


@dataclass
class Session:
    """What a session works with. `run` returns whether every action got its answer."""

    slack: Slack
    person: Person
    reader: Reader
    console: Console
    drawing: Drawing
    samples: Mapping[str, Sample]
    _printed: int = 0
    _broken: int = 0
    _missing: int = 0
    _said: Message | None = None

    async def run(self) -> bool:
        """Reads and does line after line until there is no more."""
        watching = asyncio.create_task(self._watch())
        try:
            while (typed := await self.reader.line("you")) is not None:
                line = understood(typed)
                if line.verb == "quit":
                    break
                await self._do(line)
                self._show()
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        return self._missing == 0

    async def _do(self, line: Line) -> None:
        match line.verb:
            case "help":
                self._list(HELP)
            case "samples":
                self._list([(sample.name, sample.description) for sample in self.samples.values()], SAMPLES)
            case "sample":
                await self._sample(*line.rest.split())
            case "press":
                await self._press(*line.rest.split())
            case "close":
                await self._close()
            case "unknown":
                self._note(f"Slack knows no command {line.rest} here; {COMMAND} is the bot's.")
            case "command" | "message" | "home" | "shortcut":
                await self._close()
                await self._act(line)
            case _:
                pass

    async def _act(self, line: Line) -> None:
        if line.verb == "command":
            self._echo(f"{COMMAND} {line.rest}".strip())
            await self._answered(await self.person.command(line.rest))
        elif line.verb == "message":
            self._echo(line.rest)
            answer = await self.person.message(line.rest)
            self._said = answer.request.message
            await self._answered(answer)
        elif line.verb == "home":
            await self._answered(await self.person.open_home())
        elif self._said is None:
            self._note("There is no direct message of yours yet to pick a shortcut from.")
        else:
            await self._answered(await self.person.shortcut("diagnose_message", message=self._said))

    async def _answered(self, answer: Answer) -> None:
        """Waits until something appeared and shows it; a form that opened is filled in."""
        try:
            await self.slack.settled(ANSWER_SECONDS)
        except TimeoutError:
            self._note("The bot did not answer.", "bold red")
        self._missing += not answer.shown or any(shown.kind == "failed" for shown in answer.shown)
        self._show()
        modal = self.person.modal
        if modal is not None and modal.content.get("submit") and any(s.view == modal for s in answer.shown):
            await self._fill_in(modal)

    async def _fill_in(self, modal: View) -> None:
        values = {}
        if not inputs(modal) and not await self._agreed(str(modal.content["submit"]["text"])):
            await self._close()
            return
        for block in inputs(modal):
            label = f"{block['label']['text']}:"
            given = await self.reader.answer(label)
            if given is None or given.strip().lower() == "cancel":
                await self._close()
                return
            if not given.strip() and block["element"]["type"] == "conversations_select":
                continue
            values[block["block_id"]] = given.strip()
            self._echo(given.strip() or "(empty)", label)
        try:
            answer = await self.person.submit(modal, values)
        except ValueError as refused:
            self._note(f"Slack: {refused}", "red")
            await self._fill_in(modal)
        else:
            await self._answered(answer)

    async def _agreed(self, label: str) -> bool:
        """Asks whether to press the button at the foot of a form in which there is nothing to fill in."""
        given = await self.reader.answer(f"{label}? Return is yes, Escape is no:")
        agreed = given is not None and given.strip().lower() in {"", "y", "yes"}
        self._echo("(yes)" if agreed else "(no)", f"{label}?")
        return agreed

    async def _close(self) -> None:
        if self.person.modal is not None:
            await self.person.close(self.person.modal)
            self._show()

    async def _press(self, number: str, option: str = "") -> None:
        places = self.drawing.buttons.places
        if not 1 <= int(number) <= len(places):
            self._note(f"There is no button {number}.")
            return
        place, element = places[int(number) - 1]
        if self.person.modal is not None and place != self.person.modal:
            await self._close()
        try:
            answer = await self.person.click(place, element["action_id"], option=option)
        except LookupError:
            self._note("That button is not on the screen any more.")
        else:
            await self._answered(answer)

    async def _sample(self, name: str, flag: str = "") -> None:
        sample = self.samples.get(name)
        if sample is None or flag not in {"", "--command"}:
            self._note(f"There is no sample {name} {flag}".rstrip() + "; samples lists them.")
            return
        await self._do(Line("command" if flag else "message", sample.text))

    def _list(self, rows: Iterable[tuple[str, str]], more: str = "") -> None:
        table = Table.grid(padding=(0, 2, 0, 0))
        for name, meaning in rows:
            table.add_row(Text(name, "bold", no_wrap=True), meaning)
        self.console.print(Indented(table, 0))
        self._note(more)

    def _echo(self, text: str, who: str = "you") -> None:
        self.console.print(Text.assemble((who, "bold blue"), f"  {echoed(text)}"))

    def _note(self, text: str, style: str = "dim") -> None:
        if text:
            self.console.print(Text(text, style))
        self.console.print()

    def _show(self) -> None:
        """Prints what appeared and was not printed yet, and any rule of Slack's that was broken."""
        for shown in self.slack.screen.shown[self._printed :]:
            self._printed += 1
            for part in self.drawing.shown(shown):
                self.console.print(part)
        for rule in self.slack.broken_rules[self._broken :]:
            self._broken += 1
            self._note(f"Slack does not allow this: {rule}", "bold red")

    async def _watch(self) -> None:
        """Prints what appears late, while the person is typing."""
        while True:
            await self.slack.screen.changed()
            self._show()
