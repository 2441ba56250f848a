"""Consultations, their phases, their stakeholder groups, and who is what in them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, UtcDateTime, loaded
from app.models.columns import one_of
from app.models.people import Account

NOT_STATED = "not_stated"
"""What stands for the group of people who stated none."""


class ConsultationState(StrEnum):
    """Where a consultation stands as a whole."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RESPONDED = "responded"


class Participation(StrEnum):
    """Who may take part."""

    ANYONE = "anyone"
    INVITATION = "invitation"


class Review(StrEnum):
    """When a moderator reads a contribution: before it is published, after, or after but before any mail names it."""

    BEFORE = "before"
    QUIET = "quiet"
    AFTER = "after"


class TallyVisibility(StrEnum):
    """From when on positions per group are shown."""

    ALWAYS = "always"
    AFTER_POSITION = "after_position"
    AFTER_CLOSING = "after_closing"


class Source(StrEnum):
    """Where a consultation took place."""

    HERE = "here"
    POLIS = "polis"
    DECIDIM = "decidim"


class Consultation(Base):
    """A question put to stakeholders, with its settings. `revision` counts every change to anything in it.

    `reply_days` is how long somebody has to reply when asked: an objector to an answer, supporters to a merger.
    `opens_itself` lets a draft that is ready open at `opens_at`; `closed_why` is the reason for closing by hand.
    """

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="en")
    asked_by: Mapped[str] = mapped_column(String(200), default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answer_due: Mapped[date | None]
    state: Mapped[ConsultationState] = mapped_column(
        one_of(ConsultationState, "state"), default=ConsultationState.DRAFT
    )
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    participation: Mapped[Participation] = mapped_column(
        one_of(Participation, "participation"), default=Participation.ANYONE
    )
    invitation_hash: Mapped[str] = mapped_column(String(200), default="")
    review: Mapped[Review] = mapped_column(one_of(Review, "review"), default=Review.BEFORE)
    tallies_visible: Mapped[TallyVisibility] = mapped_column(
        one_of(TallyVisibility, "tallies_visible"), default=TallyVisibility.ALWAYS
    )
    minimum_group: Mapped[int] = mapped_column(default=5)
    minimum_voices: Mapped[int] = mapped_column(default=20)
    consensus_percent: Mapped[int] = mapped_column(default=75)
    contested_percent: Mapped[int] = mapped_column(default=50)
    reply_days: Mapped[int] = mapped_column(default=14)
    opens_itself: Mapped[bool] = mapped_column(default=False)
    closed_why: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[Source] = mapped_column(one_of(Source, "source"), default=Source.HERE)
    source_note: Mapped[str] = mapped_column(Text, default="")
    demo: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PhaseKind(StrEnum):
    """What a phase opens."""

    SUBMIT = "submit"
    DISCUSS = "discuss"
    POSITION = "position"
    RESOLVE = "resolve"
    SECOND_ROUND = "second_round"
    OUTCOME = "outcome"


class Phase(Base):
    """A span of time in which one thing is allowed; phases of a consultation may overlap.

    `ended_why` is the reason with which the chair ended it by hand.
    """

    __tablename__ = "phases"
    __table_args__ = (UniqueConstraint("consultation_id", "kind"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    kind: Mapped[PhaseKind] = mapped_column(one_of(PhaseKind, "kind"))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_why: Mapped[str] = mapped_column(Text, default="")


class StakeholderGroup(Base):
    """A standpoint from which people speak in one consultation."""

    __tablename__ = "stakeholder_groups"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(300), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    rank: Mapped[int]
    directly_affected: Mapped[bool] = mapped_column(default=False)


class Role(StrEnum):
    """What a membership allows."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    CHAIR = "chair"
    DEPUTY = "deputy"
    POLICYMAKER = "policymaker"


class Identity(StrEnum):
    """How a person appears."""

    NAMED = "named"
    PSEUDONYM = "pseudonym"
    CONFIDENTIAL = "confidential"


class Channel(StrEnum):
    """How a contribution or position came in."""

    WEB = "web"
    PHONE = "phone"
    PAPER = "paper"
    WORKSHOP = "workshop"
    IMPORT = "import"


class Membership(Base):
    """A person, or an organisation, in one consultation.

    `counted_from` is set from when on its positions count: at once for proved addresses and imports, else at the proof.
    A membership without a stakeholder group is "not stated". `reference` is the identifier in an imported file.
    `reads` are the languages that somebody of the team reads; until `suspended_until` a person writes nothing new.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("consultation_id", "account_id"),
        UniqueConstraint("consultation_id", "name_key"),
        UniqueConstraint("consultation_id", "reference"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder_groups.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role, "role"), default=Role.PARTICIPANT)
    identity: Mapped[Identity] = mapped_column(one_of(Identity, "identity"), default=Identity.PSEUDONYM)
    display_name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str | None] = mapped_column(String(120))
    organisation: Mapped[str | None] = mapped_column(String(200))
    verified: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[Channel] = mapped_column(one_of(Channel, "channel"), default=Channel.WEB)
    reference: Mapped[str | None] = mapped_column(String(80))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    counted_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reads: Mapped[list[str]] = mapped_column(JSON, default=list)
    suspended_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account | None] = loaded()
    consultation: Mapped[Consultation] = loaded()
    group: Mapped[StakeholderGroup | None] = loaded()


class ImportRun(Base):
    """How far one file of an import has come; updated in the transaction that stores its rows."""

    __tablename__ = "import_runs"
    __table_args__ = (UniqueConstraint("consultation_id", "file"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    file: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    rows_done: Mapped[int] = mapped_column(default=0)
    finished: Mapped[bool] = mapped_column(default=False)
    report: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
