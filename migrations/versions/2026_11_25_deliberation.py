"""Deliberation: amendments, objections step by step, dispositions, outcomes, responses, reorganisations, promises."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_0001"
down_revision = "2026_11_23_0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PHASES = ("submit", "discuss", "position", "resolve", "second_round", "outcome")
ROLES = ("participant", "moderator", "chair", "policymaker")
OBJECTION_STATES = ("raised", "answered", "withdrawn", "sustained", "upheld", "overruled")
FINDINGS = (
    *("under_review", "in_force", "kept", "partly_kept", "contested"),
    *("departed_from", "expired", "fulfilled", "not_assessable"),
)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def added() -> dict[str, list[sa.Column]]:
    """The new columns of tables that exist; what is required has a default for the rows that are there."""
    return {
        "comments": [sa.Column("type", one_of("type", "ge", "te", "ed"), nullable=False, server_default="ge")],
        "commitments": [
            sa.Column("exceptions", sa.Text(), nullable=False, server_default=""),
            sa.Column("ending", one_of("ending", "date", "condition", "none"), nullable=False, server_default="none"),
            sa.Column(
                "binding",
                one_of("binding", "voluntary", "regulator_order", "court_enforceable", "statutory"),
                nullable=False,
                server_default="voluntary",
            ),
            sa.Column("framing", sa.String(60), nullable=False, server_default=""),
            sa.Column("flags", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("reminded_on", sa.Date(), nullable=True),
        ],
        "consultations": [
            sa.Column("reply_days", sa.Integer(), nullable=False, server_default="14"),
            sa.Column("opens_itself", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("closed_why", sa.Text(), nullable=False, server_default=""),
        ],
        "drafts": [sa.Column("amendment_id", ID, nullable=True)],
        "mails": [sa.Column("address", sa.String(254), nullable=True)],
        "objections": [sa.Column("moved_at", MOMENT, nullable=True)],
        "phases": [sa.Column("ended_why", sa.Text(), nullable=False, server_default="")],
        "standard_versions": [
            sa.Column("why", sa.Text(), nullable=False, server_default=""),
            sa.Column("based_on", sa.Integer(), nullable=True),
            sa.Column("amendment_id", ID, nullable=True),
            sa.Column("adopted_by_id", ID, nullable=True),
        ],
        "standards": [
            sa.Column("moved_to", one_of("moved_to", *PHASES), nullable=True),
            sa.Column("moved_at", MOMENT, nullable=True),
            sa.Column("moved_until", MOMENT, nullable=True),
            sa.Column("moved_why", sa.Text(), nullable=False, server_default=""),
            sa.Column("first_round_ended_at", MOMENT, nullable=True),
            sa.Column("last_amendment", sa.Integer(), nullable=False, server_default="0"),
        ],
    }


def upgrade() -> None:
    create_tables()
    op.create_index(op.f("ix_ledger_consultation_id_kind"), "ledger", ["consultation_id", "kind"])
    for table, columns in added().items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.add_column(column)
    move_answers_into_steps()
    with op.batch_alter_table("objections") as batch:
        batch.alter_column("moved_at", existing_type=MOMENT, nullable=False)
        batch.drop_column("answer")
        batch.drop_column("answered_by")
    with op.batch_alter_table("standard_versions") as batch:
        batch.create_foreign_key(
            op.f("fk_standard_versions_amendment_id_amendments"), "amendments", ["amendment_id"], ["id"]
        )
        batch.create_foreign_key(
            op.f("fk_standard_versions_adopted_by_id_memberships"), "memberships", ["adopted_by_id"], ["id"]
        )
        batch.alter_column("number", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("drafts") as batch:
        batch.create_foreign_key(op.f("fk_drafts_amendment_id_amendments"), "amendments", ["amendment_id"], ["id"])
    with op.batch_alter_table("mails") as batch:
        batch.alter_column("account_id", existing_type=ID, nullable=True)
    allow("memberships", "role", (*ROLES, "deputy"))
    allow("objections", "state", (*OBJECTION_STATES, "lapsed", "appealed"))
    allow("commitments", "state", FINDINGS)
    op.execute("UPDATE comments SET type = 'te' WHERE proposed_change <> ''")
    op.execute("UPDATE commitments SET ending = 'date' WHERE ends_on IS NOT NULL")
    op.execute("UPDATE commitments SET ending = 'condition' WHERE ends_on IS NULL AND condition <> ''")


def downgrade() -> None:
    forget_what_is_new()
    allow("memberships", "role", ROLES)
    allow("objections", "state", OBJECTION_STATES)
    with op.batch_alter_table("commitments") as batch:
        batch.drop_constraint(op.f("ck_commitments_state"), type_="check")
    with op.batch_alter_table("mails") as batch:
        batch.alter_column("account_id", existing_type=ID, nullable=False)
    number_what_waits()
    with op.batch_alter_table("drafts") as batch:
        batch.drop_constraint(op.f("fk_drafts_amendment_id_amendments"), type_="foreignkey")
    with op.batch_alter_table("standard_versions") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint(op.f("fk_standard_versions_amendment_id_amendments"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_standard_versions_adopted_by_id_memberships"), type_="foreignkey")
    for table, columns in added().items():
        known = checks_of(table)
        with op.batch_alter_table(table) as batch:
            for column in columns:
                if (name := f"ck_{table}_{column.name}") in known:
                    batch.drop_constraint(op.f(name), type_="check")
                batch.drop_column(column.name)
    with op.batch_alter_table("objections") as batch:
        batch.add_column(sa.Column("answer", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("answered_by", sa.String(120), nullable=False, server_default=""))
    move_steps_into_answers()
    op.drop_index(op.f("ix_ledger_consultation_id_kind"), "ledger")
    for table in NEW_TABLES:
        op.drop_table(table)


def allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold these values and no others."""
    name = f"ck_{table}_{column}"
    with op.batch_alter_table(table) as batch:
        if name in checks_of(table):
            batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), sa.column(column).in_(values))


