"""What outlives a restart and is shared by processes, as the rest of the bot sees it; and the same in memory alone.

No SQL and no files: those are `bot/state`'s. What is kept is text under a name that only its writer understands.
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
"""How long a note is kept after it was last written."""

_MOST_NOTES: Final = 5_000
_LOOKS: Final = timedelta(seconds=2.5)
"""The time between two looks for what other processes left behind."""


class Notes:
    """Short texts about what is going on, such as what a conversation is about; those not written for longest go first.

    This one keeps them in memory, and a restart forgets them.
    """

    def __init__(self) -> None:
        self._written: Recent[str, tuple[float, str]] = Recent(_MOST_NOTES)

    async def read(self, name: str) -> str | None:
        """Return what was written last under a name, None where that was never or two days ago. Never raises."""
        at, text = self._written.get(name, (0.0, None))
        return text if time.monotonic() - at < NOTES_LAST.total_seconds() else None

    async def write(self, name: str, text: str) -> None:
        """Keep a text in place of the one before. Never raises."""
        self._written[name] = (time.monotonic(), text)

    async def forget(self, person: str) -> None:
        """Delete what is a person's own, and which answers belong to that."""
        for name, (_, text) in list(self._written.items()):
            if belongs_to(name, person) or belongs_to(text, person):
                del self._written[name]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that a platform delivered and nobody has answered yet.

    Attributes:
        name: the platform, a slash, and what is the same each time it is delivered.
        event: what its adapter needs to answer it.
    """

    name: str
    event: str


class Deliveries:
    """Who answers what a platform delivered, to however many processes and however often. Never raises.

    This one knows of no other process, and keeps in memory what was claimed, up to a number of them.
    """

    def __init__(self) -> None:
        self._claimed = Once()

    async def claim(self, name: str, event: str | None = None) -> bool:  # noqa: ARG002 - nobody could take it over
        """Whether this process is to answer; with an `event` only until `done`, after which nobody has to.

        An event is kept until then: if this process ends before, another one is given it.
        """
        return self._claimed.first(name)

    async def done(self, name: str) -> None:
        """Note that it is answered, and forget its event."""

    async def left_behind(self, platform: str) -> Sequence[Delivery]:  # noqa: ARG002 - there is nothing on any
        """Claim a few that were claimed by a process which has ended since.

        The answer may have been sent: to be found out before one is sent again.
        """
        return ()


class Limits(Protocol):
    """How often members and channels may ask. Never raises."""

    async def admit(self, member: str, channel: str) -> timedelta | None:
        """Count a question in, or say how long to wait; a refused question counts for nobody."""


class LimitsInMemory:
    """Limits for this process."""

    def __init__(self, per_member: Rate, per_channel: Rate) -> None:
        self._limiter = RateLimiter(per_member, per_channel)

    async def admit(self, member: str, channel: str) -> timedelta | None:
        """Count a question in, or say how long to wait."""
        return self._limiter.admit(member, channel)

    async def forget(self, person: str) -> None:
        """Count nothing of a person any more."""
        self._limiter.forget(person)


class State:
    """All of it; this one a process has for itself, and a restart forgets it.

    Attributes:
        notes: what is going on.
        deliveries: who answers what.
        logbook: what the host may learn.
        place_settings: what is chosen for servers, workspaces and channels.
        forgetting: all that keeps something of people.
        wishes: who is to be told of what; None where nothing outlives a restart.
        players: what people listen in; None where nothing outlives a restart.
        posts: what is posted unasked; None where nothing outlives a restart.
        sealed: what is secret; None where there is no key, or nothing outlives a restart.
    """

    def __init__(self) -> None:
        self.notes = Notes()
        self.deliveries = Deliveries()
        self.logbook = Logbook()
        self.place_settings = SettingsStore()
        self.forgetting = Forgetters(self.notes, self.place_settings)
        self.wishes: Wishes | None = None
        self.players: Players | None = None
        self.posts: Posts | None = None
        self.sealed: Sealed | None = None

    @property
    def lacks(self) -> Path | None:
        """The file that all of it is to be in, where nobody has made that yet; None where there is none to make."""
        return None

    def limits(self, per_member: Rate, per_channel: Rate) -> Limits:
        """Count by these rates."""
        limits = LimitsInMemory(per_member, per_channel)
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
