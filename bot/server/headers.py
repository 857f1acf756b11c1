"""Headers on every answer: what we send is read by Slack and by operators, never shown in a page.

Once the process is ending, an answer also says that its connection ends (RFC 9112 section 9.6): the next request
then goes to the next process instead of into a connection that is about to be reset.
"""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"x-content-type-options", b"nosniff"),
)


LAST_HEADERS = (*SECURITY_HEADERS, (b"connection", b"close"))


class Headers:
    """The headers of our own, as they are ``now``. ``ends`` tells whether the process is ending."""

    def __init__(self, ends: Callable[[], bool]) -> None:
        self._ends = ends

    def now(self) -> tuple[tuple[bytes, bytes], ...]:
        """What belongs to an answer that begins at this moment."""
        return LAST_HEADERS if self._ends() else SECURITY_HEADERS


class WithHeaders:
    """ASGI middleware that adds them."""

    def __init__(self, app: ASGIApp, headers: Headers) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers.now()]
            await send(message)

        await self._app(scope, receive, with_headers)
