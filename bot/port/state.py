"""State that survives a restart and is shared by processes: its interface, and a version in memory.

No SQL and no files: see `bot/state`. Values are texts under names, which only their writers interpret.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from bot.port.forgetting import Forgetters, belongs_to
from bot.port.limits import Rate, RateLimiter
from bot.port.logbook import Logbook
from bot.port.place_settings import SettingsStore
from bot.port.players import Players
from bot.port.posts import Posts
from bot.port.sealed import Sealed
from bot.port.seen import Once, Recent
from bot.port.wishes import Wishes

_log = logging.getLogger(__name__)

NOTES_LAST: Final = timedelta(days=2)
"""How long to keep a note after it was last written."""

_MOST_NOTES: Final = 5_000
_LOOKS: Final = timedelta(seconds=2.5)
"""Time between two checks for what other processes left behind."""


class Notes:
    """Short texts about what is going on, such as the subject of a conversation; drops the oldest first.

    This one keeps them in memory until a restart.
    """

    def __init__(self) -> None:
        self._written: Recent[str, tuple[float, str]] = Recent(_MOST_NOTES)

    async def read(self, name: str) -> str | None:
        """Return the text last written under a name; None if there is none or it expired. Never raises."""
        at, text = self._written.get(name, (0.0, None))
        return text if time.monotonic() - at < NOTES_LAST.total_seconds() else None

    async def write(self, name: str, text: str) -> None:
        """Replace the text under a name. Never raises."""
        self._written[name] = (time.monotonic(), text)

    async def forget(self, person: str) -> None:
        """Delete a person's notes, and those that refer to them."""
        for name, (_, text) in list(self._written.items()):
            if belongs_to(name, person) or belongs_to(text, person):
                del self._written[name]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event that a platform delivered and nobody has answered yet.

    Attributes:
        name: the platform, a slash, and an id that is the same for each delivery.
        event: what its adapter needs to answer it.
    """

    name: str
    event: str


class Deliveries:
    """Deduplicates events that a platform delivers to several processes, or repeatedly. Never raises.

    This one knows no other process, and remembers a limited number of claims in memory.
    """

    def __init__(self) -> None:
        self._claimed = Once()

    async def claim(self, name: str, event: str | None = None) -> bool:  # noqa: ARG002 - no process could take over
        """Claim a delivery; return whether this process has to answer it.

        An `event` is stored until `done`: if this process ends before that, another one takes over.
        """
        return self._claimed.first(name)

    async def done(self, name: str) -> None:
        """Record that a delivery is answered, and delete its event."""

    async def left_behind(self, platform: str) -> Sequence[Delivery]:  # noqa: ARG002 - there are never any
        """Claim a few deliveries of processes that ended.

        They may have been answered; check before sending an answer again.
        """
        return ()


class Limits(Protocol):
    """Rate limits for members and channels. Never raises."""

    async def admit(self, member: str, channel: str) -> timedelta | None:
        """Count a question, or return how long to wait; a refused question isn't counted."""


class State:
    """All of it; this one a process has for itself, and a restart forgets it.

    Attributes:
        wishes: None where nothing outlives a restart; `posts` likewise.
        sealed: None where there is no key, or nothing outlives a restart.
    """

    def __init__(self) -> None:
        self.notes = Notes()
        self.deliveries = Deliveries()
        self.logbook = Logbook()
        self.place_settings = SettingsStore()
        self.forgetting = Forgetters(self.notes, self.place_settings)
        self.wishes: Wishes | None = None
        self.players = Players()
        self.posts: Posts | None = None
        self.sealed: Sealed | None = None

    @property
    def lacks(self) -> Path | None:
        """The file that all of it is to be in, where nobody has made that yet; None where there is none to make."""
        return None

    def limits(self, per_member: Rate, per_channel: Rate) -> Limits:
        """Count by these rates."""
        limits = RateLimiter(per_member, per_channel)
        self.forgetting.add(limits)
        return limits

    def opened(self) -> contextlib.AbstractAsyncContextManager[None]:
        """Open it for as long as the context lasts, in the loop that uses it; what cannot be opened is logged."""
        return contextlib.nullcontext()


async def take_over(platform: str, deliveries: Deliveries, answer: Callable[[Delivery], Awaitable[None]]) -> None:
    """Answer what other processes leave behind, until cancelled."""
    while True:
        for delivery in await deliveries.left_behind(platform):
            try:
                await answer(delivery)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are answered
                _log.error("what was left behind could not be answered", exc_info=error)
        await asyncio.sleep(_LOOKS.total_seconds())
