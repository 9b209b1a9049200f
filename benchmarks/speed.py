"""Milliseconds per question, median and 99th percentile, for everything that is measured."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter

from bot.port.messages import Assistant, Question


def report(name: str, milliseconds: tuple[float, float]) -> None:
    """Print a median and a 99th percentile."""
    print(f"  {name:44} p50 {milliseconds[0]:.2f} ms   p99 {milliseconds[1]:.2f} ms")


def timed(asks: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """Return the median and the 99th percentile of some calls, in milliseconds."""
    times: list[float] = []
    for ask in asks:
        began = perf_counter()
        ask()
        times.append(perf_counter() - began)
    return _middle_and_worst(times)


def answered(assistant: Assistant, questions: Iterable[str]) -> tuple[float, float]:
    """Return the same for an assistant's answers, all in one event loop as in a bot."""

    async def ask() -> list[float]:
        await assistant.ask(Question("something to begin with"))
        times: list[float] = []
        for question in questions:
            began = perf_counter()
            await assistant.ask(Question(question))
            times.append(perf_counter() - began)
        return times

    return _middle_and_worst(asyncio.run(ask()))


def _middle_and_worst(seconds: Iterable[float]) -> tuple[float, float]:
    times = sorted(seconds)
    return times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
