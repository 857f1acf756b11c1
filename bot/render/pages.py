"""Slack messages that are no diagnosis: help, privacy, status, greeting, and what is said when something fails.

Each carries the reference id that its log line has.
"""

from collections.abc import Iterable

from bot.render import texts
from bot.render.elements import (
    CHECK_ANOTHER,
    DISMISS,
    Block,
    Message,
    actions,
    bullets,
    button,
    context,
    header,
    line,
    link,
    rich,
    told,
    words,
)
from bot.render.markup import code, cut, plain
from bot.report import Link

_PARAGRAPH_MOST = 700


def help_message(reference: str) -> Message:
    """How to ask, and what to give."""
    return Message(
        texts.HELP_TEXT,
        [
            header(texts.HELP_TITLE),
            rich(*how_to_ask(texts.HELP_INTRO), pages(texts.PAGES)),
            context(texts.HELP_GUESTS, _reference(reference)),
            _buttons(),
        ],
    )


def privacy_message(reference: str, *, live: bool = True) -> Message:
    """What happens to a token, in plain words. ``live`` says whether live checks are on."""
    told_of = texts.PRIVACY if live else texts.PRIVACY_OFFLINE
    return Message(
        texts.PRIVACY_TEXT,
        [
            header(texts.PRIVACY_TITLE),
            rich(listed(told_of), titled(texts.EXPOSED_TITLE, gap="\n"), listed(texts.EXPOSED)),
            context(_reference(reference)),
            _buttons(),
        ],
    )


def status_message(reference: str, api: str | None) -> Message:
    """What works at the moment. ``api`` says what the API answers, None where live checks are off."""
    lines = [texts.STATUS_UP.format(version=texts.VERSION)]
    lines += [texts.STATUS_OFFLINE] if api is None else [texts.STATUS_LIVE, api]
    shown = [header(texts.STATUS_TITLE), rich(listed(lines)), context(_reference(reference)), _buttons()]
    return Message(" ".join(lines), shown)


def greeting(reference: str) -> Message:
    """The first words in a direct message."""
    return Message(
        texts.GREETING_TEXT,
        [
            header(texts.GREETING_TITLE),
            rich(titled(texts.HELP_GIVE_TITLE, texts.GREETING), listed(texts.HELP_GIVE)),
            context(texts.GREETING_PRIVACY, _reference(reference)),
            _buttons(dismiss=False),
        ],
    )


def not_understood(word: str, reference: str, nearest: str = "") -> Message:
    """The answer to a word that is no command. ``nearest`` is the command that was probably meant, or empty."""
    guess = texts.DID_YOU_MEAN.format(command=f"{texts.COMMAND} {nearest}") if nearest else ""
    echoed = texts.NOT_UNDERSTOOD.format(word=cut(word.replace("`", "'"), 40))
    return Message(
        f"{texts.NOT_UNDERSTOOD_TEXT} {guess}".strip(),
        [rich(said(f"{echoed} {guess}"), listed(texts.HELP_WORDS)), context(_reference(reference)), _buttons()],
    )


def error_message(reference: str) -> Message:
    """The answer where the bot itself failed."""
    return _short(texts.ERROR, reference)


def not_opened_message(reference: str) -> Message:
    """The answer where Slack did not open the form."""
    return _short(texts.NOT_OPENED, reference)


def busy_message(reference: str) -> Message:
    """The answer where too much is going on."""
    return _short(texts.BUSY, reference)


def restarting_message(reference: str) -> Message:
    """The answer while the process ends."""
    return _short(texts.RESTARTING, reference)


def not_allowed_message(reference: str) -> Message:
    """The answer to people whom the operator has not admitted."""
    return _short(texts.NOT_ALLOWED, reference)


def old_button_message(reference: str) -> Message:
    """The answer to a button of a message from before an update."""
    return _short(texts.OLD_BUTTON, reference)


def live_failed_message(reference: str) -> Message:
    """What follows an offline answer where live checks were announced and failed."""
    return _short(texts.LIVE_FAILED_TEXT, reference)


def forgotten_message(reference: str) -> Message:
    """The answer where live checks are asked for too late."""
    return _short(texts.LIVE_FORGOTTEN, reference)


def shared_note(reference: str, *, posted: bool) -> Message:
    """Whether a summary was posted."""
    return _short(texts.SHARE_DONE if posted else texts.SHARE_FAILED, reference)


def welcome_message(reference: str) -> Message:
    """The answer to thanks."""
    return _short(texts.WELCOME, reference)


def files_message(why: str, reference: str) -> Message:
    """The answer to a direct message that is nothing but files; ``why`` says what keeps them from being read."""
    return _short(why, reference, _buttons())


def beside_field(text: str, reference: str) -> str:
    """A text as Slack shows it beside a field of a form, where nothing is markup; backticks would show as they are."""
    return f"{text.replace('`', '')} ({reference})"


def with_note(message: Message, note: str) -> Message:
    """The message with one small line more, above its buttons."""
    at = len(message.blocks) - (message.blocks[-1]["type"] == "actions")
    return Message(message.text, [*message.blocks[:at], context(plain(note)), *message.blocks[at:]])


def _short(text: str, reference: str, *more: Block) -> Message:
    return Message(text, [rich(said(text)), context(_reference(reference)), *more])


def _reference(reference: str) -> str:
    return texts.REFERENCE.format(reference=code(reference, 40))


def how_to_ask(intro: str = "") -> list[Block]:
    """The ways to ask and what to give, as parts of a rich text; ``intro`` stands before them."""
    return [
        titled(texts.HELP_WAYS_TITLE, intro),
        listed(texts.HELP_WAYS),
        titled(texts.HELP_GIVE_TITLE, gap="\n"),
        listed(texts.HELP_GIVE),
    ]


def said(text: str) -> Block:
    """A paragraph of our own words, in which backticks mark code."""
    return line(*told(text, _PARAGRAPH_MOST))


def titled(title: str, intro: str = "", *, gap: str = "") -> Block:
    """A small title inside a rich text, below a paragraph, or below a ``gap``."""
    return line(*told(intro, _PARAGRAPH_MOST), words(f"\n\n{title}" if intro else f"{gap}{title}", bold=True))


def listed(items: Iterable[str]) -> Block:
    """A list of our own words, in which backticks mark code."""
    return bullets(said(item) for item in items)


def pages(links: Iterable[Link]) -> Block:
    """Pages worth reading, on one line below an empty one."""
    return line(*linked(links, gap="\n"))


def linked(links: Iterable[Link], *, gap: str = "") -> list[Block]:
    """Pages worth reading, as pieces of a rich text; ``gap`` stands before them."""
    pieces: list[Block] = []
    for index, page in enumerate(links):
        pieces += [words(" · " if index else f"{gap}{texts.READ}: "), link(page.title, page.url)]
    return pieces


def _buttons(*, dismiss: bool = True) -> Block:
    """The row below a page: a way to the form, and a way to be rid of the message."""
    row = [button(texts.CHECK_TOKEN, CHECK_ANOTHER, style="primary")]
    return actions(*row, button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN)) if dismiss else actions(*row)
