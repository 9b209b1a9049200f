"""Questions and subjects are counted for each server and workspace; older counts are of none."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_COUNTED = {"questions": ("outcome", ()), "subjects": ("name", (sa.Column("label", sa.Text, nullable=False),))}


def upgrade() -> None:
    """Make the tables anew: SQLite can't change a primary key."""
    for name, (key, more) in _COUNTED.items():
        op.drop_index(f"ix_{name}_last_at", table_name=name)
        op.rename_table(name, f"older_{name}")
        op.create_table(
            name,
            sa.Column("day", sa.Integer, primary_key=True),
            sa.Column("platform", sa.String, primary_key=True),
            sa.Column("server", sa.String, primary_key=True),
            sa.Column(key, sa.String, primary_key=True),
            *more,
            sa.Column("count", sa.Integer, nullable=False),
            sa.Column("last_at", sa.Double, nullable=False, index=True),
            sa.PrimaryKeyConstraint("day", "platform", "server", key, name=f"{name}_of_place"),
        )
        kept = ", ".join(("day", key, *(column.name for column in more), "count", "last_at"))
        op.execute(
            f"INSERT INTO {name} (platform, server, {kept}) SELECT '', '', {kept} FROM older_{name}"  # noqa: S608 - our own names
        )
        op.drop_table(f"older_{name}")
