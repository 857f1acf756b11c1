"""uvicorn, set up in code, with an end of its own: what is under way is answered before the port is closed."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.server.impatience import impatient
from bot.server.moment import Moment
from bot.server.running import Running

GRACE_SECONDS = 3
"""How long connections may take to end once all is answered."""

CUT_SECONDS = 2.5
"""After this, half-sent requests and unread answers are cut, before uvicorn does it with a line of error for each."""

KEEP_ALIVE_SECONDS = 100
"""Longer than the 90 s for which a Heroku-style router keeps a connection: the router must be the first to close it."""

CONNECTIONS_MOST = 800
"""Connections at one time. A platform allows a process 1,024 open files and more; we need some for Slack and Rhythm."""

log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """uvicorn without its signal handling, which would end the process by the signal instead of with a status."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


async def serve_until_stopped(app: ASGIApp, listening: socket.socket, running: Running, moment: Moment) -> None:
    """Serve ``app`` on a bound socket until ``running.stop`` is set, drain, then close; count requests in ``moment``.

    One worker, whatever ``WEB_CONCURRENCY`` says: what is remembered is remembered in one process.
    """
    config = uvicorn.Config(
        app,
        http=impatient(CONNECTIONS_MOST, moment),
        ws="none",
        lifespan="on",
        workers=1,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(running.stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await running.drain()
    asyncio.get_running_loop().call_later(CUT_SECONDS, _cut, server)
    server.should_exit = True
    await serving


def _cut(server: uvicorn.Server) -> None:
    for connection in list(server.server_state.connections):
        connection.transport.abort()


def listen(host: str, port: int) -> socket.socket:
    """Bind the address.

    Raises:
        OSError: it cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)
