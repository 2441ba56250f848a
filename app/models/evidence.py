"""Evidence: research and reports, shared across a consultation, with the full names of their authors."""

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id


class Evidence(Base):
    """One study, report or case. `authors` is a list of full names and never empty."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("consultation_id", "reference"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    reference: Mapped[str | None] = mapped_column(String(80))
    authors: Mapped[list[str]] = mapped_column(JSON)
    year: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(400))
    venue: Mapped[str] = mapped_column(String(300), default="")
    url: Mapped[str] = mapped_column(String(1000), default="")
    finding: Mapped[str] = mapped_column(Text, default="")
