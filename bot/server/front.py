"""The front door: takes a request in only if Slack signed it, it is fresh, and it is no larger than it may be.

Nothing is parsed before its signature was verified, and nothing of a body reaches a log.
Source of the signature: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from operator import methodcaller
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import Receive, Scope

MOST_BYTES = 1 << 20
"""A body's size at most: 1 MiB. Slack's own stay under a tenth of that."""

PATIENCE_SECONDS = 10.0
"""A body that takes longer to come, once it has begun, is given up. Until then the connection is watched."""

FRESH_SECONDS = 300
"""How far a request's timestamp may be from our clock, either way."""

WAITING_BYTES = 8 << 20
"""All bodies together that have come in part. Beyond it the one that is read longest is given up."""

FIELDS_MOST = 100
"""Fields of a form; Slack's have under twenty."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

_AT_EQUALS, _AROUND_EQUALS = methodcaller("split", "=", 1), methodcaller("partition", "=")

_WANTED = frozenset({b"content-length", b"content-type", b"x-slack-request-timestamp", b"x-slack-signature"})


class TurnedAwayError(Exception):
    """A request that is not taken in, with the HTTP status to answer and a reason that quotes nothing of it."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


class FrontDoor:
    """Reads, verifies and parses requests. ``clock`` gives Unix seconds."""

    def __init__(self, signing_secret: str, clock: Callable[[], float]) -> None:
        if not signing_secret:
            raise ValueError("a front door needs a signing secret: without one anybody could come in")
        self._secret = signing_secret.encode()
        self._clock = clock
        self._waiting: dict[asyncio.Timeout, int] = {}
        self._held = 0

    async def take_in(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        """Return the body of an HTTP request as one JSON object: an event, an interaction, or a command's fields.

        Raises:
            TurnedAwayError: with 400, 401, 408, 413 or 415.
        """
        headers = {name: value for name, value in scope["headers"] if name in _WANTED}
        body = await self._read(headers.get(b"content-length", b"0"), receive)
        self._verify(headers, body)
        return parse(headers.get(b"content-type", b"").decode("latin-1"), body)

    async def _read(self, declared: bytes, receive: Receive) -> bytes:
        if len(declared) > 9 or not declared.isdigit() or int(declared) > MOST_BYTES:
            raise TurnedAwayError(413, "the body is larger than 1 MiB")
        body, more = await _piece(receive)
        if not more:
            return body
        try:
            async with asyncio.timeout(PATIENCE_SECONDS) as patience:
                return await self._rest(body, receive, patience)
        except TimeoutError:
            raise TurnedAwayError(408, "the body took too long") from None

    async def _rest(self, first: bytes, receive: Receive, patience: asyncio.Timeout) -> bytes:
        body, more = bytearray(first), True
        try:
            while more:
                self._hold(patience, len(body))
                piece, more = await _piece(receive)
                body += piece
                if len(body) > MOST_BYTES:
                    raise TurnedAwayError(413, "the body is larger than 1 MiB")
        finally:
            self._let_go(patience)
        return bytes(body)

    def _hold(self, patience: asyncio.Timeout, size: int) -> None:
        """Count a body that has come in part; while all are too large together, give up the one that came first."""
        self._held += size - self._waiting.get(patience, 0)
        self._waiting[patience] = size
        while self._held > WAITING_BYTES:
            longest = next(iter(self._waiting))
            self._let_go(longest)
            longest.reschedule(0)

    def _let_go(self, patience: asyncio.Timeout) -> None:
        self._held -= self._waiting.pop(patience, 0)

    def _verify(self, headers: dict[bytes, bytes], body: bytes) -> None:
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        if not stamp.isdigit() or len(stamp) > 12:
            raise TurnedAwayError(401, "the timestamp is missing or no number")
        if abs(self._clock() - int(stamp)) > FRESH_SECONDS:
            raise TurnedAwayError(401, "the timestamp is more than 5 minutes off")
        signature = hmac.digest(self._secret, b"v0:%b:%b" % (stamp, body), "sha256")
        given = headers.get(b"x-slack-signature", b"")
        if not hmac.compare_digest(b"v0=" + signature.hex().encode(), given):
            raise TurnedAwayError(401, "the signature does not fit")


async def _piece(receive: Receive) -> tuple[bytes, bool]:
    """The next piece of a body, and whether there is more."""
    message = await receive()
    if message["type"] != "http.request":
        raise TurnedAwayError(400, "the body was cut off")
    piece = message.get("body", b"")
    if len(piece) > MOST_BYTES:
        raise TurnedAwayError(413, "the body is larger than 1 MiB")
    return piece, message.get("more_body", False)


def parse(content_type: str, body: bytes) -> dict[str, Any]:
    """Parse a verified body.

    Raises:
        TurnedAwayError: with 400 or 415.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return _json_object(body)
    if kind != FORM:
        raise TurnedAwayError(415, "the body is neither a form nor JSON")
    form = _form(body)
    return _json_object(form["payload"]) if "payload" in form else form


def _form(body: bytes) -> dict[str, Any]:
    """Read a form as browsers write it. The standard library's reader takes ten times as long for the same."""
    if body.count(b"&") >= FIELDS_MOST:
        raise TurnedAwayError(400, "the form has too many fields")
    try:
        text = body.decode("utf-8").replace("+", " ")
        fields = text.split("&")
        try:
            form = dict(map(_AT_EQUALS, fields))
        except ValueError:  # a field without a value
            form = {name: value for name, _, value in map(_AROUND_EQUALS, fields)}
        if "%" in "".join(form):
            form = {_unquoted(name): value for name, value in form.items()}
        for name, value in form.items():
            if "%" in value:
                form[name] = _unquoted(value)
    except ValueError:
        raise TurnedAwayError(400, "the form is broken") from None
    form.pop("", None)
    return form


def _unquoted(text: str) -> str:
    return unquote_to_bytes(text).decode()


def _json_object(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise TurnedAwayError(400, "the JSON is broken") from None
    if not isinstance(value, dict):
        raise TurnedAwayError(400, "the JSON is no object")
    return value
