"""Keep a channel only if everybody there can read it, which isn't known of those that older versions kept."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Delete the channels that older versions kept."""
    for table in ("missed", "votes"):
        op.execute(f"UPDATE {table} SET channel = ''")  # noqa: S608 - our own words
