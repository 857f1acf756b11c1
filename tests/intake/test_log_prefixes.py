"""Prefixes that programs put before each line of another program's output."""

import time

import pytest

from bot.intake.log_prefixes import unprefixed

MESSAGE = ("GET / HTTP/1.1", "Host: a.example", "Accept: */*", "", "HTTP/1.1 401 Unauthorized")


@pytest.mark.parametrize(
    "prefix",
    [
        "api-1  | ",
        "web_1 |",
        "2026-03-10T11:58:01.1234567Z ",
        "2026-03-10T11:58:01.123456789+00:00 stdout F ",
        "Mar 10 11:58:01 web1 sync[812]: ",
        "Mar  9 01:02:03 host.example app: ",
    ],
)
def test_blanks_take_the_place_of_a_prefix(prefix: str) -> None:
    text = "\n".join(f"{prefix}{line}" for line in MESSAGE)
    found = unprefixed(f"\n{text}\nand words of mine")

    assert len(found) == len(text) + len("\n\nand words of mine")
    assert [line.strip() for line in found.split("\n")] == ["", *MESSAGE, "and words of mine"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GET / HTTP/1.1\nHost: a.example",
        "api-1  | GET / HTTP/1.1\napi-1  | Host: a.example",
        "Protocol | HTTP/2\nHost | a.example\nAuthorization | Token x\nAccept | */*",
        "2026-03-10T11:58:01Z GET / HTTP/1.1\nHost: a.example\nAccept: */*",
    ],
)
def test_tables_and_single_lines_stay(text: str) -> None:
    assert unprefixed(text) == text


@pytest.mark.parametrize("text", ["a" * 300_000, "a | b\n" * 50_000, "a " + " " * 300_000, "2026-" * 60_000])
def test_hostile_texts_take_linear_time(text: str) -> None:
    start = time.process_time()
    unprefixed(text)
    assert time.process_time() - start < 2
