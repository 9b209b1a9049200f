"""A channel is kept only of what everybody there could read; which of the older ones were such, nobody knows."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forget the channels that older versions kept."""
    for table in ("missed", "votes"):
        op.execute(f"UPDATE {table} SET channel = ''")  # noqa: S608 - our own words
