"""How reading and judging grow with the paste: ordinary text, and text that is made to be hard to read.

``python -m benchmarks.growth [--quick]``: each text is given in several sizes, in a process of its own. Time that grows
like the length has the exponent 1. Memory is what resident memory grew by at its peak, the text itself included.
"""

import argparse
import math
import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from bot.diagnose import judge, read
from bot.local.auth0 import Issuer
from bot.local.samples import samples
from bot.settings import Settings

KILOBYTE = 1024
SIZES = (64, 256, 1024)
"""Sizes of a text in kilobytes; the last is the most that is read."""
EXPONENT_MOST = 1.2
SECONDS_MOST = 1.0
"""Seconds of processor time for the largest text."""
PROSE_SECONDS_MOST = 0.5
MEGABYTES_MOST = 40.0

SENTENCE = "We tried it again with the other account; the login works, and the log of the job says nothing else.\n"
LETTERS = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0MTIz"
FIELD = "Authorization: Bearer "

REPEATED = {
    "a run of base64": LETTERS,
    "lines of base64": LETTERS + "\n",
    "words that look random": "Abcdefghij0123456789Abcdefghij ",
    "beginnings of tokens": "eyJ.",
    "beginnings of objects": '{"',
    "nested objects": '{"a":[',
    "objects, one a line": '{"a":1}\n',
    "errors, one a line": '{"error":"invalid_grant","message":"x"}\n',
    "beginnings of links": "<http",
    "links": "<https://example.org|",
    "single quotes": "'",
    "double quotes": '"',
    "backticks": "`",
    "quotes of all kinds": "\"'` ",
    "fields": f"{FIELD}abc\n",
    "fields on one line": f"{FIELD}abc ",
    "empty fields": "Authorization:\n",
    "Cookie fields": "Cookie: a=b\n",
    "the word curl": "curl ",
    "curl commands": "curl -H 'a: b' https://example.org/c\n",
    "curl commands with open quotes": "curl -H '",
    "PowerShell commands": "Invoke-RestMethod -Uri ",
    "calls in Python": "requests.get(",
    "calls in JavaScript": "fetch('",
    "parentheses": "(",
    "brackets": "[",
    "brackets of all kinds": "({[<",
    "line breaks": "\n",
    "blanks": " ",
    "one letter": "x",
    "a line without blanks": "abcdefghij.klm-nop_q:/",
    "URLs": "https://rolodex.api.rhythmsoftware.com/contacts/acme.org/current ",
    "hosts": "rolodex.api.rhythmsoftware.com/contacts ",
    "messages": "GET /contacts HTTP/1.1\nHost: example.org\n\n",
    "status lines": "HTTP/1.1 401 Unauthorized\n",
    "lines of a log": '127.0.0.1 - - [-] "GET /contacts HTTP/1.1" 401 26\n',
    "statuses": "status=401 ",
    "numbers": "401\n",
    "colons": ":",
    "assignments": "A=$A$A\n",
    "entities": "&lt;",
    "percent signs": "%41",
    "form fields": "grant_type=a&",
    "quoted lines": "> a\n",
    "stars": "*",
    "times of messages": "A B 10:42\n",
    "error texts": "the token has expired ",
    "characters that do not show": "\u200b\u2019 \u2013",
}
"""Hostile texts by what they repeat."""


class Grown(NamedTuple):
    """What one text cost: processor time in seconds by size, and the growth of resident memory in megabytes."""

    seconds: tuple[float, ...]
    megabytes: float

    @property
    def exponent(self) -> float:
        """The power of the length by which the time grows, between the smallest and the largest size."""
        return math.log(self.seconds[-1] / self.seconds[0]) / math.log(SIZES[-1] / SIZES[0])


