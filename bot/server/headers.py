"""Header fields on every answer: what we send is read by Slack and by operators, never shown in a page.

The security fields are written into the response itself, so that what uvicorn answers by itself has them too. Once the
process is ending, an answer also says that its connection ends (RFC 9112 section 9.6): the next request then goes to
the next process instead of into a connection that is about to be reset.
"""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_FIELDS = (
    b"cache-control: no-store\r\n"
    b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n"
    b"referrer-policy: no-referrer\r\n"
    b"strict-transport-security: max-age=31536000\r\n"
    b"x-content-type-options: nosniff\r\n"
)

_CLOSING = ((b"connection", b"close"),)


def secured(response: bytes) -> bytes:
    """Write the security fields behind the status line of a response, which may be its head alone."""
    line, ending, rest = response.partition(b"\r\n")
    return b"".join((line, ending, SECURITY_FIELDS, rest))


class Ending:
    """What an answer says of the end of its connection. ``ends`` tells whether the process is ending."""

    def __init__(self, ends: Callable[[], bool]) -> None:
        self._ends = ends

    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """The header fields of an answer that begins at this moment."""
        return _CLOSING if self._ends() else ()


class WithEnding:
    """ASGI middleware that adds them."""

    def __init__(self, app: ASGIApp, ending: Ending) -> None:
        self._app = app
        self._ending = ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._ending.headers()]
            await send(message)

        await self._app(scope, receive, with_headers)
