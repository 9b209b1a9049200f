"""Which player people listen in, in the database; see `bot/port/players.py`.

Without it answers open in the player that they would have opened in before, so memory keeps none of it.
"""

from __future__ import annotations

import contextlib

from sqlalchemy import bindparam, select

from bot.port.errors import StateAwayError
from bot.port.players import PLAYERS_LAST, Player
from bot.state.database import Database
from bot.state.tables import now, players, upsert

_READ = select(players.c.player).where(
    players.c.person == bindparam("who"), players.c.chosen_at > now() - PLAYERS_LAST.total_seconds()
)
_WRITE = upsert(players, person=bindparam("who"), player=bindparam("chosen"), chosen_at=now())


class StoredPlayers:
    """Choices that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person: str) -> Player | None:
        """Tell what somebody chose last; None while the database is away."""
        with contextlib.suppress(StateAwayError, ValueError):  # a newer version may know more players
            rows = await self._database.execute(_READ, {"who": person})
            return Player(rows[0].player) if rows else None
        return None

    async def choose(self, person: str, player: Player) -> None:
        """Keep what somebody chose."""
        await self._database.execute(_WRITE, {"who": person, "chosen": player.value})
