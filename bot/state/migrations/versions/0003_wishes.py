"""People who want to be notified once a question has an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "wishes",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("member", sa.String, nullable=False, index=True),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("episode", sa.String),
        sa.Column("claimed_until", sa.Double, nullable=False),
        sa.Column("made_at", sa.Double, nullable=False, index=True),
    )
