"""The players that people listen in, in the database; see `bot/port/players.py`.

There is no copy in memory: during an outage, answers open in the default player.
"""

from __future__ import annotations

import contextlib

from sqlalchemy import bindparam, select

from bot.port.errors import StateAwayError
from bot.port.players import PLAYERS_LAST, Player, Players
from bot.state.database import Database
from bot.state.tables import now, players, upsert

_READ = select(players.c.player).where(
    players.c.person == bindparam("who"), players.c.chosen_at > now() - PLAYERS_LAST.total_seconds()
)
_WRITE = upsert(players, person=bindparam("who"), player=bindparam("chosen"), chosen_at=now())


class StoredPlayers(Players):
    """Choices that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person: str) -> Player | None:
        """Return a person's last choice; None if there is none, or during an outage."""
        with contextlib.suppress(StateAwayError, ValueError):  # a newer version may know more players
            rows = await self._database.execute(_READ, {"who": person})
            return Player(rows[0].player) if rows else None
        return None

    async def choose(self, person: str, player: Player) -> None:
        await self._database.execute(_WRITE, {"who": person, "chosen": player.value})
