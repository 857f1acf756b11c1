"""Everything that Slack shows, by name: the answer, the modals, the Home tab and all other messages."""

from bot.render.answer import answer, answering
from bot.render.around import Around
from bot.render.elements import Block, Message
from bot.render.exposure import Exposure, Origin, exposure
from bot.render.gist import Gist, read_gist
from bot.render.pages import (
    beside_field,
    busy_message,
    error_message,
    files_message,
    forgotten_message,
    greeting,
    help_message,
    live_failed_message,
    not_allowed_message,
    not_opened_message,
    not_understood,
    old_button_message,
    privacy_message,
    restarting_message,
    shared_note,
    status_message,
    welcome_message,
    with_note,
)
from bot.render.sharing import author_message, is_elsewhere, share_modal, share_preview, shared_message, support_message
from bot.render.views import home, message_modal, paste_modal, result_modal, without_button

__all__ = [
    "Around",
    "Block",
    "Exposure",
    "Gist",
    "Message",
    "Origin",
    "answer",
    "answering",
    "author_message",
    "beside_field",
    "busy_message",
    "error_message",
    "exposure",
    "files_message",
    "forgotten_message",
    "greeting",
    "help_message",
    "home",
    "is_elsewhere",
    "live_failed_message",
    "message_modal",
    "not_allowed_message",
    "not_opened_message",
    "not_understood",
    "old_button_message",
    "paste_modal",
    "privacy_message",
    "read_gist",
    "restarting_message",
    "result_modal",
    "share_modal",
    "share_preview",
    "shared_message",
    "shared_note",
    "status_message",
    "support_message",
    "welcome_message",
    "with_note",
    "without_button",
]
