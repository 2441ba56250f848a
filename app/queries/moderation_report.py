"""What moderation did, in figures for everybody, by group where nobody can be told from them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.appeals import Appeal, AppealOutcome
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import READABLE, Contribution, State
from app.models.flags import Flag, FlagOutcome
from app.models.moderation import Action, Case, Decision, Standing
from app.queries import campaigns
from app.rules.disclosure import percent, shown_groups
from app.rules.moderation import RESTRICTING
from app.rules.withholding import MODERATION, NO_TABLES, Table, Tables, table_in

IN_EFFECT = (Standing.TAKEN, Standing.REPLACED)


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What became of the contributions of one group, or of several together; without counts it is not shown.

    `removed` counts what is declined or hidden now.
    """

    name: str
    directly_affected: bool
    shown: bool
    received: int = 0
    published: int = 0
    redacted: int = 0
    returned: int = 0
    removed: int = 0
    median_wait: timedelta | None = None

    @property
    def removed_percent(self) -> int | None:
        """The share of what was removed, from twenty contributions on."""
        return percent(self.removed, self.received)


@dataclass(frozen=True, slots=True)
class Figures:
    """What moderation did in a consultation, for everybody to see. A decision that was undone is in none of them."""

    received: int
    published: int
    redacted: int
    returned: int
    declined: int
    hidden: int
    grouped: int
    warned: int
    suspended: int
    two_readers: int
    appeals: int
    appeals_decided: int
    overturned: int
    overturned_in_part: int
    flags: Mapping[FlagOutcome, int]
    by_reason: Mapping[str, int]
    median_wait: timedelta | None
    ninetieth_wait: timedelta | None
    waits: tuple[timedelta, ...]
    moderators: int
    languages: tuple[str, ...]
    groups: tuple[GroupFigures, ...]
    affected: GroupFigures | None
    everybody_else: GroupFigures | None


def figures(session: Session, consultation_id: int, earlier: Tables = NO_TABLES) -> Figures:
    """Public figures of moderation, hiding what the `earlier` tables hid.

    Waiting times run from the opening of a case to its decision.
    """
    states = _states(session, consultation_id)
    decided = _decided(session, consultation_id)
    counts = {state: sum(row.count for row in states if row.state == state) for state in State}
    appeals = _appeals(session, consultation_id)
    groups, affected, others = _by_group(session, consultation_id, states, decided, table_in(earlier, MODERATION))
    moderators, languages = _team(session, consultation_id)
    waits = sorted(row.decided_at - row.opened_at for row in decided)
    return Figures(
        received=sum(counts.values()),
        published=counts[State.PUBLISHED],
        redacted=counts[State.REDACTED],
        returned=_taken(decided, Action.RETURN),
        declined=counts[State.DECLINED],
        hidden=counts[State.HIDDEN],
        grouped=campaigns.figures(session, consultation_id).letters,
        warned=_taken(decided, Action.WARN),
        suspended=_taken(decided, Action.SUSPEND),
        two_readers=sum(row.first_reader_id is not None for row in decided),
        appeals=sum(appeals.values()),
        appeals_decided=sum(count for outcome, count in appeals.items() if outcome is not None),
        overturned=appeals.get(AppealOutcome.OVERTURNED, 0),
        overturned_in_part=appeals.get(AppealOutcome.PARTLY, 0),
        flags=_flags(session, consultation_id),
        by_reason=_by_reason(decided),
        median_wait=at_share(waits, 0.5),
        ninetieth_wait=at_share(waits, 0.9),
        waits=tuple(waits),
        moderators=moderators,
        languages=languages,
        groups=groups,
        affected=affected,
        everybody_else=others,
    )


def at_share(waits: Sequence[timedelta], share: float) -> timedelta | None:
    """The wait that so large a share did not exceed (nearest rank); `waits` are sorted, None where there are none."""
    return waits[max(ceil(round(len(waits) * share, 6)) - 1, 0)] if waits else None


def _states(session: Session, consultation_id: int) -> Sequence[Any]:
    return session.execute(
        select(Membership.group_id, Contribution.state, func.count().label("count"))
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(Contribution.consultation_id == consultation_id)
        .group_by(Membership.group_id, Contribution.state)
    ).all()


def _decided(session: Session, consultation_id: int) -> Sequence[Any]:
    """Every decision on a case that was in effect; what an appeal put in its place is counted with the appeals."""
    replaced = select(Appeal.replacement_id).where(Appeal.replacement_id.is_not(None))
    return session.execute(
        select(
            *(Membership.group_id, Decision.action, Decision.reason, Decision.first_reader_id),
            *(Case.opened_at, Decision.decided_at),
        )
        .join(Case, Case.id == Decision.case_id)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(
            Case.consultation_id == consultation_id,
            Decision.standing.in_(IN_EFFECT),
            Decision.id.not_in(replaced),
        )
    ).all()


