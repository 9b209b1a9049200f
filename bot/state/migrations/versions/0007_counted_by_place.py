"""Questions and subjects are counted for each server and workspace, beside what older versions count."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables what this revision needs; those of before stay, as an older process may be beside this one."""
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