def repeated(unit: str, length: int) -> str:
    """A text of that many characters."""
    return (unit * (length // len(unit) + 1))[:length]


def texts() -> dict[str, Callable[[int], str]]:
    """Every text by its name: what makes it in a length. The first ones are ordinary."""
    token = next(sample.text for sample in samples(Issuer(), time.time()) if sample.name == "wrong-audience")
    found: dict[str, Callable[[int], str]] = {
        "prose with a header": lambda n: f"{repeated(SENTENCE, n // 2)}\n{FIELD}{token}\n{repeated(SENTENCE, n // 2)}",
        "prose with a token": lambda n: f"{repeated(SENTENCE, n // 2)}\n{token}\n{repeated(SENTENCE, n // 2)}",
        "tokens": lambda n: repeated(f"{token}\n", n),
        "one long token": lambda n: "eyJ" + repeated(LETTERS, n),
        "one token over many lines": lambda n: "eyJ" + repeated(f"{LETTERS}\n", n),
        "a field over many lines": lambda n: f"GET / HTTP/1.1\n{FIELD}eyJ\n{repeated('QUJDREVG1' + chr(10), n)}",
        "a body that never ends": lambda n: "POST / HTTP/1.1\nHost: a\n\n{\n" + "\n" * n,
        "brackets behind a field": lambda n: repeated(f"{FIELD}a{')' * 60_000}\n", n),
        "one curl command": lambda n: "curl " + repeated("-H 'a: b' ", n),
        "an open object": lambda n: '{"a":"' + repeated('{"a":[1,', 500) + repeated("1,", n),
    }
    for name, unit in REPEATED.items():
        found[name] = lambda n, unit=unit: repeated(unit, n)  # type: ignore[misc]  # bound now
    return found


def measured(name: str) -> Grown:
    """Diagnose one text in each size; of three runs of the smaller sizes the fastest counts."""
    make, settings = texts()[name], Settings()
    judge(read("Authorization: Bearer abc", settings))  # what is imported and compiled once is not counted
    seconds = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for size in SIZES:
        text = make(size * KILOBYTE)
        seconds.append(min(_seconds(text, settings) for _ in range(1 if size == SIZES[-1] else 3)))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Grown(tuple(seconds), (after - before) / KILOBYTE)


def _seconds(text: str, settings: Settings) -> float:
    began = time.process_time()
    judge(read(text, settings))
    return max(time.process_time() - began, 1e-5)


def main(*, quick: bool) -> None:
    """Measure every text in a process of its own and print."""
    names = list(texts())[: 12 if quick else None]
    context = multiprocessing.get_context("spawn")
    heads = "".join(f"{f'{size} KB':>10}" for size in SIZES)
    print(f"{'text':34}{heads}{'us per KB':>11}{'exponent':>10}{'MB more':>9}")
    found = {}
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        for name, grown in zip(names, pool.map(measured, names), strict=True):
            found[name] = grown
            columns = "".join(f"{1000 * one:8.1f}ms" for one in grown.seconds)
            each = 1e6 * grown.seconds[-1] / SIZES[-1]
            print(f"{name:34}{columns}{each:11.1f}{grown.exponent:10.2f}{grown.megabytes:9.1f}", flush=True)
    print()
    prose = found[names[0]]
    slowest, steepest, largest = (
        max(found, key=lambda name: found[name].seconds[-1]),
        max(found, key=lambda name: found[name].exponent),
        max(found, key=lambda name: found[name].megabytes),
    )
    for what, figure, most in (
        ("s for a megabyte of prose with a header", prose.seconds[-1], PROSE_SECONDS_MOST),
        (f"s for the slowest megabyte ({slowest})", found[slowest].seconds[-1], SECONDS_MOST),
        (f"is the largest exponent ({steepest})", found[steepest].exponent, EXPONENT_MOST),
        (
            f"MB more for a megabyte of prose with a header; {largest} took {found[largest].megabytes:.1f}",
            prose.megabytes,
            MEGABYTES_MOST,
        ),
    ):
        print(f"{'met' if figure <= most else 'NOT MET':8} {figure:7.2f} {what}; at most {most:g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures how a diagnosis grows with the paste.")
    parser.add_argument("--quick", action="store_true", help="the ordinary texts alone")
    main(quick=parser.parse_args().quick)
