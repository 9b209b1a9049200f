"""Runs background tasks once, in one of many processes, and retries failures.

`wishes` and `posting` define the tasks and how to claim them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from bot.port.errors import OverheardError
from bot.port.seen import Once

_log = logging.getLogger(__name__)

TURN: Final = timedelta(seconds=60)
"""How long a claim lasts; after that, another process may claim the task."""
_GIVEN_UP: Final = timedelta(seconds=45)
"""Time limit of a task; less than `TURN`, or two processes could do the same."""
_TOLD_AGAIN: Final = timedelta(hours=1)


class Errands:
    """The tasks of one process."""

    def __init__(self) -> None:
        self._done: set[str] = set()
        self._complaints = Once(remembered=1000)

    async def settled(
        self,
        name: str,
        *,
        claim: Callable[[], Awaitable[bool]],
        act: Callable[[], Awaitable[None]],
        finish: Callable[[], Awaitable[object]],
    ) -> bool:
        """Do a task; return whether it is done and recorded. False if another process claimed it, or for a retry.

        A retry of a task that was done but not recorded only records it.
        """
        try:
            if name not in self._done:
                if not await claim():
                    return False
                async with asyncio.timeout(_GIVEN_UP.total_seconds()):
                    await act()
                self._done.add(name)
            await finish()
            self._done.discard(name)
        except OverheardError as error:
            _log.debug("to be tried again: %s", error)
            return False
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are done
            if self._complaints.first(name, quiet_for=_TOLD_AGAIN):
                _log.error("something promised could not be done, and is tried again", exc_info=error)
            return False
        return True
