"""Everything that people submit has one parent, so that moderation needs to know nothing else."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime, loaded, public_id
from app.models.columns import one_of
from app.models.consultations import Channel, Membership


class Kind(StrEnum):
    """What a contribution is."""

    STANDARD_VERSION = "standard_version"
    AMENDMENT = "amendment"
    COMMENT = "comment"
    COMMITMENT_UPDATE = "commitment_update"


class State(StrEnum):
    """Where a contribution stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    REDACTED = "redacted"
    RETURNED = "returned"
    DECLINED = "declined"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


READABLE = (State.PUBLISHED, State.REDACTED)


class Contribution(Base):
    """The parent of versions, amendments and comments. Its random id is also its public one.

    `label` is a short title so that queue and record read without joins; `reason` is the code of the decision that led
    to the present state; `gist` replaces the text of people who take part confidentially; `revision` counts changes;
    `lived` says that its author tells what they, or people close to them, went through.
    """

    __tablename__ = "contributions"
    __table_args__: tuple[SchemaItem, ...] = (
        UniqueConstraint("consultation_id", "reference"),
        Index("ix_contributions_membership_id_created_at", "membership_id", "created_at"),
        Index("ix_contributions_consultation_id_state", "consultation_id", "state"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, default=public_id)
    kind: Mapped[Kind] = mapped_column(one_of(Kind, "kind"))
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    state: Mapped[State] = mapped_column(one_of(State, "state"))
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    gist: Mapped[str] = mapped_column(Text, default="")
    lived: Mapped[bool] = mapped_column(default=False)
    content_note: Mapped[str] = mapped_column(String(120), default="")
    label: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"), default=Channel.WEB)
    reference: Mapped[str | None] = mapped_column(String(80))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    membership: Mapped[Membership] = loaded()


class Endorsement(Base):
    """One person stands behind what another wrote, from the group they spoke from at that time."""

    __tablename__ = "endorsements"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True, index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
