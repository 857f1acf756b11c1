"""Connections that cost nothing for long: a request must come whole in time, and its head within a size.

uvicorn's httptools protocol limits neither: a client could hold a connection with half a head, or send one without end.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_SECONDS = 20.0
"""From its first byte, or from the connection, to the last byte of its body. Bodies have their own 10 s within."""

HEAD_BYTES = 64 * 1024


class ImpatientProtocol(HttpToolsProtocol):
    """Closes a connection whose request does not come whole in time, or whose head is too large."""

    _timer: asyncio.TimerHandle | None = None
    _in_head = True
    _head_bytes = 0
    _heads = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it too
        """Expect a first request."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._stop_expecting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head."""
        in_head, heads = self._in_head, self._heads
        super().data_received(data)
        if in_head and heads == self._heads:  # all of it belongs to a head that is not complete yet
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self.transport.close()

    def on_message_begin(self) -> None:
        """Expect the rest of this request."""
        super().on_message_begin()
        self._expect()

    def on_headers_complete(self) -> None:
        """Stop counting."""
        self._in_head, self._head_bytes = False, 0
        self._heads += 1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Leave the connection to uvicorn's keep-alive until the next request begins."""
        self._in_head = True
        self._stop_expecting()
        super().on_message_complete()

    def _expect(self) -> None:
        self._stop_expecting()
        self._timer = self.loop.call_later(WHOLE_SECONDS, self.transport.close)

    def _stop_expecting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
