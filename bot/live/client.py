"""The guard: one transport between the probes and the net, and the client that asks through it.

What may be asked, who may see the token, which addresses are connected to, how long an answer may take and how large
it may be is decided here and nowhere else. The client above it follows no redirect, keeps no cookie and reads nothing
of the environment.
"""

import asyncio
import email.utils
import ssl
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpcore
import httpx

from bot.live.addresses import AddressRefusedError, LookUpError, Resolver, VettedBackend
from bot.live.fairness import Breaker
from bot.live.reach import Reach
from bot.token.strict_json import strict_json

CONNECT_SECONDS = 2.0
PROBE_SECONDS = 4.0
"""How long a connection, and a probe from its look-up to its last byte, may take."""
BODY_MOST = 1_048_576
"""Bytes of an answer's body; a larger one is not read."""
RETRY_MOST = 86_400
"""Seconds of a ``Retry-After`` that are believed."""
_KEPT = ("content-type", "www-authenticate", "x-amzn-errortype")
_LARGE = 65_536


class UnlearntError(Exception):
    """A probe learnt nothing. ``reason`` says why in a few words, ``retry_after`` when to ask again, in seconds."""

    def __init__(self, reason: str, retry_after: int | None = None) -> None:
        self.reason = reason
        self.retry_after = retry_after
        super().__init__(reason)


