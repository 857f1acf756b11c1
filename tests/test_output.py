import io
import json
import sys

import pytest

from bot.output import harmless, write_json, write_text
from tests.diagnosing import mint


def terminal(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, write_through=True, newline=""))
    return raw


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("utf-8", "für 3 … ✅\n".encode()), ("ascii", b"f?r 3 ? ?\n"), ("cp1252", b"f\xfcr 3 \x85 ?\n")],
)
def test_text_is_written_in_any_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str, written: bytes) -> None:
    raw = terminal(monkeypatch, encoding)

    write_text("für 3 … ✅\n")

    assert raw.getvalue() == written


@pytest.mark.parametrize(
    ("encoding", "escaped"), [("utf-8", False), ("UTF8", False), ("ascii", True), ("cp1252", True)]
)
def test_json_stays_json_in_any_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str, escaped: bool) -> None:
    raw = terminal(monkeypatch, encoding)

    write_json({"a": "… ✅"})

    text = raw.getvalue().decode(encoding)
    assert json.loads(text) == {"a": "… ✅"}
    assert ("\\u2026" in text) is escaped
    assert text.endswith("}\n")


def test_a_stream_that_knows_no_encoding_is_written_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    write_text("…")

    assert stream.getvalue() == "…"


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("pastes/2026-03-10-paste.txt", "pastes/2026-03-10-paste.txt"),
        (mint("jwt"), "[masked]"),
        (mint("opaque"), "[masked]"),
        (f"pastes/{mint('hex:40')}", "pastes/[masked]"),
        ("", ""),
    ],
)
def test_an_argument_shows_no_token(argument: str, shown: str) -> None:
    assert harmless(argument) == shown
