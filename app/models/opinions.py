"""Opinion groups as they were found last, and what is kept so that groups keep their letters."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class OpinionRun(Base):
    """The opinion groups that a consultation shows.

    `figures` are exactly what may be shown, and name standards by their ids. They rest on all positions up to the entry
    `seq` of the record, read at `found_at`; `final` when everything was in. `looked_at` is when positions were compared
    last, whether or not enough people had changed theirs. `minimum` is the smallest group then, `algorithm` the version
    of what found the groups, `number` counts the runs.
    """

    __tablename__ = "opinion_runs"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    number: Mapped[int]
    seq: Mapped[int]
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    final: Mapped[bool]
    minimum: Mapped[int]
    algorithm: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)


class OpinionMember(Base):
    """In which group somebody was in the run that is shown, null for none, and a mark of that person's positions.

    This says how somebody thinks: it is never shown and in no export, and it goes with the membership.
    """

    __tablename__ = "opinion_members"

    membership_id: Mapped[int] = mapped_column(
        ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int | None]
    mark: Mapped[int] = mapped_column(BigInteger)
