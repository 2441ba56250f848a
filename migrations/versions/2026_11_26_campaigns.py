"""Campaigns: the same letter sent by many, and the index by which letters are found."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_0001"
down_revision = "2026_11_25_0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        "text_bands",
        sa.Column("contribution_id", ID, autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("standard_id", ID, nullable=False),
        key("text_bands", "contribution_id", "contributions"),
        key("text_bands", "standard_id", "standards"),
        sa.PrimaryKeyConstraint("contribution_id", "value", name=op.f("pk_text_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_text_bands_standard_id_value_contribution_id", "text_bands", ["standard_id", "value", "contribution_id"]
    )
    op.create_table(
        "campaigns",
        sa.Column("id", ID, nullable=False),
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("standard_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("exemplar_id", ID, nullable=False),
        sa.Column("state", one_of("state", "proposed", "confirmed", "dissolved"), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by_id", ID, nullable=True),
        sa.Column("dissolved_at", MOMENT, nullable=True),
        key("campaigns", "consultation_id", "consultations"),
        key("campaigns", "standard_id", "standards"),
        key("campaigns", "exemplar_id", "contributions"),
        key("campaigns", "confirmed_by_id", "memberships"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_campaigns_consultation_id_number")),
    )
    op.create_index(op.f("ix_campaigns_standard_id"), "campaigns", ["standard_id"])
    op.create_index(op.f("ix_campaigns_exemplar_id"), "campaigns", ["exemplar_id"])
    op.create_table(
        "campaign_letters",
        sa.Column("contribution_id", ID, autoincrement=False, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("state", one_of("state", "proposed", "in", "apart"), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.Column("contained", sa.Double(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        key("campaign_letters", "contribution_id", "contributions"),
        key("campaign_letters", "campaign_id", "campaigns"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_campaign_letters")),
    )
    op.create_index("ix_campaign_letters_campaign_id_state", "campaign_letters", ["campaign_id", "state"])


def downgrade() -> None:
    op.drop_table("campaign_letters")
    op.drop_table("campaigns")
    op.drop_table("text_bands")
