"""The corpus: what a ``.paste`` file is, and how it is read.

A file is ``tests/pastes/<folder>/<name>.paste``; its folder is the id of the root cause that a right diagnosis finds, or
``healthy``, ``combinations``, ``confusions``, ``traps``, ``forms``, ``nothing``. UTF-8, LF; a head, a line ``---``, the paste::

    # where people do this, or why it is expected
    root: audience-wrong        a cause id, or none                  (| between alternatives, here and where marked with |)
    certainty: certain|likely   of the root cause |
    next: token-expired         the exact list in order; `-`: empty; ` | ` between alternatives
    verdict: blocked            blocked, clear, inconclusive or nothing-to-check |
    kind: access                token.kind, or null |
    absent: a b                 ids that are neither root nor next
    repairs: slack-markup       are among the repairs; `-`: there are none
    notices: several-tokens     are among the notices; `-`: there are none
    service: rolodex            request.service, or null
    checks: expiry=passed       outcomes of checks |
    at: 2026-03-10T12:00:00Z    the option --at
    url: https://...            the option --url
    settings: NAME=value        a setting, repeatable
    ---
    the paste: everything after that line; the file's last line end is dropped

What a head does not say is not judged; only ``root`` and ``verdict`` are required. All is judged at NOW, 2026-03-10T12:00:00Z.

Tokens in the paste are minted when the file is read: see :mod:`tests.pastes.minting`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.pastes.minting import Mint

HERE = Path(__file__).parent

_LISTS = {"absent", "repairs", "notices"}
_ALTERNATIVES = {"root", "certainty", "verdict", "kind"}
_TEXTS = {"service", "at", "url"}


class Expectation(NamedTuple):
    """What a right diagnosis says of a paste. None means that it is not judged; tuples of ``root`` and the like are alternatives."""

    root: tuple[str, ...]
    verdict: tuple[str, ...]
    certainty: tuple[str, ...] | None = None
    next: tuple[tuple[str, ...], ...] | None = None
    kind: tuple[str, ...] | None = None
    absent: tuple[str, ...] = ()
    repairs: tuple[str, ...] | None = None
    notices: tuple[str, ...] | None = None
    service: str | None = None
    checks: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Paste(NamedTuple):
    """One file: where it stands, what to give to the diagnosis, what to expect, and the secrets that must not show."""

    name: str
    text: str
    expected: Expectation
    at: str | None
    url: str | None
    settings: Mapping[str, str]
    secrets: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder: a cause id or a group of pastes."""
        return self.name.partition("/")[0]


class PasteError(Exception):
    """A paste file that cannot be read as one; the message names the file and the reason."""


def all_pastes() -> list[Paste]:
    """Every paste of the corpus, in the order of their names."""
    return [read_paste(path) for path in sorted(HERE.glob("*/*.paste"))]


def read_paste(path: Path) -> Paste:
    """Read one file and mint its tokens. Raises :class:`PasteError`."""
    name = f"{path.parent.name}/{path.stem}"
    return paste_of(name, path.read_bytes().decode("utf-8"))


def paste_of(name: str, document: str) -> Paste:
    """Read a paste file's text. Raises :class:`PasteError`."""
    head, mark, body = document.partition("\n---\n")
    if not mark or not head.startswith("# "):
        raise PasteError(f"{name}: a head with a # line first, then ---, then the paste")
    fields, settings = _fields(name, head)
    mint = Mint(name)
    try:
        text = mint.text(body.removesuffix("\n"))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise PasteError(f"{name}: {error}") from error
    expected = _expectation(name, fields)
    return Paste(name, text, expected, fields.get("at"), fields.get("url"), settings, tuple(mint.secrets))


def _fields(name: str, head: str) -> tuple[dict[str, str], dict[str, str]]:
    fields: dict[str, str] = {}
    settings: dict[str, str] = {}
    for line in head.split("\n"):
        if line.startswith("#") or not line.strip():
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or (key != "settings" and key in fields):
            raise PasteError(f"{name}: not understood, or twice: {line!r}")
        if key == "settings":
            setting, _, content = value.partition("=")
            settings[setting] = content
        elif key in _LISTS | _ALTERNATIVES | _TEXTS | {"next", "checks"}:
            fields[key] = value
        else:
            raise PasteError(f"{name}: no such key: {key}")
    return fields, settings


def _expectation(name: str, fields: Mapping[str, str]) -> Expectation:
    def words(key: str) -> tuple[str, ...] | None:
        return None if key not in fields else () if fields[key] == "-" else tuple(fields[key].split())

    def alternatives(key: str) -> tuple[str, ...] | None:
        return tuple(part.strip() for part in fields[key].split("|")) if key in fields else None

    root, verdict = alternatives("root"), alternatives("verdict")
    if root is None or verdict is None:
        raise PasteError(f"{name}: root and verdict are required")
    following = None
    if "next" in fields:
        following = tuple(() if part.strip() == "-" else tuple(part.split()) for part in fields["next"].split("|"))
    checks = [check.partition("=") for check in fields.get("checks", "").split()]
    return Expectation(
        root=root,
        verdict=verdict,
        certainty=alternatives("certainty"),
        next=following,
        kind=alternatives("kind"),
        absent=words("absent") or (),
        repairs=words("repairs"),
        notices=words("notices"),
        service=fields.get("service"),
        checks=tuple((check, tuple(outcomes.split("|"))) for check, _, outcomes in checks),
    )
