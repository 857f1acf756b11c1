"""Slack messages that are no diagnosis: help, privacy, status, greeting, and what is said when something fails."""

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
from bot.render.markup import code, cut
from bot.report import Link

_PARAGRAPH_MOST = 700


def help_message() -> Message:
    """How to ask, and what to give."""
    return Message(
        texts.HELP_TEXT,
        [
            header(texts.HELP_TITLE),
            rich(said(texts.HELP_INTRO), *how_to_ask(), pages(texts.PAGES)),
            context(texts.HELP_GUESTS),
            _buttons(),
        ],
    )


def privacy_message() -> Message:
    """What happens to a token, in plain words."""
    return Message(
        texts.PRIVACY_TEXT,
        [
            header(texts.PRIVACY_TITLE),
            rich(listed(texts.PRIVACY), titled(texts.EXPOSED_TITLE), listed(texts.EXPOSED)),
            _buttons(),
        ],
    )


def status_message(*, live_checks: bool) -> Message:
    """What works at the moment."""
    text = f"{texts.STATUS_UP} {texts.STATUS_LIVE if live_checks else texts.STATUS_OFFLINE}"
    return Message(text, [header(texts.STATUS_TITLE), rich(said(text)), _buttons()])


def greeting() -> Message:
    """The first words in a direct message."""
    return Message(
        texts.GREETING_TEXT,
        [
            header(texts.GREETING_TITLE),
            rich(said(texts.GREETING), titled(texts.HELP_GIVE_TITLE), listed(texts.HELP_GIVE)),
            context(texts.GREETING_PRIVACY),
            _buttons(dismiss=False),
        ],
    )


def not_understood(word: str, nearest: str = "") -> Message:
    """The answer to a word that is no command. ``nearest`` is the command that was probably meant, or empty."""
    guess = texts.DID_YOU_MEAN.format(command=f"{texts.COMMAND} {nearest}") if nearest else ""
    echoed = texts.NOT_UNDERSTOOD.format(word=cut(word.replace("`", "'"), 40))
    return Message(
        f"{texts.NOT_UNDERSTOOD_TEXT} {guess}".strip(),
        [rich(said(f"{echoed} {guess}"), listed(texts.HELP_WORDS)), _buttons()],
    )


def error_message(reference: str) -> Message:
    """The answer where the bot itself failed."""
    return _short(texts.ERROR, context(texts.REFERENCE.format(reference=code(reference, 40))))


def busy_message() -> Message:
    """The answer where too much is going on."""
    return _short(texts.BUSY)


def restarting_message() -> Message:
    """The answer while the process ends."""
    return _short(texts.RESTARTING)


def not_allowed_message() -> Message:
    """The answer to people whom the operator has not admitted."""
    return _short(texts.NOT_ALLOWED)


def old_button_message() -> Message:
    """The answer to a button of a message from before an update."""
    return _short(texts.OLD_BUTTON)


def files_message() -> Message:
    """The answer to a direct message that is a file, a screenshot or a snippet."""
    return _short(texts.FILES)


def _short(text: str, *more: Block) -> Message:
    return Message(text, [rich(said(text)), *more])


def how_to_ask() -> list[Block]:
    """The ways to ask and what to give, as parts of a rich text."""
    return [
        titled(texts.HELP_WAYS_TITLE),
        listed(texts.HELP_WAYS),
        titled(texts.HELP_GIVE_TITLE),
        listed(texts.HELP_GIVE),
    ]


def said(text: str) -> Block:
    """A paragraph of our own words, in which backticks mark code."""
    return line(*told(text, _PARAGRAPH_MOST))


def titled(title: str) -> Block:
    """A small title inside a rich text, below an empty line."""
    return line(words(f"\n{title}", bold=True))


def listed(items: Iterable[str]) -> Block:
    """A list of our own words, in which backticks mark code."""
    return bullets(said(item) for item in items)


def pages(links: Iterable[Link], gap: str = "\n") -> Block:
    """Pages worth reading, on one line."""
    pieces: list[Block] = []
    for index, page in enumerate(links):
        pieces += [words(" · " if index else f"{gap}{texts.READ}: "), link(page.title, page.url)]
    return line(*pieces)


def _buttons(*, dismiss: bool = True) -> Block:
    """The row below a page: a way to the form, and a way to be rid of the message."""
    row = [button(texts.CHECK_TOKEN, CHECK_ANOTHER, style="primary")]
    return actions(*row, button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN)) if dismiss else actions(*row)
