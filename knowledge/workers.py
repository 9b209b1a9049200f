"""Does the same work on many things: by a process for each core where that is worth it, else in this process.

What the work is, is the caller's business; it and what it returns are sent to other processes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Final, TypeVar

_Thing = TypeVar("_Thing")
_Result = TypeVar("_Result")

_MOST: Final = 8
"""Processes: the one that takes their results has no more than it can do."""
_AHEAD: Final = 4
"""Results for each process that may wait to be taken, so that they never fill the memory."""


def spread(
    work: Callable[[_Thing], _Result],
    things: Sequence[_Thing],
    *,
    worth: int,
    start: Callable[[int], Executor] | None = None,
) -> Generator[_Result, None, None]:
    """Do work on each thing, and yield the results in order.

    Where other processes can't be had or are killed, the rest is done here; so is what fails there, to fail here.

    Args:
        work: a function at the top of a module, or one made of that by `partial`.
        things: what it is done on.
        worth: so many things are worth the second that it takes to start processes.
        start: starts so many workers; processes, unless something else is asked for.
    """
    cores, done = _cores(), 0
    if len(things) >= worth and (cores > 1 or start):
        with (
            suppress(BrokenProcessPool, OSError, NotImplementedError, ImportError),
            (start or _processes)(cores) as workers,
        ):
            for result in _in_order(workers, work, things, _AHEAD * cores):
                yield result
                done += 1
    yield from map(work, things[done:])


def _in_order(
    workers: Executor, work: Callable[[_Thing], _Result], things: Sequence[_Thing], ahead: int
) -> Iterator[_Result]:
    under_way: deque[Future[_Result]] = deque()
    try:
        for thing in things:
            under_way.append(workers.submit(work, thing))
            if len(under_way) >= ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for each in under_way:
            each.cancel()


def _cores() -> int:
    having = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(having, _MOST)


def _processes(count: int) -> Executor:
    # Spawned, not forked: whoever asks may have threads, and a fork of those may never go on.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:  # pragma: no cover - runs in other processes
    """Leave Ctrl-C to the process that began this one, and end with that even where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:  # pragma: no cover - runs in other processes
    parent.join()
    os._exit(1)
