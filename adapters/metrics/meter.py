"""Records measurements as Prometheus metrics.

Dashboards and alerts rely on their names, units and buckets, which docs/operating.md lists. `watch.py` serves them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from bot.port.metering import Answered, Meter

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_CONFIDENCES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class PrometheusMeter(Meter):
    """The metrics of one process.

    Attributes:
        registry: all metrics, including the process's memory and processor time.
    """

    def __init__(self, version: str) -> None:
        self.registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        by_platform = ["platform"]
        self._questions = Counter("overheard_questions", "Questions answered.", ["platform", "kind"], registry=own)
        self._seconds = Histogram(
            "overheard_answer_seconds", "Time to an answer.", by_platform, buckets=_SECONDS, registry=own
        )
        self._confidence = Histogram(
            "overheard_confidence", "Confidence of answers, 0 to 1.", by_platform, buckets=_CONFIDENCES, registry=own
        )
        self._waiting = Gauge("overheard_questions_waiting", "Questions not answered yet.", by_platform, registry=own)
        self._refused = Counter("overheard_refused", "Questions turned away by a limit.", by_platform, registry=own)
        self._reconnects = Counter(
            "overheard_reconnects", "Connections that were lost and restored.", by_platform, registry=own
        )
        self._episodes = Gauge("overheard_episodes", "Episodes in the library.", registry=own)
        self._newest = Gauge(
            "overheard_newest_episode_timestamp_seconds",
            "When the newest episode came out; 0 if no dates are known.",
            registry=own,
        )
        Gauge("overheard_build_info", "The running version.", ["version"], registry=own).labels(version).set(1)

    def asked(self, platform: str) -> None:
        self._waiting.labels(platform).inc()

    def answered(self, answered: Answered) -> None:
        self._waiting.labels(answered.platform).dec()
        self._questions.labels(answered.platform, answered.kind).inc()
        self._seconds.labels(answered.platform).observe(answered.took.total_seconds())
        if answered.kind != "error":
            self._confidence.labels(answered.platform).observe(answered.confidence)

    def refused(self, platform: str) -> None:
        self._refused.labels(platform).inc()

    def reconnected(self, platform: str) -> None:
        self._reconnects.labels(platform).inc()

    def library(self, episodes: int, newest: date | None) -> None:
        self._episodes.set(episodes)
        self._newest.set(datetime.combine(newest, time(), UTC).timestamp() if newest else 0)
