"""Runs migrations on the connection that `bot/state/migrating.py` provides; alembic loads this file by its path."""

from alembic import context

from bot.state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
