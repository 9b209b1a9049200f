"""Writes an episode's number as its listeners do.

For renderers, so that one episode is called alike everywhere.
"""

from __future__ import annotations

from bot.port.messages import Episode

__all__ = ["short_number"]


def short_number(episode: Episode) -> str | None:
    """Write `#494`, or `S2E5` where numbers begin anew with each season; None where there is no number."""
    if not episode.number:
        return None
    return f"S{episode.season}E{episode.number}" if episode.season is not None else f"#{episode.number}"
