"""Remembers what was handled, so that a second delivery of it does nothing.

In this process only, and bounded: Slack delivers again within minutes, not days.
"""

from __future__ import annotations

from collections import OrderedDict

__all__ = ["Once"]


class Once:
    """The most recent names, up to a number of them."""

    def __init__(self, remembered: int = 10_000) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._remembered = remembered

    def first(self, name: str) -> bool:
        """Whether this name is new; it is not any more afterwards."""
        if name in self._seen:
            return False
        self._seen[name] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        return True
