"""Posts of the bot's own accord: the choices by channel, the known episodes, and what was posted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "posting",
        sa.Column("place", sa.String, primary_key=True),
        sa.Column("announces_since", sa.Double),
        sa.Column("ping", sa.String, nullable=False),
        sa.Column("quote_at", sa.Integer),
        sa.Column("digest", sa.Integer, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("claimed_until", sa.Double, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "known_episodes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("is_news", sa.Integer, nullable=False),
        sa.Column("found_at", sa.Double, nullable=False, index=True),
    )
    op.create_table(
        "posted",
        sa.Column("place", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("quote", sa.String),
        sa.Column("posted_at", sa.Double, nullable=False, index=True),
    )
