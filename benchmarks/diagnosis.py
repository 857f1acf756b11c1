"""What one diagnosis costs in a running process: reading, judging, and rendering the result.

``python -m benchmarks.diagnosis [--rounds N]``: the steps take short turns, beside a yardstick that does the
least there is to do with a token: base64 and JSON. Processor time is measured, since nothing here waits. Times of a
busy machine vary all the same; the ratio to the yardstick hardly does.
"""

import argparse
import base64
import json
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from bot.diagnose import judge, read
from bot.local.auth0 import Issuer
from bot.local.samples import samples
from bot.render.blocks import answer
from bot.render.document import document
from bot.render.terminal import terminal
from bot.settings import Settings

TURN_SECONDS = 0.01
"""How long a step runs before the next one's turn comes."""
DIAGNOSIS_MOST = 300.0
"""Microseconds of reading and judging a curl command or a token."""
BLOCKS_MOST = 100.0
"""Microseconds of building a message."""

YARDSTICK = "base64 and JSON of a token's claims"
SENTENCE = (
    "Since this morning every call of our integration fails, and nothing was changed on our side as far as we know.\n"
)


class Step(NamedTuple):
    """Something to measure: its name and what does it once."""

    name: str
    run: Callable[[], object]


def texts() -> dict[str, str]:
    """Pastes by what they are."""
    made = {sample.name: sample.text for sample in samples(Issuer(), time.time())}
    refused = 'HTTP/1.1 401 Unauthorized\ncontent-type: application/json\n\n{"message":"Unauthorized"}\n'
    curl, token = made["curl"], made["wrong-audience"]
    return {
        "a curl command": curl,
        "a token": token,
        "a header": f"Authorization: Bearer {token}",
        "3 KB of a ticket with a curl command": f"{SENTENCE * 8}\n{curl}\n\n{refused}\n{SENTENCE * 8}"[:4000],
        "40,000 characters with a header": f"{SENTENCE * 175}\nAuthorization: Bearer {token}\n{SENTENCE * 175}"[
            :40_000
        ],
        "a greeting": made["hello"],
    }


def steps() -> list[Step]:
    """Every step, the yardstick first."""
    settings = Settings()
    claims = texts()["a token"].split(".")[1]
    padded = claims + "=" * (-len(claims) % 4)
    found = [Step(YARDSTICK, lambda: json.loads(base64.urlsafe_b64decode(padded)))]
    for name, text in texts().items():
        found.append(Step(f"diagnose {name}", lambda text=text: judge(read(text, settings))))  # type: ignore[misc]  # bound now
    text = texts()["a curl command"]
    case = read(text, settings)
    report = judge(case)
    return [
        *found,
        Step("read a curl command", lambda: read(text, settings)),
        Step("judge a curl command", lambda: judge(case)),
        Step("its blocks", lambda: answer(report, reference="ref-00000000")),
        Step("its JSON", lambda: document(report)),
        Step("its text for a terminal", lambda: terminal(report, color=False)),
    ]


def main(rounds: int) -> None:
    """Measure in turns and print."""
    everyone = steps()
    for step in everyone:  # patterns are compiled, and what is imported late is there
        step.run()
    times = {step.name: max(1, int(TURN_SECONDS / _seconds(step, 3))) for step in everyone}
    found: dict[str, list[float]] = {step.name: [] for step in everyone}
    for _ in range(rounds):
        for step in everyone:
            found[step.name].append(_seconds(step, times[step.name]))
    print_table(found)


def _seconds(step: Step, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        step.run()
    return max(time.process_time() - began, 1e-7) / times


def print_table(found: dict[str, list[float]]) -> None:
    """Medians and the best tenth in microseconds, and the median of the ratios to the yardstick in the same round."""
    print(f"{'step':50}{'median us':>11}{'best tenth':>12}{'x yardstick':>13}")
    medians = {}
    for name, times in found.items():
        medians[name] = 1e6 * statistics.median(times)
        tenth = 1e6 * sorted(times)[len(times) // 10]
        ratio = statistics.median(one / least for one, least in zip(times, found[YARDSTICK], strict=True))
        print(f"{name:50}{medians[name]:11.1f}{tenth:12.1f}{ratio:13.1f}")
    print()
    for what, most in (
        ("diagnose a curl command", DIAGNOSIS_MOST),
        ("diagnose a token", DIAGNOSIS_MOST),
        ("its blocks", BLOCKS_MOST),
    ):
        print(f"{'met' if medians[what] <= most else 'NOT MET':8} {medians[what]:7.1f} us to {what}; at most {most:g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures what one diagnosis costs.")
    parser.add_argument("--rounds", type=int, default=60, help="how many turns each step has")
    main(parser.parse_args().rounds)
