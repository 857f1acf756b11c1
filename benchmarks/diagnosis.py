"""What one diagnosis costs in a running process: reading, judging, and rendering the result.

``python -m benchmarks.diagnosis [--rounds N]``: the steps take turns in small batches, beside a yardstick that does the
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

BATCH = 10
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
    found: dict[str, list[float]] = {step.name: [] for step in everyone}
    for turn in range(rounds + 2):  # the first ones compile patterns and warm up
        for step in everyone:
            began = time.process_time()
            for _ in range(BATCH):
                step.run()
            took = (time.process_time() - began) / BATCH
            if turn > 1:
                found[step.name].append(took)
    print_table(found)


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
    parser.add_argument("--rounds", type=int, default=100, help="how many batches of each step are measured")
    main(parser.parse_args().rounds)
