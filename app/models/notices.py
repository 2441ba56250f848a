"""Notices in the app, and mails waiting to be sent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime


class Notice(Base):
    """Something a person should know: a code and its values, worded when it is read."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_account_id_read_at", "account_id", "read_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contributions.id"))
    code: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def named_by(values: Mapping[str, str]) -> str:
    """Which value of a notice is the name of the text that it is about: the title of a standard, or the only label."""
    return "title" if "title" in values else "label"


class Mail(Base):
    """A mail that leaves after the commit; its text is wiped once it has been sent.

    It goes to the owner of an account, or to an `address` that is wiped with the text.
    """

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    address: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
