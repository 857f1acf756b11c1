"""Text in files: snippets and small text files of a direct message, fetched from Slack's own hosts and nowhere else.

The bot token goes into these requests, so an address is compared as it is written, before anything parses it.
"""

import asyncio
import codecs
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

import aiohttp

from bot.render import texts
from bot.slack.desk import Body
from bot.slack.failure import describe
from bot.slack.outgoing import Outgoing

MOST_BYTES = 1 << 20
"""All files of one message together: 1 MiB."""

MOST_FILES = 5
SECONDS = 8.0
"""One file takes no longer."""

_SLACKS = re.compile(r"https://(?:[a-z0-9-]+\.)*slack\.com/[!-\[\]-~]*")
"""Addresses on slack.com: no port, no user, no backslash, nothing that two parsers could read in two ways."""

_REST = re.compile(r"/[!-\[\]-~]*")
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript", "application/x-sh")
_TEXT_ENDINGS = frozenset(
    {
        ".txt",
        ".text",
        ".log",
        ".json",
        ".har",
        ".http",
        ".rest",
        ".curl",
        ".sh",
        ".bash",
        ".zsh",
        ".ps1",
        ".bat",
        ".cmd",
    }
    | {
        ".py",
        ".js",
        ".ts",
        ".mjs",
        ".cs",
        ".java",
        ".go",
        ".rb",
        ".php",
        ".kt",
        ".swift",
        ".xml",
        ".yml",
        ".yaml",
        ".md",
    }
    | {".csv", ".env", ".ini", ".conf", ".out", ".err", ".postman_collection"}
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

log = logging.getLogger(__name__)


class UnreadableError(Exception):
    """A file that is not read. ``why`` is a sentence for the person who sent it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class FilesText:
    """The texts of a message's files, and the reasons why others were not read."""

    texts: tuple[str, ...]
    unread: tuple[str, ...]


class Files:
    """Fetches files with the bot token; ``api_url`` is the Web API of a stand-in, whose origin counts as Slack's."""

    def __init__(self, outgoing: Outgoing, api_url: str) -> None:
        self._outgoing = outgoing
        self._stand_in = "/".join(api_url.split("/")[:3])

    async def read(self, files: object) -> FilesText:
        """Read what can be read of a message's files, one after the other."""
        found: list[str] = []
        unread: list[str] = []
        left = MOST_BYTES
        described = [item for item in files if isinstance(item, dict)] if isinstance(files, Iterable) else []
        for item in described[:MOST_FILES]:
            try:
                content = await self._fetched(item, left)
                found.append(decoded(content))
            except UnreadableError as error:
                unread.append(error.why)
            else:
                left -= len(content)
        return FilesText(tuple(found), tuple(dict.fromkeys(unread)))

    async def _fetched(self, described: Body, most: int) -> bytes:
        try:
            async with asyncio.timeout(SECONDS):
                if described.get("file_access") == "check_file_info":  # else it lacks details
                    answer = await self._outgoing.client.files_info(file=described.get("id", ""))
                    described = answer.get("file") or {}
                refuse(described, most)
                return await self._get(str(described.get("url_private") or ""), described, most)
        except UnreadableError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever happened on the way, the person is told
            log.info("a file could not be fetched: %s", describe(error))
            raise UnreadableError(texts.FILE_FAILED) from None

    async def _get(self, url: str, described: Body, most: int) -> bytes:
        if not self.is_slacks(url):
            raise UnreadableError(texts.FILE_ELSEWHERE)
        headers = {"Authorization": f"Bearer {self._outgoing.client.token}", "Accept-Encoding": "identity"}
        async with self._outgoing.open().get(url, headers=headers, allow_redirects=False) as response:
            login = response.content_type == "text/html" and described.get("mimetype") != "text/html"
            if login or response.status in {302, 303, 307, 401, 403}:
                raise UnreadableError(texts.FILE_NOT_ALLOWED)
            if response.status != 200:
                raise UnreadableError(texts.FILE_FAILED)
            return await _body(response, most)

    def is_slacks(self, url: str) -> bool:
        """Tell whether an address leads to Slack, so that the bot token may go there."""
        if _SLACKS.fullmatch(url):
            return True
        own = self._stand_in
        return bool(own) and url.startswith(own) and _REST.fullmatch(url.removeprefix(own)) is not None


def refuse(described: Body, most: int) -> None:
    """Refuse by its description a file that cannot hold what we read.

    Raises:
        UnreadableError: with the reason.
    """
    if described.get("mode") in {"tombstone", "hidden_by_limit"}:
        raise UnreadableError(texts.FILE_FAILED)
    if described.get("is_external") or described.get("mode") == "external":
        raise UnreadableError(texts.FILE_ELSEWHERE)
    kind = str(described.get("mimetype") or "").lower()
    if kind.startswith(("image/", "video/")):
        raise UnreadableError(texts.FILE_PICTURE)
    endings = {PurePosixPath(str(described.get("name") or "").lower()).suffix, f".{described.get('filetype')}"}
    if described.get("mode") != "snippet" and not kind.startswith(_TEXT_TYPES) and not endings & _TEXT_ENDINGS:
        raise UnreadableError(texts.FILE_NOT_TEXT)
    size = described.get("size")
    if isinstance(size, int) and size > most:
        raise UnreadableError(texts.FILE_TOO_LARGE)


def decoded(content: bytes) -> str:
    """Return a file's text; a byte order mark names its encoding, as PowerShell's redirection writes it.

    Raises:
        UnreadableError: it is no text.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    text = content.decode(encoding, "replace")
    if "\0" in text:
        raise UnreadableError(texts.FILE_NOT_TEXT)
    return text


async def _body(response: aiohttp.ClientResponse, most: int) -> bytes:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise UnreadableError(texts.FILE_FAILED)
    content = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > most:
            raise UnreadableError(texts.FILE_TOO_LARGE)
    return bytes(content)
