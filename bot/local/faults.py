"""What an HTTP server can do wrong, for the stand-ins of Rhythm and Auth0: the tests choose."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field

JSON = "application/json"


@dataclass(frozen=True)
class Fault:
    """An answer that goes wrong.

    `before` seconds pass before its first byte, `between` seconds between two pieces of its body; one that hangs never
    begins. `repeated` is how often the body is sent.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    before: float = 0.0
    between: float = 0.0
    hangs: bool = False
    repeated: int = 1


def says(status: int, message: str = "", **headers: str) -> Fault:
    """A status with a message, as AWS's gateway writes it; `_` in the names of fields stands for `-`."""
    fields = {"content-type": JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Fault(status, f'{{"message":"{message}"}}'.encode() if message else b"{}", fields)


def slow(seconds: float) -> Fault:
    """A good answer that is late."""
    return Fault(headers={"content-type": JSON}, before=seconds)


def dripping(seconds: float) -> Fault:
    """An answer whose pieces come in time, each by itself, and that never ends in time."""
    return Fault(body=b" ", headers={"content-type": JSON}, between=seconds, repeated=1000)


def hanging() -> Fault:
    """No answer at all."""
    return Fault(hangs=True)


def huge(mebibytes: int = 64) -> Fault:
    """An answer that goes on and on, without a length."""
    return Fault(body=b" " * 65_536, headers={"content-type": JSON}, repeated=mebibytes * 16)


def announced(length: int) -> Fault:
    """An answer that says how large it is, and stops."""
    return Fault(headers={"content-type": JSON, "content-length": str(length)}, hangs=False, between=60.0, repeated=2)


def gzip_bomb() -> Fault:
    """A small answer that is large when it is unpacked, as nobody asked it to be packed."""
    packed = gzip.compress(b'{"a":"' + b"a" * 10_000_000 + b'"}')
    return Fault(body=packed, headers={"content-type": JSON, "content-encoding": "gzip"})


def html(status: int = 200) -> Fault:
    """A page for people."""
    return Fault(status, b"<!doctype html><title>Sign in</title>", {"content-type": "text/html; charset=utf-8"})


def redirect(url: str, status: int = 302) -> Fault:
    """Sends the client elsewhere."""
    return Fault(status, headers={"location": url, "content-type": JSON})


def broken(body: bytes = b'{"keys":') -> Fault:
    """A body that is called JSON and is none."""
    return Fault(body=body, headers={"content-type": JSON})
