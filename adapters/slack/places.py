"""Slack's channels: the names that their settings are stored under, and which channels are public.

Nothing is sent or answered here.
"""

from __future__ import annotations

import asyncio
import math
import time
from typing import Final

from bot.port.logbook import AskedIn
from bot.port.seen import Recent

from .calls import Calls
from .incoming import Source

SCOPE: Final = "channels:read"
"""The scope for asking Slack whether a channel is public: neither its id nor a mention there says so."""

_WAIT: Final = 1.0
"""Seconds to wait for Slack before treating a channel as private; the answer waits meanwhile."""
_FRESH: Final = 600.0
"""Seconds for which we rely on what Slack said about a channel."""
_MOST: Final = 10_000
"""Channels to remember that about."""


def whole_of(team: str) -> str:
    """Name a workspace."""
    return f"slack/{team}"


def names_of(team: str, channel: str | None) -> tuple[str, str | None]:
    """Name a workspace and a channel."""
    return whole_of(team), f"{whole_of(team)}/{channel}" if channel else None


class Places:
    """Tells the public channels of one workspace from its private ones."""

    def __init__(self, calls: Calls, *, may_look: bool) -> None:
        """Ask Slack; `may_look` is whether the token has `SCOPE`. Without it, every channel counts as private."""
        self._calls = calls
        self._may_look = may_look
        self._known: Recent[str, tuple[float, bool]] = Recent(_MOST)

    async def of(self, source: Source, *, private: bool) -> AskedIn:
        """Return where something was asked, for the logbook: its channel only if everybody there can read it."""
        public = not (private or source.direct) and await self._is_public(source.channel)
        return AskedIn("slack", source.team, source.channel if public else "")

    async def _is_public(self, channel: str) -> bool:
        if not (channel and self._may_look):
            return False
        seen_at, public = self._known.get(channel, (-math.inf, False))
        if time.monotonic() - seen_at >= _FRESH:
            public = await self._looks_public(channel)
            self._known[channel] = (time.monotonic(), public)
        return public

    async def _looks_public(self, channel: str) -> bool:
        try:
            async with asyncio.timeout(_WAIT):
                found = await self._calls.look("conversations.info", {"channel": channel})
        except TimeoutError:
            return False
        match found:
            case {"channel": {"is_channel": True, "is_private": False}}:
                return True
            case _:
                return False
