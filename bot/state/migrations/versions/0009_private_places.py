"""Removes the channels of questions in direct messages, because they reveal who asked."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Clear the channels that older versions stored."""
    direct = "platform = 'discord' AND server = '' OR platform = 'slack' AND substr(channel, 1, 1) = 'D'"
    for table in ("missed", "votes"):
        op.execute(f"UPDATE {table} SET channel = '' WHERE {direct}")  # noqa: S608 - our own words
