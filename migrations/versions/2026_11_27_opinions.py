"""Opinion groups as they were found last, and what is kept so that groups keep their letters."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_0001"
down_revision = "2026_11_26_0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "opinion_runs",
        sa.Column("consultation_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_opinion_runs_consultation_id_consultations")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_opinion_runs")),
    )
    op.create_table(
        "opinion_members",
        sa.Column("membership_id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["memberships.id"],
            name=op.f("fk_opinion_members_membership_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_opinion_members")),
    )


def downgrade() -> None:
    op.drop_table("opinion_members")
    op.drop_table("opinion_runs")
