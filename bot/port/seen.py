"""Tells whether something comes for the first time, or for the first time in a while.

In this process only, and bounded; what it is about, an adapter knows.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta


class Once:
    """Remembers the most recent names, up to a number of them."""

    def __init__(self, remembered: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._new_at: OrderedDict[str, float] = OrderedDict()
        self._remembered = remembered
        self._clock = clock

    def first(self, name: str, *, quiet_for: timedelta = timedelta.max) -> bool:
        """Whether this name is new; for the given time afterwards it is not any more."""
        now = self._clock()
        if self._new_at.get(name, now) > now:
            return False
        self._new_at[name] = now + quiet_for.total_seconds()
        self._new_at.move_to_end(name)
        if len(self._new_at) > self._remembered:
            self._new_at.popitem(last=False)
        return True
