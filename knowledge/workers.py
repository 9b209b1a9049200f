"""Runs a function on many items: in one process per core if that pays, otherwise in this process.

The caller says what to run; the function, its arguments and its results have to be picklable.
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

_MAX_PROCESSES: Final = 8
"""Maximum number of processes; this one, which collects their results, can't keep up with more."""
_AHEAD: Final = 4
"""Maximum number of items submitted ahead per process, so that uncollected results don't fill the memory."""
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
    """Call `work` on each thing, and yield the results in order.

    If processes can't be started or die, the rest is done here. Work that raises in a process is run again here, where
    the caller sees the exception.

    Args:
        work: a module-level function, or a `partial` of one.
        things: its arguments, one per call.
        worth: the number of things from which starting processes, which takes a second, pays.
        start: starts the given number of workers; processes by default.
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
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MAX_PROCESSES)


class _Processes(Executor):
    """A pool of processes, each driven by a thread.

    Those of `multiprocessing` start by running the program's main file again, which may not be ours, and survive if
    their parent is killed. These end when their pipe closes.
    """

    def __init__(self, count: int) -> None:
        """Start `count` processes.

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
        """Run a call in a process; the future fails with `EOFError` if the process ends without a result."""
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
        """End the processes after their current call."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            with suppress(OSError):
                process.communicate()


def serve(calls: IO[bytes], results: IO[bytes]) -> None:
    """Run the calls that another process sends until it ends or one raises; it runs that call again itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    sys.stdout = sys.stderr
    with suppress(Exception):
        while True:
            work = pickle.load(calls)  # noqa: S301 - from ourselves
            pickle.dump(work(), results, pickle.HIGHEST_PROTOCOL)
            results.flush()
