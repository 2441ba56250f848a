"""Which waiting cases the queue shows, and in which order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import Contribution, Kind
from app.models.moderation import Case, Cause, Decision, Standing
from app.queries.people import Viewer
from app.rules.consultations import REVIEWING_ROLES

AFFECTED = "affected"
NEWEST = "newest"


class Trigger(StrEnum):
    """What brings a case to attention, beside its cause."""

    LATE = "late"
    HELD = "held"
    SECOND = "second"
    FLAGGED = "flagged"
    MARKED = "marked"
    DISTRESSING = "distressing"
    LIVED = "lived"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases the queue shows; empty fields do not filter."""

    consultation: str = ""
    cause: str = ""
    kind: str = ""
    group: str = ""
    trigger: str = ""
    language: str = ""
    words: str = ""
    order: str = ""
    after: int = 0

    @property
    def filtering(self) -> bool:
        """Whether anything was asked for."""
        return any((self.consultation, self.cause, self.kind, self.group, self.trigger, self.language, self.words))


def mine(viewer: Viewer) -> ColumnElement[bool]:
    """The cases of consultations that this viewer reviews."""
    reviewed = select(Membership.consultation_id).where(
        Membership.account_id == viewer.owner_id, Membership.role.in_(REVIEWING_ROLES)
    )
    return Case.consultation_id.in_(reviewed)


def proposed(*, by: Viewer | None = None) -> ColumnElement[bool]:
    """Whether a first reader proposed a decision on a case; only by this viewer, if one is given."""
    proposed = select(Decision.case_id).where(Decision.standing == Standing.PROPOSED)
    if by is not None:
        reader = aliased(Membership)
        proposed = proposed.join(reader, reader.id == Decision.moderator_id).where(reader.account_id == by.owner_id)
    return Case.id.in_(proposed)


def claimed_by_others(viewer: Viewer, at: datetime) -> ColumnElement[bool]:
    """Whether somebody else reads a case now."""
    holder = aliased(Membership)
    other = exists().where(holder.id == Case.claimed_by_id, holder.account_id != viewer.owner_id)
    return (Case.claimed_until > at) & other


def triggers(at: datetime) -> dict[Trigger, ColumnElement[bool]]:
    """When each trigger holds for a case."""
    return {
        Trigger.LATE: Case.due_at < at,
        Trigger.HELD: Case.held_at.is_not(None),
        Trigger.SECOND: proposed(),
        Trigger.FLAGGED: Case.flags > 0,
        Trigger.MARKED: Case.marks > 0,
        Trigger.DISTRESSING: Contribution.content_note != "",
        Trigger.LIVED: Contribution.lived.is_(True),
    }


def order(filters: Filters) -> tuple[Any, ...]:
    """The order of the list."""
    if filters.order == NEWEST:
        return (Case.opened_at.desc(), Case.id.desc())
    return (Case.due_at, Case.id)


def chosen(filters: Filters, at: datetime) -> list[ColumnElement[bool]]:
    """The conditions that the filters stand for; what is unknown does not filter."""
    wanted: list[ColumnElement[bool]] = []
    if filters.consultation:
        wanted.append(Consultation.slug == filters.consultation)
    if filters.cause in set(Cause):
        wanted.append(Case.cause == filters.cause)
    if filters.kind in set(Kind):
        wanted.append(Contribution.kind == filters.kind)
    if filters.words:
        wanted.append(Contribution.label.icontains(filters.words, autoescape=True))
    if filters.language:
        wanted.append(Contribution.language == filters.language)
    if filters.group == AFFECTED:
        wanted.append(StakeholderGroup.directly_affected.is_(True))
    if filters.trigger in set(Trigger):
        wanted.append(triggers(at)[Trigger(filters.trigger)])
    return wanted
