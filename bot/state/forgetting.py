"""How a store finds the rows that are one person's own: by their names, see `bot/port/forgetting.py`."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, or_


def own(column: Column[str], person: str) -> ColumnElement[bool]:
    """Whether a column names something of this person alone."""
    return or_(column == person, column.startswith(f"{person}/", autoescape=True))
