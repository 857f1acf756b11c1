"""A session at the console, with a bot of a few lines and a person whose keys are written down."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from rich.console import Console
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.local import session as sessions
from bot.local.drawing import Buttons, Drawing
from bot.local.in_process import in_process
from bot.local.reading import Piped
from bot.local.samples import Sample
from bot.local.session import Session
from bot.local.slack import Slack

SECRET = "a1B2" * 30
AGAIN = {"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}}
GONE = {"type": "button", "action_id": "gone", "text": {"type": "plain_text", "text": "Gone"}}


def form(title: str, **more: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Text"}
    element = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    fields = [{"type": "input", "block_id": "text", "label": label, "element": element}]
    return {
        "type": "modal",
        "callback_id": "paste",
        "title": {"type": "plain_text", "text": title},
        "submit": label,
        "blocks": fields,
        **more,
    }


def small_bot(slack: Slack) -> AsyncApp:
    """Answers a command with two buttons, or with a form that says what was typed; a message with its length."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    bolt = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)

    @bolt.command("/rhythm-auth")
    async def command(ack: Any, body: dict[str, Any]) -> None:
        if not body.get("text"):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form("Form"))
        elif body["text"] != "silence":
            await ack(text="answer", blocks=[{"type": "actions", "elements": [AGAIN, GONE]}])
        else:
            await ack()

    add_listeners(bolt, client)
    return bolt


def add_listeners(bolt: AsyncApp, client: AsyncWebClient) -> None:
    @bolt.view("paste")
    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["text"]["text"]["value"]
        if text == "wrong":
            await ack(response_action="errors", errors={"text": "That is wrong"})
            return
        said = {"type": "section", "text": {"type": "plain_text", "text": f"{len(text)} characters"}}
        result = {"type": "modal", "title": {"type": "plain_text", "text": "Result"}, "blocks": [said]}
        await ack(response_action="update", view=result)

    @bolt.action("gone")
    async def gone(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        async with aiohttp.ClientSession() as session:
            await session.post(body["response_url"], json={"delete_original": True})

    @bolt.action("again")
    async def again(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="once more", replace_original=True)

    @bolt.event("message")
    async def message(say: Any, event: dict[str, Any]) -> None:
        await say(text=f"{len(event['text'])} characters")

    @bolt.shortcut("diagnose_message")
    async def shortcut(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        await respond(text=f"shortcut on {len(body['message']['text'])} characters")

    @bolt.event("app_home_opened")
    async def home(event: dict[str, Any]) -> None:
        divider = {"type": "section", "text": {"type": "plain_text", "text": "home"}}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [divider]})


class Typing:
    """Runs sessions and returns what they printed."""

    def __init__(self, slack: Slack, client: Any) -> None:
        self.slack, self.client = slack, client
        self.fine = True

    async def __call__(self, *lines: str) -> str:
        console = Console(file=io.StringIO(), width=70, color_system=None, highlight=False)
        drawing = Drawing(Buttons(), lambda: datetime(2026, 10, 1, tzinfo=UTC))
        made = {"long": Sample("long", "a long one", SECRET), "short": Sample("short", "a short one", "hello")}
        session = Session(self.slack, self.slack.person(self.client), Piped("\n".join(lines)), console, drawing, made)
        self.fine = await session.run()
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()


@pytest.fixture
async def type_in() -> AsyncIterator[Typing]:
    async with Slack() as slack:
        handler = AsyncSlackRequestHandler(small_bot(slack))

        async def endpoint(request: Request) -> Response:
            return await handler.handle(request)

        async with in_process(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])) as client:
            yield Typing(slack, client)


COMMANDED = "you  /rhythm-auth hi\nRhythm Auth · only you can see this\n  [1 Again]  [2 Gone]\n\n"


async def test_a_command(type_in: Typing) -> None:
    assert await type_in("/rhythm-auth hi") == COMMANDED
    assert type_in.fine


async def test_a_direct_message(type_in: Typing) -> None:
    assert await type_in("hello") == "you  hello\nRhythm Auth · direct message\n  5 characters\n\n"


