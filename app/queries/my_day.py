"""A moderator's own day: what one decided since midnight, seen by nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.language import Message
from app.models.appeals import Appeal
from app.models.consultations import Membership
from app.models.contributions import Contribution
from app.models.moderation import Action, Decision, Standing
from app.queries.campaign_desk import waiting
from app.queries.people import Viewer
from app.rules.consultations import REVIEWING_ROLES
from app.rules.moderation import UNDO
from app.rules.pace import time_for_a_break

COUNTED = (Standing.TAKEN, Standing.PROPOSED, Standing.SHARED, Standing.NOT_SHARED)


@dataclass(frozen=True, slots=True)
class Undoable:
    """A decision, or proposal, of one's own that can still be taken back, for `minutes` more."""

    decision: Decision
    label: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MyDay:
    """How many decisions of each kind I took today, a suggestion to pause, and how many appeals wait in my teams.

    `reads` are the languages that I say I read; `groups` of letters wait to be confirmed; `undoable` are the last
    decisions, the newest first.
    """

    decided: Mapping[Action, int]
    pause: Message | None
    appeals: int
    reads: tuple[str, ...]
    groups: int
    undoable: tuple[Undoable, ...]

    @property
    def total(self) -> int:
        """All of today's."""
        return sum(self.decided.values())


def my_day(session: Session, viewer: Viewer) -> MyDay:
    """Today in UTC. Three statements."""
    now = clock.now()
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    rows = session.execute(
        select(Decision, Contribution.content_note, Contribution.label)
        .join(Membership, Membership.id == Decision.moderator_id)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(
            Membership.account_id == viewer.owner_id,
            Decision.decided_at >= min(midnight, now - UNDO),
            Decision.standing.in_(COUNTED),
        )
        .order_by(Decision.id.desc())
    ).all()
    decided: dict[Action, int] = {}
    for decision, _note, _label in rows:
        if decision.decided_at >= midnight:
            decided[decision.action] = decided.get(decision.action, 0) + 1
    memberships = _memberships(session, viewer)
    moments = [(decision.decided_at, bool(note)) for decision, note, _label in rows]
    undoable = tuple(
        Undoable(decision, label, -((now - decision.decided_at - UNDO) // timedelta(minutes=1)))
        for decision, _note, label in rows
        if now <= decision.decided_at + UNDO and decision.standing in (Standing.TAKEN, Standing.PROPOSED)
    )
    return MyDay(
        decided=decided,
        pause=time_for_a_break(moments, at=now),
        appeals=sum(row.appeals for row in memberships),
        reads=tuple(sorted({code for row in memberships for code in row.reads})),
        groups=waiting(session, viewer),
        undoable=undoable,
    )


def _memberships(session: Session, viewer: Viewer) -> Sequence[Any]:
    """What I say that I read in each team, and how many appeals wait there."""
    appeals = select(func.count()).where(Appeal.consultation_id == Membership.consultation_id)
    return session.execute(
        select(Membership.reads, appeals.where(Appeal.decided_at.is_(None)).scalar_subquery().label("appeals")).where(
            Membership.account_id == viewer.owner_id, Membership.role.in_(REVIEWING_ROLES)
        )
    ).all()
