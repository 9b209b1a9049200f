"""Which library answers, as a number that goes up with each newer one and can be waited for from any thread's loop.

What a library is, and when a newer one is there, is known elsewhere.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading


class Editions:
    """Counts from 0; safe on any thread."""

    def __init__(self) -> None:
        self._number = 0
        self._lock = threading.Lock()
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def next(self) -> None:
        """Count a newer one, and wake what waits for it."""
        with self._lock:
            self._number += 1
            waiting, self._waiting = self._waiting, []
        for loop, arrived in waiting:
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(arrived.set)

    async def after(self, number: int) -> int:
        """Wait until there is one with a higher number, and return the present one's."""
        while True:
            arrived = asyncio.Event()
            with self._lock:
                if self._number > number:
                    return self._number
                self._waiting.append((asyncio.get_running_loop(), arrived))
            await arrived.wait()
