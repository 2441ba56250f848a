"""Moderation: a case for each contribution that has to be read, and every decision on it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime, loaded
from app.models.columns import one_of
from app.models.contributions import Contribution


class Cause(StrEnum):
    """Why a contribution is in the queue."""

    REVIEW = "review"
    FIRST = "first"
    EDITED = "edited"
    RESUBMITTED = "resubmitted"


class Action(StrEnum):
    """What a moderator can decide, the least restrictive first."""

    PUBLISH = "publish"
    NOTE = "note"
    RETURN = "return"
    REDACT = "redact"
    DECLINE = "decline"
    HIDE = "hide"
    WARN = "warn"
    SUSPEND = "suspend"


class Reason(StrEnum):
    """Why something was returned, declined or hidden."""

    OFF_TOPIC = "off_topic"
    ADVERTISING = "advertising"
    DUPLICATE = "duplicate_same_author"
    PERSONAL_DATA = "personal_data_of_others"
    OWN_DATA = "own_sensitive_data"
    PERSONAL_ATTACK = "personal_attack"
    HARASSMENT = "harassment"
    THREAT = "threat"
    HATE = "hateful_generalisation"
    INCITEMENT = "incitement"
    IMPERSONATION = "impersonation"
    FALSELY_ATTRIBUTED = "falsely_attributed"
    UNDISCLOSED_AUTOMATION = "undisclosed_automation"
    CONFIDENTIAL = "confidential"
    UNSAFE_LINK = "unsafe_link"
    COPYRIGHT = "copyright"
    ILLEGAL = "illegal_content"
    UNREADABLE = "unreadable"


class Case(Base):
    """A contribution waiting for a decision; open until `closed_at` is set. A later case may follow a closed one."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_consultation_id_closed_at_opened_at", "consultation_id", "closed_at", "opened_at"),
        Index(
            "uq_cases_open_contribution_id",
            "contribution_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    cause: Mapped[Cause] = mapped_column(one_of(Cause, "cause"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    contribution: Mapped[Contribution] = loaded()


class Decision(Base):
    """What a moderator decided, with its statement of reasons and the text as it was."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    action: Mapped[Action] = mapped_column(one_of(Action, "action"))
    reason: Mapped[Reason | None] = mapped_column(one_of(Reason, "reason"))
    explanation: Mapped[str] = mapped_column(Text, default="")
    original: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
