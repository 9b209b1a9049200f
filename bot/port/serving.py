"""Runs several platforms in one process: starts them, isolates their failures, and shuts them down in order.

Knows no platform and no questions, only when to stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import IntEnum
from typing import Protocol

_log = logging.getLogger(__name__)

FINISHING = timedelta(seconds=5)
"""Time limit for pending answers once the process is asked to stop."""

_CLOSING = timedelta(seconds=4)
"""Further time that a service has to disconnect from its platform before it is cancelled."""


class Exit(IntEnum):
    """The exit status of the process."""

    STOPPED = 0
    FAILED = 1


class StartError(Exception):
    """A service cannot start: a wrong token, a wrong setting, no network.

    The message is one line that names the setting or the host and says what to do.
    """


def cannot_listen(where: object, error: OSError, fix: str) -> StartError:
    """Say that an address is taken or is not this machine's, and what to do."""
    return StartError(f"cannot listen on {where} ({error.strerror}); {fix}")


def not_the_platform(platform: str, where: str, setting: str | None) -> str:
    """Say that something else than a platform answers at its address; `setting` is what may be wrong, if anything."""
    wrong = f", or {setting} is wrong" if setting else ""
    between = f"a network that asks to log in first, or a proxy, may be in between{wrong}"
    return f"What answers at {where} is not {platform} but a page: {between}."


class EndedError(Exception):
    """A running service can't go on until an operator fixes something, such as a revoked token.

    The message is one line, as with `StartError`.
    """


class Service(Protocol):
    """One platform's connection.

    Attributes:
        name: what people call the platform.
    """

    name: str

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then accept no more questions, finish pending ones, and close.

        Raises:
            StartError: it could not start serving.
            EndedError: it can't go on.
        """


class InFlight:
    """Counts the questions being answered, for a shutdown to wait for them.

    Attributes:
        closed: whether to accept no more questions.
    """

    def __init__(self) -> None:
        self.closed = False
        self._answering: Counter[asyncio.Task[object] | None] = Counter()
        self._idle = asyncio.Event()
        self._idle.set()

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """Delay a shutdown while a question is being answered; one task may answer several."""
        task = asyncio.current_task()
        self._answering[task] += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._answering -= Counter({task: 1})
            if not self._answering:
                self._idle.set()

    async def finished(self, within: timedelta = FINISHING) -> bool:
        """Wait until nothing is pending; cancel and log what takes too long, and return false then."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("some answers took too long to finish and were given up")
            for task in self._answering:
                if task is not None and task is not asyncio.current_task():
                    task.cancel()
            return False
        return True


async def serve(services: Sequence[Service], stop: asyncio.Event) -> Exit:
    """Run the services concurrently until `stop` is set; set it when none is left.

    A service that fails while serving is logged and doesn't affect the others. One that can't start ends them all: an
    operator should notice a set-up that is half right immediately.

    Raises:
        StartError: a service could not start; the others have closed.
    """
    running = [asyncio.create_task(_run(service, stop), name=service.name) for service in services]
    everything = asyncio.gather(*running, return_exceptions=True)
    everything.add_done_callback(lambda _: stop.set())
    await stop.wait()
    _, late = await asyncio.wait(running, timeout=(FINISHING + _CLOSING).total_seconds())
    for task in late:
        _log.warning("%s took too long to close and was cut off", task.get_name())
        task.cancel()
    outcomes = await everything
    for outcome in outcomes:
        if isinstance(outcome, StartError):
            raise outcome
    return Exit.FAILED if Exit.FAILED in outcomes else Exit.STOPPED


async def _run(service: Service, stop: asyncio.Event) -> Exit:
    try:
        await service.run(stop)
    except StartError:
        stop.set()
        raise
    except EndedError as error:
        _log.error("%s is off until the next start: %s", service.name, error)
        return Exit.FAILED
    except Exception:  # noqa: BLE001 - isolates platforms: one's failure doesn't affect another
        _log.exception("%s failed and is off until the next start", service.name)
        return Exit.FAILED
    return Exit.STOPPED


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set the event on SIGTERM and SIGINT; enter it in the main thread, with the loop running."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    previous = {number: signal.getsignal(number) for number in signals}
    for number in signals:
        # Not loop.add_signal_handler: Windows has none.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
