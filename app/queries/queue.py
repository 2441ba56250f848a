"""The moderation queue: what waits, how long, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app import clock
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import Contribution, Kind
from app.models.moderation import Case, Cause
from app.queries.people import Viewer
from app.queries.threads import name_of
from app.rules.consultations import REVIEWING_ROLES

PAGE = 30
BESIDE, BEFORE = 10, 2
PROMISED = timedelta(hours=48)
AFFECTED = "affected"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases the queue shows; empty fields do not filter."""

    consultation: str = ""
    cause: str = ""
    kind: str = ""
    group: str = ""
    after: int = 0

    @property
    def filtering(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.consultation or self.cause or self.kind or self.group)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One waiting case. People who take part confidentially have no name here; `own` is the viewer's own item."""

    case: Case
    contribution: Contribution
    consultation: Consultation
    author_name: str
    group_name: str
    directly_affected: bool
    waited: timedelta
    late: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The waiting cases of the consultations that this person moderates, the oldest first.

    `titles` names the consultations of `consultations`; every mapping counts what waits, whatever the filters are.
    """

    filters: Filters
    lines: tuple[QueueLine, ...]
    waiting: int
    matching: int
    late: int
    affected: int
    oldest: timedelta | None
    titles: Mapping[str, str]
    consultations: Mapping[str, int]
    causes: Mapping[str, int]
    kinds: Mapping[str, int]
    next_after: int | None

    def around(self, case_id: int) -> tuple[QueueLine, ...]:
        """The lines beside a case: it, two that wait longer, and what follows; the oldest when it is not among them."""
        place = next((index for index, line in enumerate(self.lines) if line.case.id == case_id), 0)
        start = max(place - BEFORE, 0)
        return self.lines[start : start + BESIDE]


def queue(session: Session, viewer: Viewer, filters: Filters) -> Queue:
    """The queue of everything that this viewer may review. Two statements for any number of cases."""
    at = clock.now()
    facets = _facets(session, _mine(viewer), at)
    rows = _waiting(session, _mine(viewer), filters)
    oldest = min((facet.oldest for facet in facets), default=None)
    return Queue(
        filters=filters,
        lines=tuple(_line(row, viewer, at) for row in rows[:PAGE]),
        waiting=sum(facet.waiting for facet in facets),
        matching=rows[0].matching if rows else 0,
        late=sum(facet.late for facet in facets),
        affected=sum(facet.waiting for facet in facets if facet.directly_affected),
        oldest=at - oldest if oldest is not None else None,
        titles={facet.slug: facet.title for facet in facets},
        consultations=_counted((facet.slug, facet.waiting) for facet in facets),
        causes=_counted((facet.cause.value, facet.waiting) for facet in facets),
        kinds=_counted((facet.kind.value, facet.waiting) for facet in facets),
        next_after=filters.after + PAGE if len(rows) > PAGE else None,
    )


def next_case(session: Session, viewer: Viewer, *, after: Case) -> int | None:
    """The oldest waiting case other than this one that this viewer did not write."""
    waiting = (
        select(Case.id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(
            _mine(viewer),
            Case.closed_at.is_(None),
            Case.id != after.id,
            Membership.account_id.is_distinct_from(viewer.owner_id),
        )
        .order_by(Case.opened_at, Case.id)
    )
    return session.scalar(waiting.limit(1))


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    reviewed = select(Membership.consultation_id).where(
        Membership.account_id == viewer.owner_id, Membership.role.in_(REVIEWING_ROLES)
    )
    return Case.consultation_id.in_(reviewed)


def _facets(session: Session, mine: ColumnElement[bool], at: datetime) -> Sequence[Any]:
    affected = func.coalesce(StakeholderGroup.directly_affected, False).label("directly_affected")
    cell = (Consultation.slug, Consultation.title, Case.cause, Contribution.kind, affected)
    return session.execute(
        select(
            *cell,
            func.count().label("waiting"),
            func.count().filter(Case.opened_at < at - PROMISED).label("late"),
            func.min(Case.opened_at).label("oldest"),
        )
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(mine, Case.closed_at.is_(None))
        .group_by(*cell)
        .order_by(*cell)
    ).all()


def _waiting(session: Session, mine: ColumnElement[bool], filters: Filters) -> Sequence[Any]:
    query = (
        select(Case, Contribution, Consultation, Membership, StakeholderGroup, func.count().over().label("matching"))
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(mine, Case.closed_at.is_(None))
        .order_by(Case.opened_at, Case.id)
        .offset(filters.after)
        .limit(PAGE + 1)
    )
    if filters.consultation:
        query = query.where(Consultation.slug == filters.consultation)
    if filters.cause in set(Cause):
        query = query.where(Case.cause == filters.cause)
    if filters.kind in set(Kind):
        query = query.where(Contribution.kind == filters.kind)
    if filters.group == AFFECTED:
        query = query.where(StakeholderGroup.directly_affected)
    return session.execute(query).all()


def _line(row: Any, viewer: Viewer, at: datetime) -> QueueLine:
    case, contribution, consultation, author, group, _matching = row
    return QueueLine(
        case=case,
        contribution=contribution,
        consultation=consultation,
        author_name=name_of(author),
        group_name=group.name if group else "",
        directly_affected=bool(group and group.directly_affected),
        waited=at - case.opened_at,
        late=at - case.opened_at > PROMISED,
        own=author.account_id is not None and author.account_id == viewer.owner_id,
    )


def _counted(pairs: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key, waiting in pairs:
        counts[key] = counts.get(key, 0) + waiting
    return counts
