"""A client that drives a server over loopback as hard as one core can, for a bounded number of requests.

Requests are made before the clock runs. Each connection sends one, waits for its whole answer, and sends the next.
uvloop accepts one connection each time around: a busy server takes in the fiftieth only after fifty rounds of answers.
Where that is not what is measured, each connection has an answer before the clock runs.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

SECONDS_MOST = 60.0
"""A run that takes longer is a failure."""


class Measured(NamedTuple):
    """What one run took: seconds of the whole, and the latency of each request in seconds, sorted."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """The latency in milliseconds that so many percent of the requests stay within."""
        return 1000 * self.latencies[min(int(len(self.latencies) * percent / 100), len(self.latencies) - 1)]


class AnswerError(Exception):
    """A server answered something that it should not have."""


class Connection(asyncio.Protocol):
    """One kept connection. ``accept`` judges each answer, head and body."""

    def __init__(self, accept: Callable[[bytes], bool]) -> None:
        self._accept = accept
        self._answer = b""
        self._sent = 0.0
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def send(self, requests: Iterator[bytes], latencies: list[float]) -> "asyncio.Future[None]":
        """Send the requests of an iterator until there are none, and note how long each took, in seconds."""
        self._requests, self._latencies = requests, latencies
        self._done = asyncio.get_running_loop().create_future()
        self._send()
        return self._done

    def close(self) -> None:
        """Close it."""
        self._transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP has both directions
        """Wait for something to send."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Send the next request once an answer is whole."""
        self._answer = self._answer + data if self._answer else data
        if not _whole(self._answer):
            return
        self._latencies.append(time.perf_counter() - self._sent)
        if not self._accept(self._answer):
            self._end(AnswerError(self._answer[:300].decode(errors="replace")))
            return
        self._answer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """End; before the last answer that is a failure."""
        self._end(AnswerError("the server closed the connection"))

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._end(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if self._done.done():
            return
        if error is None:
            self._done.set_result(None)
        else:
            self._done.set_exception(error)


async def drive(
    port: int,
    requests: list[bytes],
    connections: int,
    accept: Callable[[bytes], bool] = lambda _: True,
    *,
    first: Sequence[bytes] = (),
) -> Measured:
    """Send all requests to a port of this machine over so many connections at a time.

    ``first`` are sent before the clock runs, one by each connection; without them connecting is part of the time.

    Raises:
        AnswerError: an answer was not accepted, or a connection ended early.
        TimeoutError: it took too long.
    """
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    left = iter(requests)
    began = time.perf_counter()
    async with asyncio.timeout(SECONDS_MOST):
        made = await asyncio.gather(
            *(loop.create_connection(lambda: Connection(accept), "127.0.0.1", port) for _ in range(connections))
        )
        if first:
            await asyncio.gather(*(one.send(iter([early]), []) for (_, one), early in zip(made, first, strict=True)))
            began = time.perf_counter()
        await asyncio.gather(*(one.send(left, latencies) for _, one in made))
    seconds = time.perf_counter() - began
    for _, one in made:
        one.close()
    return Measured(seconds, sorted(latencies))


def _whole(answer: bytes) -> bool:
    head, blank, body = answer.partition(b"\r\n\r\n")
    if not blank:
        return False
    lowered = head.lower()
    start = lowered.find(b"content-length:")
    if start < 0:
        if b"chunked" in lowered:
            return body.endswith(b"0\r\n\r\n")
        return True
    end = lowered.find(b"\r\n", start)
    return len(body) >= int(lowered[start + 15 : end if end > 0 else len(lowered)])
