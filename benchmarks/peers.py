"""What the bot's server is measured against: Bolt applications that only acknowledge, on two servers.

``python -m benchmarks.peers asgi`` and ``... aiohttp``: Bolt's ASGI adapter on the server that the bot uses, and Bolt
as it comes. The settings come from the environment.
"""

import os
import sys

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def acknowledging(*, process_before_response: bool) -> AsyncApp:
    """Make a Bolt application whose one listener says that it heard."""
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        client=client,
        process_before_response=process_before_response,
    )

    @app.command("/rhythm-auth")
    async def acknowledge(ack: AsyncAck) -> None:
        await ack("heard")

    return app


def main(server: str) -> None:
    """Run one of them until it is killed."""
    port = int(os.environ["PORT"])
    if server == "aiohttp":
        acknowledging(process_before_response=False).start(port, path="/slack/events", host="127.0.0.1")
        return
    uvicorn.run(
        AsyncSlackRequestHandler(acknowledging(process_before_response=True), path="/slack/events"),
        host="127.0.0.1",
        port=port,
        workers=1,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main(sys.argv[1])
