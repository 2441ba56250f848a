"""Merging, splitting and withdrawing standards: proposed in public, answered by those who support them, then done."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of


class ReorganisationKind(StrEnum):
    """What is to happen to a standard."""

    MERGE = "merge"
    SPLIT = "split"
    WITHDRAW = "withdraw"


class ReorganisationState(StrEnum):
    """Whether supporters are being asked, it was done, or it was called off."""

    ASKED = "asked"
    DONE = "done"
    CALLED_OFF = "called_off"


class Part(TypedDict):
    """A standard that a split makes: its title and the numbers of the clauses that it takes along."""

    title: str
    clauses: list[str]


class Reorganisation(Base):
    """A merger into `target_id`, a split into `parts`, or a withdrawal; supporters may answer until `answer_by`."""

    __tablename__ = "reorganisations"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), index=True)
    kind: Mapped[ReorganisationKind] = mapped_column(one_of(ReorganisationKind, "kind"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("standards.id"), index=True)
    parts: Mapped[list[Part]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    state: Mapped[ReorganisationState] = mapped_column(
        one_of(ReorganisationState, "state"), default=ReorganisationState.ASKED
    )
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(Text, default="")


class ReorganisationAnswer(Base):
    """What one supporter says: whether they agree, and whether their position goes along."""

    __tablename__ = "reorganisation_answers"
    __table_args__ = (UniqueConstraint("reorganisation_id", "membership_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisations.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    agrees: Mapped[bool]
    moves_along: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RelationKind(StrEnum):
    """How one standard came out of another."""

    MERGED_INTO = "merged_into"
    SPLIT_INTO = "split_into"
    PROMOTED_TO = "promoted_to"


class StandardRelation(Base):
    """The trail from one standard to another, so that old links lead on. `amendment_id` was promoted."""

    __tablename__ = "standard_relations"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), index=True)
    kind: Mapped[RelationKind] = mapped_column(one_of(RelationKind, "kind"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
