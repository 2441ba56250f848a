"""Appeals: an author asks for another person to look at a decision."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of


class AppealOutcome(StrEnum):
    """What an appeal came to: the decision stands, is replaced by a milder one, or falls."""

    STANDS = "stands"
    PARTLY = "partly"
    OVERTURNED = "overturned"


class Appeal(Base):
    """One appeal against one decision; there is no second one.

    `supporter` is who stands by the author, in the author's words. `answer` goes to both. `replacement_id` is the
    decision that took the place of the first. `late_at` is when it was passed on because nobody had answered in time.
    """

    __tablename__ = "appeals"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    supporter: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    outcome: Mapped[AppealOutcome | None] = mapped_column(one_of(AppealOutcome, "outcome"))
    answer: Mapped[str] = mapped_column(Text, default="")
    replacement_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
