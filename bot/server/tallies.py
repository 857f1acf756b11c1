"""Counters and histograms that cost a request next to nothing: plain numbers, written out when somebody looks."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

Values = tuple[str, ...]
"""The values of a series' labels, in the order of their names."""


class Tally(Collector):
    """A counter for each combination of labels."""

    def __init__(self, name: str, meaning: str, *labels: str) -> None:
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._counts: defaultdict[Values, int] = defaultdict(int)
        if not labels:
            self._counts[()] = 0

    def count(self, *values: str) -> None:
        """Count one more."""
        self._counts[values] += 1

    def collect(self) -> Iterator[Metric]:
        """Write it out for Prometheus."""
        family = CounterMetricFamily(self._name, self._meaning, labels=self._labels)
        for values, number in self._counts.items():
            family.add_metric(values, number)
        yield family


class Timings(Collector):
    """A histogram of seconds for each combination of labels. ``bounds`` are the buckets' upper ends, ascending."""

    def __init__(self, name: str, meaning: str, bounds: tuple[float, ...], *labels: str) -> None:
        self._name = name
        self._meaning = meaning
        self._bounds = bounds
        self._labels = labels
        self._series: dict[Values, tuple[list[int], list[float]]] = {}

    def note(self, seconds: float, *values: str) -> None:
        """Note that something took so long."""
        if values not in self._series:
            self._series[values] = ([0] * (len(self._bounds) + 1), [0.0])
        numbers, total = self._series[values]
        numbers[bisect_left(self._bounds, seconds)] += 1
        total[0] += seconds

    def collect(self) -> Iterator[Metric]:
        """Write it out for Prometheus, whose buckets hold all that is smaller, too."""
        family = HistogramMetricFamily(self._name, self._meaning, labels=self._labels)
        ends = [*map(str, self._bounds), "+Inf"]
        for values, (numbers, total) in self._series.items():
            buckets = [(end, sum(numbers[: place + 1])) for place, end in enumerate(ends)]
            family.add_metric(values, buckets, total[0])
        yield family
