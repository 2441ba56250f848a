"""The ledger, insert-only and chained by hashes, and the outbox of what still has to follow from it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime, loaded


class LedgerEntry(Base):
    """One thing that happened. `payload` is public; `sealed` holds the openings of its commitments."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("consultation_id", "seq"),
        Index("ix_ledger_consultation_id_kind", "consultation_id", "kind"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, object]] = mapped_column(JSON)
    sealed: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutboxEntry(Base):
    """Work that follows from a ledger entry: claimed with a lease, tried again later when it fails."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")

    entry: Mapped[LedgerEntry] = loaded()
