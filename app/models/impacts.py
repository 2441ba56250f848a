"""Impact cards: how grave, how wide, how reversible and how likely the harm is that a standard answers to."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime


class ImpactScore(Base):
    """One person's scores for a standard, from 1 to 4, with the group spoken from at that time.

    `reversibility` 4 means that it cannot be undone; `probability` is null where somebody cannot tell.
    """

    __tablename__ = "impact_scores"
    __table_args__ = (UniqueConstraint("standard_id", "membership_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    scale: Mapped[int]
    scope: Mapped[int]
    reversibility: Mapped[int]
    probability: Mapped[int | None]
    scored_at: Mapped[datetime] = mapped_column(UtcDateTime)
