"""A case, and the public figures of moderation. Nothing here knows what a comment or a standard is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.db import LARGEST_ID
from app.errors import NotFound, Refusal
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import READABLE, Contribution, State
from app.models.moderation import Action, Case, Decision
from app.queries.contexts import Context, context_of
from app.queries.people import Viewer
from app.queries.threads import name_of
from app.rules.consultations import REVIEWING_ROLES
from app.rules.moderation import why_not_decide


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with its item in context, the author's history in numbers, and every decision so far.

    People who take part confidentially have no `author_name` here.
    """

    case: Case
    contribution: Contribution
    consultation: Consultation
    membership: Membership
    author: Membership
    author_name: str
    group: StakeholderGroup | None
    context: Context
    decisions: tuple[tuple[Decision, str], ...]
    author_published: int
    author_submitted: int
    waited: timedelta
    why_not_decide: Refusal | None

    @property
    def change_waits(self) -> bool:
        """Whether readers see an earlier text until this is decided."""
        return self.context.earlier is not None


def case_page(session: Session, viewer: Viewer, case_id: int) -> CasePage:
    """A case of a consultation that this viewer reviews.

    Raises:
        NotFound: there is none, or it is not theirs to see.
    """
    case, consultation, membership, writer, group = _found(session, viewer, case_id)
    contribution = session.get_one(Contribution, case.contribution_id)
    published, submitted = _history(session, writer)
    return CasePage(
        case=case,
        contribution=contribution,
        consultation=consultation,
        membership=membership,
        author=writer,
        author_name=name_of(writer),
        group=group,
        context=context_of(session, contribution),
        decisions=_decisions(session, contribution),
        author_published=published,
        author_submitted=submitted,
        waited=(case.closed_at or clock.now()) - case.opened_at,
        why_not_decide=why_not_decide(membership, case, contribution, writer, read_revision=None),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What moderation did in a consultation, for everybody to see."""

    received: int
    published: int
    redacted: int
    returned: int
    declined: int
    hidden: int
    appeals: int
    overturned: int
    by_reason: Mapping[str, int]
    median_wait: timedelta | None
    ninetieth_wait: timedelta | None


def figures(session: Session, consultation_id: int) -> Figures:
    """Public figures of moderation. Waiting times run from the opening of a case to its decision."""
    here = Contribution.consultation_id == consultation_id
    counted = select(Contribution.state, func.count()).where(here).group_by(Contribution.state)
    states = dict(session.execute(counted).all())
    decided = session.execute(
        select(Decision.action, Decision.reason, Case.opened_at, Decision.decided_at)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.consultation_id == consultation_id)
    ).all()
    reasons: dict[str, int] = {}
    for _action, reason, _opened, _decided in decided:
        if reason is not None:
            reasons[reason.value] = reasons.get(reason.value, 0) + 1
    waits = sorted(at - opened for _action, _reason, opened, at in decided)
    return Figures(
        received=sum(states.values()),
        published=states.get(State.PUBLISHED, 0),
        redacted=states.get(State.REDACTED, 0),
        returned=sum(action == Action.RETURN for action, *_rest in decided),
        declined=states.get(State.DECLINED, 0),
        hidden=states.get(State.HIDDEN, 0),
        appeals=0,
        overturned=0,
        by_reason=dict(sorted(reasons.items())),
        median_wait=waits[len(waits) // 2] if waits else None,
        ninetieth_wait=waits[min(len(waits) * 9 // 10, len(waits) - 1)] if waits else None,
    )


def _found(
    session: Session, viewer: Viewer, case_id: int
) -> tuple[Case, Consultation, Membership, Membership, StakeholderGroup | None]:
    if case_id > LARGEST_ID:
        raise NotFound
    reviewer, author = aliased(Membership), aliased(Membership)
    reviews = and_(
        reviewer.consultation_id == Case.consultation_id,
        reviewer.account_id == viewer.owner_id,
        reviewer.role.in_(REVIEWING_ROLES),
    )
    found = (
        select(Case, Consultation, reviewer, author, StakeholderGroup)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(author, author.id == Contribution.membership_id)
        .join(reviewer, reviews)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == author.group_id)
        .where(Case.id == case_id)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def _history(session: Session, author: Membership) -> tuple[int, int]:
    counted = select(func.count().filter(Contribution.state.in_(READABLE)), func.count())
    published, submitted = session.execute(counted.where(Contribution.membership_id == author.id)).one()
    return published, submitted


def _decisions(session: Session, contribution: Contribution) -> tuple[tuple[Decision, str], ...]:
    rows = session.execute(
        select(Decision, Membership.display_name)
        .join(Membership, Membership.id == Decision.moderator_id)
        .where(Decision.contribution_id == contribution.id)
        .order_by(Decision.id)
    )
    return tuple((decision, name) for decision, name in rows)
