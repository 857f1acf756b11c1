"""A small Slack workspace: one team with a bot, people, a channel, and what they said."""

import asyncio
import copy
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bot.local.slack.rules import Breach, elements
from bot.local.slack.screen import Message, Screen, Shown, View
from bot.local.slack.shape import Object, refusal

TRIGGER_SECONDS = 3.0
SCOPES = ("commands", "chat:write", "im:history", "files:read", "channels:read", "groups:read", "usergroups:read")
"""The bot token's scopes unless told otherwise: those that the bot asks for, optional ones included."""
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
STACK_MOST = 3
"""Views that lie on one another at most."""


@dataclass
class ResponseURL:
    """A response_url: where and whom it answers, and how often it was used; `original` is the message clicked."""

    kind: str
    channel: str
    user: str
    made_at: float
    original: str = ""
    uses: int = 0


@dataclass
class Channel:
    """A conversation. A direct message has one person in it."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_im: bool = False
    is_private: bool = False
    is_ext_shared: bool = False


@dataclass
class Workspace:
    """The state of the stand-in. Times are Unix seconds by `clock`."""

    clock: Callable[[], float] = time.time
    team_id: str = "T0LOCAL0001"
    team_domain: str = "example-local"
    enterprise_id: str | None = None
    app_id: str = "A0LOCAL0001"
    bot_id: str = "B0LOCAL0001"
    bot_user_id: str = "U0LOCALBOT1"
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    screen: Screen = field(default_factory=Screen)
    broken_rules: list[str] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    user_groups: dict[str, set[str]] = field(default_factory=dict)
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    files: dict[str, tuple[Object, bytes]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    spent_triggers: set[str] = field(default_factory=set)
    response_urls: dict[str, ResponseURL] = field(default_factory=dict)
    submitting: dict[str, asyncio.Event] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _last_tick: int = 0

    @property
    def url(self) -> str:
        """Where people see the team; ends in a slash."""
        return f"https://{self.team_domain}.slack.com/"

    def new_id(self, prefix: str) -> str:
        """An id as Slack writes them, never given twice."""
        return f"{prefix}0LOCAL{next(self._numbers):05d}"

    def new_ts(self) -> str:
        """A message's timestamp, which is its id: later than any before."""
        self._last_tick = max(self._last_tick + 1, round(self.clock() * 1_000_000))
        return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"

    def breaks(self, where: str, rule: str) -> None:
        """Keeps a broken rule."""
        self.broken_rules.append(f"{where}: {rule}")

    def judged(self, where: str, breaches: Iterator[Breach]) -> tuple[str, list[str]]:
        """Keeps all breaches; Slack's error, empty if it lets them pass, and its messages."""
        found = list(breaches)
        for breach in found:
            self.breaks(where, breach.rule)
        refused = [breach for breach in found if breach.error]
        return (refused[0].error if refused else ""), [breach.rule for breach in refused]

    def lacks(self, scope: str) -> Object:
        """Slack's answer to a call for which the bot's token lacks a scope."""
        return refusal("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def add_user(self, name: str) -> str:
        """A person of the team; returns the user id."""
        user_id = self.new_id("U")
        self.users[user_id] = name
        return user_id

    def add_channel(self, name: str, *members: str, private: bool = False, shared: bool = False) -> str:
        """A channel with these members; returns its id. The bot is in it only if named."""
        channel_id = self.new_id("C")
        self.channels[channel_id] = Channel(channel_id, name, set(members), is_private=private, is_ext_shared=shared)
        return channel_id

    def direct(self, user_id: str) -> str:
        """The id of the direct message between a person and the bot."""
        for channel in self.channels.values():
            if channel.is_im and user_id in channel.members:
                return channel.id
        channel_id = self.new_id("D")
        self.channels[channel_id] = Channel(channel_id, "directmessage", {user_id, self.bot_user_id}, is_im=True)
        return channel_id

    def new_trigger(self, user_id: str) -> str:
        """A trigger id: good once and for three seconds."""
        trigger_id = f"{next(self._numbers)}.{self.team_id}.{next(self._numbers):032x}"
        self.triggers[trigger_id] = (user_id, self.clock())
        return trigger_id

    def spend_trigger(self, trigger_id: object) -> tuple[str, str]:
        """The person whose trigger it is and no error, or the error."""
        if trigger_id in self.spent_triggers:
            return "", "exchanged_trigger_id"
        if not isinstance(trigger_id, str) or trigger_id not in self.triggers:
            return "", "invalid_trigger_id"
        user_id, made_at = self.triggers.pop(trigger_id)
        self.spent_triggers.add(trigger_id)
        return (user_id, "") if self.clock() - made_at <= TRIGGER_SECONDS else ("", "expired_trigger_id")

    def new_response_url(self, kind: str, channel: str, user: str, original: str = "") -> str:
        """The path of a new response_url; `kind` is `commands` or `actions`."""
        path = f"/{kind}/{self.team_id}/{next(self._numbers)}/{next(self._numbers):024x}"
        self.response_urls[path] = ResponseURL(kind, channel, user, self.clock(), original)
        return path

    def post(self, message: Message) -> Message:
        """Puts a message of the bot where people see it."""
        self.messages[message.channel, message.ts] = message
        self.screen.show(
            Shown("ephemeral" if message.ephemeral_to else "message", message.text, message.blocks, message)
        )
        return message

    def update(self, message: Message, text: str, blocks: tuple[Object, ...]) -> Message:
        """Changes a message in place."""
        changed = replace(message, text=text, blocks=blocks)
        self.messages[message.channel, message.ts] = changed
        self.screen.show(Shown("updated", text, blocks, changed))
        return changed

    def delete(self, message: Message) -> None:
        """Takes a message away."""
        del self.messages[message.channel, message.ts]
        self.screen.show(Shown("deleted", message.text, message.blocks, message))

    def open_view(self, user: str, content: Object, *, push: bool = False) -> View:
        """Opens a modal, or lays one on the one that is open."""
        stack = self.stacks.setdefault(user, [])
        if not push:
            stack.clear()
        view_id = self.new_id("V")
        view = View(
            view_id,
            user,
            completed(content),
            self._new_hash(),
            stack[0] if stack else view_id,
            stack[-1] if stack else None,
        )
        self.views[view_id] = view
        stack.append(view_id)
        self.screen.show(Shown("modal", view.title, view.blocks, view=view))
        return view

    def update_view(self, view: View, content: Object) -> View:
        """Changes a view in place."""
        changed = replace(view, content=completed(content), hash=self._new_hash())
        self.views[view.id] = changed
        self.screen.show(Shown("modal-updated", changed.title, changed.blocks, view=changed))
        return changed

    def close_view(self, view: View, *, all_of_them: bool = False) -> None:
        """Closes a modal; the one below shows again, unless all are closed."""
        stack = self.stacks.get(view.user, [])
        for view_id in list(stack) if all_of_them else [view.id]:
            stack.remove(view_id)
            del self.views[view_id]
        below = self.views[stack[-1]] if stack else None
        self.screen.show(Shown("modal-closed", view.title, below.blocks if below else (), view=below))

    def publish_home(self, user: str, content: Object) -> View:
        """Sets a person's Home."""
        view_id = self.homes.setdefault(user, self.new_id("V"))
        view = View(view_id, user, completed(content), self._new_hash(), view_id)
        self.views[view_id] = view
        self.screen.show(Shown("home", "", view.blocks, view=view))
        return view

    def _new_hash(self) -> str:
        return f"{int(self.clock())}.{next(self._numbers):08x}"


def completed(content: Object) -> Object:
    """A copy in which each block and element has the id that Slack makes up for it."""
    content = copy.deepcopy(content)
    for index, block in enumerate(content["blocks"]):
        block.setdefault("block_id", f"b{index}")
        for position, element in enumerate(elements(block)):
            if element.get("type") != "image":
                element.setdefault("action_id", f"b{index}a{position}")
    return content
