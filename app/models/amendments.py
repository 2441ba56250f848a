"""Amendments: another wording for a clause, with its reason and the positions that people take on it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime, public_id
from app.models.columns import one_of
from app.models.contributions import Contribution, Kind
from app.models.positions import Block, Choice
from app.models.standards import ChangeClass


class AmendmentOutcome(StrEnum):
    """What became of an amendment."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"
    PROMOTED = "promoted"


class Amendment(Contribution):
    """A changed text with its reason.

    `number` is given at first publication. `version` is the version that it was written against; `clause` is empty for
    a clause that is new, and `text` for one that is to go. `adopted_text` is what was adopted where it differs.
    """

    __tablename__ = "amendments"
    __table_args__: tuple[SchemaItem, ...] = (
        UniqueConstraint("standard_id", "number"),
        Index("ix_amendments_standard_id_clause", "standard_id", "clause"),
    )
    __mapper_args__ = {"polymorphic_identity": Kind.AMENDMENT}  # noqa: RUF012 - SQLAlchemy reads it

    id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    number: Mapped[int | None]
    version: Mapped[int]
    clause: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    change_class: Mapped[ChangeClass] = mapped_column(
        one_of(ChangeClass, "change_class"), default=ChangeClass.SUBSTANTIVE
    )
    outcome: Mapped[AmendmentOutcome] = mapped_column(
        one_of(AmendmentOutcome, "outcome"), default=AmendmentOutcome.OPEN
    )
    outcome_reason: Mapped[str] = mapped_column(Text, default="")
    outcome_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    adopted_text: Mapped[str] = mapped_column(Text, default="")


class AmendmentPosition(Base):
    """The current position of one person on one amendment, with the group spoken from at that time."""

    __tablename__ = "amendment_positions"
    __table_args__ = (UniqueConstraint("amendment_id", "membership_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, default=public_id)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    block: Mapped[Block] = mapped_column(one_of(Block, "block"), default=Block.PEOPLE)
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "choice"))
    counted: Mapped[bool] = mapped_column(default=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
