"""Positions: where people stand on a standard."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime, public_id
from app.models.columns import one_of
from app.models.consultations import Channel


class Choice(StrEnum):
    """The four positions."""

    SUPPORT = "support"
    RESERVATIONS = "support_with_reservations"
    ABSTAIN = "abstain"
    OBJECT = "object"


class Block(StrEnum):
    """People and organisations are never added together."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"


class Position(Base):
    """The current position of one person on one standard, with the group spoken from and the version read at that time.

    Earlier ones are in the ledger. `counted` is false while the person's address is not proved.
    """

    __tablename__ = "positions"
    __table_args__ = (UniqueConstraint("standard_id", "membership_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, default=public_id)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    block: Mapped[Block] = mapped_column(one_of(Block, "block"), default=Block.PEOPLE)
    version: Mapped[int]
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "choice"))
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"), default=Channel.WEB)
    counted: Mapped[bool] = mapped_column(default=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PositionTally(Base):
    """Projection: how many counted positions of one kind a standard has. A group of null is "not stated"."""

    __tablename__ = "position_tallies"
    __table_args__ = (Index("ix_position_tallies_cell", "standard_id", "block", "group_id", "version", "choice"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    block: Mapped[Block] = mapped_column(one_of(Block, "block"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    version: Mapped[int]
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "choice"))
    count: Mapped[int] = mapped_column(default=0)
