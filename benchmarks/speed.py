"""Milliseconds a question takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter


def report(name: str, ask: Callable[[], object], *asks: Callable[[], object]) -> None:
    """Print the median and the 99th percentile of the calls."""
    times = sorted(_milliseconds((ask, *asks)))
    print(f"  {name:44} p50 {times[len(times) // 2]:.2f} ms   p99 {times[int(len(times) * 0.99)]:.2f} ms")


def _milliseconds(asks: Iterable[Callable[[], object]]) -> Iterable[float]:
    for ask in asks:
        began = perf_counter()
        ask()
        yield (perf_counter() - began) * 1000
