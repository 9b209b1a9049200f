"""Counts of questions and subjects by server and workspace, beside the totals of older versions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables; the old ones stay, because an older process may still be running."""
    for name, key, more in (
        ("counted_questions", "outcome", ()),
        ("counted_subjects", "name", (sa.Column("label", sa.Text, nullable=False),)),
    ):
        op.create_table(
            name,
            sa.Column("day", sa.Integer, primary_key=True),
            sa.Column("platform", sa.String, primary_key=True),
            sa.Column("server", sa.String, primary_key=True),
            sa.Column(key, sa.String, primary_key=True),
            *more,
            sa.Column("count", sa.Integer, nullable=False),
            sa.Column("last_at", sa.Double, nullable=False, index=True),
        )
