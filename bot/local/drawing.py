"""Draws what Slack shows, for a terminal: messages and modals, block by block, with numbered buttons."""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from bot.local.mrkdwn import CODE, emojis, link, moment, mrkdwn
from bot.local.slack import Message, Shown, View
from bot.local.slack.shape import Object

BUTTON = "bold magenta"
_BY_STYLE = {"bold": "bold", "italic": "italic", "strike": "strike", "code": CODE, "underline": "underline"}
_AFTERWARDS = {"updated": " · changed", "modal-updated": " · changed", "modal-errors": " · not accepted"}
_TIGHT = frozenset({"context", "divider"})
"""Blocks that stand close to those before them."""


@dataclass(frozen=True)
class Indented:
    """Something drawn some columns to the right, without blanks at the ends of its lines."""

    content: RenderableType
    columns: int = 2

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update(width=max(options.max_width - self.columns, 1))
        for line in console.render_lines(self.content, narrower, pad=False):
            while line and not line[-1].text.strip():
                line.pop()
            if line:
                yield Segment(" " * self.columns)
                yield from line[:-1]
                yield line[-1]._replace(text=line[-1].text.rstrip())
            yield Segment.line()


@dataclass
class Buttons:
    """Everything that can be pressed, by the number drawn with it. Numbers go on and on: none means two things."""

    places: list[tuple[Message | View, Object]] = field(default_factory=list)

    def number(self, place: Message | View, element: Object) -> int:
        """A number for a button that is about to be drawn."""
        self.places.append((place, element))
        return len(self.places)


