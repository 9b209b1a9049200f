"""Databases of both kinds, and states over them as processes have them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

from sqlalchemy import make_url, select

from bot.state.database import Database
from bot.state.stored import StoredState
from bot.state.tables import deliveries

SOON = timedelta(milliseconds=50)


@contextlib.asynccontextmanager
async def opened(url: str, *, lease: timedelta = timedelta(seconds=15)) -> AsyncIterator[StoredState]:
    """What one process has: tries again soon after a failure."""
    state = StoredState(Database(make_url(url), pause=SOON), lease=lease)
    async with state.opened():
        yield state


async def nothing_waits(state: StoredState) -> bool:
    """Whether all that was delivered is answered."""
    return not await state._database.execute(select(deliveries.c.name).where(deliveries.c.event.isnot(None)))


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that comes by itself."""
    async with asyncio.timeout(10):
        while not await reached():  # noqa: ASYNC110 - another process's doing is no event
            await asyncio.sleep(0.01)
