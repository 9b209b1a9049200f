"""Deletes the rows that belong to one person, found by their names; see `bot/port/forgetting.py`."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, delete, or_

from bot.state.database import Database
from bot.state.tables import KEEP, Keep, metadata


class Rows:
    """All tables whose rows have an owner's name; stores themselves forget what else they know of a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, person: str) -> None:
        """Delete the rows of a person or a workspace.

        Raises:
            StateAwayError: not all of them are deleted.
        """
        for table in metadata.sorted_tables:
            keep: Keep = table.info[KEEP]
            if keep.names:
                theirs = or_(*(own(table.c[name], person) for name in keep.names))
                await self._database.execute(delete(table).where(theirs))


def own(column: Column[str], person: str) -> ColumnElement[bool]:
    """Return the condition that a column names something that belongs to this person alone."""
    return or_(column == person, column.startswith(f"{person}/", autoescape=True))
