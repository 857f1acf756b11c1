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

_PARAGRAPH_MOST = 700


def help_message() -> Message:
    """How to ask, and what to give."""
    return Message(
        texts.HELP_TEXT,
        [
            header(texts.HELP_TITLE),
            paragraph(texts.HELP_INTRO),
            titled(texts.HELP_WAYS_TITLE, texts.HELP_WAYS),
            titled(texts.HELP_GIVE_TITLE, texts.HELP_GIVE),
            pages(),
            context(texts.HELP_GUESTS),
            buttons(),
        ],
    )


def privacy_message() -> Message:
    """What happens to a token, in plain words."""
    return Message(
        texts.PRIVACY_TEXT,
        [
            header(texts.PRIVACY_TITLE),
            rich(_list(texts.PRIVACY)),
            titled(texts.EXPOSED_TITLE, texts.EXPOSED),
            buttons(),
        ],
    )


def status_message(*, live_checks: bool) -> Message:
    """What works at the moment."""
    said = texts.STATUS_LIVE if live_checks else texts.STATUS_OFFLINE
    return Message(
        f"{texts.STATUS_UP} {said}", [header(texts.STATUS_TITLE), paragraph(f"{texts.STATUS_UP} {said}"), buttons()]
    )


def greeting() -> Message:
    """The first words in a direct message."""
    return Message(
        texts.GREETING_TEXT,
        [
            header(texts.GREETING_TITLE),
            paragraph(texts.GREETING),
            titled(texts.HELP_GIVE_TITLE, texts.HELP_GIVE),
            context(texts.GREETING_PRIVACY),
            buttons(dismiss=False),
        ],
    )


def not_understood(word: str, nearest: str = "") -> Message:
    """The answer to a word that is no command. ``nearest`` is the command that was probably meant, or empty."""
    guess = texts.DID_YOU_MEAN.format(command=f"{texts.COMMAND} {nearest}") if nearest else ""
    echoed = cut(word.replace("`", "'"), 40)
    said = " ".join(filter(None, (texts.NOT_UNDERSTOOD.format(word=echoed or " "), guess)))
    return Message(
        " ".join(filter(None, (texts.NOT_UNDERSTOOD_TEXT, guess.replace("`", "")))),
        [paragraph(said), rich(_list(texts.HELP_WORDS)), buttons()],
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
    """The answer to a file or a screenshot."""
    return _short(texts.FILES, buttons(dismiss=False))


def _short(text: str, *more: Block) -> Message:
    return Message(text, [paragraph(text), *more])


def paragraph(text: str) -> Block:
    """A paragraph of our own words, in which backticks mark code."""
    return rich(line(*told(text, _PARAGRAPH_MOST)))


def titled(title: str, items: Iterable[str]) -> Block:
    """A small title over a list."""
    return rich(line(words(title, bold=True)), _list(items))


def _list(items: Iterable[str]) -> Block:
    return bullets(line(*told(item, _PARAGRAPH_MOST)) for item in items)


def pages() -> Block:
    """The pages worth reading, as links."""
    pieces = [words(f"{texts.READ}: ")]
    for index, page in enumerate(texts.PAGES):
        pieces += [words(" · ")] if index else []
        pieces.append(link(page.title, page.url))
    return rich(line(*pieces))


def buttons(*, dismiss: bool = True) -> Block:
    """The row below a page: a way to the form, and a way to be rid of the message."""
    row = [button(texts.CHECK_TOKEN, CHECK_ANOTHER, style="primary")]
    return actions(*row, button(texts.DISMISS, DISMISS, spoken=texts.DISMISS_SPOKEN)) if dismiss else actions(*row)
