"""Moderation: a case for each contribution that has to be read, and every decision on it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text, text
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
    FLAGGED = "flagged"


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


class Standing(StrEnum):
    """What a decision is worth now.

    Proposed by a first reader; shared by the second reader, or not; taken, and in effect; undone by whoever took it;
    replaced by a later one.
    """

    PROPOSED = "proposed"
    SHARED = "shared"
    TAKEN = "taken"
    NOT_SHARED = "not_shared"
    UNDONE = "undone"
    REPLACED = "replaced"


class Case(Base):
    """A contribution waiting for a decision; open until `closed_at` is set. A later case may follow a closed one.

    `due_at` is when the promise to its author runs out, and the order of the queue. Whoever opened it holds it until
    `claimed_until`. `held_at` is since when a moderator keeps the text from readers until it is decided. `marks`
    counts hints of the machine, `flags` the complaints; `late_at` is when the team was told that it is late.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_consultation_id_closed_at_due_at", "consultation_id", "closed_at", "due_at"),
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
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    marks: Mapped[int] = mapped_column(default=0)
    flags: Mapped[int] = mapped_column(default=0)

    contribution: Mapped[Contribution] = loaded()


class Decision(Base):
    """What a moderator decided, with its statement of reasons and the text as it was.

    Of a decision that needs two readers, `first_reader_id` is who proposed it. `redactions` are the passages that were
    taken out, word for word, and `passage` the one that is meant; these words, and the original ones in `original` and
    `before`, are wiped when the time to appeal against a redaction is over. `worksheet` holds the six factors of
    incitement, `ends_at` the end of a suspension, `before` what undoing and overturning bring back, `together_id` the
    first decision of those taken together.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    first_reader_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    action: Mapped[Action] = mapped_column(one_of(Action, "action"))
    reason: Mapped[Reason | None] = mapped_column(one_of(Reason, "reason"))
    standing: Mapped[Standing] = mapped_column(one_of(Standing, "standing"), default=Standing.TAKEN)
    explanation: Mapped[str] = mapped_column(Text, default="")
    passage: Mapped[str] = mapped_column(Text, default="")
    redactions: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    worksheet: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    original: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    together_id: Mapped[int | None] = mapped_column(Id)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
