"""Commitments of companies: promises in exact words, with what happened afterwards."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id


class Commitment(Base):
    """One promise. `state` stays "under_review" until a panel has set it."""

    __tablename__ = "commitments"
    __table_args__ = (UniqueConstraint("consultation_id", "reference"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    reference: Mapped[str] = mapped_column(String(80))
    company: Mapped[str] = mapped_column(String(200))
    made_on: Mapped[str] = mapped_column(String(10))
    promise: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text, default="")
    ends_on: Mapped[date | None]
    condition: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[str] = mapped_column(String(40), default="under_review")
    later_events: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
