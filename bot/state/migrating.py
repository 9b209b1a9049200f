"""Brings a database to what this version needs, once, however many processes start together.

What the steps are is in `migrations/versions`. A database of a newer version is left as it is.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

_HERE: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x0EA8D  # any number that nobody else locks


def migrate(engine: Engine, to: str = "head") -> None:
    """Run the steps that a database lacks, all or none of them.

    Raises:
        SQLAlchemyError: the database cannot be reached or written.
        alembic.util.CommandError: it is of a newer version.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it counts its steps up to whoever starts the bot
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # By hand: the driver begins no transaction for what changes tables.
            connection.connection.dbapi_connection.isolation_level = None  # type: ignore[union-attr]
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        command.upgrade(_config(connection), to)
        connection.exec_driver_sql("COMMIT")


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
