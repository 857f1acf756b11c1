"""Everything that Slack shows, by name: the answer, the modals, the Home tab and all other messages."""

from bot.render.answer import answer
from bot.render.elements import Block, Message
from bot.render.pages import (
    beside_field,
    busy_message,
    error_message,
    files_message,
    greeting,
    help_message,
    not_allowed_message,
    not_understood,
    old_button_message,
    privacy_message,
    restarting_message,
    status_message,
    with_note,
)
from bot.render.views import checking_modal, home, message_modal, paste_modal, result_modal

__all__ = [
    "Block",
    "Message",
    "answer",
    "beside_field",
    "busy_message",
    "checking_modal",
    "error_message",
    "files_message",
    "greeting",
    "help_message",
    "home",
    "message_modal",
    "not_allowed_message",
    "not_understood",
    "old_button_message",
    "paste_modal",
    "privacy_message",
    "restarting_message",
    "result_modal",
    "status_message",
    "with_note",
]
