"""The show to which a wish's question is limited."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column."""
    op.add_column("wishes", sa.Column("show", sa.String))
