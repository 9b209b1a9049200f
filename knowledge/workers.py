"""Does the same work on many things: by a process for each core where that is worth it, else in this process.

What the work is, is the caller's business; it and what it returns are sent from process to process.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import IO, Final, ParamSpec, TypeVar

_Thing = TypeVar("_Thing")
_Things = ParamSpec("_Things")
_Result = TypeVar("_Result")

_MOST: Final = 8
"""Processes: the one that takes their results has no more than it can do."""
_AHEAD: Final = 4
"""Results for each process that may wait to be taken, so that they never fill the memory."""
_COMMAND: Final = (
    "import sys; sys.path[:] = {}; from knowledge import workers; workers.serve(sys.stdin.buffer, sys.stdout.buffer)"
)


def spread(
    work: Callable[[_Thing], _Result],
    things: Sequence[_Thing],
    *,
    worth: int,
    start: Callable[[int], Executor] | None = None,
) -> Generator[_Result, None, None]:
    """Do work on each thing, and yield the results in order.

    Where other processes can't be had or end too soon, the rest is done here; so is what fails there, to fail here.

    Args:
        work: a function at the top of a module, or one made of that by `partial`.
        things: what it is done on.
        worth: so many things are worth the second that it takes to start processes.
        start: starts so many workers; processes, unless something else is asked for.
    """
    cores, done = _cores(), 0
    if len(things) >= worth and (cores > 1 or start):
        with suppress(OSError, EOFError), (start or _Processes)(cores) as workers:
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


class _Processes(Executor):
    """Threads that have processes do their work.

    Those of `multiprocessing` begin by running the program's main file once more, which may be anybody's, and live on
    where their parent is killed. These end when nobody can ask them any more.
    """

    def __init__(self, count: int) -> None:
        """Start so many processes.

        Raises:
            OSError: they can't be started.
        """
        command = [sys.executable, "-c", _COMMAND.format(sys.path)]
        self._all = [subprocess.Popen(command, stdin=-1, stdout=-1) for _ in range(count)]  # noqa: S603 - ourselves
        self._idle = SimpleQueue[subprocess.Popen[bytes]]()
        for process in self._all:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(count)

    def submit(
        self, work: Callable[_Things, _Result], /, *things: _Things.args, **named: _Things.kwargs
    ) -> Future[_Result]:
        """Have a process do some work; it fails with an `EOFError` where that ends without a result."""
        return self._threads.submit(self._done, partial(work, *things, **named))

    def _done(self, work: Callable[[], _Result]) -> _Result:
        process = self._idle.get()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            pickle.dump(work, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            result: _Result = pickle.load(process.stdout)  # noqa: S301 - from ourselves
            return result
        finally:
            self._idle.put(process)

    def __exit__(self, *_: object) -> None:
        """End the processes when they have done what they are at."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            with suppress(OSError):
                process.communicate()


def serve(asked: IO[bytes], results: IO[bytes]) -> None:
    """Do what another process asks for until it ends or something fails, which it will do again where it is seen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks hears Ctrl-C
    sys.stdout = sys.stderr
    with suppress(Exception):
        while True:
            work = pickle.load(asked)  # noqa: S301 - from ourselves
            pickle.dump(work(), results, pickle.HIGHEST_PROTOCOL)
            results.flush()
