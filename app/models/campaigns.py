"""Campaigns: the same letter sent by many, grouped and never declined; and the index by which letters are found."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime
from app.models.columns import one_of


class CampaignState(StrEnum):
    """Whether a person has confirmed that these texts are one letter."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISSOLVED = "dissolved"


class LetterState(StrEnum):
    """Whether a person has put a text into the group, taken it out, or not looked at it yet."""

    PROPOSED = "proposed"
    IN = "in"
    APART = "apart"


class TextBand(Base):
    """One band of the MinHash of a text (analysis/similarity): texts on a standard with two in common are compared."""

    __tablename__ = "text_bands"
    __table_args__: tuple[SchemaItem | dict[str, bool], ...] = (
        Index("ix_text_bands_standard_id_value_contribution_id", "standard_id", "value", "contribution_id"),
        {"sqlite_with_rowid": False},
    )

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))


class Campaign(Base):
    """Texts on one standard that are the same letter. `exemplar_id` is the one that is shown for all.

    The number is public and given when a person confirms, so that nothing merely proposed can be counted.
    """

    __tablename__ = "campaigns"
    __table_args__: tuple[SchemaItem, ...] = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), index=True)
    number: Mapped[int | None]
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), index=True)
    state: Mapped[CampaignState] = mapped_column(one_of(CampaignState, "state"), default=CampaignState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    dissolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CampaignLetter(Base):
    """One text of a campaign, measured against the exemplar (`likeness`, `contained`: 0 to 1). A text is in one."""

    __tablename__ = "campaign_letters"
    __table_args__: tuple[SchemaItem, ...] = (Index("ix_campaign_letters_campaign_id_state", "campaign_id", "state"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True, autoincrement=False)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    state: Mapped[LetterState] = mapped_column(one_of(LetterState, "state"), default=LetterState.PROPOSED)
    likeness: Mapped[float]
    contained: Mapped[float]
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
