"""Appeals: those that wait, one with all that belongs to it, and what an author may appeal against."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.db import LARGEST_ID
from app.errors import NotFound, Refusal
from app.models.appeals import Appeal
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import Contribution
from app.models.moderation import Decision
from app.queries.consultations import Frame, frame
from app.queries.contexts import Context, context_of
from app.queries.own_decisions import last_taken
from app.queries.people import Viewer
from app.queries.threads import name_of
from app.queries.visibility import own_contribution
from app.rules.appeals import hands_of, open_until, why_not_appeal, why_not_hear
from app.rules.consultations import REVIEWING_ROLES
from app.rules.moderation import eligible

MOST = 100


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal in the list: what it is about, and whether this viewer may hear it."""

    appeal: Appeal
    decision: Decision
    contribution: Contribution
    consultation: Consultation
    left: timedelta
    why_not_hear: Refusal | None

    @property
    def late(self) -> bool:
        """Whether the promise to its author is broken."""
        return self.appeal.decided_at is None and self.left < timedelta(0)


@dataclass(frozen=True, slots=True)
class AppealPage:
    """One appeal: the text in its place, the decision, the author's words, and the form where one may answer."""

    line: AppealLine
    membership: Membership
    author: Membership
    author_name: str
    group: StakeholderGroup | None
    moderator: str
    first_reader: str
    answered_by: str
    context: Context
    nobody_else: bool


@dataclass(frozen=True, slots=True)
class AppealingPage:
    """What an author appeals against, and until when."""

    frame: Frame
    contribution: Contribution
    decision: Decision | None
    until: datetime | None
    why_not_appeal: Refusal | None


def appeals(session: Session, viewer: Viewer, *, decided: bool) -> tuple[AppealLine, ...]:
    """The appeals of the consultations that this viewer reviews: those that are due first, or the last decided."""
    wanted = _mine(viewer).where(Appeal.decided_at.is_not(None) if decided else Appeal.decided_at.is_(None))
    order = Appeal.decided_at.desc() if decided else Appeal.due_at
    rows = session.execute(wanted.order_by(order, Appeal.id).limit(MOST)).all()
    return tuple(_line(*row) for row in rows)


def appeal_page(session: Session, viewer: Viewer, appeal_id: int) -> AppealPage:
    """An appeal in a consultation that this viewer reviews.

    Raises:
        NotFound: there is none, or it is not theirs to see.
    """
    if appeal_id > LARGEST_ID:
        raise NotFound
    row = session.execute(_mine(viewer).where(Appeal.id == appeal_id)).one_or_none()
    if row is None:
        raise NotFound
    appeal, decision, contribution, consultation, reviewer, author = row
    team = session.scalars(
        select(Membership).where(Membership.consultation_id == consultation.id, Membership.role.in_(REVIEWING_ROLES))
    ).all()
    names = _names(session, decision.moderator_id, decision.first_reader_id, appeal.decided_by_id)
    return AppealPage(
        line=_line(*row),
        membership=reviewer,
        author=author,
        author_name=name_of(author),
        group=session.get(StakeholderGroup, author.group_id) if author.group_id else None,
        moderator=names.get(decision.moderator_id, ""),
        first_reader=names.get(decision.first_reader_id, "") if decision.first_reader_id else "",
        answered_by=names.get(appeal.decided_by_id, "") if appeal.decided_by_id else "",
        context=context_of(session, contribution),
        nobody_else=not eligible(team, author, but=hands_of(decision)),
    )


def appealing_page(session: Session, viewer: Viewer, contribution_id: int) -> AppealingPage:
    """One's own contribution with the decision that holds for it, and whether it can be appealed.

    Raises:
        NotFound: it does not exist, or is somebody else's.
    """
    contribution = own_contribution(session, viewer.owner_id, contribution_id)
    slug = session.scalars(select(Consultation.slug).where(Consultation.id == contribution.consultation_id)).one()
    found = frame(session, slug, viewer)
    decision = last_taken(session, contribution)
    appealed = decision is not None and (
        session.scalar(select(Appeal.id).where(Appeal.decision_id == decision.id)) is not None
    )
    return AppealingPage(
        frame=found,
        contribution=contribution,
        decision=decision,
        until=open_until(decision.decided_at) if decision else None,
        why_not_appeal=why_not_appeal(
            found.membership,
            decision,
            contribution,
            appealed=appealed,
            at=clock.now(),
        ),
    )


def _mine(viewer: Viewer) -> Select[Appeal, Decision, Contribution, Consultation, Membership, Membership]:
    reviewer, author = aliased(Membership), aliased(Membership)
    reviews = and_(
        reviewer.consultation_id == Appeal.consultation_id,
        reviewer.account_id == viewer.owner_id,
        reviewer.role.in_(REVIEWING_ROLES),
    )
    return (
        select(Appeal, Decision, Contribution, Consultation, reviewer, author)
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Contribution, Contribution.id == Appeal.contribution_id)
        .join(Consultation, Consultation.id == Appeal.consultation_id)
        .join(reviewer, reviews)
        .join(author, author.id == Contribution.membership_id)
    )


def _line(
    appeal: Appeal,
    decision: Decision,
    contribution: Contribution,
    consultation: Consultation,
    reviewer: Membership,
    author: Membership,
) -> AppealLine:
    return AppealLine(
        appeal=appeal,
        decision=decision,
        contribution=contribution,
        consultation=consultation,
        left=appeal.due_at - clock.now(),
        why_not_hear=why_not_hear(reviewer, appeal, author, decision),
    )


def _names(session: Session, *ids: int | None) -> dict[int, str]:
    known = select(Membership.id, Membership.display_name).where(Membership.id.in_([one for one in ids if one]))
    return dict(session.execute(known).all())
