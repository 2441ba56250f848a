"""Due process: time limits and claims of cases, two readers, redactions, flags, appeals, suspensions."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0002"
down_revision = "2026_11_25_0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CAUSES = ("review", "first", "edited", "resubmitted")
REVIEWS = ("before", "after")
STANDINGS = ("proposed", "shared", "taken", "not_shared", "undone", "replaced")
REASONS = (
    *("off_topic", "advertising", "duplicate_same_author", "personal_data_of_others", "own_sensitive_data"),
    *("personal_attack", "harassment", "threat", "hateful_generalisation", "incitement", "impersonation"),
    *("falsely_attributed", "undisclosed_automation", "confidential", "unsafe_link", "copyright", "illegal_content"),
    "unreadable",
)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def added() -> dict[str, list[sa.Column]]:
    """The new columns of tables that exist; what is required has a default for the rows that are there."""
    return {
        "cases": [
            sa.Column("due_at", MOMENT, nullable=True),
            sa.Column("claimed_by_id", ID, nullable=True),
            sa.Column("claimed_until", MOMENT, nullable=True),
            sa.Column("held_at", MOMENT, nullable=True),
            sa.Column("late_at", MOMENT, nullable=True),
            sa.Column("marks", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("flags", sa.Integer(), nullable=False, server_default="0"),
        ],
        "contributions": [sa.Column("lived", sa.Boolean(), nullable=False, server_default=sa.false())],
        "decisions": [
            sa.Column("first_reader_id", ID, nullable=True),
            sa.Column("standing", one_of("standing", *STANDINGS), nullable=False, server_default="taken"),
            sa.Column("passage", sa.Text(), nullable=False, server_default=""),
            sa.Column("redactions", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("worksheet", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("before", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("together_id", ID, nullable=True),
            sa.Column("ends_at", MOMENT, nullable=True),
        ],
        "memberships": [
            sa.Column("reads", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("suspended_until", MOMENT, nullable=True),
        ],
    }


def upgrade() -> None:
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    promise_two_days()
    with op.batch_alter_table("cases") as batch:
        batch.alter_column("due_at", existing_type=MOMENT, nullable=False)
        batch.create_foreign_key(op.f("fk_cases_claimed_by_id_memberships"), "memberships", ["claimed_by_id"], ["id"])
        batch.drop_index("ix_cases_consultation_id_closed_at_opened_at")
        batch.create_index("ix_cases_consultation_id_closed_at_due_at", ["consultation_id", "closed_at", "due_at"])
    with op.batch_alter_table("decisions") as batch:
        batch.create_foreign_key(
            op.f("fk_decisions_first_reader_id_memberships"), "memberships", ["first_reader_id"], ["id"]
        )
        batch.create_index(op.f("ix_decisions_moderator_id"), ["moderator_id"])
    allow("cases", "cause", (*CAUSES, "flagged"))
    allow("consultations", "review", (*REVIEWS, "quiet"))
    create_tables()


def downgrade() -> None:
    for table in ("appeals", "flags"):
        op.drop_table(table)
    op.execute("UPDATE cases SET cause = 'review' WHERE cause = 'flagged'")
    op.execute("UPDATE consultations SET review = 'after' WHERE review = 'quiet'")
    op.execute("DELETE FROM decisions WHERE standing IN ('proposed', 'shared', 'not_shared')")
    allow("cases", "cause", CAUSES)
    allow("consultations", "review", REVIEWS)
    with op.batch_alter_table("decisions") as batch:
        batch.drop_index(op.f("ix_decisions_moderator_id"))
        batch.drop_constraint(op.f("fk_decisions_first_reader_id_memberships"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_decisions_standing"), type_="check")
    with op.batch_alter_table("cases") as batch:
        batch.drop_index("ix_cases_consultation_id_closed_at_due_at")
        batch.create_index(
            "ix_cases_consultation_id_closed_at_opened_at", ["consultation_id", "closed_at", "opened_at"]
        )
        batch.drop_constraint(op.f("fk_cases_claimed_by_id_memberships"), type_="foreignkey")
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)


def promise_two_days() -> None:
    """What waits already was promised to be decided within 48 hours."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("UPDATE cases SET due_at = opened_at + interval '48 hours'")
    else:
        op.execute("UPDATE cases SET due_at = strftime('%Y-%m-%d %H:%M:%f000', opened_at, '+48 hours')")


def allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold these values and no others."""
    name = f"ck_{table}_{column}"
    known = {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints(table)}
    with op.batch_alter_table(table) as batch:
        if name in known:
            batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), sa.column(column).in_(values))


def create_tables() -> None:
    create_flags()
    create_appeals()


def create_flags() -> None:
    op.create_table(
        "flags",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("contribution_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("reason", one_of("reason", *REASONS), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("outcome", one_of("outcome", "open", "shared", "honest", "misused", "taken_back"), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_flags_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_flags_contribution_id_contributions")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_flags_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["stakeholder_groups.id"], name=op.f("fk_flags_group_id_stakeholder_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_flags_token_hash")),
    )
    for column in ("case_id", "contribution_id", "account_id"):
        op.create_index(op.f(f"ix_flags_{column}"), "flags", [column])
    op.create_index(
        "uq_flags_open_contribution_id_account_id",
        "flags",
        ["contribution_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("outcome = 'open'"),
        postgresql_where=sa.text("outcome = 'open'"),
    )


def create_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", ID, nullable=False),
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("contribution_id", ID, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("supporter", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("late_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("outcome", one_of("outcome", "stands", "partly", "overturned"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("replacement_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_appeals_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contributions.id"], name=op.f("fk_appeals_contribution_id_contributions")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_appeals_decision_id_decisions")),
        sa.ForeignKeyConstraint(["replacement_id"], ["decisions.id"], name=op.f("fk_appeals_replacement_id_decisions")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["memberships.id"], name=op.f("fk_appeals_decided_by_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeals_decision_id")),
    )
    for column in ("consultation_id", "contribution_id"):
        op.create_index(op.f(f"ix_appeals_{column}"), "appeals", [column])
