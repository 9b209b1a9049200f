"""A clock that a test moves: what looks every minute looks when it is told that one has passed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta


class HandedClock:
    """Shows the time that it is set to.

    Attributes:
        lookers: how many wait for it at the same time.
        looks: how often somebody has looked, and waits for more time to pass.
    """

    def __init__(self, time: datetime, *, lookers: int = 1) -> None:
        self.time = time
        self.lookers = lookers
        self.looks = 0
        self._passed = asyncio.Event()
        self._changed = asyncio.Condition()

    def now(self) -> datetime:
        return self.time

    async def tick(self) -> None:
        passed = self._passed
        async with self._changed:
            self.looks += 1
            self._changed.notify_all()
        await passed.wait()

    async def looked(self, times: int) -> None:
        """Wait until somebody has looked so often."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self.looks >= times)

    async def move(self, by: timedelta) -> None:
        """Let time pass, and wait until everybody has looked again."""
        await self.looked(self.lookers)
        self.time += by
        before, passed = self.looks, self._passed
        self._passed = asyncio.Event()
        passed.set()
        await self.looked(before + self.lookers)
