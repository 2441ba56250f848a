"""Consultations, open or not. Nothing here commits."""

import itertools
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, passwords
from app.actions.consultations import NewGroup, NewPhase
from app.models.consultations import Consultation, Membership, Participation, PhaseKind, Review, Role
from tests.factories import people

AFFECTED, OTHERS = "Directly affected", "Everybody else"
GROUPS = (
    NewGroup("wrongly", "People wrongly identified", "Stopped or refused because of a wrong match", AFFECTED, True),
    NewGroup("scanned", "People scanned or watched", "Tenants, travellers, pupils and others", AFFECTED, True),
    NewGroup("researchers", "Researchers", "Social and technical science", OTHERS),
    NewGroup("makers", "Makers and vendors", "People who build or sell it", OTHERS),
    NewGroup("public", "Members of the public", "Everyone else", OTHERS),
)
RUNNING = (PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION)
counter = itertools.count(1)


def draft(
    session: Session,
    *,
    slug: str = "",
    title: str = "Facial recognition",
    running: Sequence[PhaseKind] = RUNNING,
    groups: Sequence[NewGroup] = GROUPS,
    review: Review = Review.BEFORE,
    invitation_code: str = "",
) -> Consultation:
    """A consultation that is being prepared; the phases in `running` began yesterday and close in thirty days."""
    begin, end = clock.now() - timedelta(days=1), clock.now() + timedelta(days=30)
    made = Consultation(
        slug=slug or f"consultation-{next(counter)}",
        title=title,
        purpose="Which rules should hold for facial recognition?",
        asked_by="Ministry of Justice",
        review=review,
        closes_at=end,
        answer_due=(end + timedelta(days=60)).date(),
    )
    if invitation_code:
        made.participation = Participation.INVITATION
        made.invitation_hash = passwords.hashed(invitation_code)
    return consultations.create(session, made, groups=groups, phases=[NewPhase(kind, begin, end) for kind in running])


def opened(
    session: Session,
    *,
    slug: str = "",
    title: str = "Facial recognition",
    running: Sequence[PhaseKind] = RUNNING,
    groups: Sequence[NewGroup] = GROUPS,
    review: Review = Review.BEFORE,
    invitation_code: str = "",
) -> Consultation:
    """An open consultation with two moderators, who speak from the last of its groups."""
    made = draft(
        session, slug=slug, title=title, running=running, groups=groups, review=review, invitation_code=invitation_code
    )
    for name in ("Amara N.", "Bo L."):
        people.member(
            session, made, name=name, group=groups[-1].key, role=Role.MODERATOR, invitation_code=invitation_code
        )
    consultations.open_for_all(session, made)
    session.flush()
    return made


def closed(session: Session, *, slug: str = "") -> Consultation:
    """A consultation that is over."""
    made = opened(session, slug=slug)
    consultations.close(session, made)
    return made


def moderators(session: Session, consultation: Consultation) -> list[Membership]:
    """Those who review what is submitted, in the order in which they joined."""
    reviewing = select(Membership).where(
        Membership.consultation_id == consultation.id, Membership.role == Role.MODERATOR
    )
    return list(session.scalars(reviewing.order_by(Membership.id)))
