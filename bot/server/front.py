"""The front door: takes a request in only if Slack signed it, it is fresh, and it is no larger than it may be.

Nothing is parsed before its signature was verified, and nothing of a body reaches a log.
Source of the signature: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 1 << 20
"""A body's size at most: 1 MiB. Slack's own stay under a tenth of that."""

PATIENCE_SECONDS = 10.0
"""A body that takes longer to come is given up."""

FRESH_SECONDS = 300
"""How far a request's timestamp may be from our clock, either way."""

WAITING_BYTES = 32 << 20
"""All bodies together that are being read and not yet verified."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


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
        self._waiting = 0

    async def take_in(self, request: Request) -> dict[str, Any]:
        """Return the request's body as one JSON object: an event, an interaction, or a command's fields.

        Raises:
            TurnedAwayError: with 400, 401, 408, 413, 415 or 503.
        """
        body = await self._read(request)
        self._verify(request.headers, body)
        return parse(request.headers.get("content-type", ""), body)

    async def _read(self, request: Request) -> bytes:
        declared = request.headers.get("content-length", "0")
        if len(declared) > 9 or not declared.isdecimal() or int(declared) > MOST_BYTES:
            raise TurnedAwayError(413, "the body is larger than 1 MiB")
        body = bytearray()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                async for chunk in request.stream():
                    body += chunk
                    self._waiting += len(chunk)
                    if len(body) > MOST_BYTES:
                        raise TurnedAwayError(413, "the body is larger than 1 MiB")
                    if self._waiting > WAITING_BYTES:
                        raise TurnedAwayError(503, "too many bodies are being read")
        except TimeoutError:
            raise TurnedAwayError(408, "the body took too long") from None
        except ClientDisconnect:
            raise TurnedAwayError(400, "the body was cut off") from None
        finally:
            self._waiting -= len(body)
        return bytes(body)

    def _verify(self, headers: Headers, body: bytes) -> None:
        stamp = headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            raise TurnedAwayError(401, "the timestamp is missing or no number")
        if abs(self._clock() - int(stamp)) > FRESH_SECONDS:
            raise TurnedAwayError(401, "the timestamp is more than 5 minutes off")
        digest = hmac.digest(self._secret, b"v0:" + stamp.encode() + b":" + body, "sha256")
        given = headers.get("x-slack-signature", "").encode("latin-1", "replace")
        if not hmac.compare_digest(b"v0=" + digest.hex().encode(), given):
            raise TurnedAwayError(401, "the signature does not fit")


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
    try:
        form = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=100))
    except ValueError:
        raise TurnedAwayError(400, "the form is broken") from None
    return _json_object(form["payload"]) if "payload" in form else form


def _json_object(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise TurnedAwayError(400, "the JSON is broken") from None
    if not isinstance(value, dict):
        raise TurnedAwayError(400, "the JSON is no object")
    return value
