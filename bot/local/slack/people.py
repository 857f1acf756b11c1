"""Acting as a person: each action sends the bot exactly what Slack would send, and returns what came of it."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx

from bot.local.slack import acknowledgement, payloads
from bot.local.slack.forms import chosen_options, clicked, state_values
from bot.local.slack.screen import Message, Screen, Shown, View
from bot.local.slack.shape import Object
from bot.local.slack.signing import signed
from bot.local.slack.typed import marked_up, rich_text

if TYPE_CHECKING:
    from bot.local.slack.server import Slack


@dataclass(frozen=True)
class File:
    """A file of a message. A snippet lies with Slack; `external_url` is where a file of another service lies."""

    name: str
    content: bytes
    mode: str = "snippet"
    external_url: str = ""


@dataclass(frozen=True)
class Answer:
    """What came of an action: HTTP status (0: none in time), body and seconds of the acknowledgement, what appeared."""

    status: int
    body: str
    seconds: float
    request: tuple[bytes, str]
    message: Message | None
    _screen: Screen
    _start: int

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What has appeared since the action, in order, up to now."""
        return tuple(self._screen.shown[self._start :])

    @property
    def only(self) -> Shown:
        """The one thing that appeared.

        Raises:
            LookupError: none or several did.
        """
        if len(self.shown) != 1:
            raise LookupError(f"expected one thing to appear, saw {[shown.kind for shown in self.shown]}")
        return self.shown[0]


