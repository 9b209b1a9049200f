"""Writes times as people read them in a player.

For renderers, so that one moment reads alike everywhere; how long an episode is in words, `facts` says.
"""

from __future__ import annotations

from datetime import timedelta

__all__ = ["clock"]


def clock(time: timedelta) -> str:
    """Write a time to the second, rounded down: 0:07, 12:34, 1:02:03; nothing is before 0:00."""
    minutes, seconds = divmod(max(0, int(time.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
