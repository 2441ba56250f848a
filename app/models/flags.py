"""Flags: complaints about what everybody can read. Who flagged is never shown to anybody."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of
from app.models.moderation import Reason


class FlagOutcome(StrEnum):
    """What became of a flag: not decided yet, shared, honest but unneeded, sent to harm, or the text was taken back."""

    OPEN = "open"
    SHARED = "shared"
    HONEST = "honest"
    MISUSED = "misused"
    TAKEN_BACK = "taken_back"


class Flag(Base):
    """One complaint about a contribution, with the text as it was.

    `account_id` is empty when it was sent without an account; then the outcome is found with a token, of which only the
    hash is kept. Without a `reason` it is another one, told in the note. `group_id` is the standpoint of the flagger at
    that time, to see complaints that come from one side; `weight`, between 0 and 1, their past accuracy.
    """

    __tablename__ = "flags"
    __table_args__ = (
        Index(
            "uq_flags_open_contribution_id_account_id",
            "contribution_id",
            "account_id",
            unique=True,
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    reason: Mapped[Reason | None] = mapped_column(one_of(Reason, "reason"))
    note: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    weight: Mapped[float]
    outcome: Mapped[FlagOutcome] = mapped_column(one_of(FlagOutcome, "outcome"), default=FlagOutcome.OPEN)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
