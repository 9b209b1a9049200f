"""Migrates a database to this version, once, even if several processes start together.

The steps are in `migrations/versions`. A database of a newer version is left alone.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

_HERE: Final = Path(__file__).parent / "migrations"
_VERSION: Final = "alembic_version"
_LOCK: Final = 0x0EA8D  # an arbitrary number that nobody else locks


class NewerDatabaseError(Exception):
    """A database that is newer than this program."""


def migrate(engine: Engine, to: str = "head") -> None:
    """Run all missing steps in one transaction.

    Raises:
        SQLAlchemyError: the database can't be reached or written to.
        NewerDatabaseError: it is of a newer version.
    """
    with engine.connect() as connection:
        if to == "head" and _is_current(connection):
            return
    # Before the import, which already logs: its plugins and steps are of no interest to the operator.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Imported here, because it takes a third of a second and most starts don't need it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Begin explicitly, because the driver starts no transaction for statements that change tables.
            connection.connection.dbapi_connection.isolation_level = None  # type: ignore[union-attr]
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        try:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            command.upgrade(config, to)
        except CommandError as error:
            raise NewerDatabaseError(str(error)) from error
        connection.exec_driver_sql("COMMIT")


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table(_VERSION):
        return False
    newest = max(step.name.partition("_")[0] for step in (_HERE / "versions").glob("[0-9]*.py"))
    return bool(connection.scalar(text(f"SELECT version_num FROM {_VERSION}")) == newest)  # noqa: S608 - our own name
