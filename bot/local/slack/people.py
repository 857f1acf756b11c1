"""Acting as a person: each action sends the bot exactly what Slack would send, and returns what came of it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from bot.local.slack import acknowledgement, events, payloads
from bot.local.slack.delivery import JSON, Answer, Delivery, Request
from bot.local.slack.files import File, uploaded
from bot.local.slack.forms import chosen_options, clicked, inputs, state_values
from bot.local.slack.screen import Message, Shown, View
from bot.local.slack.shape import Object
from bot.local.slack.typed import marked_up, rich_text


class Person:
    """Somebody in the workspace. Actions take the HTTP `status` that the bot should answer; any other breaks a rule."""

    def __init__(self, delivery: Delivery, url: str, name: str) -> None:
        """Adds a person, a channel `api-support` they are in (the bot is not) and a direct message with the bot."""
        self.delivery = delivery
        self.workspace = delivery.workspace
        self.name = name
        self.user_id = self.workspace.add_user(name)
        self.channel_id = self.workspace.add_channel("api-support", self.user_id)
        self.dm_id = self.workspace.direct(self.user_id)
        self._url = url

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self.workspace.stacks.get(self.user_id, [])
        return self.workspace.views[stack[-1]] if stack else None

    @property
    def home(self) -> View | None:
        """The person's Home, if the bot published one."""
        return self.workspace.views.get(self.workspace.homes.get(self.user_id, ""))

    async def command(
        self, text: str = "", *, command: str = "/rhythm-auth", channel: str = "", status: int = 200
    ) -> Answer:
        """Sends a slash command from the channel `api-support` or another."""
        actor = self._actor(channel)
        path = self.workspace.new_response_url("commands", actor.channel, self.user_id)
        form = payloads.command(actor, command, text, self._url + path)
        answer, response = await self.delivery.deliver(Request(command, urlencode(form).encode()), status)
        if response is not None:
            acknowledgement.of_command(self.workspace, response, self.workspace.response_urls[path])
        return answer

    async def message(
        self,
        text: str,
        *,
        blocks: Sequence[Object] | None = None,
        files: Sequence[File] = (),
        thread_ts: str = "",
        status: int = 200,
    ) -> Answer:
        """Writes a direct message. Slack's markup is made of the text; with `blocks` it is sent as it stands."""
        said = Message(
            self.dm_id,
            self.workspace.new_ts(),
            marked_up(text) if blocks is None else text,
            tuple(rich_text(text) if blocks is None else blocks),
            self.user_id,
            thread_ts=thread_ts,
            files=tuple(uploaded(self.workspace, self._url, self.user_id, file) for file in files),
        )
        self.workspace.messages[said.channel, said.ts] = said
        return await self.event(events.message(self.workspace, said), about=said, status=status)

    async def edit(self, answer: Answer, text: str, *, status: int = 200) -> Answer:
        """Edits a direct message of this person."""
        before = self._said(answer)
        after = replace(before, text=marked_up(text), blocks=tuple(rich_text(text)))
        self.workspace.messages[after.channel, after.ts] = after
        edited = {"edited": {"user": self.user_id, "ts": self.workspace.new_ts()}}
        event = events.message_changed(self.workspace, before, after, edited)
        return await self.event(event, about=after, status=status)

    async def unfurl(self, answer: Answer, *, status: int = 200) -> Answer:
        """Lets Slack add a link preview to a direct message: a change of the message, but no edit."""
        said = self._said(answer)
        page = {"title": "A page", "text": "What it says", "fallback": "A page", "from_url": "https://example.org"}
        preview = {"attachments": [{"id": 1, **page}]}
        event = events.message_changed(self.workspace, said, said, preview)
        return await self.event(event, about=said, status=status)

    async def delete(self, answer: Answer, *, status: int = 200) -> Answer:
        """Deletes a direct message of this person."""
        said = self._said(answer)
        del self.workspace.messages[said.channel, said.ts]
        return await self.event(events.message_deleted(self.workspace, said), status=status)

    async def echo(self, shown: Shown, *, status: int = 200) -> Answer:
        """Tells the bot of a direct message of its own, or of its change, as Slack does.

        Raises:
            LookupError: what was shown is no message that Slack tells of.
        """
        message = shown.message
        if message is None or message.ephemeral_to:
            raise LookupError("Slack tells of messages alone, and of no ephemeral ones")
        if shown.kind == "updated":
            event = events.message_changed(self.workspace, message, message, {})
        else:
            event = events.message(self.workspace, message)
        return await self.event(event, status=status)

    async def click(
        self,
        target: Shown | Message | View,
        action_id: str,
        *,
        option: str = "",
        values: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Answer:
        """Presses a button (a confirm dialog is agreed to) or picks the `option` with this value from a menu.

        Raises:
            LookupError: what is clicked is not there any more, or holds no such element.
        """
        place = self._current(target)
        block, element = clicked(place.blocks, action_id)
        chosen = chosen_options(element, option)
        done = payloads.action(element, block["block_id"], self.workspace.new_ts(), chosen)
        if isinstance(place, Message):
            path = self.workspace.new_response_url("actions", place.channel, self.user_id, place.ts)
            payload = payloads.message_click(self._actor(), place, done, self._url + path)
        else:
            payload = payloads.view_click(self._actor(), place, done, state_values(place, values or {}))
        return await self._interact("block_actions", payload, status)

    async def submit(self, view: View, values: Mapping[str, str] | None = None, *, status: int = 200) -> Answer:
        """Fills in a modal, by block_id or action_id of its inputs, and submits it.

        Raises:
            LookupError: the modal is not open, has no submit button, or no such input.
            ValueError: Slack would not let the person submit this: an input is empty or too long.
        """
        current = self._current(view)
        if not isinstance(current, View) or not current.content.get("submit"):
            raise LookupError("only an open modal with a submit button can be submitted")
        filled_in = {**self._here(current), **(values or {})}
        state = state_values(current, filled_in, submitted=True)
        payload = payloads.submission(self._actor(), current, state, self._response_urls(current, state))
        over = self.workspace.submitting[current.id] = asyncio.Event()
        try:
            answer, response = await self.delivery.deliver(Request("view_submission", _form(payload)), status)
            if response is not None:
                acknowledgement.of_submission(self.workspace, response, current)
        finally:
            del self.workspace.submitting[current.id]
            over.set()
        return answer

    async def close(self, view: View, *, status: int = 200) -> Answer | None:
        """Closes a modal; the bot is told only if it asked to be."""
        current = self.workspace.views[view.id]
        self.workspace.close_view(current)
        if not current.content.get("notify_on_close"):
            return None
        return await self._interact("view_closed", payloads.closing(self._actor(), current), status)

    async def shortcut(self, callback_id: str, *, message: Message, status: int = 200) -> Answer:
        """Picks a shortcut from a message's menu."""
        path = self.workspace.new_response_url("actions", message.channel, self.user_id)
        payload = payloads.message_shortcut(self._actor(message.channel), callback_id, message, self._url + path)
        return await self._interact("message_action", payload, status)

    async def global_shortcut(self, callback_id: str, *, status: int = 200) -> Answer:
        """Picks a shortcut from the search bar."""
        return await self._interact("shortcut", payloads.global_shortcut(self._actor(), callback_id), status)

    async def open_home(self, *, tab: str = "home", status: int = 200) -> Answer:
        """Opens the bot's Home, or its `messages` tab."""
        opened = events.app_home_opened(self.workspace, self.user_id, self.dm_id, tab, self.home)
        return await self.event(opened, status=status)

    async def event(
        self, event: Object, *, event_id: str = "", about: Message | None = None, status: int = 200
    ) -> Answer:
        """Sends any event."""
        body = events.envelope(self.workspace, event, event_id or self.workspace.new_id("Ev"))
        request = Request(str(event["type"]), json.dumps(body).encode(), JSON, about)
        return (await self.delivery.deliver(request, status))[0]

    async def again(
        self, answer: Answer, number: int = 1, reason: str = "http_timeout", *, status: int = 200
    ) -> Answer:
        """Sends the very same event once more, as Slack does when it got no answer."""
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return (await self.delivery.deliver(answer.request, status, headers))[0]

    def _here(self, view: View) -> dict[str, str]:
        """What Slack fills in by itself: the conversation that a person is in."""
        asked = [block for block in inputs(view) if block["element"].get("default_to_current_conversation")]
        return {block["block_id"]: self.channel_id for block in asked}

    def _response_urls(self, view: View, state: Object) -> list[Object]:
        found: list[Object] = []
        for block in inputs(view):
            block_id, action_id = block["block_id"], block["element"]["action_id"]
            channel = state[block_id][action_id].get("selected_conversation")
            if channel and block["element"].get("response_url_enabled"):
                url = self._url + self.workspace.new_response_url("actions", channel, self.user_id)
                ids = {"block_id": block_id, "action_id": action_id}
                found.append({**ids, "channel_id": channel, "response_url": url})
        return found

    def _actor(self, channel: str = "") -> payloads.Actor:
        return payloads.Actor(self.workspace, self.user_id, self.name, channel or self.channel_id)

    def _current(self, target: Shown | Message | View) -> Message | View:
        """What is clicked, as it looks now."""
        place = (target.view or target.message) if isinstance(target, Shown) else target
        if isinstance(place, Message) and (place.channel, place.ts) in self.workspace.messages:
            return self.workspace.messages[place.channel, place.ts]
        if isinstance(place, View) and place.id in self.workspace.views:
            return self.workspace.views[place.id]
        raise LookupError("that is not on the screen any more")

    def _said(self, answer: Answer) -> Message:
        if answer.request.message is None:
            raise LookupError("no message was written there")
        return self.workspace.messages[answer.request.message.channel, answer.request.message.ts]

    async def _interact(self, what: str, payload: Object, status: int) -> Answer:
        answer, response = await self.delivery.deliver(Request(what, _form(payload)), status)
        if response is not None:
            acknowledgement.of_interaction(self.workspace, what, response)
        return answer


def _form(payload: Object) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()
