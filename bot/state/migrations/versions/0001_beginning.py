"""Notes, deliveries and limits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "notes",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "deliveries",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("event", sa.Text),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("leased_until", sa.Double, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("received_at", sa.Double, nullable=False, index=True),
    )
    unanswered = sa.text("event IS NOT NULL")
    op.create_index("unanswered", "deliveries", ["leased_until"], sqlite_where=unanswered, postgresql_where=unanswered)
    op.create_table(
        "limits",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("full_at", sa.Double, nullable=False, index=True),
    )
