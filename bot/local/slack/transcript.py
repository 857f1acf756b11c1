"""Everything the stand-in received from the bot, so that a test can look for a secret in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus

_UNRECORDED = frozenset({"authorization", "host", "content-length"})


@dataclass(frozen=True)
class Received:
    """One thing the bot sent: a Web API call, a message to a response_url, or the body of an acknowledgement."""

    what: str
    body: str
    headers: str = ""


@dataclass
class Transcript:
    """What was received, in order."""

    entries: list[Received] = field(default_factory=list)

    def keep(self, what: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keeps one request or acknowledgement; the bot's own credentials in `Authorization` are left out."""
        kept = (f"{name}: {value}" for name, value in headers.items() if name.lower() not in _UNRECORDED)
        self.entries.append(Received(what, body.decode("utf-8", "replace"), "\n".join(kept)))

    def calls(self, what: str) -> list[Received]:
        """The requests of one kind, as `chat.postMessage` or `response_url`."""
        return [entry for entry in self.entries if entry.what == what]

    def text(self) -> str:
        """All of it as text, each body as it was sent and as it reads once JSON and form encoding are undone."""
        return "\n".join(part for entry in self.entries for part in _readings(entry))


def runs(text: str, secret: str, run: int = 25) -> list[str]:
    """The longest stretches of `secret`, of `run` characters or more, that stand in `text`; or a shorter one whole."""
    least = min(run, len(secret))
    found: list[str] = []
    start = 0
    while least and start + least <= len(secret):
        end = start + least
        if secret[start:end] not in text:
            start += 1
            continue
        while end < len(secret) and secret[start : end + 1] in text:
            end += 1
        found.append(secret[start:end])
        start = end - least + 1
    return found


def _readings(entry: Received) -> Iterator[str]:
    yield entry.what
    yield entry.headers
    yield entry.body
    yield from _decoded(entry.body)


def _decoded(body: str) -> Iterator[str]:
    try:
        yield from _strings(json.loads(body))
    except ValueError:
        yield unquote_plus(body)
        for _name, value in parse_qsl(body):
            if value.startswith(("{", "[")):
                yield from _decoded(value)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
