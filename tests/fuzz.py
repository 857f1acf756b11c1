"""Mutates the corpus of pastes and looks for crashes, unsound reports, leaks and slowness: ``make fuzz``.

Not part of the tests that CI runs. Inputs are made from a seed, so that a failure can be made again::

    python -m tests.fuzz                        200,000 inputs
    python -m tests.fuzz --inputs 1000 --seed 7
    python -m tests.fuzz --seed 7 --only 123    one input, shown

Exit status 1 where something was found.
"""

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from bot.diagnose import judge, read
from bot.render.blocks import answer
from bot.render.document import document
from bot.render.terminal import terminal
from bot.report import Report
from bot.settings import Settings
from tests.pastes.corpus import Paste, all_pastes
from tests.pastes.minting import NOW
from tests.schema import problems

INPUTS = 200_000
SLOW_SECONDS = 1.0
"""An input that takes more processor time is a failure: they are all shorter than 100,000 characters."""
CHUNK = 500
LONGEST = 60_000

SCRAPS = (
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        '"',
        "'",
        "`",
        "```",
        "\\",
        "\\n",
        "\\\n",
        "^\n",
        "`\n",
        "> ",
        "< ",
        "* ",
        ">",
        "<",
        "|",
    ),
    *(
        "&lt;",
        "&gt;",
        "&amp;",
        "%20",
        "%2E",
        "%0A",
        "=",
        "==",
        "+",
        "/",
        "-",
        "_",
        ".",
        "..",
        "...",
        "…",
        "–",
        "—",
        "“",
        "”",
        "’",
    ),
    *("\u200b", "\u00a0", "\ufeff", "\u00ad", "\u202e", "\x00", "\x1b[31m", "\ud800", "İ", "ß", "😀", "٣"),
    *(
        "Authorization: ",
        "Bearer ",
        "bearer",
        "Basic ",
        "Cookie: ",
        "Host: ",
        ":authority: ",
        "WWW-Authenticate: Bearer ",
        "Date: ",
    ),
    *(
        "curl ",
        "curl -v ",
        "-H ",
        "-H '",
        "--header=",
        "-d ",
        "-u ",
        "-X POST ",
        "--oauth2-bearer ",
        "wget ",
        "http GET ",
        "PS C:\\> ",
    ),
    *("Invoke-RestMethod ", "@{", "$token", "${TOKEN}", "%TOKEN%", "$(cat t)", "TOKEN=", "set TOKEN=", "export TOKEN="),
    *(
        "GET / HTTP/1.1\n",
        "HTTP/1.1 401 Unauthorized\n",
        "HTTP/1.1 200 OK\n",
        "HTTP/1.1 301 X\nLocation: https://x/\n",
        "Request URL: ",
    ),
    *(
        "requests.get(",
        "fetch(",
        "axios.get(",
        "new HttpClient()",
        "headers={",
        "headers: {",
        "curl_setopt(",
        "import requests\n",
        "f'",
        "#",
    ),
    *(
        '{"',
        '"}',
        "}",
        "{",
        "[",
        "]",
        "(",
        ")",
        '{"message":"',
        '{"access_token":"',
        '"log":{"entries":[',
        '"grant_type":"',
        '"error":"',
    ),
    *(
        "https://",
        "https://rolodex.api.rhythmsoftware.com/",
        "http://",
        "https://acme.us.auth0.com/oauth/token",
        "/authorize?",
        "?",
        "&",
        "#",
    ),
    *(
        "eyJ",
        "ZXlK",
        "eyJhbGciOi",
        "undefined",
        "null",
        "<token>",
        "{{token}}",
        "[REDACTED]",
        "***",
        "jwt expired",
        "invalid_grant",
        "401",
    ),
)


class Input(NamedTuple):
    """One mutated paste: its text, the secrets that may stand in it, and its settings."""

    text: str
    secrets: tuple[str, ...]
    settings: Settings
    url: str | None


class Outcome(NamedTuple):
    """What a run of inputs came to; ``failures`` are sentences that name the input."""

    inputs: int
    characters: int
    seconds: float
    slowest: tuple[float, int]
    counts: Counter[str]
    failures: list[str]


Mutation = Callable[[random.Random, str, Sequence[Paste]], str]


def _place(chance: random.Random, text: str, longest: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.randrange(1, longest))


def _cut(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    start, end = _place(chance, text)
    return text[:start] + text[end:]


def _end(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _repeat(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    start, end = _place(chance, text, 60)
    return text[:start] + text[start:end] * chance.choice((2, 3, 50)) + text[end:]


def _insert(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SCRAPS) * chance.choice((1, 1, 1, 2, 40)) + text[at:]


def _letter(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    if not text:
        return text
    at = chance.randrange(len(text))
    return text[:at] + chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x3000)))) + text[at + 1 :]