class Person:
    """Somebody in the workspace. Actions take the HTTP `status` that the bot should answer; any other breaks a rule."""

    def __init__(self, slack: "Slack", client: httpx.AsyncClient, name: str, path: str) -> None:
        """Adds a person to the workspace, with a channel `api-support` (the bot is not in it) and a direct message."""
        self._slack = slack
        self._client = client
        self._path = path
        self.signing_secret = slack.signing_secret
        self.workspace = slack.workspace
        self.name = name
        self.user_id = self.workspace.add_user(name)
        self.channel_id = self.workspace.add_channel("api-support", self.user_id)
        self.dm_id = self.workspace.direct(self.user_id)

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
        form = payloads.command(actor, command, text, self._slack.url + path)
        answer, response = await self._act(f"{command} {text[:8]}", urlencode(form).encode(), status)
        if response is not None and response.status_code == 200:
            acknowledgement.of_command(self.workspace, response, self.workspace.response_urls[path])
        elif status == 200:
            self._slack.screen.show(Shown("failed", f"{command} failed with the error “dispatch_failed”"))
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
        message = Message(
            self.dm_id,
            self.workspace.new_ts(),
            marked_up(text) if blocks is None else text,
            tuple(rich_text(text) if blocks is None else blocks),
            self.user_id,
            thread_ts=thread_ts,
            files=tuple(self._upload(file) for file in files),
        )
        self.workspace.messages[message.channel, message.ts] = message
        inner = payloads.message_event(message, self.workspace.team_id, "file_share" if files else "")
        return await self.event(inner, message=message, status=status)

    async def edit(self, answer: Answer, text: str, *, status: int = 200) -> Answer:
        """Edits a direct message that this person wrote."""
        before = self._written(answer)
        after = replace(before, text=marked_up(text), blocks=tuple(rich_text(text)))
        self.workspace.messages[after.channel, after.ts] = after
        edited = {"edited": {"user": self.user_id, "ts": self.workspace.new_ts()}}
        return await self._changed(before, after, edited, status)

    async def unfurl(self, answer: Answer, *, status: int = 200) -> Answer:
        """Lets Slack add a link preview to a direct message: a change, but no edit."""
        before = self._written(answer)
        return await self._changed(
            before, before, {"attachments": [{"id": 1, "title": "A page", "from_url": "https://example.org"}]}, status
        )

    async def delete(self, answer: Answer, *, status: int = 200) -> Answer:
        """Deletes a direct message that this person wrote."""
        before = self._written(answer)
        del self.workspace.messages[before.channel, before.ts]
        ts = self.workspace.new_ts()
        inner = {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": before.channel,
            "channel_type": "im",
            "ts": ts,
            "event_ts": ts,
            "deleted_ts": before.ts,
            "previous_message": payloads.written(before, self.workspace),
        }
        return await self.event(inner, status=status)

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
        done = payloads.action(element, block["block_id"], self.workspace.new_ts(), chosen_options(element, option))
        if isinstance(place, Message):
            original = self.workspace.new_response_url("actions", place.channel, self.user_id, place.ts)
            payload = payloads.message_click(self._actor(), place, done, self._slack.url + original)
        else:
            payload = payloads.view_click(self._actor(), place, done, state_values(place, values or {}))
        return await self._interact("block_actions", payload, status)

    async def submit(self, view: View, values: Mapping[str, str] | None = None, *, status: int = 200) -> Answer:
        """Fills in a modal, by block_id or action_id of its inputs, and submits it.

        Raises:
            LookupError: the modal is not open, or has no such input.
            ValueError: Slack would not let the person submit this, because an input is empty or too long.
        """
        current = self._current(view)
        if not isinstance(current, View) or "submit" not in current.content:
            raise LookupError("only an open modal with a submit button can be submitted")
        payload = payloads.submission(self._actor(), current, state_values(current, values or {}, submitted=True))
        over = self.workspace.submitting[current.id] = asyncio.Event()
        try:
            answer, response = await self._act("view_submission", _form(payload), status)
            if response is not None and response.status_code == 200:
                acknowledgement.of_submission(self.workspace, response, current)
            elif status == 200:
                self._slack.screen.show(Shown("failed", "We had some trouble connecting. Try again?"))
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
        original = self.workspace.new_response_url("actions", message.channel, self.user_id)
        payload = payloads.message_shortcut(
            self._actor(message.channel), callback_id, message, self._slack.url + original
        )
        return await self._interact("message_action", payload, status)

    async def global_shortcut(self, callback_id: str, *, status: int = 200) -> Answer:
        """Picks a shortcut from the search bar."""
        return await self._interact("shortcut", payloads.global_shortcut(self._actor(), callback_id), status)

    async def open_home(self, *, tab: str = "home", status: int = 200) -> Answer:
        """Opens the bot's Home, or its `messages` tab."""
        known = (
            {"view": payloads.described(self.home, {}, self.workspace)}
            if self.home is not None and tab == "home"
            else {}
        )
        inner = {
            "type": "app_home_opened",
            "user": self.user_id,
            "channel": self.dm_id,
            "tab": tab,
            "event_ts": self.workspace.new_ts(),
        }
        return await self.event({**inner, **known}, status=status)

    async def event(
        self, inner: Object, *, event_id: str = "", message: Message | None = None, status: int = 200
    ) -> Answer:
        """Sends any event."""
        body = json.dumps(payloads.event(self.workspace, inner, event_id or self.workspace.new_id("Ev"))).encode()
        answer, _response = await self._act(str(inner["type"]), body, status, "application/json", message=message)
        return answer

    async def again(
        self, answer: Answer, number: int = 1, reason: str = "http_timeout", *, status: int = 200
    ) -> Answer:
        """Sends the very same event once more, as Slack does when it got no answer."""
        body, content_type = answer.request
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        repeated, _response = await self._act("retry", body, status, content_type, headers, message=answer.message)
        return repeated

    async def ssl_check(self) -> Answer:
        """Slack's own look whether the address is there."""
        answer, _response = await self._act(
            "ssl_check", urlencode({"token": payloads.VERIFICATION_TOKEN, "ssl_check": "1"}).encode(), 200
        )
        return answer

    async def url_verification(self) -> Answer:
        """Slack's question when an address is set for events; the answer must hold the challenge."""
        challenge = self.workspace.new_id("challenge")
        body = {"type": "url_verification", "token": payloads.VERIFICATION_TOKEN, "challenge": challenge}
        answer, _response = await self._act("url_verification", json.dumps(body).encode(), 200, "application/json")
        if challenge not in answer.body:
            self.workspace.breaks("url_verification", "the answer does not hold the challenge")
        return answer

    async def send(self, body: bytes, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Sends anything, signed unless `headers` say otherwise, and judges nothing."""
        own = {
            "Content-Type": "application/x-www-form-urlencoded",
            **signed(self.signing_secret, int(self.workspace.clock()), body),
        }
        response = await self._client.post(self._path, content=body, headers={**own, **(headers or {})})
        self._slack.transcript.keep("ack", response.content, response.headers)
        return response

    def _actor(self, channel: str = "") -> payloads.Actor:
        return payloads.Actor(self.workspace, self.user_id, self.name, channel or self.channel_id)

    def _current(self, target: Shown | Message | View) -> Message | View:
        """What is clicked, as it looks now."""
        if isinstance(target, Shown):
            target = target.view or target.message or target
        if isinstance(target, Message) and (target.channel, target.ts) in self.workspace.messages:
            return self.workspace.messages[target.channel, target.ts]
        if isinstance(target, View) and target.id in self.workspace.views:
            return self.workspace.views[target.id]
        raise LookupError("that is not on the screen any more")

    def _written(self, answer: Answer) -> Message:
        if answer.message is None:
            raise LookupError("no message was written there")
        return self.workspace.messages[answer.message.channel, answer.message.ts]

    def _upload(self, file: File) -> Object:
        file_id = self.workspace.new_id("F")
        preview = file.content[:500].decode("utf-8", "replace")
        described: Object = {
            "id": file_id,
            "name": file.name,
            "title": file.name,
            "mimetype": "text/plain",
            "filetype": "text",
            "mode": file.mode,
            "size": len(file.content),
            "user": self.user_id,
            "is_external": bool(file.external_url),
            "url_private": file.external_url or f"{self._slack.url}/files-pri/{file_id}/{file.name}",
            **({"preview": preview, "preview_is_truncated": len(file.content) > 500} if file.mode == "snippet" else {}),
        }
        self.workspace.files[file_id] = (described, file.content)
        return described

    async def _changed(self, before: Message, after: Message, more: Object, status: int) -> Answer:
        ts = self.workspace.new_ts()
        inner = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": after.channel,
            "channel_type": "im",
            "ts": ts,
            "event_ts": ts,
            "message": {**payloads.written(after, self.workspace), **more},
            "previous_message": payloads.written(before, self.workspace),
        }
        return await self.event(inner, message=after, status=status)

    async def _interact(self, what: str, payload: Object, status: int) -> Answer:
        answer, response = await self._act(what, _form(payload), status)
        if response is not None and response.status_code == 200:
            acknowledgement.of_interaction(self.workspace, what, response)
        return answer

    async def _act(
        self,
        what: str,
        body: bytes,
        status: int,
        content_type: str = "application/x-www-form-urlencoded",
        headers: Mapping[str, str] | None = None,
        *,
        message: Message | None = None,
    ) -> tuple[Answer, httpx.Response | None]:
        """Sends one request and waits for its acknowledgement as long as Slack does."""
        screen = self._slack.screen
        self._slack.mark = start = len(screen.shown)
        began = time.perf_counter()
        sending = asyncio.create_task(self.send(body, {"Content-Type": content_type, **(headers or {})}))
        await asyncio.wait([sending], timeout=self._slack.ack_seconds)
        seconds = time.perf_counter() - began
        if not sending.done():
            self._slack.running.add(sending)
            sending.add_done_callback(self._slack.running.discard)
            self.workspace.breaks(what, f"was not acknowledged within {self._slack.ack_seconds} s")
            screen.show(Shown("failed", "operation_timeout"))
            return Answer(0, "", seconds, (body, content_type), message, screen, start), None
        response = sending.result()
        if response.status_code != status:
            self.workspace.breaks(what, f"was answered with HTTP status {response.status_code}, not {status}")
        return Answer(
            response.status_code, response.text, seconds, (body, content_type), message, screen, start
        ), response


def _form(payload: Mapping[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()
