"""The logbook: unanswered questions, counts and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "missed",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("nearest", sa.Text),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("server", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("asked_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "questions",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("outcome", sa.String, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "subjects",
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "votes",
        sa.Column("answer", sa.String, primary_key=True),
        sa.Column("voter", sa.String, primary_key=True),
        sa.Column("useful", sa.Integer, nullable=False),
        sa.Column("words", sa.Text),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("server", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("voted_at", sa.Double, nullable=False, index=True),
    )
