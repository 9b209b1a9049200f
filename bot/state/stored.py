"""The complete state, in one database."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.port.errors import ConfigError, StateAwayError
from bot.port.forgetting import Forgetters
from bot.port.limits import Rate
from bot.port.state import Limits, State
from bot.state.database import KEEP_DAYS, Database
from bot.state.deliveries import LEASE, StoredDeliveries
from bot.state.forgetting import Rows
from bot.state.limits import StoredLimits
from bot.state.logbook import StoredLogbook
from bot.state.notes import StoredNotes
from bot.state.place_settings import StoredSettings
from bot.state.players import StoredPlayers
from bot.state.posts import StoredPosts
from bot.state.sealed import StoredSealed
from bot.state.wishes import StoredWishes


def stored_at(url: str | None, keep_days: int | None, keys: Sequence[str] = ()) -> StoredState:
    """Return the state in a database, by default SQLite in the user's data folder.

    Raises:
        ConfigError: the URL is invalid.
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
        raise ConfigError("OVERHEARD_DATABASE_URL is not a database address; see .env.example") from error


class StoredState(State):
    """A state that outlives a restart and is shared by all processes of one database."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE, keys: Sequence[str] = ()) -> None:
        """Use a database; `keys` decrypt secrets, and the first one encrypts them."""
        super().__init__()
        self._database = database
        self.notes = StoredNotes(database)
        self.deliveries = StoredDeliveries(database, lease)
        self.logbook: StoredLogbook = StoredLogbook(database)
        self.place_settings = StoredSettings(database)
        self.wishes = StoredWishes(database)
        self.players = StoredPlayers(database)
        self.posts = StoredPosts(database)
        self.sealed = StoredSealed(database, keys) if keys else None
        self.forgetting = Forgetters(self.notes, self.logbook, self.place_settings, Rows(database))

    @property
    def lacks(self) -> Path | None:
        return self._database.lacks

    def limits(self, per_member: Rate, per_channel: Rate) -> Limits:
        limits = StoredLimits(self._database, per_member, per_channel)
        self.forgetting.add(limits)
        return limits

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open the database for as long as the context lasts; failures are logged and retried."""
        async with self._database.opened():
            try:
                yield
            finally:
                with contextlib.suppress(StateAwayError):
                    await self.logbook.write()
