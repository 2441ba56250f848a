"""Standards: proposed or adopted texts, each version a contribution."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.db import Base, Id, UtcDateTime, loaded
from app.models.columns import one_of
from app.models.consultations import Membership, PhaseKind
from app.models.contributions import Contribution, Kind
from app.models.evidence import Evidence
from app.models.instruments import Provision


class MeasureKind(StrEnum):
    """What a proposal asks for."""

    STANDARD = "standard"
    MORATORIUM = "moratorium"
    DISCLOSURE = "disclosure"
    INVESTMENT = "investment"
    REMEDY = "remedy"
    OTHER = "other"


class Context(StrEnum):
    """Where the technology is used."""

    LAW_ENFORCEMENT = "law-enforcement"
    PUBLIC_SPACE = "law-enforcement-public-space"
    PROCUREMENT = "public-procurement"
    HOUSING = "housing"
    WELFARE = "welfare"
    SENTENCING = "sentencing"
    BORDER = "border"
    WORKPLACE = "workplace"
    COMMITMENTS = "corporate-commitments"
    STANDARD_SETTING = "standard-setting"
    OTHER = "other"


class ChangeClass(StrEnum):
    """How much a version changes the one before it."""

    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"
    NEW_REQUIREMENT = "new_requirement"


class Clause(TypedDict):
    """A numbered sentence of a standard."""

    number: str
    text: str


class DutyBearer(TypedDict):
    """Who carries the duty; `sector` is public, business or both."""

    name: str
    sector: str


class Standard(Base):
    """What its versions share.

    `number` is given at first publication; `version` is the one in force for readers; positions taken before version
    `counts_from` are carried over and not counted until confirmed. `moved_to` is the phase into which the chair moved
    this standard ahead of or behind the others, from `moved_at` until `moved_until`, for the reason in `moved_why`;
    `first_round_ended_at` is when its first round of positions ended by such a move.
    """

    __tablename__ = "standards"
    __table_args__ = (UniqueConstraint("consultation_id", "number"), UniqueConstraint("consultation_id", "reference"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    number: Mapped[int | None]
    version: Mapped[int | None]
    counts_from: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=0)
    reference: Mapped[str | None] = mapped_column(String(80))
    imported_supports: Mapped[int | None]
    response: Mapped[str] = mapped_column(String(40), default="")
    response_text: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_to: Mapped[PhaseKind | None] = mapped_column(one_of(PhaseKind, "moved_to"))
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_why: Mapped[str] = mapped_column(Text, default="")
    first_round_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_amendment: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    membership: Mapped[Membership] = loaded()


class StandardVersion(Contribution):
    """One text of a standard, complete in itself. `affected_groups` are keys of stakeholder groups.

    A later version gets its `number` when it is first published, and `based_on` is the version that its author changed.
    The number of a clause stays with it through all versions. `why` says what the version is for; one that came from an
    amendment belongs to whoever proposed it, and `adopted_by_id` adopted it.
    """

    __tablename__ = "standard_versions"
    __table_args__: tuple[SchemaItem, ...] = (UniqueConstraint("standard_id", "number"),)
    id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy reads it
        "polymorphic_identity": Kind.STANDARD_VERSION,
        "inherit_condition": id == Contribution.id,  # noqa: A003 - the column above
    }

    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"))
    number: Mapped[int | None]
    based_on: Mapped[int | None]
    change_class: Mapped[ChangeClass] = mapped_column(
        one_of(ChangeClass, "change_class"), default=ChangeClass.SUBSTANTIVE
    )
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="")
    measure: Mapped[MeasureKind] = mapped_column(one_of(MeasureKind, "measure"), default=MeasureKind.STANDARD)
    context: Mapped[Context] = mapped_column(one_of(Context, "context"), default=Context.OTHER)
    clauses: Mapped[list[Clause]] = mapped_column(JSON)
    duty_bearers: Mapped[list[DutyBearer]] = mapped_column(JSON, default=list)
    enforcement_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    enforcement: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    affected_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[str] = mapped_column(Text, default="")
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id", use_alter=True))
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))

    standard: Mapped[Standard] = loaded()


class Grounding(Base):
    """A version rests on a provision."""

    __tablename__ = "groundings"

    version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"), primary_key=True)
    provision_id: Mapped[int] = mapped_column(ForeignKey("provisions.id"), primary_key=True, index=True)

    provision: Mapped[Provision] = loaded()


class Citation(Base):
    """A version uses a piece of evidence."""

    __tablename__ = "citations"

    version_id: Mapped[int] = mapped_column(ForeignKey("standard_versions.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column(default=0)

    evidence: Mapped[Evidence] = loaded()


class Draft(Base):
    """What somebody has typed of a proposal so far, as typed. `amendment_id` was declined and became this proposal."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    fields: Mapped[dict[str, object]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(200), default="")
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)


class SearchTerm(Base):
    """An index term of the version that readers see; `weight` is higher in the title."""

    __tablename__ = "search_terms"
    __table_args__ = (Index("ix_search_terms_consultation_id_term", "consultation_id", "term"),)

    standard_id: Mapped[int] = mapped_column(ForeignKey("standards.id"), primary_key=True)
    term: Mapped[str] = mapped_column(String(80), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    weight: Mapped[int]
