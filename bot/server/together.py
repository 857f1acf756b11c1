"""An answer leaves in one piece: uvicorn writes head and body apart, and each write is a packet and a system call."""

import asyncio
from typing import Any


class Together:
    """A connection's transport that keeps the head of a response back until its body, or its end, comes.

    Everything but writing and closing is the transport's own.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the transport has
        """Look it up in the transport."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write, together with what was kept back."""
        if self._head:
            data, self._head = self._head + data, b""
        elif _is_head(data):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Write what was kept back: the response has no body."""
        if self._head:
            self._transport.write(self._head)
            self._head = b""

    def close(self) -> None:
        """Close once everything is written."""
        self.flush()
        self._transport.close()


def _is_head(data: bytes) -> bool:
    """Whether bytes are the head of a final response; a 1xx has no body to wait for (RFC 9110 section 15.2)."""
    return data.startswith(b"HTTP/1.1 ") and data[9:10] != b"1" and data.endswith(b"\r\n\r\n")
