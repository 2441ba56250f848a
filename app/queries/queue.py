"""The moderation queue: what waits, how long, why, and who is reading it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import Contribution
from app.models.moderation import Case
from app.queries.people import Viewer
from app.queries.queue_filters import Filters, Trigger, chosen, claimed_by_others, mine, order, proposed, triggers
from app.queries.threads import name_of

PAGE = 30
BESIDE, BEFORE = 10, 2


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One waiting case. People who take part confidentially have no name here; `own` is the viewer's own item.

    `second`: a first reader proposed a decision, `proposed_by_me` when that was the viewer. `held_by` is who reads it
    now, for `minutes` more; `claimed_by_me` when that is the viewer.
    """

    case: Case
    contribution: Contribution
    consultation: Consultation
    author_name: str
    group_name: str
    directly_affected: bool
    waited: timedelta
    left: timedelta
    own: bool
    second: bool
    proposed_by_me: bool
    held_by: str
    claimed_by_me: bool
    minutes: int

    @property
    def late(self) -> bool:
        """Whether the promise to its author is broken."""
        return self.left < timedelta(0)

    @property
    def free(self) -> bool:
        """Whether the viewer may take it now."""
        return not self.own and not self.proposed_by_me and not (self.held_by and not self.claimed_by_me)


@dataclass(frozen=True, slots=True)
class Queue:
    """The waiting cases of the consultations that this person moderates, those that are due first at the top.

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
    triggers: Mapping[str, int]
    languages: Mapping[str, int]
    next_after: int | None

    def around(self, case_id: int) -> tuple[QueueLine, ...]:
        """The lines beside a case: it, two that are due before, and what follows; the first when it is not there."""
        place = next((index for index, line in enumerate(self.lines) if line.case.id == case_id), 0)
        start = max(place - BEFORE, 0)
        return self.lines[start : start + BESIDE]


def queue(session: Session, viewer: Viewer, filters: Filters) -> Queue:
    """The queue of all that this viewer may review. Two statements for any number of cases, three with a filter."""
    at = clock.now()
    facets = _facets(session, mine(viewer), at)
    rows = _waiting(session, viewer, filters, at)
    waiting = sum(facet.waiting for facet in facets)
    oldest = min((facet.oldest for facet in facets), default=None)
    return Queue(
        filters=filters,
        lines=tuple(_line(row, viewer, at) for row in rows[:PAGE]),
        waiting=waiting,
        matching=_matching(session, viewer, filters, at) if filters.filtering else waiting,
        late=sum(facet.late for facet in facets),
        affected=sum(facet.waiting for facet in facets if facet.directly_affected),
        oldest=at - oldest if oldest is not None else None,
        titles={facet.slug: facet.title for facet in facets},
        consultations=_counted((facet.slug, facet.waiting) for facet in facets),
        causes=_counted((facet.cause.value, facet.waiting) for facet in facets),
        kinds=_counted((facet.kind.value, facet.waiting) for facet in facets),
        triggers={code: count for code in Trigger if (count := sum(getattr(facet, code) for facet in facets))},
        languages=_counted((facet.language, facet.waiting) for facet in facets),
        next_after=filters.after + PAGE if len(rows) > PAGE else None,
    )


def next_case(session: Session, viewer: Viewer, *, after: Case) -> int | None:
    """The case that is due next: not this one, and one that this viewer may take."""
    waiting = (
        select(Case.id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(
            mine(viewer),
            Case.closed_at.is_(None),
            Case.id != after.id,
            Membership.account_id.is_distinct_from(viewer.owner_id),
            ~claimed_by_others(viewer, clock.now()),
            ~proposed(by=viewer),
        )
        .order_by(Case.due_at, Case.id)
    )
    return session.scalar(waiting.limit(1))


def _facets(session: Session, mine: ColumnElement[bool], at: datetime) -> Sequence[Any]:
    affected = func.coalesce(StakeholderGroup.directly_affected, False).label("directly_affected")
    cell = (Consultation.slug, Consultation.title, Case.cause, Contribution.kind, Contribution.language, affected)
    return session.execute(
        select(
            *cell,
            func.count().label("waiting"),
            func.min(Case.opened_at).label("oldest"),
            *(func.count().filter(holds).label(code.value) for code, holds in triggers(at).items()),
        )
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(mine, Case.closed_at.is_(None))
        .group_by(*cell)
        .order_by(*cell)
    ).all()


def _waiting(session: Session, viewer: Viewer, filters: Filters, at: datetime) -> Sequence[Any]:
    holder = aliased(Membership)
    query = (
        select(
            *(Case, Contribution, Consultation, Membership, StakeholderGroup, holder),
            proposed().label("second"),
            proposed(by=viewer).label("proposed_by_me"),
        )
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .outerjoin(holder, (holder.id == Case.claimed_by_id) & (Case.claimed_until > at))
        .where(mine(viewer), Case.closed_at.is_(None), *chosen(filters, at))
        .order_by(*order(filters))
        .offset(filters.after)
        .limit(PAGE + 1)
    )
    return session.execute(query).all()


def _matching(session: Session, viewer: Viewer, filters: Filters, at: datetime) -> int:
    counted = (
        select(func.count())
        .select_from(Case)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(mine(viewer), Case.closed_at.is_(None), *chosen(filters, at))
    )
    return session.scalar(counted) or 0


def _line(row: Any, viewer: Viewer, at: datetime) -> QueueLine:
    case, contribution, consultation, author, group, holder, second, proposed_by_me = row
    return QueueLine(
        case=case,
        contribution=contribution,
        consultation=consultation,
        author_name=name_of(author),
        group_name=group.name if group else "",
        directly_affected=bool(group and group.directly_affected),
        waited=at - case.opened_at,
        left=case.due_at - at,
        own=author.account_id is not None and author.account_id == viewer.owner_id,
        second=bool(second),
        proposed_by_me=bool(proposed_by_me),
        held_by=holder.display_name if holder else "",
        claimed_by_me=bool(holder and holder.account_id == viewer.owner_id),
        minutes=minutes_left(case, at),
    )


def minutes_left(case: Case, at: datetime) -> int:
    """For how many minutes more somebody holds a case, rounded up."""
    if case.claimed_until is None or case.claimed_until <= at:
        return 0
    return -((at - case.claimed_until) // timedelta(minutes=1))


def _counted(pairs: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key, waiting in pairs:
        counts[key] = counts.get(key, 0) + waiting
    return counts
