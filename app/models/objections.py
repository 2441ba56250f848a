"""Objections: the reasons of objecting positions, and every step from being raised to being final."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime, loaded
from app.models.columns import one_of
from app.models.consultations import Membership
from app.models.dispositions import DispositionKind


class ObjectionState(StrEnum):
    """The way of an objection: raised, answered, then withdrawn, lapsed or sustained, decided, and appealed once.

    An objection lapses when its answer finds no reply in time; it is upheld or overruled by somebody whose own decision
    is not in question.
    """

    RAISED = "raised"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    SUSTAINED = "sustained"
    UPHELD = "upheld"
    OVERRULED = "overruled"
    APPEALED = "appealed"


class Objection(Base):
    """The reason of an objecting position, as a comment in the thread, and what would change the objector's mind.

    `moved_at` is when it came into its present state; the steps that led there are rows of their own.
    """

    __tablename__ = "objections"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), unique=True)
    would_change: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ObjectionState] = mapped_column(one_of(ObjectionState, "state"), default=ObjectionState.RAISED)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StepKind(StrEnum):
    """What happened to an objection."""

    ANSWER = "answer"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NO_REPLY = "no_reply"
    MEDIATION = "mediation"
    UPHELD = "upheld"
    OVERRULED = "overruled"
    APPEAL = "appeal"


class ObjectionStep(Base):
    """One step on the way of an objection, with its words; insert-only.

    An answer carries one of the dispositions, and the version that did it where one did. `membership_id` is null where
    the calendar took the step, or where the step was taken elsewhere.
    """

    __tablename__ = "objection_steps"
    __table_args__ = (Index("ix_objection_steps_objection_id", "objection_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"))
    kind: Mapped[StepKind] = mapped_column(one_of(StepKind, "kind"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    disposition: Mapped[DispositionKind | None] = mapped_column(one_of(DispositionKind, "disposition"))
    version: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)

    membership: Mapped[Membership | None] = loaded()
