"""The command line's live checks: says whom it asks, waits, and shows on a terminal how far it is."""

import asyncio
from typing import TextIO

from bot.checks import Case
from bot.live import Prober
from bot.observation import Observation, Observations
from bot.question import question
from bot.settings import Settings

CLEAR_LINE = "\r\x1b[K"


def ask(case: Case, settings: Settings, stream: TextIO) -> Observations:
    """Ask about a case and return what was seen. ``stream``, the standard error, is told whom."""
    return asyncio.run(_ask(case, settings, stream))


async def _ask(case: Case, settings: Settings, stream: TextIO) -> Observations:
    prober: Prober[Case] = Prober(settings, question)
    plan = prober.plan(case)
    asked = [
        f"{host} ({'with the token' if host in plan.token_hosts else 'for its key set, without the token'})"
        for host in plan.hosts
    ]
    print(f"Live checks ask {' and '.join(asked)}." if asked else "Live checks: there is nobody to ask.", file=stream)
    answered = 0

    def tell(_observation: Observation) -> None:
        nonlocal answered
        answered += 1
        show()

    def show() -> None:
        if plan.probes and stream.isatty():
            text = f"Asking: {answered} of {len(plan.probes)} answered"
            print(f"{CLEAR_LINE}{text if answered < len(plan.probes) else ''}", end="", file=stream, flush=True)

    show()
    try:
        return await prober.observe(case, tell=tell)
    finally:
        answered = len(plan.probes)
        show()
        await prober.aclose()
