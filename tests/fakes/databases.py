"""Databases as their first start leaves them: with all tables, and nothing in them.

The steps to there take a tenth of a second and more, so that each kind is brought there once, and what came of it is
made again for each test. What the steps do is tested with empty databases, in tests/bot/state/test_database.py.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from bot.state import migrating
from tests.fakes.postgres import schema


def sqlite_in(folder: Path) -> str:
    """Put a file with all tables into a folder, if there is none yet, and return its address."""
    file = folder / "state.db"
    if not file.exists():
        file.write_bytes(_file())
    return f"sqlite:///{file}"


def schema_with_tables(server: str) -> str:
    """Make a new part of a PostgreSQL server's database, with all tables, and return its address."""
    url = schema(server)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_statements(server))
    return url


@functools.cache
def _file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        migrating.migrate(create_engine(f"sqlite:///{folder}/state.db", poolclass=NullPool))
        return Path(folder, "state.db").read_bytes()


@functools.cache
def _statements(server: str) -> bytes:
    """What a migration tells a server to do, without its questions."""
    said: list[str] = []
    url = make_url(schema(server)).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "before_cursor_execute")
    def _hear(_: Connection, __: object, statement: str, parameters: object, *___: object) -> None:
        if not statement.lstrip().startswith("SELECT"):
            assert not parameters, statement
            said.append(statement)

    migrating.migrate(engine)
    return ";".join(statement for statement in said if statement != "COMMIT").encode()
