"""Stored runs of the summary, and their documents in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_0002"
down_revision = "2026_11_27_0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "summary_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "asked_as",
            one_of("asked_as", "chair", "deputy", "moderator", "policymaker", "administrator", "closing"),
            nullable=False,
        ),
        sa.Column("asked_by_id", ID, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("state", one_of("state", "waiting", "making", "done", "failed"), nullable=False),
        sa.Column("step", one_of("step", "queue", "gather", "pack", "store"), nullable=False),
        sa.Column("error", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("schema", sa.String(40), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("as_of", sa.String(20), nullable=False),
        sa.Column("ledger_entries", sa.Integer(), nullable=False),
        sa.Column("checked_revision", sa.Integer(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("mended", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_summary_runs_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["memberships.id"],
            name=op.f("fk_summary_runs_asked_by_id_memberships"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_runs")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_summary_runs_consultation_id_number")),
    )
    op.create_index("ix_summary_runs_state_due_at", "summary_runs", ["state", "due_at"])
    op.create_table(
        "summary_chunks",
        sa.Column("run_id", ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["summary_runs.id"], name=op.f("fk_summary_chunks_run_id_summary_runs")),
        sa.PrimaryKeyConstraint("run_id", "place", name=op.f("pk_summary_chunks")),
    )


def downgrade() -> None:
    op.drop_table("summary_chunks")
    op.drop_table("summary_runs")