class Guard(httpx.AsyncBaseTransport):
    """Makes the requests that its reach allows, and hands back complete JSON answers with three of their fields.

    Whatever else comes back is an :class:`UnlearntError`, and so is an answer that takes longer than ``seconds``.
    ``clock`` gives Unix seconds, for a ``Retry-After`` that is a date.
    """

    def __init__(
        self,
        reach: Reach,
        seconds: float = PROBE_SECONDS,
        resolver: Resolver | None = None,
        certificates: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._reach = reach
        self._seconds = seconds
        self._resolver = resolver or Resolver()
        self._certificates = certificates
        self._clock = clock
        self._pool: httpcore.AsyncConnectionPool | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make one request.

        Raises:
            UnlearntError: it may not be made, or no answer that counts was had in time.
        """
        if refusal := self._reach.refusal(request):
            raise UnlearntError(f"not asked: {refusal}")
        try:
            async with asyncio.timeout(self._seconds):
                return await self._ask(request)
        except TimeoutError:
            raise UnlearntError(f"no whole answer within {self._seconds:g} s") from None
        except AddressRefusedError:
            raise UnlearntError("not asked: its name leads to an address that is not public") from None
        except LookUpError:
            raise UnlearntError("its name could not be looked up") from None
        except httpcore.ConnectTimeout:
            raise UnlearntError(f"no connection within {CONNECT_SECONDS:g} s") from None
        except httpcore.ConnectError as error:
            raise UnlearntError(_not_connected(error)) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.PoolTimeout):
            raise UnlearntError("the connection broke off, or what came was no HTTP") from None

    async def aclose(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.aclose()
            self._pool = None

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        headers = [(b"host", url.netloc), (b"accept", b"application/json"), (b"accept-encoding", b"identity")]
        headers.append((b"user-agent", b"rhythm-auth"))
        headers += [
            (b"authorization", value) for name, value in request.headers.raw if name.lower() == b"authorization"
        ]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        limits = {"timeout": {"connect": CONNECT_SECONDS, "pool": CONNECT_SECONDS}}
        async with self._connections().stream("GET", target, headers=headers, extensions=limits) as answer:
            fields = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in reversed(answer.headers)
            }
            self._judge(answer.status, fields)
            body = await _read(answer.aiter_stream())
        return httpx.Response(
            answer.status, headers={name: fields[name] for name in _KEPT if name in fields}, content=body
        )

    def _connections(self) -> httpcore.AsyncConnectionPool:
        """The pool, made when it is first needed: its certificates cost 20 ms."""
        if self._pool is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=self._certificates or httpx.create_ssl_context(trust_env=False),
                max_connections=100,
                max_keepalive_connections=20,
                keepalive_expiry=15.0,
                network_backend=VettedBackend(self._reach.own, self._resolver),
            )
        return self._pool

    def _judge(self, status: int, fields: dict[str, str]) -> None:
        """Refuse what teaches nothing, before any of the body is read."""
        if 300 <= status < 400:
            raise UnlearntError(f"{status}: a redirect, which is not followed")
        if status == 429:
            raise UnlearntError("429: too many calls", self._retry_after(fields))
        if status >= 500:
            raise UnlearntError(f"{status}: a fault of the server", self._retry_after(fields))
        if fields.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            raise UnlearntError(f"{status}: the answer is compressed, which was not asked for")
        kind = fields.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
            raise UnlearntError(f"{status}: the answer is no JSON")
        length = fields.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > BODY_MOST:
            raise UnlearntError(f"{status}: the answer is larger than 1 MiB")

    def _retry_after(self, fields: dict[str, str]) -> int | None:
        """``Retry-After`` in seconds (RFC 9110 section 10.2.3), at most a day; None where there is none."""
        text = fields.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return min(int(text[:9]), RETRY_MOST)
        try:
            until = email.utils.parsedate_to_datetime(text).timestamp()
        except (ValueError, TypeError, OverflowError):
            return None
        return round(min(max(until - self._clock(), 0), RETRY_MOST))


def _not_connected(error: httpcore.ConnectError) -> str:
    causes = (error.__cause__, error.__context__)
    return (
        "its certificate is not valid for it"
        if any(isinstance(cause, ssl.SSLError) for cause in causes)
        else ("it refuses the connection, or cannot be reached")
    )


async def _read(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > BODY_MOST:
            raise UnlearntError("the answer is larger than 1 MiB")
    return bytes(body)


@dataclass(frozen=True)
class Answer:
    """An answer that counts: its status, its JSON, and the two fields by which gateways' layers are told apart."""

    status: int
    body: object
    challenge: str
    error_type: str

    def __repr__(self) -> str:
        """Name the status alone."""
        return f"Answer({self.status})"


class Client:
    """Asks through the guard, with a breaker for hosts that keep failing."""

    def __init__(self, guard: httpx.AsyncBaseTransport, breaker: Breaker) -> None:
        self._http = httpx.AsyncClient(transport=guard, trust_env=False, follow_redirects=False)
        self._breaker = breaker

    async def ask(self, url: str, authorization: str = "") -> Answer:
        """GET a URL, with that value of the Authorization field if any.

        Raises:
            UnlearntError: nothing was learnt.
        """
        host = _host(url)
        if wait := self._breaker.wait(host):
            raise UnlearntError("not asked: it failed several times in a row", wait)
        try:
            response = await self._http.get(url, headers={"authorization": authorization} if authorization else {})
            answer = await _answer(response)
        except UnlearntError as error:
            if not error.reason.startswith(("429", "not asked")):
                self._breaker.failed(host)
            raise
        self._breaker.worked(host)
        return answer

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _host(url: str) -> str:
    """Host and port of a URL. A host that pretends to be an internationalized name is refused here (RFC 5891)."""
    try:
        asked = httpx.URL(url)
        return asked.netloc.decode("ascii") if asked.host else ""
    except (httpx.InvalidURL, UnicodeError):
        raise UnlearntError("not asked: its name is none that can be looked up") from None


async def _answer(response: httpx.Response) -> Answer:
    text = response.content.decode("utf-8", "replace")
    body = await asyncio.to_thread(strict_json, text) if len(text) > _LARGE else strict_json(text)
    if body is None:
        raise UnlearntError(f"{response.status_code}: the answer's JSON is broken")
    challenge, error_type = (response.headers.get(name, "") for name in ("www-authenticate", "x-amzn-errortype"))
    return Answer(response.status_code, body, challenge, error_type)
