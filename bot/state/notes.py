"""Notes in the database, and in memory as well for when it is away.

What they say is known to whoever writes them.
"""

from __future__ import annotations

import contextlib

from sqlalchemy import bindparam, delete, or_, select

from bot.port.state import NOTES_LAST, NotesInMemory, StateAwayError
from bot.state.database import Database
from bot.state.forgetting import own
from bot.state.tables import notes, now, upsert

_READ = select(notes.c.text).where(
    notes.c.name == bindparam("named"), notes.c.written_at > now() - NOTES_LAST.total_seconds()
)
_WRITE = upsert(notes, name=bindparam("named"), text=bindparam("said"), written_at=now())


class StoredNotes:
    """Notes that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = NotesInMemory()

    async def read(self, name: str) -> str | None:
        """Return what was written last under a name, by any process."""
        try:
            rows = await self._database.execute(_READ, {"named": name})
        except StateAwayError:
            return await self._memory.read(name)
        return str(rows[0].text) if rows else None

    async def write(self, name: str, text: str) -> None:
        """Keep a text in place of the one before."""
        await self._memory.write(name, text)
        with contextlib.suppress(StateAwayError):
            await self._database.execute(_WRITE, {"named": name, "said": text})

    async def forget(self, person: str) -> None:
        """Delete what is a person's own, and which answers belong to that.

        Raises:
            StateAwayError: only memory has forgotten it.
        """
        await self._memory.forget(person)
        # A text that is the name of a conversation says which one an answer belongs to.
        await self._database.execute(delete(notes).where(or_(own(notes.c.name, person), own(notes.c.text, person))))
