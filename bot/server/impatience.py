"""Connections that cost little, whoever is at the other end: a request must come whole, soon, and in few pieces.

uvicorn's httptools protocol limits none of it: a client could hold a connection with half a head, send one without
end, ask a thousand times without reading an answer, or add fields behind a body for ever.
"""

import asyncio
import math
from collections import OrderedDict
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.server.moment import Moment
from bot.server.together import Outbox, Together

HEAD_SECONDS = 10.0
"""From the connection, or a request's first byte, to the end of its head."""

BODY_SECONDS = 12.0
"""From there to the last byte of its body. The front door gives up before that, and says so with a 408."""

READ_SECONDS = 10.0
"""How long a client may leave an answer unread that does not fit into the system's buffers."""

HEAD_BYTES = 32 * 1024
FIELDS_MOST = 100
"""Header fields of a request; Slack sends about ten, and a router adds as many."""

PIECES_MOST = 4096
"""Pieces in which a body may come: a mebibyte in packets has under a thousand, in chunks of one byte a million."""

UNANSWERED_MOST = 2
"""Requests that may be sent before the first of them is answered (RFC 9112 section 9.3.2); Slack waits for each."""


class TooMuchError(Exception):
    """A request that goes beyond a limit. The parser ends there; uvicorn answers 400 and closes the connection."""


class Crowd:
    """All connections of a server. Who comes when there are ``most`` takes the place of the one that rests longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._there: OrderedDict[ImpatientProtocol, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._there)

    def arrived(self, connection: "ImpatientProtocol") -> None:
        """Let a connection in. One whose request is being answered is not sent away for it."""
        self._there[connection] = None
        if len(self._there) > self._most:
            resting = next((one for one in self._there if not one.is_answering), connection)
            del self._there[resting]
            resting.transport.abort()

    def asks(self, connection: "ImpatientProtocol") -> None:
        """Note that a connection begins another request."""
        if connection in self._there:
            self._there.move_to_end(connection)

    def left(self, connection: "ImpatientProtocol") -> None:
        """Forget a connection."""
        self._there.pop(connection, None)


class ImpatientProtocol(HttpToolsProtocol):
    """Closes a connection whose request does not come whole in time, or goes beyond a limit.

    ``crowd`` holds the connections of its server, ``outbox`` their answers.
    """

    crowd: Crowd
    outbox: Outbox
    _timer: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _until = math.inf
    _has_cycle = False
    _in_head = True
    _head_bytes = 0
    _heads = 0
    _fields = 0
    _pieces = 0

    @property
    def is_answering(self) -> bool:
        """Whether a request has come whole and is not answered yet, though its client reads."""
        return (
            self._unread is None and self._has_cycle and not self.cycle.response_complete and not self.cycle.more_body
        )

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn narrows it too
        """Expect a first request."""
        self._together = Together(transport, self.outbox)
        super().connection_made(cast("asyncio.Transport", self._together))
        self._expect(HEAD_SECONDS)
        self.crowd.arrived(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        if self._timer is not None:
            self._timer.cancel()
        self.crowd.left(self)
        self._together.lost()
        super().connection_lost(exc)
        self._reads()
        # uvicorn's timer would hold all of this for as long as a connection is kept alive, and the bodies with it.
        self._unset_keepalive_if_required()
        self.pipeline.clear()
        if self._has_cycle:
            self.cycle.body = bytearray()

    def eof_received(self) -> bool:  # type: ignore[override]  # uvicorn always lets the transport close itself
        """Stay until what has come whole is answered: a client that closes its half says nothing more, but reads."""
        self._together.leave()
        if not self._together.waiting:
            return False
        self.cycle.keep_alive = False
        return True

    def pause_writing(self) -> None:
        """Give a client that does not read some time."""
        super().pause_writing()
        self._unread = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: it reads."""
        self._reads()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head."""
        in_head, heads = self._in_head, self._heads
        super().data_received(data)
        if in_head and heads == self._heads:  # all of it belongs to a head that is not complete yet
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self.transport.close()

    def on_message_begin(self) -> None:
        """Expect the rest of this request.

        Raises:
            TooMuchError: too many came before the first was answered.
        """
        if len(self.pipeline) >= UNANSWERED_MOST:
            raise TooMuchError
        super().on_message_begin()
        self._fields = self._pieces = 0
        self.crowd.asks(self)
        self._expect(HEAD_SECONDS)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field; those behind a body are dropped, nobody reads them.

        Raises:
            TooMuchError: there are too many.
        """
        self._fields += 1
        if self._fields > FIELDS_MOST:
            raise TooMuchError
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Expect the body."""
        self._in_head, self._head_bytes = False, 0
        self._heads += 1
        super().on_headers_complete()
        self._has_cycle = True
        self._expect(BODY_SECONDS)

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body.

        Raises:
            TooMuchError: there are too many.
        """
        self._pieces += 1
        if self._pieces > PIECES_MOST:
            raise TooMuchError
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Leave the connection to uvicorn's keep-alive until the next request begins."""
        self._in_head = True
        self._stop_expecting()
        if not self.cycle.response_complete:
            self._together.asked()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send what a response without a body has kept back."""
        self._together.flush()
        super().on_response_complete()

    def _reads(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _expect(self, seconds: float) -> None:
        """Set the deadline. One timer serves many requests: it looks when it rings, and rings again where it must."""
        self._until = self.loop.time() + seconds
        if self._timer is None or self._until < self._timer.when():
            self._ring()

    def _stop_expecting(self) -> None:
        self._until = math.inf

    def _ring(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_at(self._until, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._until <= self.loop.time():
            self.transport.close()
        elif self._until < math.inf:
            self._ring()


def impatient(most: int, moment: Moment) -> type[ImpatientProtocol]:
    """Make the protocol of one server, which has at most so many connections, and counts its requests in ``moment``."""
    return type("Impatient", (ImpatientProtocol,), {"crowd": Crowd(most), "outbox": Outbox(moment)})