def _taken(decided: Sequence[Any], action: Action) -> int:
    return sum(row.action == action for row in decided)


def _by_reason(decided: Sequence[Any]) -> dict[str, int]:
    reasons: dict[str, int] = defaultdict(int)
    for row in decided:
        if row.reason is not None and row.action in RESTRICTING:
            reasons[row.reason.value] += 1
    return dict(sorted(reasons.items()))


def _appeals(session: Session, consultation_id: int) -> dict[AppealOutcome | None, int]:
    counted = select(Appeal.outcome, func.count()).where(Appeal.consultation_id == consultation_id)
    return dict(session.execute(counted.group_by(Appeal.outcome)).all())


def _flags(session: Session, consultation_id: int) -> dict[FlagOutcome, int]:
    counted = select(Flag.outcome, func.count()).join(Contribution, Contribution.id == Flag.contribution_id)
    found = session.execute(counted.where(Contribution.consultation_id == consultation_id).group_by(Flag.outcome))
    return dict(found.all())


def _team(session: Session, consultation_id: int) -> tuple[int, tuple[str, ...]]:
    """How many people decided on anything, and the languages that they read."""
    decided = (
        select(Decision.moderator_id)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.consultation_id == consultation_id)
        .distinct()
    )
    people = session.scalars(select(Membership.reads).where(Membership.id.in_(decided))).all()
    return len(people), tuple(sorted({code for reads in people for code in reads}))


def _by_group(
    session: Session,
    consultation_id: int,
    states: Sequence[Any],
    decided: Sequence[Any],
    earlier: Table,
) -> tuple[tuple[GroupFigures, ...], GroupFigures | None, GroupFigures | None]:
    minimum = session.scalars(select(Consultation.minimum_group).where(Consultation.id == consultation_id)).one()
    authors = _authors(session, consultation_id)
    here = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation_id)
    groups = session.scalars(here.order_by(StakeholderGroup.rank)).all()
    sizes = {group.key: authors.get(group.id, 0) for group in groups}
    without = authors.get(None, 0)
    shown = shown_groups(sizes, minimum, unlisted=without, earlier=earlier)
    lines = tuple(
        _figures_of([group.id], group.name, states, decided, affected=group.directly_affected)
        if group.key in shown
        else GroupFigures(group.name, group.directly_affected, shown=False)
        for group in groups
    )
    sides = [[group for group in groups if group.directly_affected == side] for side in (True, False)]
    if 0 < without < minimum or not all(
        _may_be_shown({group.key: sizes[group.key] for group in side}, shown, minimum) for side in sides
    ):
        return lines, None, None
    affected, others = (
        _figures_of([group.id for group in side], "", states, decided, affected=index == 0)
        for index, side in enumerate(sides)
    )
    return lines, affected, others


def _may_be_shown(side: Mapping[str, int], shown: frozenset[str], minimum: int) -> bool:
    """Whether a side is large enough, and what is left of it beside its shown groups tells of no single group."""
    left = [size for key, size in side.items() if key not in shown and size]
    return sum(side.values()) >= minimum and (not left or (len(left) > 1 and sum(left) >= minimum))


def _authors(session: Session, consultation_id: int) -> dict[int | None, int]:
    counted = (
        select(Membership.group_id, func.count(Membership.id.distinct()))
        .join(Contribution, Contribution.membership_id == Membership.id)
        .where(Contribution.consultation_id == consultation_id)
        .group_by(Membership.group_id)
    )
    return dict(session.execute(counted).all())


def _figures_of(
    ids: Sequence[int], name: str, states: Sequence[Any], decided: Sequence[Any], *, affected: bool
) -> GroupFigures:
    mine = [row for row in states if row.group_id in ids]
    taken = [row for row in decided if row.group_id in ids]
    waits = sorted(row.decided_at - row.opened_at for row in taken)
    return GroupFigures(
        name=name,
        directly_affected=affected,
        shown=True,
        received=sum(row.count for row in mine),
        published=sum(row.count for row in mine if row.state in READABLE),
        redacted=sum(row.count for row in mine if row.state == State.REDACTED),
        returned=_taken(taken, Action.RETURN),
        removed=sum(row.count for row in mine if row.state in (State.DECLINED, State.HIDDEN)),
        median_wait=at_share(waits, 0.5),
    )
