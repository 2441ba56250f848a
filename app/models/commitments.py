"""Commitments of companies: promises in exact words, what happened afterwards, and what a panel found."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of
from app.models.contributions import Contribution, Kind


class CommitmentState(StrEnum):
    """What a panel found; nobody else sets it."""

    UNDER_REVIEW = "under_review"
    IN_FORCE = "in_force"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    CONTESTED = "contested"
    DEPARTED_FROM = "departed_from"
    EXPIRED = "expired"
    FULFILLED = "fulfilled"
    NOT_ASSESSABLE = "not_assessable"


class Ending(StrEnum):
    """How a promise ends."""

    DATE = "date"
    CONDITION = "condition"
    NONE = "none"


class Binding(StrEnum):
    """Who can enforce a promise."""

    VOLUNTARY = "voluntary"
    REGULATOR_ORDER = "regulator_order"
    COURT_ENFORCEABLE = "court_enforceable"
    STATUTORY = "statutory"


class Commitment(Base):
    """One promise as it is worded now. `made_on` may be a day, a month or a year; `framing` is what it argues from.

    `later_events` were entered with the promise; what came in later is a contribution. `state` is what the last panel
    found.
    """

    __tablename__ = "commitments"
    __table_args__ = (UniqueConstraint("consultation_id", "reference"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    reference: Mapped[str] = mapped_column(String(80))
    company: Mapped[str] = mapped_column(String(200))
    made_on: Mapped[str] = mapped_column(String(10))
    promise: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text, default="")
    exceptions: Mapped[str] = mapped_column(Text, default="")
    ending: Mapped[Ending] = mapped_column(one_of(Ending, "ending"), default=Ending.NONE)
    ends_on: Mapped[date | None]
    condition: Mapped[str] = mapped_column(Text, default="")
    binding: Mapped[Binding] = mapped_column(one_of(Binding, "binding"), default=Binding.VOLUNTARY)
    framing: Mapped[str] = mapped_column(String(60), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    source: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[CommitmentState] = mapped_column(
        one_of(CommitmentState, "state"), default=CommitmentState.UNDER_REVIEW
    )
    later_events: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    reminded_on: Mapped[date | None]


class CommitmentWording(Base):
    """An earlier wording of a promise, kept so that a drift in scope can be seen."""

    __tablename__ = "commitment_wordings"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    promise: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommitmentUpdate(Contribution):
    """Something that happened after a promise, with its source; moderators read it before it shows."""

    __tablename__ = "commitment_updates"
    __table_args__: tuple[SchemaItem, ...] = ()
    __mapper_args__ = {"polymorphic_identity": Kind.COMMITMENT_UPDATE}  # noqa: RUF012 - SQLAlchemy reads it

    id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    happened_on: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(Text)
    event: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(1000))


class Finding(Base):
    """What a panel found on a promise, with its reasons and the company's answer, which is printed at equal size."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    state: Mapped[CommitmentState] = mapped_column(one_of(CommitmentState, "state"))
    reasons: Mapped[str] = mapped_column(Text)
    company_answer: Mapped[str] = mapped_column(Text, default="")
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PanelMember(Base):
    """Somebody who sat on a panel, and the group that they spoke from."""

    __tablename__ = "panel_members"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("stakeholder_groups.id"))


class CommitmentLink(Base):
    """A standard that a promise bears on."""

    __tablename__ = "commitment_links"

    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), primary_key=True, index=True)
