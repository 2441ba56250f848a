"""Objections as far as they have come. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import objections, positions
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, Role
from app.models.contributions import State
from app.models.dispositions import DispositionKind
from app.models.objections import Objection, ObjectionState, StepKind
from app.models.positions import Choice
from app.models.standards import Standard
from tests.factories import moderation, people

WHY_NOT = "The courts asked for exactly this wording."


def chair(
    session: Session, consultation: Consultation, *, role: Role = Role.CHAIR, group: str = "public"
) -> Membership:
    """Somebody who leads the consultation."""
    return people.member(session, consultation, group=group, role=role)


def raised(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    reason: str = "It stops too little of what happens.",
    would_change: str = "",
    published: bool = True,
    gist: str = "",
) -> Objection:
    """An objection whose reason a moderator has published, unless said otherwise."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    by = by or people.member(session, consultation)
    positions.take(
        session, consultation, standard, by=by, choice=Choice.OBJECT, reason=reason, would_change=would_change
    )
    newest = select(Objection).where(Objection.membership_id == by.id, Objection.standard_id == standard.id)
    objection = session.scalars(newest.order_by(Objection.id.desc()).limit(1)).one()
    if published:
        moderation.decide(session, session.get_one(Comment, objection.comment_id), gist=gist)
    return objection


def answered(session: Session, objection: Objection, *, by: Membership) -> Objection:
    """The objection, answered with no."""
    disposition = DispositionKind.NOT_ACCEPTED
    objections.answer(
        session, _consultation(session, objection), objection, by=by, disposition=disposition, reason=WHY_NOT
    )
    return objection


def sustained(session: Session, objection: Objection, *, answered_by: Membership) -> Objection:
    """The objection, answered with no and held all the same."""
    answered(session, objection, by=answered_by)
    objector = session.get_one(Membership, objection.membership_id)
    objections.reply(session, _consultation(session, objection), objection, by=objector, kind=StepKind.NOT_SATISFIED)
    return objection


def decided(
    session: Session, objection: Objection, *, by: Membership, kind: StepKind = StepKind.OVERRULED
) -> Objection:
    """The objection, decided."""
    consultation = _consultation(session, objection)
    objections.decide(session, consultation, objection, by=by, kind=kind, reasons="Both sides were weighed here.")
    return objection


def _consultation(session: Session, objection: Objection) -> Consultation:
    standard = session.get_one(Standard, objection.standard_id)
    return session.get_one(Consultation, standard.consultation_id)


def all_answered(session: Session, consultation: Consultation) -> None:
    """Publish and answer every objection that still waits, so that the consultation can be closed."""
    waiting = (
        select(Objection)
        .join(Standard, Standard.id == Objection.standard_id)
        .where(Standard.consultation_id == consultation.id, Objection.state == ObjectionState.RAISED)
    )
    leader: Membership | None = None
    for objection in session.scalars(waiting).all():
        leader = leader or chair(session, consultation)
        comment = session.get_one(Comment, objection.comment_id)
        if comment.state == State.PENDING:
            moderation.decide(session, comment, gist="The gist of it.")
        answered(session, objection, by=leader)
