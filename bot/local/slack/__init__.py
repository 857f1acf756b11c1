"""A stand-in for Slack: a real HTTP server on a loopback address that enforces Slack's rules, and people who use it.

    async with Slack() as slack, in_process(application) as client:
        ada = slack.person(client)
        answer = await ada.command("help")
        assert answer.only.kind == "ephemeral"

A broken rule is kept in `slack.broken_rules`, answered as Slack would answer it, and raised when the block is left.
"""

from bot.local.slack.delivery import Answer
from bot.local.slack.faults import Fault
from bot.local.slack.files import File
from bot.local.slack.people import Person
from bot.local.slack.screen import Message, Shown, View
from bot.local.slack.server import BrokenRulesError, Slack

__all__ = ["Answer", "BrokenRulesError", "Fault", "File", "Message", "Person", "Shown", "Slack", "View"]
