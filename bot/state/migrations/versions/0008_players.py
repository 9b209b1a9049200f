"""The players that people listen in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "players",
        sa.Column("person", sa.String, primary_key=True),
        sa.Column("player", sa.String, nullable=False),
        sa.Column("chosen_at", sa.Double, nullable=False, index=True),
    )
