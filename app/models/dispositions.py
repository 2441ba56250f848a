"""Comment resolution: what was done with each comment, and what the eight columns of a commenting sheet say of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime
from app.models.columns import one_of


class DispositionKind(StrEnum):
    """What was done with a comment; the vocabulary of standards bodies."""

    ACCEPTED = "accepted"
    MODIFIED = "accepted_with_modification"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"
    DUPLICATE = "duplicate_of"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


class Disposition(Base):
    """The disposition of one comment as it stands; earlier ones are in the ledger.

    A comment that is the reason of an objection has none: it is answered as the objection. `version` is the version
    that did it, `duplicate_of_id` the comment that says the same, `deferred_to` the named later version.
    """

    __tablename__ = "dispositions"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    kind: Mapped[DispositionKind] = mapped_column(one_of(DispositionKind, "kind"))
    reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    deferred_to: Mapped[str] = mapped_column(String(120), default="")
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SheetRow(Base):
    """What a commenting sheet said of a comment that this platform has no field for, kept as it was written."""

    __tablename__ = "sheet_rows"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    member_body: Mapped[str] = mapped_column(String(120), default="")
    line: Mapped[str] = mapped_column(String(120), default="")
    clause: Mapped[str] = mapped_column(String(120), default="")
    paragraph: Mapped[str] = mapped_column(String(120), default="")
    observation: Mapped[str] = mapped_column(Text, default="")