async def test_a_sample_is_pasted_and_its_token_is_not_shown(type_in: Typing) -> None:
    said = await type_in("sample long")

    assert said == ("you  a1B2…a1B2 (120 characters)\nRhythm Auth · direct message\n  120 characters\n\n")
    assert SECRET not in said


async def test_a_sample_is_given_to_the_command(type_in: Typing) -> None:
    assert (await type_in("sample short --command")).startswith("you  /rhythm-auth hello\nRhythm Auth · only you")


async def test_samples_are_listed_and_others_are_unknown(type_in: Typing) -> None:
    assert await type_in("samples", "sample tall", "sample short --shout") == (
        "long   a long one\n"
        "short  a short one\n"
        "\n"
        "sample NAME pastes one as a direct message.\n"
        "sample NAME --command gives it to /rhythm-auth.\n"
        "\n"
        "There is no sample tall; samples lists them.\n"
        "\n"
        "There is no sample short --shout; samples lists them.\n"
        "\n"
    )


async def test_a_button_is_pressed_by_its_number(type_in: Typing) -> None:
    assert await type_in("/rhythm-auth hi", "1", "press 2", "7") == (
        COMMANDED
        + "Rhythm Auth · only you can see this · changed\n  once more\n\n"
        + "That button is not on the screen any more.\n\n"
        + "There is no button 7.\n\n"
    )


async def test_an_answer_is_dismissed(type_in: Typing) -> None:
    assert await type_in("/rhythm-auth hi", "2") == COMMANDED + "(That message is gone.)\n\n"


FORM = "you  /rhythm-auth\nRhythm Auth · form “Form”\n  Text\n\n  [Text]\n\n"


async def test_the_form_is_filled_in_and_shows_its_result(type_in: Typing) -> None:
    assert await type_in("/rhythm-auth", "one \\", "two") == (
        FORM + "Text:  one \\\ntwo\nRhythm Auth · form “Result” · changed\n  9 characters\n\n"
    )


async def test_the_form_is_filled_in_again_where_slack_or_the_bot_does_not_accept_it(type_in: Typing) -> None:
    said = await type_in("/rhythm-auth", "", "wrong", "right")

    assert said.startswith(FORM + "Text:  (empty)\nSlack: Text: must be filled in\n\nText:  wrong\n")
    assert "Rhythm Auth · form “Form” · not accepted\n  Text\n  That is wrong\n" in said
    assert "  5 characters\n" in said


async def test_the_form_is_closed(type_in: Typing) -> None:
    assert await type_in("/rhythm-auth", "cancel") == FORM + "(The form is closed.)\n\n"


async def test_another_action_closes_an_open_form(type_in: Typing) -> None:
    said = await type_in("/rhythm-auth", "a", "hello")

    assert said.endswith("(The form is closed.)\n\nyou  hello\nRhythm Auth · direct message\n  5 characters\n\n")


async def test_pressing_a_button_elsewhere_closes_an_open_form(type_in: Typing) -> None:
    said = await type_in("/rhythm-auth hi", "/rhythm-auth", "a", "1")

    assert said.endswith("(The form is closed.)\n\nRhythm Auth · only you can see this · changed\n  once more\n\n")


async def test_home_and_the_shortcut(type_in: Typing) -> None:
    assert await type_in("shortcut", "home", "hello", "shortcut") == (
        "There is no direct message of yours yet to pick a shortcut from.\n\n"
        "Rhythm Auth · Home\n  home\n\n"
        "you  hello\nRhythm Auth · direct message\n  5 characters\n\n"
        "Rhythm Auth · only you can see this\n  shortcut on 5 characters\n\n"
    )


async def test_help_quit_and_what_slack_does_not_know(type_in: Typing) -> None:
    said = await type_in("help", "", "/giphy cat", "quit", "hello")

    assert said.startswith("/rhythm-auth TEXT ")
    assert said.endswith("Slack knows no command /giphy here; /rhythm-auth is the bot's.\n\n")


async def test_a_missing_answer_is_said_and_counts(type_in: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "ANSWER_SECONDS", 0.1)

    assert await type_in("/rhythm-auth silence") == "you  /rhythm-auth silence\nThe bot did not answer.\n\n"
    assert not type_in.fine
