"""A wish keeps the show that was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables what this revision needs."""
    op.add_column("wishes", sa.Column("show", sa.String))
