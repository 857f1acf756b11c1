"""What operators can count, in Prometheus' format. No label comes from a paste: each is a word of ours or Slack's.

``GET /metrics`` shows it to whoever has ``METRICS_TOKEN``; without that setting there is no such route.
"""

import hmac
import logging
import re
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.causes import known_ids
from bot.observation import PROBE_NAMES, Observation
from bot.report import Report
from bot.server.tallies import Tally, Timings
from bot.server.tasks import Tasks

ANSWER_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; the last but one is what we aim for at most, the last is when Slack gives up."""

PROBE_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)

OTHER = "other"
"""Stands for a label that is not known here, so that nobody can make series without end."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CODES_MOST = 100
_STATUSES = frozenset({200, 400, 401, 403, 404, 429})


class Metrics:
    """The counters of one process, in a registry of their own. Whoever has something to count tells it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._causes = frozenset(known_ids())
        self._codes: set[str] = set()
        self._diagnoses = self._tally("diagnoses", "Diagnoses", "surface", "verdict", "cause")
        self._diagnosis = self._timings("diagnosis_seconds", "Reading and judging a paste", ANSWER_BUCKETS, "surface")
        self._probes = self._timings("probe_seconds", "Live probes", PROBE_BUCKETS, "probe", "outcome")
        self._answers = self._timings("answer_seconds", "From request to answer", ANSWER_BUCKETS, "kind")
        self._slack_errors = self._tally("slack_errors", "Calls of Slack that failed", "method", "error")
        self._put_off = self._tally("put_off", "Requests that were not worked on", "reason")
        self._turned_away = self._tally("turned_away", "Requests that the front door did not take in", "status")
        self._bad_signatures = self._tally("bad_signatures", "Requests that were not signed as Slack signs them")
        self._lines = self._tally("log_lines", "Lines of the log", "level")
        ProcessCollector(registry=self.registry)

    def diagnosed(self, surface: str, report: Report, seconds: float) -> None:
        """Count a diagnosis, and how long reading and judging took."""
        cause = report.root_cause.cause if report.root_cause else "none"
        known = cause if cause in self._causes or cause == "none" else OTHER
        self._diagnoses.count(surface, report.verdict.value, known)
        self._diagnosis.note(seconds, surface)

    def probed(self, observation: Observation, seconds: float) -> None:
        """Count what a live probe saw, by its status alone, and how long it took."""
        probe = observation.probe if observation.probe in PROBE_NAMES else OTHER
        self._probes.note(seconds, probe, _outcome(observation))

    def answered(self, kind: str, seconds: float) -> None:
        """Count a request that Slack signed, and how long its answer took."""
        self._answers.note(seconds, kind)

    def slack_failed(self, method: str, code: str) -> None:
        """Count a call of Slack that failed, by Slack's own error code."""
        if code not in self._codes:
            if len(self._codes) >= _CODES_MOST or not _CODE.fullmatch(code):
                code = OTHER
            self._codes.add(code)
        self._slack_errors.count(method, code)

    def put_off(self, reason: str) -> None:
        """Count a request that was not worked on: ``busy``, ``restarting``, ``repeated`` or ``not-allowed``."""
        self._put_off.count(reason)

    def turned_away(self, status: int) -> None:
        """Count a request that the front door did not take in; 401 means that its signature was bad."""
        self._turned_away.count(str(status))
        if status == 401:
            self._bad_signatures.count()

    def watch(self, tasks: Tasks, ready: Callable[[], bool]) -> None:
        """Show what is under way and whether the process is ready, each as it is when somebody looks."""
        gauge = Gauge(
            "rhythm_auth_under_way", "Requests and background work under way", ("what",), registry=self.registry
        )
        gauge.labels("answering").set_function(lambda: tasks.depths[0])
        gauge.labels("background").set_function(lambda: tasks.depths[1])
        is_ready = Gauge("rhythm_auth_ready", "1 while /readyz answers 200, else 0", registry=self.registry)
        is_ready.set_function(lambda: float(ready()))

    def count_lines(self) -> logging.Handler:
        """Make a handler that counts warnings and errors of the log."""
        return _Counting(self._lines)

    def shown(self) -> bytes:
        """Write everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def _tally(self, name: str, meaning: str, *labels: str) -> Tally:
        tally = Tally(f"rhythm_auth_{name}", meaning, *labels)
        self.registry.register(tally)
        return tally

    def _timings(self, name: str, meaning: str, bounds: tuple[float, ...], *labels: str) -> Timings:
        timings = Timings(f"rhythm_auth_{name}", meaning, bounds, *labels)
        self.registry.register(timings)
        return timings


class MetricsPage:
    """``GET /metrics``: shown to whoever sends ``METRICS_TOKEN`` as a bearer token, compared in constant time."""

    def __init__(self, metrics: Metrics, token: str) -> None:
        if not token:
            raise ValueError("without a token anybody could look")
        self._metrics = metrics
        self._expected = b"bearer " + token.encode()

    async def get(self, request: Request) -> Response:
        """Answer 200 with the metrics, or 401."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = f"{scheme.lower()} {token}".encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._expected):
            return PlainTextResponse("not allowed\n", 401, {"www-authenticate": "Bearer"})
        return Response(self._metrics.shown(), media_type=CONTENT_TYPE_LATEST)


class _Counting(logging.Handler):
    def __init__(self, lines: Tally) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.count("warning" if record.levelno < logging.ERROR else "error")


def _outcome(observation: Observation) -> str:
    if observation.status is None:
        return "skipped" if observation.skipped else "no-answer"
    return str(observation.status) if observation.status in _STATUSES else f"{observation.status // 100}xx"
