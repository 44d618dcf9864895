"""Readings that go on after a crash; sources that are paused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kbaudit.store.schema import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; drop a table that nothing ever wrote."""
    op.create_table(
        "readings",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("touched_at", Moment(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_readings")),
    )
    op.add_column("incoming", sa.Column("state", sa.String(length=10), nullable=False, server_default="new"))
    op.add_column("runs", sa.Column("resumes", sa.Integer()))
    op.add_column("sources", sa.Column("paused_at", Moment()))
    op.add_column("sources", sa.Column("paused_by", sa.String(length=200)))
    op.add_column("sources", sa.Column("paused_why", sa.Text()))
    op.drop_table("crawl")