@dataclass(frozen=True)
class Drawing:
    """Draws for a reader whose time and time zone are `now()`."""

    buttons: Buttons
    now: Callable[[], datetime]

    def shown(self, shown: Shown) -> Iterator[RenderableType]:
        """One thing that appeared, under a line that says what it is."""
        if shown.kind == "failed":
            yield Text(f"Slack · {emojis(shown.text)}", "bold red")
        elif shown.kind == "deleted":
            yield Text("(That message is gone.)", "dim")
        elif shown.view is None and shown.message is None:
            yield Text("(The form is closed.)", "dim")
        else:
            yield self._title(shown)
            place = shown.view or shown.message
            parts = list(self._blocks(shown.blocks, place, dict(shown.errors))) if place else []
            if isinstance(place, View):
                parts += _modal_buttons(place)
            yield Indented(Group(*parts) if parts else mrkdwn(shown.text, self.now()))
        yield Text()

    def _title(self, shown: Shown) -> Text:
        if shown.view is not None:
            what = "Home" if shown.view.title == "" else f"form “{shown.view.title}”"
        elif shown.message is not None and shown.message.ephemeral_to:
            what = "only you can see this"
        elif shown.message is not None and shown.message.channel.startswith("C"):
            what = "everybody in the channel can see this"
        else:
            what = "direct message"
        return Text.assemble(("Rhythm Auth", "bold green"), (f" · {what}{_AFTERWARDS.get(shown.kind, '')}", "dim"))

    def _blocks(
        self, blocks: Iterable[Object], place: Message | View, errors: Mapping[str, str]
    ) -> Iterator[RenderableType]:
        before = ""
        for block in blocks:
            kind = block["type"]
            if before == "input" or (before and kind not in _TIGHT and before != "divider"):
                yield Text()
            yield from self._block(block, place)
            if (error := errors.get(block["block_id"])) is not None:
                yield Text(error, "red")
            before = kind

    def _block(self, block: Object, place: Message | View) -> Iterator[RenderableType]:
        match block["type"]:
            case "section":
                yield from (self._text(text) for text in (block.get("text"), *block.get("fields", ())) if text)
                if block.get("accessory", {}).get("action_id"):
                    yield self._button(block["accessory"], place)
            case "actions":
                yield Text("  ").join(self._button(element, place) for element in block["elements"])
            case "rich_text":
                for index, element in enumerate(block["elements"]):
                    yield from self._rich(element if index else _without_gap(element))
            case "input":
                yield from self._input(block)
            case _:
                yield self._still(block)

    def _still(self, block: Object) -> RenderableType:
        """A block in which there is nothing to press and to fill in."""
        match block["type"]:
            case "header":
                return self._text(block["text"], "bold")
            case "context":
                parts = (self._image(e) if e["type"] == "image" else self._text(e, "dim") for e in block["elements"])
                return Text("\n").join(parts)
            case "divider":
                return Rule(style="dim")
            case "image":
                return self._image(block)
            case other:
                return Text(f"[a block of type {other}]", "dim")

    def _text(self, text: Object, style: str = "") -> Text:
        if text["type"] == "mrkdwn":
            drawn = mrkdwn(text["text"], self.now())
        else:
            drawn = Text(emojis(text["text"]) if text.get("emoji", True) else text["text"])
        drawn.stylize_before(style)
        return drawn

    def _image(self, image: Object) -> Text:
        return Text(f"[image: {image['alt_text']}]", "dim")

    def _button(self, element: Object, place: Message | View) -> Text:
        number = self.buttons.number(place, element)
        label = self._text(
            element["text"] if "text" in element else element.get("placeholder", {"type": "", "text": "…"})
        )
        options = ": " + ", ".join(option["value"] for option in element["options"]) if "options" in element else ""
        drawn = Text.assemble(f"[{number} ", label, options, "]", style=BUTTON)
        return Text.assemble(drawn, (f" ({element['url']})", "dim")) if "url" in element else drawn

    def _input(self, block: Object) -> Iterator[Text]:
        optional = (" (optional)", "dim") if block.get("optional") else ""
        yield Text.assemble(self._text(block["label"], "bold"), optional)
        if "hint" in block:
            yield self._text(block["hint"], "dim")

    def _rich(self, element: Object) -> Iterator[RenderableType]:
        match element["type"]:
            case "rich_text_preformatted":
                yield Indented(self._runs(element["elements"], CODE), 4)
            case "rich_text_quote":
                yield Text.assemble("│ ", self._runs(element["elements"]))
            case "rich_text_list":
                yield self._list(element)
            case _:
                yield self._runs(element["elements"])

    def _list(self, element: Object) -> RenderableType:
        drawn = Table.grid(padding=(0, 1, 0, 0))
        for number, item in enumerate(element["elements"], element.get("offset", 0) + 1):
            drawn.add_row(f"{number}." if element["style"] == "ordered" else "•", self._runs(item["elements"]))
        return Indented(drawn, 2 * element.get("indent", 0))

    def _runs(self, runs: Iterable[Object], style: str = "") -> Text:
        drawn = Text(style=style)
        for run in runs:
            drawn.append_text(self._run(run))
        drawn.rstrip()
        return drawn

    def _run(self, run: Object) -> Text:
        style = " ".join(_BY_STYLE[name] for name, on in run.get("style", {}).items() if on)
        match run["type"]:
            case "text":
                return Text(run["text"], style)
            case "link":
                return link(run["url"], run.get("text", ""))
            case "emoji":
                return Text(emojis(f":{run['name']}:"))
            case "date":
                fallback = html.unescape(run.get("fallback", ""))
                return Text(moment(run["timestamp"], run["format"], fallback, self.now()), style)
            case kind:
                return Text(f"@{run.get('user_id') or run.get('range') or kind}", "bold")


def _without_gap(element: Object) -> Object:
    """A part of rich text without the empty line that it begins with: blocks have one between them already."""
    first, *others = element["elements"]
    if first["type"] != "text" or not first["text"].startswith("\n"):
        return element
    return {**element, "elements": [{**first, "text": first["text"].removeprefix("\n")}, *others]}


def _modal_buttons(view: View) -> list[RenderableType]:
    """The buttons at the foot of a modal. The console presses them itself, so that they have no numbers."""
    labels = [view.content[name]["text"] for name in ("close", "submit") if view.content.get(name)]
    return [Text(), Text("  ".join(f"[{label}]" for label in labels), "dim")] if labels else []
