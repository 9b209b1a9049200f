"""Measures the answering of questions: number, kind, duration and confidence.

The metrics, their recording, and the one log line per answer. The words of a question never get here, and adapters
export the metrics.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from bot.port.messages import (
    ALL,
    EVERYWHERE,
    Answer,
    Assistant,
    Division,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
)
from bot.port.record import Kind, confidence_of, kind_of
from bot.port.state import Limits

_log = logging.getLogger(__name__)

_A = TypeVar("_A", bound=Answer)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answered question.

    Attributes:
        platform: "discord", "slack", "http" or "mcp".
        took: the time from the question to the answer, waiting for other questions included.
        confidence: 0 to 1; 0 for an error.
    """

    platform: str
    kind: Kind
    took: timedelta
    confidence: float


class Meter:
    """Receives metrics and drops them; subclasses store them. Never waits and never raises."""

    def asked(self, platform: str) -> None:
        """Record that a question is pending, until `answered`."""

    def answered(self, answered: Answered) -> None:
        """Record that a question was answered, or failed."""

    def refused(self, platform: str) -> None:
        """Record that a rate limit refused a question."""

    def reconnected(self, platform: str) -> None:
        """Record that a connection to a platform was lost."""

    def library(self, episodes: int, newest: date | None) -> None:
        """Record the library's size, and the date of its newest episode; None if it has no dates."""


class Watch:
    """A meter, and the export of its metrics while a process serves; this one exports nothing."""

    meter = Meter()

    def opened(self) -> contextlib.AbstractAsyncContextManager[None]:
        """Export the metrics for as long as the context lasts; raises StartError."""
        return contextlib.nullcontext()


class Metered:
    """An assistant that measures and logs its answers to questions.

    Opening an item, listing and completing don't count as questions.
    """

    def __init__(self, assistant: Assistant, platform: str, meter: Meter) -> None:
        self._assistant = assistant
        self._platform = platform
        self._meter = meter
        self.open, self.around, self.complete = assistant.open, assistant.around, assistant.complete
        self.topics, self.episodes, self.episode = assistant.topics, assistant.episodes, assistant.episode
        self.people, self.renewed = assistant.people, assistant.renewed

    async def ask(self, question: Question) -> Answer:
        """Answer a question."""
        return await self._measured(self._assistant.ask(question))

    async def verify(self, words: str, scope: Scope = EVERYWHERE) -> QuoteCheck | Help:
        """Check whether these words were said."""
        return await self._measured(self._assistant.verify(words, scope))

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote."""
        return await self._measured(self._assistant.random_quote(wanted))

    async def count(self, words: str, by: Division | None = None, scope: Scope = EVERYWHERE) -> Answer:
        """Count how often some words occur."""
        return await self._measured(self._assistant.count(words, by, scope))

    async def _measured(self, work: Coroutine[Any, Any, _A]) -> _A:
        self._meter.asked(self._platform)
        started = time.perf_counter()
        kind: Kind = "error"  # unless there is an answer; also where nobody waits for one any more
        confidence = 0.0
        try:
            answer = await work
            kind, confidence = kind_of(answer), confidence_of(answer)
        finally:
            took = timedelta(seconds=time.perf_counter() - started)
            self._meter.answered(Answered(self._platform, kind, took, confidence))
            milliseconds = round(took / timedelta(milliseconds=1), 1)
            fields = {
                "platform": self._platform,
                "kind": kind,
                "milliseconds": milliseconds,
                "confidence": round(confidence, 3),
            }
            line = "answered on %s: %s, %s ms, confidence %.2f"
            _log.info(line, self._platform, kind, milliseconds, confidence, extra={"fields": fields})
        return answer


class MeteredLimits:
    """Rate limits that record refusals."""

    def __init__(self, limits: Limits, platform: str, meter: Meter) -> None:
        self._limits = limits
        self._platform = platform
        self._meter = meter

    async def admit(self, member: str, channel: str) -> timedelta | None:
        """Count a question, or return how long to wait."""
        wait = await self._limits.admit(member, channel)
        if wait is not None:
            self._meter.refused(self._platform)
        return wait


async def follow_library(assistant: Assistant, meter: Meter) -> None:
    """Record the library's size, now and after every renewal, until cancelled."""
    edition = -1
    while True:
        edition = await assistant.renewed(edition)
        episodes = await assistant.episodes(limit=ALL)
        dates = [each.published for each in episodes if each.published]
        meter.library(len(episodes), max(dates, default=None))
