"""Accounts: how a person signs in. What a person is in a consultation is a membership."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of


class Account(Base):
    """A way to sign in. The e-mail address is seen by nobody but its owner."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(60))
    joined_on: Mapped[date]
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(10), default="")
    appearance: Mapped[str] = mapped_column(String(10), default="auto")
    demo: Mapped[bool] = mapped_column(default=False)


class SignIn(Base):
    """One signed-in browser; its row is gone after signing out, so a copied cookie is worth nothing."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Purpose(StrEnum):
    """What a link sent by mail may be used for."""

    PROVE_ADDRESS = "prove_address"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose


class MailedLink(Base):
    """A link that was sent by mail: it works once and for a limited time."""

    __tablename__ = "mailed_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, "purpose"))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
