"""Outcomes: what the chair states at the end, with reasons; what the authority answers; and who wants to be told."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.models.columns import one_of


class OutcomeKind(StrEnum):
    """What the consultation makes of a standard."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    NOT_ADOPTED = "not_adopted"


class Outcome(Base):
    """The outcome of one standard: the consensus state as it was computed and confirmed, and the chair's reasons.

    `consensus_state` and `explanation` are what the rules said of `version` at that moment.
    """

    __tablename__ = "outcomes"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), primary_key=True, autoincrement=False)
    version: Mapped[int]
    kind: Mapped[OutcomeKind] = mapped_column(one_of(OutcomeKind, "kind"))
    consensus_state: Mapped[str] = mapped_column(String(40))
    explanation: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResponseKind(StrEnum):
    """What the authority says to a standard."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    EVALUATING = "evaluating"


class Response(Base):
    """The authority's response to one standard: its decision with reasons, and what it promises by when.

    `promised_on` is the day by which it acts; `done` says what was done, from `done_on` on.
    """

    __tablename__ = "responses"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), primary_key=True, autoincrement=False)
    kind: Mapped[ResponseKind] = mapped_column(one_of(ResponseKind, "kind"))
    text: Mapped[str] = mapped_column(Text)
    promised_on: Mapped[date | None]
    done: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Follow(Base):
    """Somebody who wants to be told what becomes of a standard; nobody else sees it."""

    __tablename__ = "follows"

    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