def _move(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    start, end = _place(chance, text)
    rest = text[:start] + text[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _splice(chance: random.Random, text: str, pastes: Sequence[Paste]) -> str:
    other = chance.choice(pastes).text
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _lines(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    lines = text.split("\n")
    change = chance.randrange(5)
    if change == 0:
        chance.shuffle(lines)
    elif change == 1:
        lines = [f"> {line}" for line in lines]
    elif change == 2:
        lines = [line.strip() for line in lines]
    elif change == 3:
        return " ".join(lines)
    else:
        lines = [line[at : at + 60] for line in lines for at in range(0, len(line) + 1, 60)]
    return "\n".join(lines)


def _case(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    start, end = _place(chance, text)
    return (
        text[:start]
        + chance.choice((text[start:end].upper(), text[start:end].lower(), text[start:end][::-1]))
        + text[end:]
    )


def _wrap(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    left, right = chance.choice(
        (("```", "```"), ("`", "`"), ('"', '"'), ("“", "”"), ("*", "*"), ("<", ">"), ("{", "}"), ("b'", "'"))
    )
    start, end = _place(chance, text, len(text) + 2)
    return text[:start] + left + text[start:end] + right + text[end:]


def _escape(_chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    return json.dumps(text)


def _replace(chance: random.Random, text: str, _pastes: Sequence[Paste]) -> str:
    scrap = chance.choice(SCRAPS)
    return text.replace(
        chance.choice(("\n", " ", '"', "'", ":", ".", "-", "_", "Bearer", "https://", "=")),
        scrap,
        chance.choice((1, -1)),
    )


MUTATIONS: tuple[Mutation, ...] = (
    _cut,
    _end,
    _repeat,
    _insert,
    _insert,
    _insert,
    _letter,
    _move,
    _splice,
    _lines,
    _case,
    _wrap,
    _escape,
    _replace,
)


def made(seed: int, number: int, pastes: Sequence[Paste]) -> Input:
    """The input of that number: a paste, changed up to eight times, now and then several pastes one behind the other."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - it must be repeatable, not secret
    paste = chance.choice(pastes)
    text, secrets = paste.text, paste.secrets
    while chance.random() < 0.1:
        other = chance.choice(pastes)
        text, secrets = f"{text}\n\n{other.text}", (*secrets, *other.secrets)
    for _ in range(chance.randrange(1, 9)):
        text = chance.choice(MUTATIONS)(chance, text, pastes)[:LONGEST]
    url = chance.choice((None, None, paste.url, "https://events.api.rhythmsoftware.com/events/acme.org"))
    return Input(text, secrets, Settings.from_env(paste.settings), url)


def said(report: Report) -> Iterator[str]:
    """What each renderer says of a report."""
    yield repr(report)
    yield json.dumps(document(report), ensure_ascii=False)
    yield terminal(report, color=False)
    message = answer(report, reference="ref-00000000")
    yield json.dumps(message.blocks, ensure_ascii=False) + message.text


def leaks(text: str, secrets: Sequence[str], length: int = 25) -> bool:
    """Whether a text holds that many characters in a row of a secret.

    Each such stretch holds one of the secret's pieces of half the length, so that those are looked for first.
    """
    half = (length + 1) // 2
    return any(
        secret[at : at + half] in text
        and any(
            secret[start : start + length] in text
            for start in range(max(0, at - half), min(at, len(secret) - length) + 1)
        )
        for secret in secrets
        for at in range(0, len(secret) - half + 1, half)
    )


def trial(item: Input, counts: Counter[str]) -> str:
    """Diagnose and draw one input; the fault that was found, or an empty text."""
    try:
        case = read(item.text, item.settings, None, item.url, now=NOW)
        report = judge(case)
        texts = [repr(case), *said(report)]
    except Exception:  # noqa: BLE001 - any exception is what we look for
        return "it raised:\n" + traceback.format_exc()
    counts[str(report.verdict)] += 1
    if report.root_cause:
        counts[report.root_cause.cause] += 1
    unsound = problems(document(report))
    if unsound:
        return f"the report is unsound: {unsound}"
    # Hexadecimal digits are the pastes' commits and hashes: nobody could tell a secret among them.
    whole = [secret for secret in item.secrets if secret in item.text and not re.fullmatch(r"[0-9a-f]+", secret)]
    if leaks("\n".join(texts), whole):
        return "a secret shows"
    return ""


def run(seed: int, first: int, last: int) -> Outcome:
    """Try the inputs from ``first`` to before ``last``."""
    pastes = all_pastes()
    counts: Counter[str] = Counter()
    failures: list[str] = []
    characters, slowest = 0, (0.0, first)
    begun = time.perf_counter()
    for number in range(first, last):
        item = made(seed, number, pastes)
        start = time.process_time()  # what else the machine does is not the program's slowness
        fault = trial(item, counts)
        took = time.process_time() - start
        characters += len(item.text)
        slowest = max(slowest, (took, number))
        if not fault and took > SLOW_SECONDS:
            fault = f"it took {took:.1f} s for {len(item.text):,} characters"
        if fault:
            failures.append(f"--seed {seed} --only {number}: {fault}")
    return Outcome(last - first, characters, time.perf_counter() - begun, slowest, counts, failures)


def main() -> int:
    """Run the whole of it and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="show this one input and try it")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3_600.0, help="begin no more inputs after that long")
    options = parser.parse_args()
    if options.only is not None:
        item = made(options.seed, options.only, all_pastes())
        print(repr(item.text), trial(item, Counter()) or "nothing found", sep="\n\n")
        return 0
    begun = time.perf_counter()
    total = Outcome(0, 0, 0.0, (0.0, 0), Counter(), [])
    with ProcessPoolExecutor(options.workers) as pool:
        starts = range(0, options.inputs, CHUNK)
        waiting = [pool.submit(run, options.seed, start, min(options.inputs, start + CHUNK)) for start in starts]
        for done in waiting:
            if time.perf_counter() - begun > options.seconds:
                done.cancel()
                continue
            outcome = done.result()
            total = Outcome(
                total.inputs + outcome.inputs,
                total.characters + outcome.characters,
                total.seconds + outcome.seconds,
                max(total.slowest, outcome.slowest),
                total.counts + outcome.counts,
                total.failures + outcome.failures,
            )
    print(f"{total.inputs:,} inputs of {total.characters:,} characters in {time.perf_counter() - begun:.0f} s")
    print(f"slowest: {total.slowest[0]:.3f} s, --seed {options.seed} --only {total.slowest[1]}")
    print(", ".join(f"{name} {count:,}" for name, count in total.counts.most_common()))
    print(f"{len(total.failures)} failures", *total.failures[:50], sep="\n")
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
