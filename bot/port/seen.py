"""What came lately, in this process only and bounded, and whether something comes for the first time in a while.

What it is about, an adapter knows.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Recent(OrderedDict[_K, _V]):
    """A dict of at most so many keys: those that were not written for longest go first."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: _K, value: _V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self._most:
            self.popitem(last=False)


class Once:
    """Remembers the most recent names, up to a number of them."""

    def __init__(self, remembered: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._new_at: Recent[str, float] = Recent(remembered)
        self._clock = clock

    def has(self, name: str) -> bool:
        """Whether a name came, and its time is not over yet."""
        return self._new_at.get(name, -math.inf) > self._clock()

    def first(self, name: str, *, quiet_for: timedelta = timedelta.max) -> bool:
        """Whether this name is new; for the given time afterwards it is not any more."""
        if self.has(name):
            return False
        self._new_at[name] = self._clock() + quiet_for.total_seconds()
        return True
