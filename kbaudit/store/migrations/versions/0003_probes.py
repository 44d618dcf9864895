"""Golden probes that people accept, and how well each audit found them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kbaudit.store.schema import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "probes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=35)),
        sa.Column("expected", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=24)),
        sa.Column("source", sa.String(length=200)),
        sa.Column("conversation", sa.String(length=1000)),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment()),
        sa.Column("decided_by", sa.String(length=200)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probes")),
    )
    op.create_index("ix_probes_state", "probes", ["state"])
    op.create_index("ix_probes_conversation", "probes", ["source", "conversation"])
    op.create_table(
        "probe_results",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("probe", sa.String(length=16), nullable=False),
        sa.Column("rank", sa.Integer()),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("above", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_probe_results_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "probe", name=op.f("pk_probe_results")),
    )
    op.create_index("ix_probe_results_probe", "probe_results", ["probe", "run"])
    op.create_table(
        "probe_runs",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("recall_1", sa.Float(), nullable=False),
        sa.Column("recall_5", sa.Float(), nullable=False),
        sa.Column("recall_10", sa.Float(), nullable=False),
        sa.Column("mrr", sa.Float(), nullable=False),
        sa.Column("ndcg_10", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_probe_runs_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", name=op.f("pk_probe_runs")),
    )
