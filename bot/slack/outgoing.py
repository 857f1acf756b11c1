"""The way out to Slack: one shared session for the Web API and for response_urls, with retries and time limits."""

import logging
from typing import Any

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.settings import Settings
from bot.slack.failure import slack_code
from bot.slack.watching import Nobody, Watcher

SECONDS = 6.0
"""One HTTP request to Slack takes no longer; a listener that must answer in 3 s sets its own, tighter limit."""

TROUBLES = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack's error codes for a trouble of its own (methods reference), after which trying again may help."""

LOST_ON_THE_WAY: list[type[Exception]] = [
    aiohttp.ServerConnectionError,
    aiohttp.ServerDisconnectedError,
    aiohttp.ClientOSError,
    TimeoutError,
]
"""What is tried once more though it may have arrived: a second answer does less harm than none."""


class ReplyRefusedError(Exception):
    """A response_url did not take an answer: used up, expired or gone. Holds the HTTP status alone."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"the response_url answered {status}")


class Client(AsyncWebClient):
    """The Web API client, whose failures a watcher hears of."""

    watcher: Watcher = Nobody()

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401 - the library's own
        """Call a method of the Web API."""
        try:
            return await super().api_call(api_method, **arguments)
        except Exception as error:
            self.watcher.slack_failed(api_method, slack_code(error) or "no_answer")
            raise


class Outgoing:
    """The Web API client, and what answers response_urls. Open it in the running loop, close it at the end.

    ``once`` is the client for what must not happen twice: it tries again only where nothing can have arrived.
    """

    def __init__(self, settings: Settings, watcher: Watcher | None = None) -> None:
        quiet = logging.getLogger("slack_sdk.outgoing")
        quiet.setLevel(logging.WARNING)  # at DEBUG the library prints what it sends and gets
        self._logger = quiet
        self._session: aiohttp.ClientSession | None = None
        self._retries = _retries()
        self._watcher = watcher or Nobody()
        self.client = Client(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url or AsyncWebClient.BASE_URL,
            logger=quiet,
            retry_handlers=self._retries,
        )
        self.once = Client(
            token=settings.slack_bot_token,
            base_url=self.client.base_url,
            logger=quiet,
            retry_handlers=_retries_before_arrival(),
        )
        self.client.watcher = self.once.watcher = self._watcher

    def open(self) -> aiohttp.ClientSession:
        """Open the shared session, unless it is open already."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
            self.client.session = self.once.session = self._session
        return self._session

    async def close(self) -> None:
        """Close the shared session."""
        if self._session is not None:
            await self._session.close()

    async def reply(self, response_url: str, body: dict[str, Any], *, once: bool = False) -> None:
        """Send an answer to a response_url; with ``once`` it is tried again only where nothing can have arrived.

        Raises:
            ReplyRefusedError: Slack did not take it.
        """
        webhook = AsyncWebhookClient(
            response_url,
            session=self.open(),
            logger=self._logger,
            retry_handlers=list(self.once.retry_handlers if once else self._retries),
        )
        try:
            answer = await webhook.send_dict(body)
        except Exception:
            self._watcher.slack_failed("response_url", "no_answer")
            raise
        if answer.status_code != 200:
            self._watcher.slack_failed("response_url", f"http_{answer.status_code}")
            raise ReplyRefusedError(answer.status_code)


class ServerErrorRetryHandler(AsyncRetryHandler):
    """Tries again after any 5xx, and after an error code by which Slack says the same in a 200."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the library's signature
        request: HttpRequest,  # noqa: ARG002 - the library's signature
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - the library's signature
    ) -> bool:
        if response is None:
            return False
        code = response.body.get("error") if isinstance(response.body, dict) else None
        return response.status_code >= 500 or code in TROUBLES


def _retries_before_arrival() -> list[AsyncRetryHandler]:
    return [
        AsyncConnectionErrorRetryHandler(error_types=[aiohttp.ClientConnectorError]),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
    ]


def _retries() -> list[AsyncRetryHandler]:
    return [
        AsyncConnectionErrorRetryHandler(error_types=LOST_ON_THE_WAY),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
    ]
