"""What starting the command line costs: ``python -m bot check`` on one paste, beside ``python -c pass``.

``python -m benchmarks.startup [--rounds N]``: the contenders take turns, so that what else the machine does falls on
all of them alike. Bytecode is kept in a folder of its own while this runs, as an installed program has it. The peak of
memory is never less than this process's own, which is why the pastes are made in another one.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
OVER_PASS_MOST = 75.0
"""Milliseconds of wall time that a check may take over an interpreter that does nothing."""
RESIDENT_MOST = 25.0
"""Megabytes of resident memory at its peak."""

MAKE = """
import json, time
from bot.local.auth0 import Issuer
from bot.local.samples import samples
print(json.dumps({sample.name: sample.text for sample in samples(Issuer(), time.time())}))
"""

INTERPRETER = "python -c pass"
LIBRARY = "json, base64 and argparse alone"


class Start(NamedTuple):
    """One start of a process: wall and processor time in seconds, and its peak of resident memory in bytes."""

    wall: float
    processor: float
    resident: int


class Contender(NamedTuple):
    """What is started: its name, the interpreter's arguments and its standard input, which may hold a token."""

    name: str
    arguments: tuple[str, ...]
    given: bytes = b""

    def __repr__(self) -> str:
        """Show the name alone."""
        return f"Contender({self.name!r})"


def contenders() -> tuple[Contender, ...]:
    """An idle interpreter, what a check cannot do without, and checks of several pastes."""
    made = subprocess.run(  # noqa: S603 - this interpreter, with a text that stands above
        (sys.executable, "-c", MAKE), cwd=ROOT, capture_output=True, check=True
    )
    texts: dict[str, str] = json.loads(made.stdout)
    check = ("-m", "bot", "check")
    return (
        Contender(INTERPRETER, ("-c", "pass")),
        Contender(LIBRARY, ("-c", "import argparse, base64, json")),
        Contender("a curl command", check, texts["curl"].encode()),
        Contender("a token", check, texts["wrong-audience"].encode()),
        Contender("a curl command, --json", (*check, "--json"), texts["curl"].encode()),
        Contender("nothing to check", check, texts["hello"].encode()),
    )


def start(one: Contender, environment: Mapping[str, str]) -> Start:
    """Start it once and wait for its end."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - this interpreter, with arguments that stand above
        (sys.executable, *one.arguments),
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        if process.stdin is not None:
            process.stdin.write(one.given)
            process.stdin.close()
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    return Start(took, used.ru_utime + used.ru_stime, used.ru_maxrss << 10)


def main(rounds: int) -> None:
    """Measure in turns and print."""
    everyone = contenders()
    found: dict[str, list[Start]] = {one.name: [] for one in everyone}
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        for turn in range(rounds + 1):  # the first one compiles
            for one in everyone:
                measured = start(one, environment)
                if turn:
                    found[one.name].append(measured)
    print_table(found)


def print_table(found: Mapping[str, list[Start]]) -> None:
    """Medians, and what they are over and beside the idle interpreter's of the same round."""
    idle = found[INTERPRETER]
    print(f"{'started':36}{'wall ms':>10}{'over pass':>11}{'ratio':>8}{'cpu ms':>9}{'over pass':>11}{'peak MB':>9}")
    for name, starts in found.items():
        pairs = list(zip(starts, idle, strict=True))
        figures = (
            1000 * statistics.median(one.wall for one in starts),
            1000 * statistics.median(one.wall - other.wall for one, other in pairs),
            statistics.median(one.wall / other.wall for one, other in pairs),
            1000 * statistics.median(one.processor for one in starts),
            1000 * statistics.median(one.processor - other.processor for one, other in pairs),
            max(one.resident for one in starts) / (1 << 20),
        )
        print(f"{name:36}{figures[0]:10.1f}{figures[1]:11.1f}{figures[2]:8.2f}", end="")
        print(f"{figures[3]:9.1f}{figures[4]:11.1f}{figures[5]:9.1f}")
    pairs = list(zip(found["a curl command"], idle, strict=True))
    over = 1000 * statistics.median(one.wall - other.wall for one, other in pairs)
    resident = max(one.resident for one, _ in pairs) / (1 << 20)
    print()
    for what, figure, most in (
        (f"ms over {INTERPRETER} (a curl command)", over, OVER_PASS_MOST),
        ("MB resident at its peak", resident, RESIDENT_MOST),
    ):
        print(f"{'met' if figure <= most else 'NOT MET':8} {figure:7.2f} {what}; at most {most:g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what starting the command line costs.")
    parser.add_argument("--rounds", type=int, default=40, help="how many times each is started")
    main(parser.parse_args().rounds)