def checks_of(table: str) -> set[str]:
    return {check["name"] for check in sa.inspect(op.get_bind()).get_check_constraints(table)}


def move_answers_into_steps() -> None:
    """An answer of old left the text as it was; who gave it was kept as a name only."""
    op.execute("UPDATE objections SET moved_at = raised_at")
    op.execute(
        "INSERT INTO objection_steps (objection_id, kind, disposition, text, taken_at)"
        " SELECT id, 'answer', 'not_accepted', answer, raised_at FROM objections WHERE answer <> ''"
    )


def move_steps_into_answers() -> None:
    op.execute(
        "UPDATE objections SET answer = coalesce((SELECT text FROM objection_steps WHERE id = (SELECT max(id)"
        " FROM objection_steps WHERE objection_id = objections.id AND kind = 'answer')), '')"
    )


def number_what_waits() -> None:
    """The tables of before number every version, published or not."""
    versions = sa.table("standard_versions", sa.column("id"), sa.column("standard_id"), sa.column("number"))
    waiting = sa.select(versions.c.id, versions.c.standard_id).where(versions.c.number.is_(None))
    bind = op.get_bind()
    for version_id, standard_id in bind.execute(waiting.order_by(versions.c.id)).all():
        highest = sa.select(sa.func.coalesce(sa.func.max(versions.c.number), 0))
        number = bind.scalar(highest.where(versions.c.standard_id == standard_id)) + 1
        bind.execute(versions.update().where(versions.c.id == version_id).values(number=number))


