"""Whether something comes for the first time in a while, as far as this process remembers.

What it is about, an adapter knows.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import timedelta

from knowledge.recent import Recent

__all__ = ["Once", "Recent"]


class Once:
    """Remembers a limited number of recent names."""

    def __init__(self, remembered: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._new_at: Recent[str, float] = Recent(remembered)
        self._clock = clock

    def first(self, name: str, *, quiet_for: timedelta = timedelta.max) -> bool:
        """Remember a name for the given time; return whether it was new."""
        now = self._clock()
        if self._new_at.get(name, -math.inf) > now:
            return False
        self._new_at[name] = now + quiet_for.total_seconds()
        return True
