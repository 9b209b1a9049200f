"""Says a thing once, and not again for a while.

In this process only, and bounded.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta

__all__ = ["Once"]

_REMEMBERED = 10_000


class Once:
    """Remembers what was said lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._again_at: OrderedDict[str, float] = OrderedDict()
        self._clock = clock

    def first(self, name: str, *, quiet_for: timedelta) -> bool:
        """Whether this is to be said; for the given time it is not any more."""
        now = self._clock()
        if self._again_at.get(name, now) > now:
            return False
        self._again_at[name] = now + quiet_for.total_seconds()
        self._again_at.move_to_end(name)
        if len(self._again_at) > _REMEMBERED:
            self._again_at.popitem(last=False)
        return True