def forget_what_is_new() -> None:
    """Turn what the tables of before cannot hold into what comes closest; the ledger keeps everything."""
    new = "(SELECT id FROM contributions WHERE kind IN ('amendment', 'commitment_update'))"
    op.execute("UPDATE standard_versions SET amendment_id = NULL, adopted_by_id = NULL")
    op.execute("UPDATE drafts SET amendment_id = NULL")
    op.execute("UPDATE memberships SET role = 'moderator' WHERE role = 'deputy'")
    op.execute("UPDATE objections SET state = 'withdrawn' WHERE state = 'lapsed'")
    op.execute("UPDATE objections SET state = 'overruled' WHERE state = 'appealed'")
    op.execute("DELETE FROM mails WHERE account_id IS NULL")
    for table in ("notices", "endorsements", "decisions", "cases"):
        op.execute(f"DELETE FROM {table} WHERE contribution_id IN {new}")  # noqa: S608 - names of our own tables
    for table in ("standard_relations", "amendment_positions", "amendments", "commitment_updates"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
    op.execute("DELETE FROM contributions WHERE kind IN ('amendment', 'commitment_update')")


NEW_TABLES = (
    "objection_steps",
    "standard_relations",
    "sheet_rows",
    "reorganisation_answers",
    "dispositions",
    "amendment_positions",
    "responses",
    "reorganisations",
    "panel_members",
    "outcomes",
    "impact_scores",
    "follows",
    "commitment_updates",
    "commitment_links",
    "amendments",
    "invitations",
    "findings",
    "commitment_wordings",
)


def create_tables() -> None:
    op.create_table(
        "commitment_wordings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("commitment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_commitment_wordings_commitment_id_commitments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_wordings")),
    )
    op.create_index(op.f("ix_commitment_wordings_commitment_id"), "commitment_wordings", ["commitment_id"])

    op.create_table(
        "findings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("commitment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "under_review",
                "in_force",
                "kept",
                "partly_kept",
                "contested",
                "departed_from",
                "expired",
                "fulfilled",
                "not_assessable",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("company_answer", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_findings_commitment_id_commitments")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_findings_membership_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_commitment_id"), "findings", ["commitment_id"])

    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "participant",
                "moderator",
                "chair",
                "deputy",
                "policymaker",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_invitations_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["memberships.id"], name=op.f("fk_invitations_invited_by_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_consultation_id"), "invitations", ["consultation_id"])

    op.create_table(
        "amendments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "change_class",
            sa.Enum(
                "editorial",
                "substantive",
                "new_requirement",
                name="change_class",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "open",
                "adopted",
                "declined",
                "promoted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("outcome_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["contributions.id"], name=op.f("fk_amendments_id_contributions")),
        sa.ForeignKeyConstraint(
            ["outcome_by_id"], ["memberships.id"], name=op.f("fk_amendments_outcome_by_id_memberships")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_amendments_standard_id_standards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("standard_id", "number", name=op.f("uq_amendments_standard_id_number")),
    )
    op.create_index(op.f("ix_amendments_standard_id_clause"), "amendments", ["standard_id", "clause"])

    op.create_table(
        "commitment_links",
        sa.Column("commitment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_commitment_links_commitment_id_commitments")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standards.id"], name=op.f("fk_commitment_links_standard_id_standards")
        ),
        sa.PrimaryKeyConstraint("commitment_id", "standard_id", name=op.f("pk_commitment_links")),
    )
    op.create_index(op.f("ix_commitment_links_standard_id"), "commitment_links", ["standard_id"])

    op.create_table(
        "commitment_updates",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("commitment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("happened_on", sa.String(length=10), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitments.id"], name=op.f("fk_commitment_updates_commitment_id_commitments")
        ),
        sa.ForeignKeyConstraint(["id"], ["contributions.id"], name=op.f("fk_commitment_updates_id_contributions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_updates")),
    )
    op.create_index(op.f("ix_commitment_updates_commitment_id"), "commitment_updates", ["commitment_id"])

    op.create_table(
        "follows",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_follows_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_follows_standard_id_standards")),
        sa.PrimaryKeyConstraint("standard_id", "membership_id", name=op.f("pk_follows")),
    )
    op.create_index(op.f("ix_follows_membership_id"), "follows", ["membership_id"])

    op.create_table(
        "impact_scores",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("reversibility", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=True),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["stakeholder_groups.id"], name=op.f("fk_impact_scores_group_id_stakeholder_groups")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_impact_scores_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_impact_scores_standard_id_standards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_scores")),
        sa.UniqueConstraint("standard_id", "membership_id", name=op.f("uq_impact_scores_standard_id_membership_id")),
    )
    op.create_index(op.f("ix_impact_scores_membership_id"), "impact_scores", ["membership_id"])

    op.create_table(
        "outcomes",
        sa.Column(
            "standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "adopted",
                "adopted_in_part",
                "not_adopted",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("consensus_state", sa.String(length=40), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_outcomes_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_outcomes_standard_id_standards")),
        sa.PrimaryKeyConstraint("standard_id", name=op.f("pk_outcomes")),
    )
    op.create_table(
        "panel_members",
        sa.Column("finding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_panel_members_finding_id_findings")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["stakeholder_groups.id"], name=op.f("fk_panel_members_group_id_stakeholder_groups")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_panel_members_membership_id_memberships")
        ),
        sa.PrimaryKeyConstraint("finding_id", "membership_id", name=op.f("pk_panel_members")),
    )
    op.create_table(
        "reorganisations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("merge", "split", "withdraw", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "done", "called_off", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_reorganisations_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standards.id"], name=op.f("fk_reorganisations_standard_id_standards")
        ),
        sa.ForeignKeyConstraint(["target_id"], ["standards.id"], name=op.f("fk_reorganisations_target_id_standards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisations")),
    )
    op.create_index(op.f("ix_reorganisations_standard_id"), "reorganisations", ["standard_id"])
    op.create_index(op.f("ix_reorganisations_target_id"), "reorganisations", ["target_id"])

    op.create_table(
        "responses",
        sa.Column(
            "standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted",
                "accepted_in_part",
                "rejected",
                "evaluating",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_responses_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standards.id"], name=op.f("fk_responses_standard_id_standards")),
        sa.PrimaryKeyConstraint("standard_id", name=op.f("pk_responses")),
    )
    op.create_table(
        "amendment_positions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("amendment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "block",
            sa.Enum("people", "organisations", name="block", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "choice",
            sa.Enum(
                "support",
                "support_with_reservations",
                "abstain",
                "object",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendments.id"], name=op.f("fk_amendment_positions_amendment_id_amendments")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["stakeholder_groups.id"], name=op.f("fk_amendment_positions_group_id_stakeholder_groups")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_amendment_positions_membership_id_memberships")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_positions")),
        sa.UniqueConstraint(
            "amendment_id", "membership_id", name=op.f("uq_amendment_positions_amendment_id_membership_id")
        ),
    )
    op.create_index(op.f("ix_amendment_positions_membership_id"), "amendment_positions", ["membership_id"])

    op.create_table(
        "dispositions",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted",
                "accepted_with_modification",
                "not_accepted",
                "noted",
                "duplicate_of",
                "out_of_scope",
                "deferred",
                "withdrawn",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("duplicate_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deferred_to", sa.String(length=120), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_dispositions_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["comments.id"], name=op.f("fk_dispositions_duplicate_of_id_comments")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_dispositions_membership_id_memberships")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_dispositions")),
    )
    op.create_table(
        "reorganisation_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reorganisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("moves_along", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_reorganisation_answers_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(
            ["reorganisation_id"],
            ["reorganisations.id"],
            name=op.f("fk_reorganisation_answers_reorganisation_id_reorganisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation_answers")),
        sa.UniqueConstraint(
            "reorganisation_id", "membership_id", name=op.f("uq_reorganisation_answers_reorganisation_id_membership_id")
        ),
    )
    op.create_index(op.f("ix_reorganisation_answers_membership_id"), "reorganisation_answers", ["membership_id"])

    op.create_table(
        "sheet_rows",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("member_body", sa.String(length=120), nullable=False),
        sa.Column("line", sa.String(length=120), nullable=False),
        sa.Column("clause", sa.String(length=120), nullable=False),
        sa.Column("paragraph", sa.String(length=120), nullable=False),
        sa.Column("observation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_sheet_rows_comment_id_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_sheet_rows")),
    )
    op.create_table(
        "standard_relations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "merged_into",
                "split_into",
                "promoted_to",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amendment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendments.id"], name=op.f("fk_standard_relations_amendment_id_amendments")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["standards.id"], name=op.f("fk_standard_relations_from_id_standards")),
        sa.ForeignKeyConstraint(["to_id"], ["standards.id"], name=op.f("fk_standard_relations_to_id_standards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_relations")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_standard_relations_from_id_to_id_kind")),
    )
    op.create_index(op.f("ix_standard_relations_to_id"), "standard_relations", ["to_id"])

    op.create_table(
        "objection_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("objection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "answer",
                "satisfied",
                "not_satisfied",
                "no_reply",
                "mediation",
                "upheld",
                "overruled",
                "appeal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("membership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "disposition",
            sa.Enum(
                "accepted",
                "accepted_with_modification",
                "not_accepted",
                "noted",
                "duplicate_of",
                "out_of_scope",
                "deferred",
                "withdrawn",
                name="disposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_objection_steps_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_steps_objection_id_objections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_steps")),
    )
    op.create_index(op.f("ix_objection_steps_objection_id"), "objection_steps", ["objection_id", "id"])
