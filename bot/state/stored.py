"""All that is kept, over one database."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.port.errors import ConfigError
from bot.port.forgetting import Forgetters
from bot.port.house import Houses
from bot.port.limits import Rate
from bot.port.logbook import Logbook
from bot.port.players import Players
from bot.port.posts import Posts
from bot.port.sealed import Sealed
from bot.port.state import Deliveries, Limits, Notes, StateAwayError
from bot.port.wishes import Wishes
from bot.state.database import KEEP_DAYS, Database
from bot.state.deliveries import LEASE, StoredDeliveries
from bot.state.houses import StoredHouses
from bot.state.limits import StoredLimits
from bot.state.logbook import StoredLogbook
from bot.state.notes import StoredNotes
from bot.state.players import StoredPlayers
from bot.state.posts import StoredPosts
from bot.state.sealed import StoredSealed
from bot.state.wishes import StoredWishes


def stored_at(url: str | None, keep_days: int | None, keys: Sequence[str] = ()) -> StoredState:
    """Make the state of a database, of SQLite in the user's data folder for None.

    Raises:
        ConfigError: the URL makes no sense.
    """
    try:
        known = (
            make_url(url)
            if url
            else URL.create("sqlite", database=str(user_data_path("overheard", appauthor=False) / "state.db"))
        )
        keep = KEEP_DAYS if keep_days is None else timedelta(days=keep_days)
        return StoredState(Database(known, keep=keep), keys=keys)
    except (ArgumentError, ValueError) as error:
        raise ConfigError("OVERHEARD_DATABASE_URL is no address of a database; see .env.example") from error


class StoredState:
    """A state that outlives a restart and is shared by all processes of one database."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE, keys: Sequence[str] = ()) -> None:
        """Keep it in a database; `keys` encrypt what is secret, the first of them what is written."""
        self._database = database
        self.notes: Notes = StoredNotes(database)
        deliveries = StoredDeliveries(database, lease)
        self.deliveries: Deliveries = deliveries
        self._logbook = StoredLogbook(database)
        self.logbook: Logbook = self._logbook
        wishes = StoredWishes(database)
        self.wishes: Wishes | None = wishes
        houses = StoredHouses(database)
        self.houses: Houses = houses
        players = StoredPlayers(database)
        self.players: Players | None = players
        posts = StoredPosts(database)
        self.posts: Posts | None = posts
        self.forgetting = Forgetters(self.notes, self.logbook, wishes, players, houses, posts, deliveries)
        self.sealed: Sealed | None = StoredSealed(database, keys) if keys else None

    def limits(self, per_member: Rate, per_channel: Rate) -> Limits:
        """Count by these rates."""
        limits = StoredLimits(self._database, per_member, per_channel)
        self.forgetting.add(limits)
        return limits

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open the database for as long as the context lasts; one that cannot be opened is logged and tried again."""
        async with self._database.opened():
            try:
                yield
            finally:
                with contextlib.suppress(StateAwayError):
                    await self._logbook.write()
