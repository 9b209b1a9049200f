"""Notes in the database, and also in memory in case of an outage.

Only their writers know what they mean.
"""

from __future__ import annotations

import contextlib

from sqlalchemy import bindparam, select

from bot.port.errors import StateAwayError
from bot.port.state import NOTES_LAST, Notes
from bot.state.database import Database
from bot.state.tables import notes, now, upsert

_READ = select(notes.c.text).where(
    notes.c.name == bindparam("named"), notes.c.written_at > now() - NOTES_LAST.total_seconds()
)
_WRITE = upsert(notes, name=bindparam("named"), text=bindparam("said"), written_at=now())


class StoredNotes(Notes):
    """Notes that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    async def read(self, name: str) -> str | None:
        try:
            rows = await self._database.execute(_READ, {"named": name})
        except StateAwayError:
            return await super().read(name)
        return str(rows[0].text) if rows else None

    async def write(self, name: str, text: str) -> None:
        await super().write(name, text)
        with contextlib.suppress(StateAwayError):
            await self._database.execute(_WRITE, {"named": name, "said": text})
