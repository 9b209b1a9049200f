"""Does something once, in one of many processes, and again where it failed: what is promised, and nobody waits for.

What is to be done, and how it is claimed, is known elsewhere: `wishes` and `posting` both go this way.
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
"""How long a claim lasts: after that another process may do it."""
_GIVEN_UP: Final = timedelta(seconds=45)
"""Before the turn is over, or two processes would do the same."""
_TOLD_AGAIN: Final = timedelta(hours=1)


class Errands:
    """One process's part in what is to be done."""

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
        """Whether something is done and noted as such; false where it is another's turn, or to be tried again.

        What was done and could not be noted is only noted the next time.
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
