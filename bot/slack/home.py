"""App Home: published when somebody opens it; the messages tab greets whoever has not written yet."""

import logging

from slack_bolt.async_app import AsyncApp

from bot.render import blocks
from bot.slack.desk import Body, Desk
from bot.slack.turn import Turn

log = logging.getLogger(__name__)


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Listen to Home being opened, and to the app's removal."""

    @bolt.event("app_home_opened")
    async def opened(event: Body, turn: Turn) -> None:
        if event.get("tab") == "home":
            desk.background.start(_publish(desk, event))
        elif event.get("tab") == "messages":
            desk.background.start(_greet(desk, event, turn))

    @bolt.event("app_uninstalled")
    async def uninstalled() -> None:
        log.warning("the app was removed from a workspace")
        desk.background.start(desk.identity.doubt())

    @bolt.event("tokens_revoked")
    async def revoked() -> None:
        log.warning("tokens of the app were revoked")
        desk.background.start(desk.identity.doubt())


async def _publish(desk: Desk, event: Body) -> None:
    view = blocks.home(desk.hosts, live=desk.diagnosis.prober is not None)
    await desk.outgoing.client.views_publish(user_id=event.get("user", ""), view=view)


async def _greet(desk: Desk, event: Body, turn: Turn) -> None:
    client, channel = desk.outgoing.client, event.get("channel", "")
    history = await client.conversations_history(channel=channel, limit=1)
    if not history.get("messages"):
        turn.answered("greeting")
        message = blocks.greeting(turn.reference)
        await client.chat_postMessage(channel=channel, text=message.text, blocks=message.blocks)
